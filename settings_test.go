package main

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"talkoot/sandbox"
	"talkoot/storage/storagetest"
)

// ran runs a command line and gives what it printed.
func ran(t *testing.T, environ []string, args ...string) (out string, err error) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	err = run(t.Context(), args, environ, &stdout, &stderr)
	return stdout.String() + stderr.String(), err
}

// A setting that cannot be used stops the start, is named, and is a mistake of
// the kind that exits with code 2.
func TestSettings_bad(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	token := filepath.Join(folder, "token")
	empty := filepath.Join(folder, "empty")
	for name, text := range map[string]string{token: "secret\n", empty: "\n"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	good := map[string]string{
		"DISCORD_TOKEN": "x", "DISCORD_API": "http://127.0.0.1:1/api", "HTTP_ADDR": "off",
		"DATABASE_URL": "sqlite:" + filepath.Join(folder, "x.db"),
	}
	tests := map[string]struct {
		environ []string
		args    []string
		names   string
	}{
		"no token":                 {[]string{"DISCORD_TOKEN="}, nil, "DISCORD_TOKEN"},
		"a token with a space":     {[]string{"DISCORD_TOKEN=a b"}, nil, "DISCORD_TOKEN"},
		"no such file":             {[]string{"DISCORD_TOKEN=", "DISCORD_TOKEN_FILE=" + filepath.Join(folder, "none")}, nil, "DISCORD_TOKEN_FILE"},
		"an empty file":            {[]string{"DISCORD_TOKEN=", "DISCORD_TOKEN_FILE=" + empty}, nil, "DISCORD_TOKEN_FILE"},
		"a value and a file":       {[]string{"DISCORD_TOKEN_FILE=" + token}, nil, "DISCORD_TOKEN and DISCORD_TOKEN_FILE"},
		"a database of no kind":    {[]string{"DATABASE_URL=mysql://root:hunter2@host/db"}, nil, "DATABASE_URL"},
		"a database without words": {[]string{"DATABASE_URL=postgres://a:hunter2@[::1"}, nil, "DATABASE_URL"},
		"a file without a name":    {[]string{"DATABASE_URL=sqlite:"}, nil, "DATABASE_URL"},
		"an address without port":  {[]string{"HTTP_ADDR=localhost"}, nil, "HTTP_ADDR"},
		"a level":                  {[]string{"LOG_LEVEL=loud"}, nil, "LOG_LEVEL"},
		"a format":                 {[]string{"LOG_FORMAT=xml"}, nil, "LOG_FORMAT"},
		"an API":                   {[]string{"DISCORD_API=discord"}, nil, "DISCORD_API"},
		"an API of another kind":   {[]string{"DISCORD_API=ftp://127.0.0.1/api"}, nil, "DISCORD_API"},
		"a flag":                   {nil, []string{"--log-level=loud"}, "LOG_LEVEL"},
		"no such flag":             {nil, []string{"--shout"}, "--shout"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			set := maps.Clone(good)
			for _, line := range tt.environ {
				name, value, _ := strings.Cut(line, "=")
				set[name] = value
			}
			var environ []string
			for name, value := range set {
				environ = append(environ, name+"="+value)
			}
			out, err := ran(t, environ, append([]string{"run"}, tt.args...)...)
			if _, bad := errors.AsType[badSetting](err); !bad || !strings.Contains(err.Error(), tt.names) {
				t.Errorf("got %v, want %s named", err, tt.names)
			}
			if err != nil && strings.Contains(out+err.Error(), "hunter2") {
				t.Errorf("the password is printed: %s %v", out, err)
			}
		})
	}
}

// Settings come from a file as well, and the exit code tells what went wrong.
func TestSettings_exitCodes(t *testing.T) {
	t.Parallel()
	v := build(t, storagetest.SQLite(t))
	v.expects = append(v.expects, 0) // 401 has no code of its own
	token := filepath.Join(t.TempDir(), "token")
	v.must(os.WriteFile(token, []byte("wrong\n"), 0o600))
	settings := []string{"DISCORD_API=" + v.bot.DiscordAPI, "DATABASE_URL=" + v.bot.DatabaseURL, "HTTP_ADDR=off"}
	tests := map[string]struct {
		environ []string
		args    []string
		code    int
		says    string
	}{
		"nothing to do":    {nil, nil, 2, "run"},
		"help":             {nil, []string{"--help"}, 0, "Start a small Discord"},
		"version":          {nil, []string{"version"}, 0, "talkoot"},
		"no token":         {settings, []string{"run"}, 2, "DISCORD_TOKEN"},
		"a wrong token":    {append(settings, "DISCORD_TOKEN_FILE="+token), []string{"run"}, 2, "DISCORD_TOKEN"},
		"migrate":          {settings, []string{"migrate"}, 0, "up to date"},
		"migrate nowhere":  {[]string{"DATABASE_URL=sqlite:/nowhere/at/all/talkoot.db"}, []string{"migrate"}, 1, "DATABASE_URL"},
		"an unwell doctor": {settings, []string{"doctor"}, 1, "wrong DISCORD_TOKEN"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			cmd := command(t, tt.environ, tt.args...)
			out, err := cmd.CombinedOutput()
			if code := exitCode(err); code != tt.code || !strings.Contains(string(out), tt.says) {
				t.Errorf("exit code %d, want %d with %q in:\n%s", code, tt.code, tt.says, out)
			}
		})
	}
}

// The doctor looks without touching, and says what is wrong line by line.
func TestDoctor(t *testing.T) {
	both(t, func(v *village) {
		settings := []string{"DISCORD_TOKEN=" + v.app.Token, "DISCORD_API=" + v.bot.DiscordAPI, "DATABASE_URL=" + v.bot.DatabaseURL, "TALKOOT_SECRET=" + v.bot.Secret}
		v.setUp("fi")
		out, err := ran(t, settings, "doctor")
		if err != nil || !strings.Contains(out, "ok    DATABASE_URL") || !strings.Contains(out, "Talkoot") ||
			!strings.Contains(out, "ok    Hervanta, Hervanta: the channel of kind shift can be posted to") || strings.Contains(out, "wrong") {
			t.Errorf("%v\n%s", err, out)
		}
		v.events.OverwriteMember(v.app.ID, 0, sandbox.SendMessages)
		v.shifts.Delete()
		out, err = ran(t, settings, "doctor")
		for _, want := range []string{
			"wrong Hervanta, Hervanta: the channel of kind event lacks permissions; grant the bot there: Send Messages",
			"wrong Hervanta, Hervanta: the channel of kind shift is gone",
		} {
			if !errors.Is(err, errUnwell) || !strings.Contains(out, want) {
				t.Errorf("%v, and %q is missing in:\n%s", err, want, out)
			}
		}
		if strings.Contains(out, v.app.Token) {
			t.Errorf("the token is printed:\n%s", out)
		}
		v.expects = append(v.expects, 10003) // a channel that is gone

		fresh := filepath.Join(t.TempDir(), "fresh.db")
		out, err = ran(t, append(settings, "DATABASE_URL=sqlite:"+fresh), "doctor")
		if !errors.Is(err, errUnwell) || !strings.Contains(out, "wrong DATABASE_URL") {
			t.Errorf("%v\n%s", err, out)
		}
		if _, err := os.Stat(fresh); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the doctor has made a database: %v", err)
		}
	})
}

// The demo prints one address, its page answers, and it ends when told to.
func TestDemo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var out, errOut output
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, []string{"demo", "--addr=127.0.0.1:0"}, nil, &out, &errOut) }()
	v := &village{T: t, ctx: ctx}
	v.poll("the demo has an address", func() bool {
		select {
		case err := <-ended:
			t.Fatalf("the demo ended: %v\n%s%s", err, &out, &errOut)
		default:
		}
		return strings.Contains(out.String(), "http://")
	})
	if n := strings.Count(out.String(), "http://"); n != 1 {
		t.Errorf("%d addresses:\n%s", n, &out)
	}
	_, address, _ := strings.Cut(out.String(), "http://")
	address, _, _ = strings.Cut(address, "\n")
	v.run = &running{http: strings.TrimSpace(address)}
	if status, page := v.get("/"); status != 200 || !strings.Contains(page, "Tampere") || !strings.Contains(page, "Koordinaattori") {
		t.Errorf("the page answers %d:\n%s", status, page)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("the demo ends with: %v", err)
	}
	if errOut.String() != "" {
		t.Errorf("a guest sees a log:\n%s", &errOut)
	}
}
