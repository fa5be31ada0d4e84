package bot

import (
	"errors"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"talkoot/core"
)

// metrics are what /metrics shows. No label names a person or a guild.
type metrics struct {
	registry *prometheus.Registry
	asks     *prometheus.CounterVec
	took     *prometheus.HistogramVec
	unsaid   prometheus.Counter
	jobs     *prometheus.CounterVec
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		asks: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "talkoot_asks_total", Help: "What was asked, by verb and outcome: done, refused or failed.",
		}, []string{"verb", "outcome"}),
		took: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "talkoot_ask_seconds", Help: "From an interaction's arrival to the verb's outcome.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 1.5, 3, 12},
		}, []string{"verb"}),
		unsaid: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "talkoot_answers_lost_total", Help: "Answers that Discord did not take.",
		}),
		jobs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "talkoot_jobs_total", Help: "Jobs that ended, by kind and outcome.",
		}, []string{"kind", "outcome"}),
	}
	m.registry.MustRegister(m.asks, m.took, m.unsaid, m.jobs,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) served(verb string, err error, took time.Duration) {
	if verb == "" {
		verb = "unknown"
	}
	result := "done"
	if _, refused := errors.AsType[*core.Refusal](err); refused {
		result = "refused"
	} else if err != nil {
		result = "failed"
	}
	m.asks.WithLabelValues(verb, result).Inc()
	m.took.WithLabelValues(verb).Observe(took.Seconds())
}

// JobEnded counts a job for /metrics.
func (b *Bot) JobEnded(kind, result string) { b.metrics.jobs.WithLabelValues(kind, result).Inc() }
