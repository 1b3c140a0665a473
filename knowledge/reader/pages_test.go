package reader

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
)

// pages is the folder of the pages that go-readability is tested with: real ones, of papers, blogs and encyclopedias,
// with what is to be kept of each.
func pages(t *testing.T) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-m", "-f", "{{.Dir}}", "codeberg.org/readeck/go-readability/v2").Output()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(strings.TrimSpace(string(out)), "test-pages")
}

// TestPages reads real pages. Of the words that are to be kept, most are; of those that are kept, nearly all are to be:
// what is to be kept has tables and captions too, which are left out here.
func TestPages(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(pages(t), "*", "source.html"))
	if err != nil || len(names) < 100 {
		t.Fatalf("got %d pages, %v", len(names), err)
	}
	var recall, precision float64
	read := 0
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f := File{Name: "page.html", Data: data, Source: "https://exemple.org/page"}
		doc, err := readHTML(f)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		doc.tidy()
		result, err := doc.result(HTML, f)
		if err != nil {
			t.Logf("%s: %v", name, err)
			continue
		}
		checkArticle(t, result.Article)
		want, got := counted(expected(t, name)), counted(result.Article.Text)
		r, p := shared(want, got)
		if r < 0.5 || p < 0.5 {
			t.Logf("%s: %.2f of what is to be kept is, %.2f of what is kept is to be", filepath.Base(filepath.Dir(name)), r, p)
		}
		recall, precision, read = recall+r, precision+p, read+1
	}
	recall, precision = recall/float64(read), precision/float64(read)
	t.Logf("%d of %d pages: recall %.3f, precision %.3f", read, len(names), recall, precision)
	if read < len(names)-5 || recall < 0.93 || precision < 0.98 {
		t.Error("too little of the pages is kept, or too much")
	}
}

// expected is the text that is to be kept of a page.
func expected(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(filepath.Dir(name), "expected.html"))
	if err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data + " ")
		}
	}
	return b.String()
}

func counted(text string) map[string]int {
	count := map[string]int{}
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		count[w]++
	}
	return count
}

// shared returns which part of want is in got, and which part of got is in want.
func shared(want, got map[string]int) (recall, precision float64) {
	both, all, kept := 0, 0, 0
	for w, n := range want {
		all += n
		both += min(n, got[w])
	}
	for _, n := range got {
		kept += n
	}
	return float64(both) / float64(max(1, all)), float64(both) / float64(max(1, kept))
}
