package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"verbatim/bot/discordtest"
	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

// get asks the program about itself.
func (r *running) get(path string) (status int, body string) {
	r.t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get("http://" + r.logged("ops_addr") + path)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return resp.StatusCode, string(raw)
}

// untilMetric waits until a series of /metrics has a value.
func (r *running) untilMetric(series string, want float64) {
	r.t.Helper()
	line := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(series) + ` (\S+)$`)
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		_, body := r.get(metricsPath)
		m := line.FindStringSubmatch(body)
		if m != nil {
			if got, err := strconv.ParseFloat(m[1], 64); err == nil && got == want {
				return
			}
		}
		if time.Now().After(deadline) {
			r.t.Fatalf("%s: got %v, want %v", series, m, want)
		}
	}
}

// TestMetricsOfTheGateway asks a question and finds it in the figures: what became of it and how long it
// took, and nothing of what was asked, by whom, where.
func TestMetricsOfTheGateway(t *testing.T) {
	r := newRunning(t)
	r.start("DISCORD_TOKEN="+discordtest.Token, "SHARD_COUNT=1")
	r.untilHealthy()
	r.fake.Gateway.Dispatch(demand(1, whoReplaces))
	r.fake.REST.Response("200000000000000001")
	for series, want := range map[string]float64{
		`verbatim_questions_total{kind="person",outcome="answered"}`:                             1,
		`verbatim_interactions_total{delivery="gateway",fate="replied",kind="command"}`:          1,
		`verbatim_interactions_total{delivery="gateway",fate="shed",kind="unknown"}`:             0,
		`verbatim_answer_confidence_count`:                                                       1,
		`verbatim_stage_seconds_count{stage="ask"}`:                                              1,
		`verbatim_stage_seconds_count{stage="respond"}`:                                          1,
		`verbatim_stage_seconds_count{stage="send"}`:                                             1,
		`verbatim_stage_seconds_count{stage="total"}`:                                            1,
		`verbatim_shards{state="ready"}`:                                                         1,
		`verbatim_shards{state="paused"}`:                                                        0,
		`verbatim_shard_ready{shard="0"}`:                                                        1,
		`verbatim_gateway_identifies_total`:                                                      1,
		`verbatim_gateway_identifies_remaining`:                                                  1000,
		`verbatim_ready{check="discord"}`:                                                        1,
		`verbatim_ready{check="library"}`:                                                        1,
		`verbatim_ready{check="index"}`:                                                          1,
		`verbatim_indexes`:                                                                       1,
		`verbatim_index_builds_total`:                                                            1,
		`verbatim_index_build_errors_total`:                                                      0,
		`verbatim_library_errors_total{operation="vote",trouble="full"}`:                         0,
		`verbatim_gateway_disconnections_total`:                                                  0,
		`verbatim_discord_requests_total{route="GET gateway/bot",status="200"}`:                  2,
		`verbatim_discord_requests_total{route="POST interactions/{}/{}/callback",status="204"}`: 1,
		`verbatim_discord_request_seconds_count{route="POST interactions/{}/{}/callback"}`:       1,
	} {
		r.untilMetric(series, want)
	}
	_, body := r.get(metricsPath)
	for _, private := range []string{"secret-of-", "30000000000000000", "20000000000000000", "membre", "Alexandr", "demander", discordtest.Token} {
		if strings.Contains(body, private) {
			t.Errorf("the figures hold %q", private)
		}
	}
	if kept := r.stderr.String(); strings.Contains(kept, "Alexandr") || strings.Contains(kept, "300000000000000003") {
		t.Error("the log holds the question, or who asked it")
	}
	if got := r.logged("outcome"); got != "answered" {
		t.Errorf("the question's line in the log has outcome %s", got)
	}
}

// TestStoppingTellsTheBalancerFirst tells the program to stop while a load balancer still sends it requests:
// it is not ready from then on, and answers until the delay is over.
func TestStoppingTellsTheBalancerFirst(t *testing.T) {
	private := ed25519.NewKeyFromSeed(bytes.Repeat([]byte("v"), ed25519.SeedSize))
	r := newRunning(t)
	r.start("DISCORD_PUBLIC_KEY="+publicHex(private), "SHUTDOWN_DELAY=500ms")
	url := "http://" + r.logged("http_addr")
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	if status, body := r.get(readyPath); status != http.StatusOK || body != "discord: ok\nlibrary: ok\nindex: ok\n" {
		t.Errorf("before: got %d %s", status, body)
	}
	if log := r.stderr.String(); !strings.Contains(log, "bot article purge") {
		t.Errorf("without a token nothing tells which servers removed the bot, and nobody is told:\n%s", log)
	}
	began := time.Now()
	r.cancel()
	for {
		if status, body := r.get(readyPath); status == http.StatusServiceUnavailable && strings.HasPrefix(body, "draining") {
			break
		}
	}
	if status, reply := post(t, client, url+"/interactions", demand(1, whoReplaces), private); status != http.StatusOK {
		t.Errorf("while it drains: got %d %s", status, reply)
	}
	r.untilMetric(`verbatim_interactions_total{delivery="http",fate="replied",kind="command"}`, 1)
	if resp, err := client.Get(url + "/healthz"); err != nil || resp.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("the balancer's own check while it drains: got %v, %v", resp, err)
	} else {
		_ = resp.Body.Close()
	}
	if status := r.wait(); status != statusOK {
		t.Errorf("got status %d", status)
	}
	if took := time.Since(began); took < 500*time.Millisecond {
		t.Errorf("it ended after %v, before its delay", took)
	}
}

// The figures' names and texts follow Prometheus's conventions.
func TestMetricsAreWellNamed(t *testing.T) {
	m := newMetrics()
	m.observer("http")
	m.answered(t.Context(), knowledge.Answer{}, time.Millisecond, nil)
	m.answered(t.Context(), knowledge.Answer{}, time.Millisecond, errors.New("of the test"))
	problems, err := testutil.GatherAndLint(m.registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	if got := testutil.ToFloat64(m.failed); got != 1 {
		t.Errorf("got %v failed questions, want 1", got)
	}
}

// Why the library failed is counted by name, whatever is around it.
func TestLibraryErrorsAreCounted(t *testing.T) {
	m := newMetrics()
	for name, err := range map[string]error{
		"full":       fmt.Errorf("keep an article: %w", &library.StorageError{Trouble: library.Full, Err: errors.New("of the test")}),
		"slow":       fmt.Errorf("begin: %w", context.DeadlineExceeded),
		troubleOther: errors.New("of the test"),
	} {
		m.libraryFailed(library.Changing, err)
		if got := testutil.ToFloat64(m.library.WithLabelValues(string(library.Changing), name)); got != 1 {
			t.Errorf("%s: counted %v, want 1", name, got)
		}
	}
	for trouble := library.Full; trouble.String() != ""; trouble++ {
		if troubles[trouble] == "" {
			t.Errorf("“%v” has no name in the figures", trouble)
		}
	}
}

// What an operator asks of a bot that is alive, and whether it is ready, are two things.
func TestReadiness(t *testing.T) {
	r := newRunning(t)
	r.fake.Refuse(time.Minute)
	r.start("DISCORD_TOKEN=" + discordtest.Token)
	if status, body := r.get(livePath); status != http.StatusOK {
		t.Errorf("alive: got %d %s", status, body)
	}
	if status, body := r.get(readyPath); status != http.StatusServiceUnavailable || !strings.Contains(body, "discord: not connected to Discord") {
		t.Errorf("ready: got %d %s, want 503 and why", status, body)
	}
	if status, _ := r.get("/debug/pprof/heap"); status != http.StatusNotFound {
		t.Errorf("profiles that nobody asked for: got %d", status)
	}
}

func TestReadyTellsEachCheck(t *testing.T) {
	o, err := newOps("127.0.0.1:0", opsOptions{metrics: http.NotFoundHandler(), checks: []check{
		{"index", func(context.Context) error { return nil }},
		{"library", func(ctx context.Context) error {
			if _, limited := ctx.Deadline(); !limited {
				t.Error("a check may take for ever")
			}
			return errors.New("no answer\nfrom it")
		}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer o.listener.Close()
	ask := func() string {
		w := httptest.NewRecorder()
		o.ready(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, readyPath, http.NoBody))
		return strconv.Itoa(w.Code) + " " + w.Body.String()
	}
	if got, want := ask(), "503 index: ok\nlibrary: no answer from it\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	o.drain()
	if got := ask(); !strings.HasPrefix(got, "503 draining") {
		t.Errorf("got %q of a bot that drains", got)
	}
}

// Profiles show what is in memory: they are served on request, and never to other machines.
func TestProfilesStayOnThisMachine(t *testing.T) {
	for _, open := range []address{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:0"} {
		if _, err := newOps(open, opsOptions{metrics: http.NotFoundHandler(), profile: true}); err == nil || !strings.Contains(err.Error(), "OPS_PPROF") {
			t.Errorf("%s: got %v, want an error that names the setting", open, err)
		}
	}
	r := newRunning(t)
	r.start("DISCORD_TOKEN="+discordtest.Token, "OPS_PPROF=true")
	if status, body := r.get("/debug/pprof/heap?debug=1"); status != http.StatusOK || !strings.Contains(body, "heap profile") {
		t.Errorf("got %d of a heap profile that was asked for", status)
	}
}
