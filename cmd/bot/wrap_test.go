package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestWrap(t *testing.T) {
	tests := []struct {
		name, text string
		width      int
		want       []string
	}{
		{"nothing", "", 10, nil},
		{"white space", " \n ", 10, nil},
		{"fits", "Un deux.", 8, []string{"Un deux."}},
		{"breaks between words", "Un deux trois.", 8, []string{"Un deux", "trois."}},
		{"counts columns, not bytes", "été été été", 7, []string{"été été", "été"}},
		{"never before a mark", "Qui est Wang ?", 12, []string{"Qui est", "Wang ?"}},
		{"nor at a no-break space", "Il a dit «\u00a0non\u00a0».", 12, []string{"Il a dit", "«\u00a0non\u00a0»."}},
		{"a word too long", "a anticonstitutionnellement b", 8, []string{"a", "anticonstitutionnellement", "b"}},
		{"a line's end is a space", "Un\ndeux\r\ntrois.", 20, []string{"Un\ndeux\r\ntrois."}},
		{"white space is left out at the ends", "Un deux   trois", 8, []string{"Un deux", "trois"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range wrap(tt.text, tt.width) {
				got = append(got, tt.text[s.Start:s.End])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func FuzzWrap(f *testing.F) {
	for _, text := range []string{"Qui est Wang ?", "Il a dit «\u00a0non\u00a0».", "a\n b", "👩\u200d🚒 e\u0301t\u202e", "un deux  trois", "\xff"} {
		f.Add(text, 8)
	}
	f.Fuzz(func(t *testing.T, text string, width int) {
		if !utf8.ValidString(text) {
			t.Skip("an article is UTF-8")
		}
		width = max(width, 1)
		// What Unicode breaks where is for the table above; between plain words every space will do.
		plain := strings.Trim(text, "abcdefghijklmnopqrstuvwxyz ") == ""
		end := 0
		for _, s := range wrap(text, width) {
			if s.Start < end || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("line %v after %d", s, end)
			}
			if lost := text[end:s.Start]; strings.TrimSpace(lost) != "" {
				t.Fatalf("%q is on no line", lost)
			}
			line := strings.TrimSpace(text[s.Start:s.End])
			if plain && len(line) > width && strings.Contains(line, " ") {
				t.Fatalf("line %q has more than %d columns and could be broken", line, width)
			}
			end = s.End
		}
		if lost := text[end:]; strings.TrimSpace(lost) != "" {
			t.Fatalf("%q is on no line", lost)
		}
	})
}
