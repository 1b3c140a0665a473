package library_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

func export(t *testing.T, l *library.Library, guilds ...string) string {
	t.Helper()
	var out bytes.Buffer
	_, err := l.Export(t.Context(), &out, guilds...)
	must(t, err)
	return out.String()
}

// A library moves from any engine to any other, and what it holds stays the same to the letter.
func TestAWholeLibraryMoves(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		from := open(t, where, library.Options{})
		fill(t, from, "1")
		fill(t, from, "2")
		put(t, from, "", articleOf(t, knowledge.Meta{ID: "charte", Title: "La charte", Source: "https://example.org/é"},
			"Titre\n\nLa « charte » < 3 & \u2028 fin.", knowledge.Heading{Span: knowledge.Span{Start: 0, End: 5}, Level: 2}), library.Added)
		must(t, from.Left(t.Context(), "2"))
		lines := export(t, from)
		if n := strings.Count(lines, "\n"); n != 3+3+2+2 {
			t.Errorf("got %d lines\n%s", n, lines)
		}
		everyEngine(t, func(t *testing.T, where string) {
			to := open(t, where, library.Options{Quota: library.Quota{Bytes: 1}}) // the operator's move is not bound by it
			for range 2 {                                                         // done again, it changes nothing
				n, err := to.Import(t.Context(), strings.NewReader(lines))
				if want := (library.Transferred{Servers: 3, Articles: 3, Votes: 2, Questions: 2}); err != nil || n != want {
					t.Fatalf("got %+v, %v, want %+v", n, err, want)
				}
				if diff := cmp.Diff(lines, export(t, to)); diff != "" {
					t.Errorf("(-exported +imported and exported)\n%s", diff)
				}
			}
		})
	})
}

func TestOneServerMoves(t *testing.T) {
	l := open(t, "", library.Options{})
	fill(t, l, "1")
	fill(t, l, "2")
	lines := export(t, l, "2")
	if n := strings.Count(lines, `"guild":"2"`); n != 4 || strings.Contains(lines, `"guild":"1"`) {
		t.Errorf("got\n%s", lines)
	}
}

func TestAWrongLineKeepsNothing(t *testing.T) {
	const good = `{"guild":"1","article":{"id":"a","title":"A","text":"Une phrase."}}` + "\n"
	for name, test := range map[string]struct{ line, want string }{
		"no JSON":       {"{", "line 2: unexpected EOF"},
		"a typo":        {`{"guild":"1","artcle":{}}`, `line 2: json: unknown field "artcle"`},
		"nothing":       {`{"guild":"1"}`, `line 2: expected one of "server", "article"`},
		"no title":      {`{"guild":"1","article":{"id":"b","text":"Une phrase."}}`, "line 2: the article has no title"},
		"no sentence":   {`{"guild":"1","article":{"id":"b","title":"B","text":" "}}`, `line 2: article "b": the text is empty`},
		"wrong heading": {`{"guild":"1","article":{"id":"b","title":"B","text":"Un.","headings":[{"start":7,"end":9,"level":1}]}}`, "line 2: article"},
	} {
		t.Run(name, func(t *testing.T) {
			everyEngine(t, func(t *testing.T, where string) {
				l := open(t, where, library.Options{})
				_, err := l.Import(t.Context(), strings.NewReader(good+test.line))
				if err == nil || !strings.HasPrefix(err.Error(), "import: "+test.want) {
					t.Errorf("got %v, want %s", err, test.want)
				}
				if got := export(t, l); got != "" {
					t.Errorf("got %s", got)
				}
			})
		})
	}
}

// What is imported is seen at once by who asks, as any change.
func TestWhatIsImportedIsQuoted(t *testing.T) {
	l := open(t, "", library.Options{Now: func() time.Time { return time.UnixMilli(0) }})
	x := indexes(t, l, library.IndexOptions{})
	if got := quoted(t, x, "1", "Quand ouvre le club ?"); got != "" {
		t.Fatalf("got %q before", got)
	}
	_, err := l.Import(t.Context(), strings.NewReader(`{"guild":"1","article":{"id":"a","title":"A","text":"Le club ouvre le mardi."}}`))
	must(t, err)
	if got, want := quoted(t, x, "1", "Quand ouvre le club ?"), "Le club ouvre le mardi."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
