package bench

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"talkoot/charts"
	"talkoot/commands"
	"talkoot/core"
	"talkoot/insight"
	"talkoot/locales"
	"talkoot/storage"
	"talkoot/storage/storagetest"
)

const (
	resultAreas = 300
	resultWaves = 60
)

// BenchmarkResults measures the result card of a series of 60 waves in 300
// areas, pictures included, and how it grows with the number of responses; and
// what sealing and deciding took at the last wave. All of it runs on Postgres,
// and goes through the same steps as in service but for the presses.
func BenchmarkResults(b *testing.B) {
	fmt.Printf("\nResult cards of %d areas and %d waves on Postgres, medians of 9, in ms\n%12s%11s%11s%11s%11s%14s%14s\n",
		resultAreas, resultWaves, "responses", "all", "one area", "by age", "over time", "sealing s", "deciding s")
	for _, responses := range []int{10_000, 100_000, 1_000_000, 10_000_000} {
		b.Run(fmt.Sprint(responses), func(b *testing.B) { measureResults(b, responses) })
	}
}

func measureResults(b *testing.B, responses int) {
	store := storagetest.Open(b, storagetest.Postgres(b))
	const guild = core.GuildID(1001)
	areas := pollAreas(b, store, guild, resultAreas)
	var series core.SeriesID
	var last core.Poll
	var sealing, deciding time.Duration
	for wave := 1; wave <= resultWaves; wave++ {
		p := pollOf(b, guild, areas, "cls.together@1", "rtn.1@1", "cls.trustn@1", "cls.influence@1")
		p.Opens, p.Closes = time.Now().AddDate(0, 0, 7*(wave-resultWaves)-7), time.Now().AddDate(0, 0, 7*(wave-resultWaves)-5)
		err := store.InTx(b.Context(), func(tx *storage.Tx) (err error) {
			if wave == 1 {
				if series, err = tx.AddSeries(b.Context(), core.Series{
					Guild: guild, Every: core.Weekly, State: core.SeriesRunning, NextWave: resultWaves + 1, NextAt: time.Now().AddDate(0, 0, 7),
				}); err != nil {
					return err
				}
			}
			p.Series, p.Wave = series, wave
			if last, err = openPoll(b.Context(), tx, p, int64(wave)); err != nil {
				return err
			}
			// One in six would rather not say how old they are; the shares move slowly.
			if _, err := tx.SQL().ExecContext(b.Context(), `
				INSERT INTO response (poll_id, id, area_id, answers, band)
				SELECT $1, gen_random_uuid(), ($2::bigint[])[1 + floor(random() * $3)::int],
					least(3, floor(random() * random() * 4 + $5 * 0.01))::int || ',' || floor(random() * 1.4)::int || ',' ||
					floor(random() * 4)::int || ',' || floor(random() * 4.2 - 0.2)::int,
					CASE WHEN random() < 0.16 THEN -2 ELSE floor(random() * 5)::int END
				FROM generate_series(1, $4)`, int64(last.ID), fmt.Sprintf("{%s}", joined(areas)), len(areas), responses/resultWaves, wave); err != nil {
				return err
			}
			_, err = tx.ClosePoll(b.Context(), guild, last.ID, p.Closes)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		if err := store.InTx(b.Context(), func(tx *storage.Tx) error {
			_, err := tx.Seal(b.Context(), last.ID)
			return err
		}); err != nil {
			b.Fatal(err)
		}
		sealing, began = time.Since(began), time.Now()
		err = commands.ReleaseResults(b.Context(), store, insight.NewRounding([]byte(secret)), last.ID,
			func(context.Context, *storage.Tx, core.Poll) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
		deciding = time.Since(began)
	}
	// As the database does by itself within a minute, which is too long to wait.
	if _, err := store.DB().ExecContext(b.Context(), `ANALYZE`); err != nil {
		b.Fatal(err)
	}
	catalog, err := locales.Load(slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	gate := commands.NewGate(store, catalog.Languages(),
		commands.PollResults(store, commands.ResultPainter{Catalog: catalog, Painter: charts.New()}, time.Now)...)
	show := func(view string) float64 {
		var each []time.Duration
		for range 9 {
			began := time.Now()
			reply, _, err := gate.Serve(b.Context(), "poll.results", commands.Ask{
				Guild: guild, Member: 7, Name: "Vesa", Client: "fi", ID: int64(last.ID), Arg: view,
			})
			each = append(each, time.Since(began))
			if err != nil || len(reply.Card.Blocks) < 3 {
				b.Fatalf("%s: %d blocks, %v", view, len(reply.Card.Blocks), err)
			}
		}
		return float64(median(each)) / float64(time.Millisecond)
	}
	fmt.Printf("%12d%11.1f%11.1f%11.1f%11.1f%14.2f%14.2f\n", responses,
		show("all"), show(core.Snowflake(areas[4])), show("by"), show("time"), sealing.Seconds(), deciding.Seconds())
}

// joined writes ids with commas between them.
func joined(ids []core.AreaID) string {
	text := ""
	for i, id := range ids {
		if i > 0 {
			text += ","
		}
		text += core.Snowflake(id)
	}
	return text
}
