package charts_test

import (
	"bytes"
	"image/png"
	"testing"
	"time"

	"talkoot/charts"
)

// BenchmarkDraw draws each sample, and gives the time as a multiple of what encoding the finished picture alone costs.
func BenchmarkDraw(b *testing.B) {
	painter := charts.New()
	for name, chart := range largest() {
		b.Run(name, func(b *testing.B) { drawAndCompare(b, painter, chart) })
	}
	for name, chart := range samples() {
		b.Run(name, func(b *testing.B) { drawAndCompare(b, painter, chart) })
	}
}

func drawAndCompare(b *testing.B, painter *charts.Painter, chart charts.Chart) {
	b.Helper()
	pic, img := drawn(b, chart)
	start := time.Now()
	for range 10 {
		if err := png.Encode(&bytes.Buffer{}, img); err != nil {
			b.Fatal(err)
		}
	}
	encoded := float64(time.Since(start).Nanoseconds()) / 10
	b.ReportAllocs()
	for b.Loop() {
		if _, err := painter.Draw(chart); err != nil {
			b.Fatal(err)
		}
	}
	each := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	b.ReportMetric(each/encoded, "×encode")
	b.ReportMetric(float64(len(pic.PNG)), "bytes")
}

// BenchmarkFirst draws with a painter that has yet to read its font.
func BenchmarkFirst(b *testing.B) {
	chart := samples()["bars_fi"]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := charts.New().Draw(chart); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReport prints the fullest page, as picture and as document.
func BenchmarkReport(b *testing.B) {
	painter, report := charts.New(), reports()["report_fi"]
	made := printed(b, report)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := painter.Report(report); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(made.PNG)), "bytes/picture")
	b.ReportMetric(float64(len(made.PDF)), "bytes/document")
}
