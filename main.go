// Talkoot announces what happens nearby, fills volunteer shifts and lets people
// join with one press, on Discord, each person in their own language.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"
	_ "time/tzdata" // zones of areas, on machines that have none

	"github.com/alecthomas/kong"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Environ(), os.Stdout, os.Stderr)
	stop()
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, "talkoot:", err)
	if _, bad := errors.AsType[badSetting](err); bad {
		os.Exit(2)
	}
	os.Exit(1)
}

// program is the parts list of the command line.
type program struct {
	Run     runCommand     `cmd:"" help:"Run the bot."`
	Demo    demoCommand    `cmd:"" help:"Start a small Discord of our own on this machine, with the bot and example towns, and print the address of its page."`
	Migrate migrateCommand `cmd:"" help:"Bring the database forward to what this program needs."`
	Doctor  doctorCommand  `cmd:"" help:"Say what is wrong with the set-up, line by line."`
	Export  exportCommand  `cmd:"" help:"Write a report on a period as a file: events, shifts, poll results. It names nobody."`
	Version versionCommand `cmd:"" help:"Print what is running."`
}

// console is where a subcommand speaks.
type console struct {
	out, err io.Writer
	now      func() time.Time
}

// run is the whole program: arguments and environment in, an error out. It ends
// when ctx does.
func run(ctx context.Context, args, environ []string, out, errOut io.Writer) error {
	env, err := readEnvironment(environ)
	if err != nil {
		return err
	}
	var p program
	var asked bool // for help: kong has printed it then
	parser, err := kong.New(&p,
		kong.Name("talkoot"),
		kong.Description("Local events, volunteer shifts and sign-ups on Discord, in everybody's language."),
		kong.Writers(out, errOut),
		kong.Exit(func(int) { asked = true }),
		kong.UsageOnError(),
		env.resolver(),
	)
	if err != nil {
		return fmt.Errorf("read the settings: %w", err)
	}
	chosen, err := parser.Parse(args)
	switch {
	case asked:
		return nil
	case err != nil:
		return badSetting{err}
	}
	chosen.BindTo(ctx, (*context.Context)(nil))
	return chosen.Run(console{out: out, err: errOut, now: time.Now})
}

type versionCommand struct{}

// Run prints the version that the build carries.
func (versionCommand) Run(c console) error {
	_, err := fmt.Fprintln(c.out, "talkoot", version())
	return err
}

// version is the module's version, or the commit that was built.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	revision, dirty := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+changes"
		}
	}
	if revision == "" {
		return info.Main.Version
	}
	return revision + dirty
}
