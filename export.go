package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"talkoot/charts"
	"talkoot/commands"
	"talkoot/core"
	"talkoot/locales"
	"talkoot/storage"
)

// exportCommand writes reports from the database, as /export does.
type exportCommand struct {
	Tables tablesCommand `cmd:"" default:"withargs" help:"Write tables, as a workbook or CSV. This is what export does without another word."`
	Annual annualCommand `cmd:"" help:"Write the report on one page, to print (PDF) or to show (PNG)."`
}

// exporting is what all reports have: the database, what they are about, and
// where they go.
type exporting struct {
	database
	From  string `placeholder:"DAY" help:"Day, month or year with which the period begins: 2026-03-01, 2026-03 or 2026 (default: this year)."`
	To    string `placeholder:"DAY" help:"Day, month or year with which it ends; that one is included."`
	Area  string `placeholder:"NAME" help:"Only this area (default: all)."`
	Guild string `placeholder:"SERVER" help:"The server's id or name; may be left out if there is only one."`
}

// tablesCommand writes tables of any size: rows are read and written a page at a
// time.
type tablesCommand struct {
	exporting
	What     string `default:"everything" placeholder:"WHAT" help:"everything, events, shifts, campaigns, polls, observation_weeks or observations."`
	Format   string `default:"xlsx" placeholder:"FORMAT" help:"xlsx, or csv: a file per table, in a zip if there are several."`
	Language string `default:"en" placeholder:"TAG" help:"Language of heads and words, such as fi."`
	Out      string `placeholder:"FILE" help:"Where to write (default: standard output, for CSV of one table)."`
}

// Run writes the tables and says on the error output what is in them.
func (e tablesCommand) Run(ctx context.Context, c console) error {
	if err := e.check(); err != nil {
		return err
	}
	return e.report(ctx, c, e.Language, func(r reporting) (locales.Lines, error) {
		report, err := r.read(e.Language, e.What, e.Format)
		if err != nil {
			return nil, err
		}
		if e.Out == "" && !report.Single() {
			return nil, badSetting{errors.New("name a file with --out: only CSV of one table goes to standard output")}
		}
		var sums locales.Lines
		err = into(e.Out, c.out, func(to io.Writer) (err error) {
			sums, err = report.Write(ctx, r.store, r.catalog.Voice(e.Language), append([]string{e.Language}, r.home.Languages...), to)
			return err
		})
		return sums, err
	})
}

// annualCommand writes the report on one page.
type annualCommand struct {
	exporting
	Language string `placeholder:"TAG" help:"Language of the page, such as fi (default: the server's first)."`
	Out      string `placeholder:"FILE" help:"Where to write: a name that ends in .pdf or .png (default: a PDF in this folder, named after the period)."`
}

// Run writes the page and says on the error output what is on it.
func (e annualCommand) Run(ctx context.Context, c console) error {
	if end := filepath.Ext(e.Out); e.Out != "" && end != ".pdf" && end != ".png" {
		return badSetting{fmt.Errorf("--out is %q; it must end in .pdf or .png", e.Out)}
	}
	return e.report(ctx, c, e.Language, func(r reporting) (locales.Lines, error) {
		tag := e.Language
		if tag == "" {
			tag = r.home.Languages[0]
		}
		report, err := r.read(tag, "", "")
		if err != nil {
			return nil, err
		}
		out := e.Out
		if out == "" {
			out = report.AnnualName("pdf")
		}
		made, said, err := report.AnnualPage(ctx, r.store, charts.New(), r.catalog.Voice(tag), append([]string{tag}, r.home.Languages...), r.now)
		if err != nil {
			return nil, err
		}
		data := made.PDF
		if filepath.Ext(out) == ".png" {
			data = made.PNG
		}
		return append(said, locales.Raw(out)), into(out, c.out, func(to io.Writer) error {
			_, err := to.Write(data)
			return err
		})
	})
}

// reporting is what a report is made with.
type reporting struct {
	exporting
	store   *storage.Store
	catalog *locales.Catalog
	home    core.Guild
	now     time.Time
}

// report opens what a report is made with, has it made, and says on the error
// output what is in it.
func (e exporting) report(ctx context.Context, c console, language string, write func(reporting) (locales.Lines, error)) (err error) {
	r := reporting{exporting: e, now: c.now()}
	if r.catalog, err = locales.Load(slog.New(slog.DiscardHandler)); err != nil {
		return err
	}
	if language != "" && !slices.ContainsFunc(r.catalog.Languages(), func(l locales.Language) bool { return l.Tag == language }) {
		return badSetting{fmt.Errorf("--language is %q; Talkoot does not speak it", language)}
	}
	if r.store, err = e.openOld(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.store.Close()) }()
	if r.home, err = e.find(ctx, r.store); err != nil {
		return err
	}
	sums, err := write(r)
	if err != nil {
		return err
	}
	said := r.catalog.Voice("en").Plain(sums)
	if len(sums) == 0 {
		said = "There is nothing in this period."
	}
	_, err = fmt.Fprintln(c.err, said)
	return err
}

// read makes a report of what was asked for, in days as they are typed in a
// language.
func (r reporting) read(language, what, format string) (commands.Report, error) {
	report, err := commands.ReadReport(r.home, commands.ReportWish{
		What: what, Format: format, From: r.From, To: r.To, Area: r.Area,
	}, r.now, language)
	if no, ok := errors.AsType[*core.Refusal](err); ok {
		return report, badSetting{errors.New(r.catalog.Voice("en").Plain(locales.Refused(string(no.Reason), no.About)))}
	}
	return report, err
}

// check names the first setting that cannot be used.
func (e tablesCommand) check() error {
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
func (e exporting) find(ctx context.Context, store *storage.Store) (core.Guild, error) {
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
func into(path string, out io.Writer, write func(io.Writer) error) error {
	if path == "" {
		return write(out)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) //nolint:gosec // whoever runs the program names it
	if err != nil {
		return badSetting{fmt.Errorf("--out: %w", err)}
	}
	err = errors.Join(write(file), file.Close())
	if err != nil {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}
