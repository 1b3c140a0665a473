package library_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/knowledge"
	"verbatim/knowledge/french"
	"verbatim/knowledge/library"
)

func TestSettings(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{})
		check := func(guild string, want library.Settings) {
			t.Helper()
			if got, err := l.Settings(t.Context(), guild); err != nil || !cmp.Equal(got, want) {
				t.Errorf("server %s: got %+v, %v, want %+v", guild, got, err, want)
			}
		}
		check("1", library.Settings{})
		want := library.Settings{Private: true, Channels: []string{"10", "11"}, Caution: knowledge.Prudent, KeepQuestions: true, OwnOnly: true}
		must(t, l.SetSettings(t.Context(), "1", want))
		check("1", want)
		check("2", library.Settings{})
		got, err := l.Settings(t.Context(), "1")
		must(t, err)
		got.Channels[0] = "changed by its reader"
		check("1", want)
		must(t, l.SetSettings(t.Context(), "1", library.Settings{}))
		check("1", library.Settings{})
	})
}

func TestVotesAreCounted(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{})
		up := library.Vote{Guild: "1", Article: "club", Kind: french.Date, Helpful: true}
		down, elsewhere, direct := up, up, up
		down.Helpful, elsewhere.Guild, direct.Guild = false, "2", ""
		for _, v := range []library.Vote{up, down, up, elsewhere, up, direct} {
			must(t, l.Count(t.Context(), v))
		}
		for guild, want := range map[string][]library.VoteCount{
			"1": {{Vote: up, Count: 3}, {Vote: down, Count: 1}},
			"2": {{Vote: elsewhere, Count: 1}},
			"":  {{Vote: direct, Count: 1}},
			"3": nil,
		} {
			if got, err := l.Votes(t.Context(), guild); err != nil || !cmp.Equal(got, want) {
				t.Errorf("server %q: got %v, %v, want %v", guild, got, err, want)
			}
		}
	})
}

func TestQuestionsAreKeptWhereModeratorsWantThem(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		now := time.UnixMilli(1_700_000_000_000)
		l := open(t, where, library.Options{Now: func() time.Time { return now }, KeepQuestions: 24 * time.Hour})
		ask := func(guild, text string) {
			t.Helper()
			q := library.UnansweredQuestion{Text: text, Expected: "Le mardi", Kind: french.Date, Outcome: knowledge.Unanswered}
			must(t, l.AddQuestion(t.Context(), guild, q))
		}
		check := func(guild string, want ...string) {
			t.Helper()
			all, err := l.Questions(t.Context(), guild)
			must(t, err)
			var got []string
			for _, q := range all {
				got = append(got, q.Text)
			}
			if !cmp.Equal(got, want) {
				t.Errorf("server %s: got %q, want %q", guild, got, want)
			}
		}
		ask("1", "avant que cela soit voulu")
		check("1")
		for _, guild := range []string{"1", "2"} {
			must(t, l.SetSettings(t.Context(), guild, library.Settings{KeepQuestions: true}))
		}
		ask("1", "Quand ouvre le club ?")
		now = now.Add(23 * time.Hour)
		ask("1", "Quand ferme-t-il\x00\xff ?")
		ask("2", strings.Repeat("é", 2000))
		all, err := l.Questions(t.Context(), "1")
		must(t, err)
		want := library.UnansweredQuestion{Text: "Quand ferme-t-il\ufffd\ufffd ?", Expected: "Le mardi", Kind: french.Date,
			Outcome: knowledge.Unanswered, At: now}
		if !cmp.Equal(all[0], want) {
			t.Errorf("got %+v, want %+v", all[0], want)
		}
		check("2", strings.Repeat("é", 1000))

		now = now.Add(2 * time.Hour) // the first one is old now
		must(t, l.Sweep(t.Context()))
		check("1", want.Text)
		must(t, l.ForgetQuestions(t.Context(), "1"))
		check("1")
		check("2", strings.Repeat("é", 1000))
		must(t, l.SetSettings(t.Context(), "2", library.Settings{}))
		check("2")
	})
}

func TestOnlyTheNewestQuestionsAreKept(t *testing.T) {
	now := time.UnixMilli(1_700_000_000_000)
	l := open(t, "", library.Options{Now: func() time.Time { now = now.Add(time.Second); return now }})
	must(t, l.SetSettings(t.Context(), "1", library.Settings{KeepQuestions: true}))
	for i := range library.MaxQuestions + 3 {
		must(t, l.AddQuestion(t.Context(), "1", library.UnansweredQuestion{Text: fmt.Sprint(i)}))
	}
	must(t, l.Sweep(t.Context()))
	all, err := l.Questions(t.Context(), "1")
	must(t, err)
	if n := len(all); n != library.MaxQuestions || all[0].Text != fmt.Sprint(n+2) || all[n-1].Text != "3" {
		t.Errorf("got %d questions, from %s to %s", n, all[0].Text, all[n-1].Text)
	}
}

// fill keeps something of each kind of a server.
func fill(t *testing.T, l *library.Library, guild string) {
	t.Helper()
	put(t, l, guild, article(t, "club", "Le club ouvre à "+guild+" heures."), library.Added)
	must(t,
		l.SetSettings(t.Context(), guild, library.Settings{KeepQuestions: true, Private: true}),
		l.AddQuestion(t.Context(), guild, library.UnansweredQuestion{Text: "Où est le club ?", Kind: french.Place}),
		l.Count(t.Context(), library.Vote{Guild: guild, Article: "club", Helpful: true}))
}

// keeps counts what is kept of a server: articles, questions, counted votes, and settings that are not the
// default.
func keeps(t *testing.T, l *library.Library, guild string) (n int) {
	t.Helper()
	entries, err := l.Entries(t.Context(), guild)
	questions, err2 := l.Questions(t.Context(), guild)
	votes, err3 := l.Votes(t.Context(), guild)
	settings, err4 := l.Settings(t.Context(), guild)
	must(t, err, err2, err3, err4)
	n = len(entries) + len(questions) + len(votes)
	if !cmp.Equal(settings, library.Settings{}) {
		n++
	}
	return n
}

func TestPurgeForgetsAServer(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{})
		fill(t, l, "1")
		fill(t, l, "2")
		must(t, l.Purge(t.Context(), "1"), l.Purge(t.Context(), "nobody"))
		if got := keeps(t, l, "1"); got != 0 {
			t.Errorf("got %d things of the server that was purged", got)
		}
		if got := keeps(t, l, "2"); got != 4 {
			t.Errorf("got %d things of the other, want 4", got)
		}
	})
}

func TestAServerThatWasLeftIsForgottenAfterTheGrace(t *testing.T) {
	everyEngine(t, func(t *testing.T, where string) {
		now := time.UnixMilli(1_700_000_000_000)
		l := open(t, where, library.Options{Now: func() time.Time { return now }, Log: quiet})
		for _, guild := range []string{"1", "2", "3"} {
			fill(t, l, guild)
		}
		must(t, l.Left(t.Context(), "1"), l.Left(t.Context(), "2"))
		now = now.Add(6 * 24 * time.Hour)
		must(t, l.Sweep(t.Context()))
		if got := keeps(t, l, "1"); got != 4 {
			t.Errorf("within the grace: got %d things, want 4", got)
		}
		must(t, l.Joined(t.Context(), "2"), l.Joined(t.Context(), "3"), l.Left(t.Context(), "1"))
		now = now.Add(25 * time.Hour)
		must(t, l.Sweep(t.Context()))
		for guild, want := range map[string]int{"1": 0, "2": 4, "3": 4} {
			if got := keeps(t, l, guild); got != want {
				t.Errorf("server %s: got %d things, want %d", guild, got, want)
			}
		}
		if _, err := l.Article(t.Context(), "1", "club"); !errors.Is(err, library.ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
	})
}
