package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// asProgram is set in the environment of a test program that is to be Talkoot
// itself: with its signals, its exit codes, and a sudden death.
const asProgram = "TALKOOT_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	flag.Parse()
	// Stories mostly wait: for the disk, and for what is due.
	if at := flag.Lookup("test.parallel"); at.Value.String() == at.DefValue {
		if err := at.Value.Set("3"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// process is Talkoot in a process of its own.
type process struct {
	v    *village
	cmd  *exec.Cmd
	out  output
	gone chan struct{}
	err  error // once gone
}

// output is what a process has said so far.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write keeps it.
func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

// String is all of it.
func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// command makes a process of Talkoot, with nothing in its environment but this.
func command(t testing.TB, environ []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Dir = t.TempDir()
	cmd.Env = append([]string{asProgram + "=1", "HOME=" + cmd.Dir, "TMPDIR=" + cmd.Dir}, environ...)
	return cmd
}

// launch starts the bot in a process, and waits until it is ready.
func (v *village) launch() *process {
	v.Helper()
	p := &process{v: v, gone: make(chan struct{})}
	p.cmd = command(v, []string{
		"DISCORD_TOKEN=" + v.bot.DiscordToken, "DISCORD_API=" + v.bot.DiscordAPI, "DATABASE_URL=" + v.bot.DatabaseURL,
		"TALKOOT_SECRET=" + v.bot.Secret, "HTTP_ADDR=off", "LOG_FORMAT=json",
	}, "run")
	p.cmd.Stderr, p.cmd.Stdout = &p.out, &p.out
	v.must(p.cmd.Start())
	go func() { defer close(p.gone); p.err = p.cmd.Wait() }()
	v.Cleanup(p.kill)
	v.poll("the process is ready", func() bool {
		select {
		case <-p.gone:
			v.Fatalf("the process ended: %v\n%s", p.err, &p.out)
		default:
		}
		return strings.Contains(p.out.String(), `"msg":"ready"`)
	})
	return p
}

// kill is SIGKILL: nothing is finished.
func (p *process) kill() {
	_ = p.cmd.Process.Kill() // it may have ended
	<-p.gone
}

// terminate is SIGTERM. It gives the exit code.
func (p *process) terminate() int {
	p.v.Helper()
	p.v.must(p.cmd.Process.Signal(syscall.SIGTERM))
	select {
	case <-p.gone:
	case <-p.v.ctx.Done():
		p.v.Fatalf("the process does not end:\n%s", &p.out)
	}
	return exitCode(p.err)
}

func exitCode(err error) int {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	if err != nil {
		return -1
	}
	return 0
}
