package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	dto "github.com/prometheus/client_model/go"

	"verbatim/bot/discord"
	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

// metricsDoc lists every metric that the program exports. The dashboard's and the alerts' queries are held to
// it by the tests of tools/deploy, which cannot import this program.
const metricsDoc = "../../docs/metrics.md"

// TestMetricsAreDocumented compares the list with the program's registry, once everything has happened that has
// a metric. -update writes it: go test ./cmd/bot -run MetricsAreDocumented -update
func TestMetricsAreDocumented(t *testing.T) {
	m := newMetrics()
	o := m.observer("gateway")
	o.Called("GET gateway/bot", 200, time.Millisecond)
	m.answered(t.Context(), knowledge.Answer{}, time.Millisecond, nil)
	m.answered(t.Context(), knowledge.Answer{}, time.Millisecond, errors.New("of the test"))
	m.watchShards(func() []discord.ShardStatus { return []discord.ShardStatus{{Count: 1, State: discord.ShardReady}} })
	m.watchIndexes(func() library.IndexStats { return library.IndexStats{} })
	m.libraryFailed(library.Voting, errors.New("of the test"))
	m.watchReady([]check{{"library", func(context.Context) error { return nil }}})
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(metricsDoc)
	if err != nil {
		t.Fatal(err)
	}
	before, shown, _ := strings.Cut(string(text), metricsHead)
	got := metricsTable(families)
	if shown == got {
		return
	}
	if !*update {
		t.Errorf("%s (-shown +program); -update mends it\n%s", metricsDoc, cmp.Diff(shown, got))
		return
	}
	if err := os.WriteFile(metricsDoc, []byte(before+metricsHead+got), 0o644); err != nil {
		t.Fatal(err)
	}
}

const metricsHead = "| metric | type | labels | meaning |\n|---|---|---|---|\n"

// metricsTable is a line of Markdown for each metric, the program's own before the runtime's.
func metricsTable(families []*dto.MetricFamily) string {
	var own, others []string
	for _, f := range families {
		labels := map[string]bool{}
		for _, metric := range f.GetMetric() {
			for _, l := range metric.GetLabel() {
				labels["`"+l.GetName()+"`"] = true
			}
		}
		names := make([]string, 0, len(labels))
		for name := range labels {
			names = append(names, name)
		}
		slices.Sort(names)
		line := fmt.Sprintf("| `%s` | %s | %s | %s |\n", f.GetName(), strings.ToLower(f.GetType().String()),
			strings.Join(names, " "), strings.ReplaceAll(f.GetHelp(), "|", "\\|"))
		if strings.HasPrefix(f.GetName(), namespace) {
			own = append(own, line)
		} else {
			others = append(others, line)
		}
	}
	return strings.Join(slices.Concat(own, others), "")
}
