package bot

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSize(t *testing.T) {
	for text, want := range map[string]int{"": 0, "é": 1, "e\u0301": 2, "😀": 2, "a\u202fb": 3} {
		if got := size(text); got != want {
			t.Errorf("size(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, test := range []struct {
		text string
		n    int
		want string
	}{
		{"court", 5, "court"},
		{"un mot de trop", 10, "un mot de…"},
		{"un mot de trop", 9, "un mot…"},
		{"anticonstitutionnellement", 5, "anti…"},
		{"😀😀😀", 4, "😀…"},
		{"", 0, ""},
	} {
		if got := shorten(test.text, test.n); got != test.want || size(got) > test.n {
			t.Errorf("shorten(%q, %d) = %q, want %q", test.text, test.n, got, test.want)
		}
	}
}

func TestOneLine(t *testing.T) {
	for text, want := range map[string]string{
		"  un \n\t deux\r\n":           "un deux",
		"\u202egauche\u2066 \x00\x1b":  "gauche",
		"Qui\u202f? «\u00a0mot\u00a0»": "Qui\u202f? «\u00a0mot\u00a0»",
		"\u200b\u2060\u00ad":           "",
		"\u202f👨\u200d👩\u00a0":         "👨\u200d👩",
		"\ufeff\ufffd":                 "",
	} {
		if got := oneLine(text); got != want {
			t.Errorf("oneLine(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzShorten(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, 20)
	}
	f.Fuzz(func(t *testing.T, text string, n int) {
		n = 1 + (n%400+400)%400
		text = oneLine(strings.ToValidUTF8(text, ""))
		got := shorten(text, n)
		if size(got) > n || !utf8.ValidString(got) || !strings.HasPrefix(text, strings.TrimSuffix(got, "…")) {
			t.Errorf("shorten(%q, %d) = %q", text, n, got)
		}
	})
}
