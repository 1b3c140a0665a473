package bot

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestStateRoundTrip(t *testing.T) {
	const hash = "aZ09-_bC"
	for a, n := range numbers {
		for _, article := range []string{"", hash} {
			want := state{act: a, article: article, rev: hash, numbers: []int{0, 7, maxNumber}[:n]}
			id := want.String()
			if len(id) > maxChoice {
				t.Errorf("%q has %d characters", id, len(id))
			}
			got, err := parseState(id)
			if err != nil || got.String() != id || got.act != a || got.article != article || !slices.Equal(got.numbers, want.numbers) {
				t.Errorf("parseState(%q) = %+v, %v, want %+v", id, got, err, want)
			}
		}
	}
}

// badStates are custom IDs that this version does not write.
var badStates = []string{
	"", ".", "..", "1", "1c", "1c.", "1c..", "c..", "1c.aZ09-_bC.aZ09-_bC.1.1", "1c.aZ09-_bC.aZ09-_bC.1.1.1.1", "1c.aZ09-_bC.aZ09-_b.1.1.1",
	"1c.aZ09-_bC.aZ09-_bC.1.1.-1", "1c.aZ09-_bC.aZ09-_bC.1.1.01", "1c.aZ09-_bC.aZ09-_bC.1.1.+1", "1c.aZ09-_bC.aZ09-_bC.1.1.1000000",
	"1c.aZ09-_bC.aZ09-_bC.1.1.99999999999999999999", "2c.aZ09-_bC.aZ09-_bC.1.1.1", "1z.aZ09-_bC.aZ09-_bC", "1\x00.aZ09-_bC.aZ09-_bC",
	"1n.aZ09 _bC.aZ09-_bC", "1n.aZ09-_bC.", "11n.aZ09-_bC.aZ09-_bC", "1n.aZ09-_bC.aZ09-_bC.", "1né.aZ09-_bC.aZ09-_bC",
	"1n." + strings.Repeat("a", 200), "citer:1", "🙂",
}

func TestParseStateRefuses(t *testing.T) {
	for _, id := range badStates {
		if s, err := parseState(id); !errors.Is(err, errState) {
			t.Errorf("parseState(%q) = %+v, %v, want errState", id, s, err)
		}
	}
}

func FuzzParseState(f *testing.F) {
	for _, id := range badStates {
		f.Add(id)
	}
	f.Add("1c.aZ09-_bC.aZ09-_bC.9.1.2")
	f.Add("1p..aZ09-_bC.1")
	f.Fuzz(func(t *testing.T, id string) {
		s, err := parseState(id)
		if err == nil && s.String() != id {
			t.Errorf("parseState(%q) = %+v, which is written %q", id, s, s.String())
		}
	})
}

func TestResolve(t *testing.T) {
	before := mustBuild(article(t, "a", "Un. Deux."), article(t, "b", "Trois.")).corpus()
	same := mustBuild(article(t, "a", "Un. Deux."), article(t, "b", "Trois.")).corpus()
	after := mustBuild(article(t, "a", "Un. Deux !"), article(t, "c", "Quatre.")).corpus()
	one, two := before.about(actNearest, before.volumes[0]), before.about(actNearest, before.volumes[1])
	for _, test := range []struct {
		name string
		c    *corpus
		s    state
		want error
	}{
		{"the same article", same, one, nil},
		{"the same corpus", same, before.about(actNearest, nil), nil},
		{"a changed article", after, one, errChanged},
		{"an article that is gone", after, two, errRemoved},
		{"a changed corpus", after, before.about(actNearest, nil), errChanged},
	} {
		v, err := test.c.resolve(test.s)
		if !errors.Is(err, test.want) || err == nil && (v == nil) != (test.s.article == "") {
			t.Errorf("%s: %v, %v, want %v", test.name, v, err, test.want)
		}
	}
}
