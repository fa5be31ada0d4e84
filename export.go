package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"strings"

	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// exportCommand writes a report from the database, as /export does, but of any
// size: rows are read and written a page at a time.
type exportCommand struct {
	database
	What     string `default:"everything" placeholder:"WHAT" help:"everything, events, shifts, polls, observation_weeks or observations."`
	Format   string `default:"xlsx" placeholder:"FORMAT" help:"xlsx, or csv: a file per table, in a zip if there are several."`
	From     string `placeholder:"DAY" help:"Day, month or year with which the period begins: 2026-03-01, 2026-03 or 2026 (default: this year)."`
	To       string `placeholder:"DAY" help:"Day, month or year with which it ends; that one is included."`
	Area     string `placeholder:"NAME" help:"Only this area (default: all)."`
	Guild    string `placeholder:"SERVER" help:"The server's id or name; may be left out if there is only one."`
	Language string `default:"en" placeholder:"TAG" help:"Language of heads and words, such as fi."`
	Out      string `placeholder:"FILE" help:"Where to write (default: standard output, for CSV of one table)."`
}

// Run writes the report and says on the error output what is in it.
func (e exportCommand) Run(ctx context.Context, c console) (err error) {
	catalog, err := locales.Load(slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(catalog.Languages(), func(l locales.Language) bool { return l.Tag == e.Language }) {
		return badSetting{fmt.Errorf("--language is %q; Talkoot does not speak it", e.Language)}
	}
	if err := e.check(); err != nil {
		return err
	}
	store, err := e.openOld(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	home, err := e.find(ctx, store)
	if err != nil {
		return err
	}
	english := catalog.Voice("en")
	report, err := commands.ReadReport(home, commands.ReportWish{
		What: e.What, Format: e.Format, From: e.From, To: e.To, Area: e.Area,
	}, c.now(), e.Language)
	if no, ok := errors.AsType[*core.Refusal](err); ok {
		return badSetting{errors.New(english.Plain(locales.Refused(string(no.Reason), no.About)))}
	} else if err != nil {
		return err
	}
	if e.Out == "" && !report.Single() {
		return badSetting{errors.New("name a file with --out: only CSV of one table goes to standard output")}
	}
	readers := append([]string{e.Language}, home.Languages...)
	var sums locales.Lines
	err = e.into(c.out, func(to io.Writer) (err error) {
		sums, err = report.Write(ctx, store, catalog.Voice(e.Language), readers, to)
		return err
	})
	if err != nil {
		return err
	}
	said := english.Plain(sums)
	if len(sums) == 0 {
		said = "There is nothing in this period."
	}
	_, err = fmt.Fprintln(c.err, said)
	return err
}

// check names the first setting that cannot be used.
func (e exportCommand) check() error {
	if !slices.Contains(commands.ReportParts(), e.What) {
		return badSetting{fmt.Errorf("--what is %q; it must be one of %s", e.What, strings.Join(commands.ReportParts(), ", "))}
	}
	if !slices.Contains(commands.ReportFormats(), e.Format) {
		return badSetting{fmt.Errorf("--format is %q; it must be one of %s", e.Format, strings.Join(commands.ReportFormats(), ", "))}
	}
	return nil
}

// openOld opens a database that is there and up to date; it makes and changes
// nothing.
func (d database) openOld(ctx context.Context) (*storage.Store, error) {
	if file, ok := strings.CutPrefix(d.DatabaseURL, "sqlite:"); ok && file != "" {
		if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) { // opening would make it
			return nil, badSetting{fmt.Errorf("DATABASE_URL: there is no file %s", file)}
		}
	}
	store, err := d.open(ctx)
	if err != nil {
		return nil, err
	}
	switch behind, err := store.Pending(ctx); {
	case err != nil:
		return nil, errors.Join(err, store.Close())
	case behind != 0:
		return nil, errors.Join(errors.New("the database is of another version of Talkoot; see talkoot doctor"), store.Close())
	}
	return store, nil
}

// find gives the server that is meant, by its id or its name.
func (e exportCommand) find(ctx context.Context, store *storage.Store) (core.Guild, error) {
	var guilds []core.Guild
	err := store.View(ctx, func(tx *storage.Tx) (err error) {
		guilds, err = tx.Guilds(ctx)
		return err
	})
	if err != nil {
		return core.Guild{}, err
	}
	var found []core.Guild
	names := make([]string, len(guilds))
	for i, g := range guilds {
		names[i] = fmt.Sprintf("%s (%s)", core.Snowflake(g.ID), g.Name)
		if e.Guild == "" || e.Guild == core.Snowflake(g.ID) || strings.EqualFold(e.Guild, g.Name) {
			found = append(found, g)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(guilds) == 0:
		return core.Guild{}, errors.New("the database has no server in it")
	}
	return core.Guild{}, badSetting{fmt.Errorf("--guild is %q; choose one of: %s", e.Guild, strings.Join(names, ", "))}
}

// into has the report written to the file that is named, or to out. Of a report
// that could not be finished no file is left.
func (e exportCommand) into(out io.Writer, write func(io.Writer) error) error {
	if e.Out == "" {
		return write(out)
	}
	file, err := os.OpenFile(e.Out, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return badSetting{fmt.Errorf("--out: %w", err)}
	}
	err = errors.Join(write(file), file.Close())
	if err != nil {
		err = errors.Join(err, os.Remove(e.Out))
	}
	return err
}
