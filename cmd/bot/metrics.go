package main

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"verbatim/bot/discord"
	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

// metrics are the program's figures, on a registry of its own. None has a label that names a person, a
// server or a question: who reads figures learns how the bot fares, and of nobody. It may be used by many
// goroutines.
type metrics struct {
	registry *prometheus.Registry

	questions    *prometheus.CounterVec // outcome, kind
	failed       prometheus.Counter
	confidence   prometheus.Histogram
	stages       *prometheus.HistogramVec // stage
	interactions *prometheus.CounterVec   // delivery, kind, fate
	calls        *prometheus.CounterVec   // route, status
	callTimes    *prometheus.HistogramVec // route
	identifies   prometheus.Counter
	remaining    prometheus.Gauge
	disconnected prometheus.Counter
	library      *prometheus.CounterVec // operation, trouble
}

// The stages of an interaction, as metrics name them.
const (
	stageAsk     = "ask"     // the index
	stageRespond = "respond" // the reply, the index included
	stageSend    = "send"    // to Discord
	stageTotal   = "total"   // from the arrival to the end
)

// inSeconds bounds the buckets of times: from 100 µs, less than any answer, to the 3 s that Discord waits.
var inSeconds = []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .02, .05, .1, .25, .5, 1, 2, 3}

func newMetrics() *metrics {
	m := &metrics{registry: prometheus.NewRegistry()}
	m.registry.MustRegister(
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}), buildMetric(),
	)
	m.questions = m.counters("questions_total", "Questions that members asked, by outcome and by what kind of answer they want.", "outcome", "kind")
	m.failed = m.counter("questions_failed_total", "Questions that the index could not be asked.")
	m.confidence = prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: namespace + "answer_confidence", Help: "How sure the bot was of the best sentence, whether it gave it or not.",
		Buckets: prometheus.LinearBuckets(0.1, 0.1, 10),
	})
	m.registry.MustRegister(m.confidence)
	m.stages = m.times("stage_seconds", "Time that each stage of an interaction took.", "stage")
	m.interactions = m.counters("interactions_total", "Interactions that arrived, by way, kind and what became of them.", "delivery", "kind", "fate")
	m.calls = m.counters("discord_requests_total", "Requests to Discord’s API, by route and status; 0 is no answer.", "route", "status")
	m.callTimes = m.times("discord_request_seconds", "Time until Discord’s API answered.", "route")
	m.identifies = m.counter("gateway_identifies_total", "Sessions begun on Discord’s gateway.")
	m.remaining = prometheus.NewGauge(prometheus.GaugeOpts{
		Name: namespace + "gateway_identifies_remaining", Help: "Sessions that Discord still allowed today when it was last asked.",
	})
	m.registry.MustRegister(m.remaining)
	m.watchLibrary()
	m.disconnected = m.counter("gateway_disconnections_total", "Gateway connections that ended or did not open.")
	for _, stage := range []string{stageAsk, stageRespond, stageSend, stageTotal} {
		m.stages.WithLabelValues(stage) // a series that is not there is no 0 to an alert
	}
	return m
}

// namespace begins the names of the program's own metrics.
const namespace = "verbatim_"

func (m *metrics) counters(name, help string, labels ...string) *prometheus.CounterVec {
	c := prometheus.NewCounterVec(prometheus.CounterOpts{Name: namespace + name, Help: help}, labels)
	m.registry.MustRegister(c)
	return c
}

func (m *metrics) counter(name, help string) prometheus.Counter {
	c := prometheus.NewCounter(prometheus.CounterOpts{Name: namespace + name, Help: help})
	m.registry.MustRegister(c)
	return c
}

func (m *metrics) times(name, help string, labels ...string) *prometheus.HistogramVec {
	h := prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: namespace + name, Help: help, Buckets: inSeconds}, labels)
	m.registry.MustRegister(h)
	return h
}

// buildMetric is always 1: it tells which program runs.
func buildMetric() prometheus.Collector {
	info := buildInfo()
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: namespace + "build_info", Help: "The program’s version.",
		ConstLabels: prometheus.Labels{"version": ownVersion(info), "revision": ownRevision(info), "go": info.GoVersion},
	}, func() float64 { return 1 })
}

// handler answers GET /metrics.
func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4})
}

// answered counts a question; it is a hook of the bot's.
func (m *metrics) answered(_ context.Context, a knowledge.Answer, took time.Duration, err error) {
	m.stages.WithLabelValues(stageAsk).Observe(took.Seconds())
	if err != nil {
		m.failed.Inc()
		return
	}
	m.questions.WithLabelValues(outcomes[a.Outcome], a.Kind.String()).Inc()
	m.confidence.Observe(a.Confidence)
}

// observer is what the wire tells, when interactions come by the given way.
func (m *metrics) observer(delivery string) discord.Observer {
	for _, kind := range discord.Kinds {
		for _, fate := range discord.Fates {
			m.interactions.WithLabelValues(delivery, kind, string(fate))
		}
	}
	return discord.Observer{
		Handled: func(h discord.Handled) {
			m.interactions.WithLabelValues(delivery, h.Kind, string(h.Fate)).Inc()
			m.timed(stageRespond, h.Respond)
			m.timed(stageSend, h.Send)
			m.timed(stageTotal, h.Total)
		},
		Called: func(route string, status int, took time.Duration) {
			m.calls.WithLabelValues(route, strconv.Itoa(status)).Inc()
			m.callTimes.WithLabelValues(route).Observe(took.Seconds())
		},
		Identified: func(remaining int) {
			m.identifies.Inc()
			m.remaining.Set(float64(remaining))
		},
		Disconnected: m.disconnected.Inc,
	}
}

// timed notes how long a stage took, if it came to it.
func (m *metrics) timed(stage string, took time.Duration) {
	if took > 0 {
		m.stages.WithLabelValues(stage).Observe(took.Seconds())
	}
}

// watchShards adds the states of a gateway's shards, read at each scrape.
func (m *metrics) watchShards(shards func() []discord.ShardStatus) {
	m.registry.MustRegister(shardCollector(shards))
}

// watchIndexes adds what the indexes of the servers' articles take, read at each scrape.
func (m *metrics) watchIndexes(stats func() library.IndexStats) {
	gauge := func(name, help string, value func(library.IndexStats) float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: namespace + name, Help: help},
			func() float64 { return value(stats()) }))
	}
	counter := func(name, help string, value func(library.IndexStats) float64) {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: namespace + name, Help: help},
			func() float64 { return value(stats()) }))
	}
	gauge("indexes", "Indexes in memory, one for each server with articles of its own and one for all others.",
		func(s library.IndexStats) float64 { return float64(s.Indexes) })
	gauge("index_bytes", "Memory that the indexes take, estimated.", func(s library.IndexStats) float64 { return float64(s.Bytes) })
	counter("index_builds_total", "Indexes built: first asked for, changed, or dropped and asked for again.",
		func(s library.IndexStats) float64 { return float64(s.Built) })
	counter("index_build_errors_total", "Indexes that could not be built, as the library could not be read.",
		func(s library.IndexStats) float64 { return float64(s.Failed) })
}

// watchReady adds whether each condition for members to be answered holds, asked at each scrape.
func (m *metrics) watchReady(checks []check) { m.registry.MustRegister(readyCollector(checks)) }

// A readyCollector makes a metric of each check.
type readyCollector []check

var readyDesc = prometheus.NewDesc(namespace+"ready", "Whether a condition for members to be answered holds, as /readyz says.", []string{"check"}, nil)

// Describe implements [prometheus.Collector].
func (readyCollector) Describe(to chan<- *prometheus.Desc) { to <- readyDesc }

// Collect implements [prometheus.Collector].
func (c readyCollector) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), checkTimeout)
	defer cancel()
	for _, check := range c {
		holds := 1.0
		if check.ask(ctx) != nil {
			holds = 0
		}
		to <- prometheus.MustNewConstMetric(readyDesc, prometheus.GaugeValue, holds, check.name)
	}
}

// A shardCollector makes metrics of what the shards do now.
type shardCollector func() []discord.ShardStatus

var (
	shardsDesc     = prometheus.NewDesc(namespace+"shards", "Shards of this process, by what they do.", []string{"state"}, nil)
	shardReadyDesc = prometheus.NewDesc(namespace+"shard_ready", "Whether a shard receives interactions.", []string{"shard"}, nil)
)

// Describe implements [prometheus.Collector].
func (shardCollector) Describe(to chan<- *prometheus.Desc) { to <- shardsDesc; to <- shardReadyDesc }

// Collect implements [prometheus.Collector].
func (c shardCollector) Collect(to chan<- prometheus.Metric) {
	in := map[discord.ShardState]float64{}
	for _, s := range c() {
		in[s.State]++
		ready := 0.0
		if s.State == discord.ShardReady {
			ready = 1
		}
		to <- prometheus.MustNewConstMetric(shardReadyDesc, prometheus.GaugeValue, ready, strconv.Itoa(s.ID))
	}
	for _, state := range discord.ShardStates {
		to <- prometheus.MustNewConstMetric(shardsDesc, prometheus.GaugeValue, in[state], string(state))
	}
}
