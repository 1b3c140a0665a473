package reader

import (
	"bytes"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"verbatim/knowledge"
)

// Fuzzing reads in this process, where a panic of a parser is a finding; elsewhere it is a refusal.

// maxFuzzed keeps an input small, so that one takes milliseconds.
const maxFuzzed = 64 << 10

// seedFiles adds the real files of testdata.
func seedFiles(f *testing.F, pattern string) {
	f.Helper()
	names, err := filepath.Glob(filepath.Join("testdata/files", pattern))
	if err != nil || len(names) == 0 {
		f.Fatalf("no %s: %v", pattern, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
}

// fuzzed reads what a parser of one format is given, and holds what Read promises of any file.
func fuzzed(t *testing.T, format Format, data []byte) {
	if len(data) > maxFuzzed {
		return
	}
	f := File{Data: data, Name: "fuzz"}
	doc, err := parsers[format](f)
	if err != nil {
		return
	}
	doc.tidy()
	result, err := doc.result(format, f)
	if err != nil {
		return
	}
	checkArticle(t, result.Article)
	for _, r := range result.Article.Text {
		if unicode.IsControl(r) && r != '\n' || r == '\u200b' || r == '\u00ad' {
			t.Errorf("%q is kept", r)
		}
	}
	if strings.Contains(result.Article.Text, "\n\n\n") || strings.Contains(result.Article.Text, "  ") {
		t.Errorf("white space is kept in %q", result.Article.Text)
	}
}

// checkArticle holds that each sentence is a part of the text, in order, in its paragraph, beside the headings.
func checkArticle(t *testing.T, a *knowledge.Article) {
	t.Helper()
	if a.Title == "" || a.ID == "" || !utf8.ValidString(a.Text) {
		t.Errorf("got title %q, ID %q, text %q", a.Title, a.ID, a.Text)
	}
	end, headings := 0, a.Headings
	for _, p := range a.Paragraphs {
		for len(headings) > 0 && headings[0].Start < p.Start {
			if headings[0].Start < end || headings[0].End > p.Start || headings[0].Level < 1 || headings[0].Level > maxLevel {
				t.Errorf("the heading %+v is out of place", headings[0])
			}
			end, headings = headings[0].End, headings[1:]
		}
		if p.Start < end || len(p.Sentences) == 0 {
			t.Errorf("the paragraph %+v begins before %d or is empty", p, end)
		}
		end = p.Start
		for _, s := range p.Sentences {
			if s.Start < end || s.End <= s.Start || s.End > p.End {
				t.Errorf("the sentence %+v is out of place in %+v", s, p.Span)
			}
			if !utf8.ValidString(a.Quote(s)) {
				t.Errorf("%q is cut within a letter", a.Quote(s))
			}
			end = s.End
		}
		end = p.End
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{"", "L’été.\n\nÀ Nice !", "\xff\xfeL\x00'\x00", "L'\xe9t\xe9 \x80", "\xef\xbb\xbfOui.", "a\x00b\x00", "\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		result, err := readText(File{Data: data, Name: "note.txt"})
		if err != nil {
			return
		}
		checkArticle(t, result.Article)
		if plain := bytes.TrimPrefix(data, []byte("\ufeff")); utf8.Valid(data) && unicodeOf(data) == nil && result.Article.Text != string(plain) {
			t.Errorf("got %q, want the bytes as they are", result.Article.Text)
		}
	})
}

func FuzzMarkdown(f *testing.F) {
	seedFiles(f, "*.md")
	f.Add([]byte("---\ntitle: [a\n---\n- a ;\n- b\n\n1. > # x\n\n~~~\n"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, Markdown, data) })
}

func FuzzHTML(f *testing.F) {
	seedFiles(f, "*.html")
	f.Add([]byte("<p>a<br><br>b<ul><li><a href=x>c</a></ul><table><tr><td><q>d</q>"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, HTML, data) })
}

func FuzzPDF(f *testing.F) {
	for _, name := range []string{"reportlab.pdf", "rc4-40.pdf", "aes-256.pdf", "packed.pdf", "chromium.pdf", "typst.pdf"} {
		seedFiles(f, name)
	}
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, PDF, data) })
}

// FuzzDOCX fuzzes the text of a document, and the archive.
func FuzzDOCX(f *testing.F) {
	seedFiles(f, "*.docx")
	f.Add([]byte(`<w:p xmlns:w="w"><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzzed(t, DOCX, data)
		fuzzed(t, DOCX, wordFile(t, string(data)))
	})
}

// FuzzAddress holds that what passes is of the public web, however it is written.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{"https://journal.fr/", "http://127.1/", "http://[::ffff:7f00:1]", "https://é.fr:443/", "http://１.1.1.1", "http://al.f\x80"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		u, err := parseAddress(address)
		if err != nil {
			return
		}
		again, err := url.Parse(u.String())
		if err != nil || again.Host != u.Host || checkAddress(again) != nil {
			t.Errorf("%q passes as %q, which does not", address, u)
		}
		if u.User != nil || u.Scheme != "http" && u.Scheme != "https" || strings.ContainsAny(u.Host, " \\\x00@/") {
			t.Errorf("%q passes as %q", address, u)
		}
	})
}

func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$", "https://a.fr/axb")
	f.Fuzz(func(_ *testing.T, robots, address string) {
		if u, err := url.Parse(address); err == nil && len(address) < maxAddress {
			parseRobots([]byte(robots)).allows(u)
		}
	})
}
