package deploy_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
	"sigs.k8s.io/yaml"
)

// A metric is what docs/metrics.md says of one, which a test of cmd/bot holds to the program.
type metric struct {
	kind   string
	labels []string
}

// exported reads the list of metrics.
func exported(t *testing.T) map[string]metric {
	t.Helper()
	all := map[string]metric{}
	line := regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\| ([a-z]+) \\| ([^|]*) \\|")
	for _, m := range line.FindAllStringSubmatch(string(read(t, "docs/metrics.md")), -1) {
		of := metric{kind: m[2]}
		for _, l := range strings.Fields(m[3]) {
			of.labels = append(of.labels, strings.Trim(l, "`"))
		}
		all[m[1]] = of
	}
	if len(all) < 20 {
		t.Fatalf("docs/metrics.md lists %d metrics, want them all", len(all))
	}
	return all
}

// scraped are the labels that Prometheus adds to every series.
var scraped = []string{"job", "instance"}

// A reporter is told what is wrong. [*testing.T] is one.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
}

// check holds a query to the metrics that there are: their names, their labels, and rates of counters alone.
func check(t reporter, all map[string]metric, what, query string) {
	t.Helper()
	expr, err := parser.NewParser(parser.Options{}).ParseExpr(query)
	if err != nil {
		t.Errorf("%s: %s: %v", what, query, err)
		return
	}
	parser.Inspect(expr, func(n parser.Node, _ []parser.Node) error {
		switch n := n.(type) {
		case *parser.VectorSelector:
			if why := series(all, n); why != "" {
				t.Errorf("%s: %s: %s", what, query, why)
			}
		case *parser.AggregateExpr:
			for _, l := range n.Grouping {
				if !slices.ContainsFunc(selectors(n.Expr), func(v *parser.VectorSelector) bool { return has(all, v.Name, l) }) {
					t.Errorf("%s: %s: no series has the label %s", what, query, l)
				}
			}
		case *parser.Call:
			if n.Func.Name == "rate" || n.Func.Name == "increase" {
				for _, v := range selectors(n.Args[0]) {
					if kind := kindOf(all, v.Name); kind != "counter" {
						t.Errorf("%s: %s: %s of %s, which is a %s", what, query, n.Func.Name, v.Name, kind)
					}
				}
			}
		}
		return nil
	})
}

// family returns the metric that a series belongs to; a histogram and a summary have several.
func family(all map[string]metric, name string) (metric, string, bool) {
	if m, ok := all[name]; ok {
		return m, "", m.kind != "histogram"
	}
	for _, suffix := range []string{"_bucket", "_sum", "_count"} {
		if base, cut := strings.CutSuffix(name, suffix); cut {
			m, ok := all[base]
			return m, suffix, ok && (m.kind == "histogram" || m.kind == "summary" && suffix != "_bucket")
		}
	}
	return metric{}, "", false
}

func kindOf(all map[string]metric, name string) string {
	m, suffix, _ := family(all, name)
	if suffix != "" {
		return "counter"
	}
	return m.kind
}

func has(all map[string]metric, name, label string) bool {
	m, suffix, _ := family(all, name)
	return slices.Contains(m.labels, label) || slices.Contains(scraped, label) || suffix == "_bucket" && label == "le"
}

// series says what is wrong with a selector, "" for nothing.
func series(all map[string]metric, v *parser.VectorSelector) string {
	if v.Name == "up" {
		return ""
	}
	if _, _, ok := family(all, v.Name); !ok {
		return "the program exports no " + v.Name
	}
	for _, m := range v.LabelMatchers {
		if m.Name != model.MetricNameLabel && !has(all, v.Name, m.Name) {
			return v.Name + " has no label " + m.Name
		}
	}
	return ""
}

func selectors(e parser.Node) (found []*parser.VectorSelector) {
	parser.Inspect(e, func(n parser.Node, _ []parser.Node) error {
		if v, ok := n.(*parser.VectorSelector); ok {
			found = append(found, v)
		}
		return nil
	})
	return found
}

// TestAlerts reads the alerts as Prometheus does.
func TestAlerts(t *testing.T) {
	all := exported(t)
	groups, errs := rulefmt.Parse(read(t, "deploy/prometheus/alerts.yml"), false, model.UTF8Validation, parser.NewParser(parser.Options{}), slog.New(slog.DiscardHandler))
	for _, err := range errs {
		t.Error(err)
	}
	count := 0
	for _, g := range groups.Groups {
		for _, r := range g.Rules {
			count++
			check(t, all, r.Alert, r.Expr)
			if r.Annotations["summary"] == "" || !slices.Contains([]string{"page", "ticket"}, r.Labels["severity"]) {
				t.Errorf("%s: want a summary, and a severity of page or ticket", r.Alert)
			}
		}
	}
	if count < 5 {
		t.Errorf("got %d alerts", count)
	}
}

// A panel of Grafana's, as far as it is checked.
type panel struct {
	ID      int
	Type    string
	Title   string
	GridPos struct{ H, W, X, Y int }
	Targets []struct{ Expr string }
}

// TestDashboard holds the dashboard's queries to the metrics, and its panels to places of their own.
func TestDashboard(t *testing.T) {
	all := exported(t)
	var d struct {
		UID        string
		Panels     []panel
		Templating struct {
			List []struct{ Name, Type, Query string }
		}
	}
	if err := json.Unmarshal(read(t, "deploy/grafana/verbatim.json"), &d); err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	ids := map[int]bool{}
	taken := map[[2]int]string{}
	for _, p := range d.Panels {
		if ids[p.ID] || p.Title == "" {
			t.Errorf("panel %d %q: want an ID of its own, and a title", p.ID, p.Title)
		}
		ids[p.ID] = true
		for x := p.GridPos.X; x < p.GridPos.X+p.GridPos.W; x++ {
			for y := p.GridPos.Y; y < p.GridPos.Y+p.GridPos.H; y++ {
				if other := taken[[2]int{x, y}]; other != "" || x >= 24 {
					t.Fatalf("panel %q is over %q, or beyond the page", p.Title, other)
				}
				taken[[2]int{x, y}] = p.Title
			}
		}
		if p.Type != "row" && len(p.Targets) == 0 {
			t.Errorf("panel %q shows nothing", p.Title)
		}
		for _, target := range p.Targets {
			query := strings.NewReplacer("$__rate_interval", "5m", "$job", "verbatim").Replace(target.Expr)
			check(t, all, p.Title, query)
			for name := range all {
				if strings.Contains(query, name) {
					shown[name] = true
				}
			}
		}
	}
	for name := range all {
		if strings.HasPrefix(name, "verbatim_") && !shown[name] && !unshown[name] {
			t.Errorf("%s is on no panel", name)
		}
	}
}

// unshown are metrics for alerts and questions of the moment, which no panel has.
var unshown = map[string]bool{"verbatim_questions_failed_total": true, "verbatim_shard_ready": true}

// Prometheus's and Grafana's other files name what is there.
func TestProvisioning(t *testing.T) {
	var prometheus struct {
		Global        map[string]string `json:"global"`
		RuleFiles     []string          `json:"rule_files"`
		ScrapeConfigs []struct {
			JobName string           `json:"job_name"`
			DNS     []map[string]any `json:"dns_sd_configs"`
		} `json:"scrape_configs"`
	}
	if err := yaml.UnmarshalStrict(read(t, "deploy/prometheus/prometheus.yml"), &prometheus); err != nil {
		t.Fatal(err)
	}
	for _, file := range prometheus.RuleFiles {
		read(t, "deploy/prometheus/"+file)
	}
	if len(prometheus.ScrapeConfigs) != 1 || prometheus.ScrapeConfigs[0].JobName != "verbatim" {
		t.Errorf("got %+v, want the job that the alerts name", prometheus.ScrapeConfigs)
	}
	files, _ := filepath.Glob(filepath.Join(root, "deploy/grafana/provisioning/*/*.yaml"))
	if len(files) != 2 {
		t.Errorf("got %v", files)
	}
	for _, file := range files {
		var v map[string]any
		if err := yaml.UnmarshalStrict(read(t, strings.TrimPrefix(file, root+"/")), &v); err != nil || v["apiVersion"] != 1.0 {
			t.Errorf("%s: %v, %v", file, v, err)
		}
	}
}

// A query that names what is not there is found out.
func TestQueriesAreHeldToTheMetrics(t *testing.T) {
	all := exported(t)
	for query, why := range map[string]string{
		`verbatim_question_total`:                                  "exports no",
		`verbatim_stage_seconds`:                                   "exports no",
		`verbatim_questions_total{server="1"}`:                     "no label server",
		`rate(verbatim_shards[5m])`:                                "which is a gauge",
		`sum by (route) (rate(verbatim_questions_total[5m]))`:      "no series has the label route",
		`sum(rate(verbatim_questions_total))`:                      "expected type range vector",
		`histogram_quantile(0.9, verbatim_questions_total_bucket)`: "exports no",
	} {
		said := new(collector)
		check(said, all, "query", query)
		if !strings.Contains(said.String(), why) {
			t.Errorf("%s: got %q, want %q", query, said, why)
		}
	}
}

// A collector keeps what is wrong.
type collector struct{ strings.Builder }

func (*collector) Helper()                             {}
func (c *collector) Errorf(format string, args ...any) { fmt.Fprintf(c, format+"\n", args...) }
