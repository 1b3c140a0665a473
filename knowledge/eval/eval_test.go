package eval

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/knowledge"
)

var update = flag.Bool("update", false, "write the golden files anew")

// shared returns the path of a file of the data that is not committed, and skips the test where it is
// missing; where CI=true it must be there.
func shared(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", name)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("%s is not beside this clone: what it measures is left out", name)
	}
	return path
}

// TestGoldenRanks shows every change of ranking in a diff: for each question on the article, the rank of the
// first quote that is right, or what became of a question without answer.
func TestGoldenRanks(t *testing.T) {
	sets, err := Load(shared(t, "article/questions.jsonl"), knowledge.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	err = onArticle(sets[0].Article, func(x *knowledge.Index) error {
		answers, err := askAll(t.Context(), x, sets[0].Questions)
		for i, a := range answers {
			gold := "answerable"
			if len(sets[0].Questions[i].Gold) == 0 {
				gold = "unanswerable"
			}
			fmt.Fprintf(&got, "%s\t%s\trank %d\tfound %v\n", sets[0].Questions[i].ID, gold, a.rank, a.outcome == knowledge.Answered)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "rank.golden")
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
		t.Errorf("ranks changed; -update takes them, -want +got:\n%s", diff)
	}
}

// TestArticle keeps what is promised of the article that the program comes with.
func TestArticle(t *testing.T) {
	sets, err := Load(shared(t, "article/questions.jsonl"), knowledge.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	r, err := Run(t.Context(), sets, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if a := r.Answerable; a.Recall1 < 0.65 || a.Verbatim < 1 || r.None.Found > 0.30 {
		t.Errorf("recall@1 %.3f, verbatim %.3f, unanswerable answered %.3f: want at least 0.65 and 1, at most 0.30",
			a.Recall1, a.Verbatim, r.None.Found)
	}
}

// TestReport keeps what docs/retrieval.md says of the articles that nothing was fitted or chosen on.
func TestReport(t *testing.T) {
	if testing.Short() {
		t.Skip("asks some 3,500 questions")
	}
	sets, err := Load(shared(t, "piaf/piaf.jsonl"), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Run(t.Context(), sets, Options{Part: "report", Compare: true})
	if err != nil {
		t.Fatal(err)
	}
	a := r.Answerable
	for _, want := range []struct {
		what       string
		got, least float64
	}{
		{"recall@1", a.Recall1, 0.63},
		{"recall@1 above bleve's fr, BM25", a.Recall1 - r.Baselines[1].Recall1, 0.10},
		{"recall@3", a.Recall3, 0.82},
		{"verbatim", a.Verbatim, 1},
		{"AUROC, foreign", r.Foreign.AUROC, 0.965},
		{"AUROC, removed", r.Removed.AUROC, 0.81},
		{"calibration", 1 - r.ECE, 0.94},
		{"brevity, in sentences under 2", 2 - a.Sentences, 0.7},
	} {
		if want.got < want.least {
			t.Errorf("%s: got %.3f, want at least %.3f", want.what, want.got, want.least)
		}
	}
}

// TestLoad reads both forms, and names the line of what is neither.
func TestLoad(t *testing.T) {
	write := func(text string) string {
		path := filepath.Join(t.TempDir(), "set.jsonl")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	sets, err := Load(write(`{"id":"a","title":"A","paragraphs":["L’été dure.","Il fait 30 °C."],"questions":[{"id":"q","question":"Combien ?","answers":[{"paragraph":1,"start":8,"text":"30 °C"}]}]}`), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := sets[0].Article.Quote(sets[0].Questions[0].Gold[0]); got != "30 °C" {
		t.Errorf("the answer is at %q, want « 30 °C »", got)
	}
	article, err := knowledge.NewArticle(knowledge.Meta{ID: "a", Title: "A"}, "Un. Deux. Un.")
	if err != nil {
		t.Fatal(err)
	}
	sets, err = Load(write(`{"id":"q","question":"Quoi ?","gold":["Un"]}`+"\n\n"+`{"id":"r","question":"Qui ?","gold":[]}`), article)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(sets[0].Questions[0].Gold); n != 2 || len(sets[0].Questions[1].Gold) != 0 {
		t.Errorf("got %d places, want both of « Un » and none for the second question", n)
	}
	for _, text := range []string{"{", `{"question":"Quoi ?"}`, "", `{"id":"a","paragraphs":["Un."],"questions":[{"answers":[{"paragraph":3}]}]}`} {
		if _, err := Load(write("\n"+text), article); err == nil || text != "" && !strings.Contains(err.Error(), "line 2") {
			t.Errorf("Load of %q: got %v, want an error that names line 2", text, err)
		}
	}
}

// TestAbstention checks the figures on a set small enough to count by hand.
func TestAbstention(t *testing.T) {
	var own []asked
	for i := range 10 {
		own = append(own, asked{confidence: float64(i+1) / 10})
	}
	a := abstention(own, []asked{{confidence: 0.05, outcome: knowledge.Foreign}, {confidence: 0.5, outcome: knowledge.Answered}})
	// 0.05 is below all ten; 0.5 is below five of them and equal to one.
	if a.AUROC != (10+5.5)/20 || a.At90 != 0.5 || a.Found != 0.5 || a.OffSubject != 0.5 {
		t.Errorf("got %+v", a)
	}
}

// TestReportPrints checks that people and programs can read a report.
func TestReportPrints(t *testing.T) {
	r := (&result{own: []asked{{rank: 1, confidence: 0.9, outcome: knowledge.Answered, sentences: 1, characters: 40, verbatim: true}}}).report()
	var out bytes.Buffer
	if err := r.Print(&out); err != nil || !strings.Contains(out.String(), "recall@1") {
		t.Errorf("got %q, %v", out.String(), err)
	}
	if _, err := json.Marshal(r); err != nil {
		t.Error(err)
	}
}
