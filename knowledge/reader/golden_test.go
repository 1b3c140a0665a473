package reader_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"verbatim/knowledge"
	"verbatim/knowledge/reader"
)

var update = flag.Bool("update", false, "write the golden files anew")

// files are the real files of testdata, read as they would be found on the web.
func files(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, pattern := range []string{"*.md", "*.html", "*.pdf", "*.docx"} {
		names, err := filepath.Glob(filepath.Join("testdata/files", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if base := filepath.Base(name); base != "README.md" && base != "password.pdf" {
				found = append(found, name)
			}
		}
	}
	if len(found) < 12 {
		t.Fatalf("only %d files are there", len(found))
	}
	return found
}

func read(t *testing.T, f reader.File) *reader.Result {
	t.Helper()
	result, err := reader.Read(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// results are what was read of files, each once for all tests.
var results = map[string]*reader.Result{}

func readNamed(t *testing.T, name string) *reader.Result {
	t.Helper()
	if result, ok := results[name]; ok {
		return result
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	results[name] = read(t, reader.File{Name: filepath.Base(name), Data: data})
	return results[name]
}

// TestGolden shows what is kept of each file, as a person reads it: what names it, its headings, its paragraphs, and
// the sentences of each. What is left out is in the files.
func TestGolden(t *testing.T) {
	for _, name := range files(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			got := printed(readNamed(t, name))
			golden := filepath.Join("testdata/golden", filepath.Base(name)+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("-update takes it (-want +got)\n%s", diff)
			}
		})
	}
}

// printed shows an article: no-break spaces as ~ and ‿, so that they are seen.
func printed(r *reader.Result) string {
	a := r.Article
	var b strings.Builder
	fmt.Fprintf(&b, "%v, %q by %q, in %q, %s, %q, warnings %v\n", r.Format, a.Title, a.Author, a.Language,
		a.Date.Format("2006-01-02 15:04"), a.Source, r.Warnings)
	headings := a.Headings
	for _, p := range a.Paragraphs {
		for ; len(headings) > 0 && headings[0].Start < p.Start; headings = headings[1:] {
			fmt.Fprintf(&b, "\n%s %s\n", strings.Repeat("#", headings[0].Level), a.Quote(headings[0].Span))
		}
		b.WriteByte('\n')
		for _, s := range p.Sentences {
			fmt.Fprintf(&b, "| %s\n", a.Quote(s))
		}
	}
	return strings.NewReplacer("\u00a0", "~", "\u202f", "‿").Replace(b.String())
}

// TestQuotesAreVerbatim asks an index of all the files a question about each of their sentences: whatever it quotes is
// in the text of its article, where it says.
func TestQuotesAreVerbatim(t *testing.T) {
	var articles []*knowledge.Article
	for i, name := range files(t) {
		a := *readNamed(t, name).Article
		a.ID = fmt.Sprintf("a%d", i)
		articles = append(articles, &a)
	}
	x, err := knowledge.Build(articles, knowledge.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	quotes := 0
	for _, a := range articles {
		for _, p := range a.Paragraphs {
			for _, s := range p.Sentences {
				answer, err := x.Ask(t.Context(), knowledge.Question{Text: a.Quote(s), Top: 3, Article: a.ID})
				if err != nil {
					t.Fatal(err)
				}
				for _, q := range answer.Quotes {
					quotes++
					if q.Text() != a.Text[q.Start:q.End] || !strings.Contains(a.Text, q.Text()) || strings.Contains(q.Text(), "\n") {
						t.Errorf("%s: %q is not in the text", a.Title, q.Text())
					}
					for _, h := range a.Headings {
						if h.Start < q.End && q.Start < h.End {
							t.Errorf("%s: %q quotes the heading %q", a.Title, q.Text(), a.Quote(h.Span))
						}
					}
				}
			}
		}
	}
	if quotes < 100 {
		t.Errorf("only %d quotes", quotes)
	}
}

// french is a text with all that encodings of French differ in, as far as Windows-1252 has it.
const french = "L’été, « où » l’œil s’égare : 12 €… Ça coûte cher à Noël ! Le garçon est là-bas, près du cœur de la forêt.\r\n\r\n" +
	"Les élèves et les maîtres sont dans la cour ; ils n’ont pas vu l’aïeul qui est parti pour Le Havre.\r\n"

func TestEncodings(t *testing.T) {
	utf16 := func(e unicode.Endianness, b unicode.BOMPolicy) encoding.Encoding { return unicode.UTF16(e, b) }
	latin1 := strings.NewReplacer("’", "'", "œ", "oe", "€", "EUR", "…", "...").Replace(french)
	for _, tt := range []struct {
		name   string
		as     encoding.Encoding
		stated string
		text   string
	}{
		{"UTF-8", encoding.Nop, "", french},
		{"UTF-8, said to be Latin-1", encoding.Nop, "text/plain; charset=iso-8859-1", french},
		{"UTF-8 with a mark", unicode.UTF8BOM, "", french},
		{"UTF-16LE with a mark", utf16(unicode.LittleEndian, unicode.UseBOM), "", french},
		{"UTF-16BE with a mark", utf16(unicode.BigEndian, unicode.UseBOM), "", french},
		{"UTF-16LE", utf16(unicode.LittleEndian, unicode.IgnoreBOM), "", french},
		{"UTF-16BE", utf16(unicode.BigEndian, unicode.IgnoreBOM), "", french},
		{"Windows-1252", charmap.Windows1252, "", french},
		{"Windows-1252, said to be UTF-8", charmap.Windows1252, "text/plain; charset=utf-8", french},
		{"Latin-1", charmap.ISO8859_1, "", latin1},
		{"Latin-9, as stated", charmap.ISO8859_15, "text/plain; charset=iso-8859-15", strings.NewReplacer("’", "'", "…", "...").Replace(french)},
		{"Mac, as stated", charmap.Macintosh, "text/plain; charset=macintosh", french},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data, err := tt.as.NewEncoder().Bytes([]byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			got := read(t, reader.File{Name: "note.txt", ContentType: tt.stated, Data: data})
			if diff := cmp.Diff(tt.text, got.Article.Text); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if got.Article.Language != "fr" || len(got.Warnings) > 0 || len(got.Article.Paragraphs) != 2 {
				t.Errorf("got language %q, warnings %v, %d paragraphs", got.Article.Language, got.Warnings, len(got.Article.Paragraphs))
			}
		})
	}
}
