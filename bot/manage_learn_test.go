package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge/library"
	"verbatim/knowledge/reader"
)

const (
	poolPage = "https://exemple.fr/piscine"
	poolFile = "https://cdn.discordapp.com/ephemeral-attachments/1420000000000000001/1420000000000000200/piscine.txt?ex=0&is=0&hm=0"
)

// TestLearn adds an article by each way, and asks about it.
func TestLearn(t *testing.T) {
	for _, test := range []struct {
		name, recording, title, source string
		told                           []string
	}{
		{"an address", "articles_ajouter_url", "", poolPage, []string{inFrench.fetching, inFrench.reading, inFrench.indexing}},
		{"a file", "articles_ajouter_fichier", "", "", []string{inFrench.fetching, inFrench.reading, inFrench.indexing}},
		{"a text", "fenetre_coller", "La piscine", "", []string{inFrench.indexing}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b, w, log := newManaged(t, web{poolPage: pool, poolFile: pool})
			s, told, _ := moderateAll(t, b, recorded(t, test.recording))
			for i, want := range test.told {
				if i >= len(told) || told[i] != want {
					t.Errorf("told %q, want %q", told, test.told)
					break
				}
			}
			wants(t, s, "Article ajouté", "phrases : ", "> La piscine municipale ouvre à 9 heures.", "> L’entrée coûte 4 euros.", inFrench.nowAnswers, inFrench.stored)
			entries, err := w.library.Entries(t.Context(), aServer)
			if err != nil || len(entries) != 1 || entries[0].Source != test.source || test.title != "" && entries[0].Title != test.title {
				t.Fatalf("kept %+v, %v", entries, err)
			}
			asked := 0
			for _, c := range s.controls() {
				reply := b.Respond(t.Context(), s.press(t, camille, c[0], "")).Response
				checkReply(t, reply)
				if got := texts(reply); len(got) < 3 || !render(got[1]).quoted {
					t.Errorf("%q is suggested, and answered %q", c, got)
				}
				asked++
			}
			if asked == 0 || asked > 3 {
				t.Errorf("%d questions are suggested", asked)
			}
			answer := screen{b.Respond(t.Context(), questionOf(t, "Combien coûte l’entrée de la piscine ?")).Response, camille}
			wants(t, answer, "4 euros")
			elsewhere := screen{b.Respond(t.Context(), in(anotherServer, questionOf(t, "Combien coûte l’entrée de la piscine ?"))).Response, camille}
			if strings.Contains(shown(elsewhere), "4 euros") {
				t.Errorf("another server reads %q", shown(elsewhere))
			}
			if strings.Contains(log.String(), "piscine") {
				t.Errorf("logged: %s", log)
			}
		})
	}
}

func TestLearnAgain(t *testing.T) {
	pages := web{poolPage: pool}
	b, w, _ := newManaged(t, pages)
	moderate(t, b, recorded(t, "articles_ajouter_url"))
	wants(t, moderate(t, b, recorded(t, "articles_ajouter_url")), "Rien de neuf")
	pages[poolPage] = strings.Replace(pool, "4 euros", "5 euros", 1)
	wants(t, moderate(t, b, recorded(t, "articles_ajouter_url")), "Article révisé", "révision 2")
	pages[poolPage] = strings.Replace(pool, "4 euros", "6 euros", 1)
	wants(t, moderate(t, b, recorded(t, "articles_actualiser")), "révision 3")
	wants(t, moderate(t, b, recorded(t, "articles_actualiser")), "Inchangés : 1")
	answer := screen{b.Respond(t.Context(), questionOf(t, "Combien coûte l’entrée de la piscine ?")).Response, camille}
	wants(t, answer, "6 euros")
	delete(pages, poolPage)
	wants(t, moderate(t, b, recorded(t, "articles_actualiser")), "reste tel qu’il était", inFrench.refused[reader.NotFound])
	if entries, err := w.library.Entries(t.Context(), aServer); err != nil || len(entries) != 1 || entries[0].Revision != 3 {
		t.Errorf("kept %+v, %v", entries, err)
	}
}

func TestWhatIsNotLearned(t *testing.T) {
	for _, test := range []struct {
		name, want string
		ask        func(testing.TB) *discordgo.Interaction
	}{
		{"both at once", inFrench.oneAtATime, func(t testing.TB) *discordgo.Interaction { return recorded(t, "articles_ajouter_deux") }},
		{"a source that is no address", inFrench.badSource, func(t testing.TB) *discordgo.Interaction { return pasted(t, "Titre", "javascript:alert(1)", pool) }},
		{"a text of nothing", inFrench.refused[reader.Empty], func(t testing.TB) *discordgo.Interaction { return pasted(t, "Titre", "", " \n ") }},
		{"a file that is too big", inFrench.refused[reader.TooBig], func(t testing.TB) *discordgo.Interaction {
			i := recorded(t, "articles_ajouter_fichier")
			for _, a := range newRequest(i).command().Resolved.Attachments {
				a.Size = reader.MaxSize + 1
			}
			return i
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			b, w, _ := newManaged(t, web{poolFile: pool})
			if got := shown(moderate(t, b, test.ask(t))); got != nbsp(test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if entries, err := w.library.Entries(t.Context(), aServer); err != nil || len(entries) != 0 {
				t.Errorf("kept %+v, %v", entries, err)
			}
		})
	}
}

// pasted returns a window in which a text was pasted.
func pasted(t testing.TB, title, source, text string) *discordgo.Interaction {
	t.Helper()
	i := recorded(t, "fenetre_coller")
	for _, c := range flatten(i.Data.(discordgo.ModalSubmitInteractionData).Components) {
		if input, ok := c.(*discordgo.TextInput); ok {
			input.Value = map[string]string{fieldTitle: title, fieldSource: source, fieldText: text}[input.CustomID]
		}
	}
	return i
}

// TestEveryRefusalHasItsSentence goes through all the reasons and troubles that there are.
func TestEveryRefusalHasItsSentence(t *testing.T) {
	for _, c := range []*catalogue{inFrench, inEnglish} {
		said := map[string]bool{c.failed: true}
		check := func(err error, known bool) {
			t.Helper()
			got := c.apology(fmt.Errorf("get an article: %w", err))
			if known == said[got] || got == "" {
				t.Errorf("%v: %q, known %v", err, got, known)
			}
			said[got] = true
		}
		n := 0
		for r := reader.Reason(1); !strings.HasPrefix(r.String(), "reason "); r++ {
			check(&reader.RefusedError{Reason: r}, true)
			n++
		}
		if n != len(c.refused) {
			t.Errorf("%d reasons, %d sentences", n, len(c.refused))
		}
		n = 0
		for trouble := library.Trouble(1); trouble.String() != ""; trouble++ {
			check(&library.StorageError{Trouble: trouble, Err: errors.New("x")}, true)
			n++
		}
		if n != len(c.trouble) {
			t.Errorf("%d troubles, %d sentences", n, len(c.trouble))
		}
		check(&indexError{errors.New("x")}, true)
		check(&indexError{context.DeadlineExceeded}, true)
		check(context.DeadlineExceeded, true)
		check(context.Canceled, true)
		check(library.ErrNotFound, true)
		check(errBusy, true)
		check(&library.QuotaError{Usage: library.Usage{Articles: 5, Quota: library.Quota{Articles: 5, Bytes: 100}}, Bytes: 1}, true)
		check(&library.QuotaError{Usage: library.Usage{Bytes: 99, Quota: library.Quota{Articles: 5, Bytes: 100}}, Bytes: 10}, true)
		check(errors.New("x"), false)
		check(&reader.RefusedError{Reason: 999}, false)
		for _, w := range []reader.Warning{reader.NotFrench, reader.MissingPages} {
			if c.warnings[w] == "" {
				t.Errorf("no sentence for the warning %d", w)
			}
		}
	}
}

func TestQuotaIsToldBeforeAndWhenItIsReached(t *testing.T) {
	b, _, _ := newManaged(t, nil)
	small, err := library.Open(t.Context(), "", library.Options{Quota: library.Quota{Articles: 5, Bytes: 10_000}})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{small, library.NewIndexes(small, newCorpus, library.IndexOptions{})}
	defer w.close(t)
	b.library, b.indexes = w.library, w.indexes
	for n := 1; n <= 5; n++ {
		s := moderate(t, b, pasted(t, fmt.Sprintf("Article %d", n), "", fmt.Sprintf("%s Le numéro %d.", pool, n)))
		if near := strings.Contains(shown(s), "presque pleine"); near != (n >= 4) {
			t.Errorf("with %d of 5 articles: %q", n, shown(s))
		}
	}
	wants(t, moderate(t, b, pasted(t, "Article 6", "", pool)), "est pleine (articles : 5)")
	wants(t, moderate(t, b, pasted(t, "Article 1", "", strings.Repeat(pool+" ", 60))), "ne tient plus dans la bibliothèque")
	wants(t, moderate(t, b, pasted(t, "Article 1", "", "Un texte plus court.")), "Article révisé")
}

// TestALibraryThatIsGone takes no change, and questions are still answered, privately.
func TestALibraryThatIsGone(t *testing.T) {
	b, w, log := newManaged(t, nil)
	moderate(t, b, recorded(t, "fenetre_coller"))
	if err := w.library.Close(); err != nil {
		t.Fatal(err)
	}
	if got := shown(moderate(t, b, pasted(t, "Autre", "", pool))); got != nbsp(inFrench.failed) {
		t.Errorf("got %q, want %q", got, inFrench.failed)
	}
	if !strings.Contains(log.String(), "a job was not done") {
		t.Errorf("logged %s", log)
	}
	answer := screen{b.Respond(t.Context(), questionOf(t, "Combien coûte l’entrée de la piscine ?")).Response, camille}
	wants(t, answer, "4 euros")
}

// A job that panics, or that is told to end, ends in an apology.
func TestAJobThatFailsSaysSo(t *testing.T) {
	b, _, log := newManaged(t, nil)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		name, want string
		job        job
		ctx        context.Context
	}{
		{"a panic", inFrench.failed, func(context.Context, func(string)) (*result, error) { panic("oh") }, t.Context()},
		{"an error", inFrench.failed, func(context.Context, func(string)) (*result, error) { return nil, errors.New("ah") }, t.Context()},
		{"the end", inFrench.interrupted, func(ctx context.Context, _ func(string)) (*result, error) { return nil, ctx.Err() }, over},
	} {
		r := newRequest(recorded(t, "articles_lister"))
		b.postpone(r, test.job)
		var got string
		r.later(test.ctx, func(ctx context.Context, e *discordgo.WebhookEdit) error {
			if ctx.Err() != nil {
				t.Errorf("%s: the last edit has no time", test.name)
			}
			got = texts(message(true, *e.Components...))[0]
			return nil
		})
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	if !strings.Contains(log.String(), "panic=oh") || !strings.Contains(log.String(), "ah") {
		t.Errorf("logged %s", log)
	}
}

func TestBytes(t *testing.T) {
	for n, want := range map[int]string{0: "0 o", 1: "1 o", 1023: "1 023 o", 1024: "1 Kio", 20_000: "20 Kio", 1 << 20: "1,0 Mio", 5<<20 + 300_000: "5,3 Mio"} {
		if got := strings.ReplaceAll(nbsp(inFrench.bytes(n)), "\u202f", " "); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

// TestABeginningIsNotCut shows whole sentences, three at most.
func TestABeginningIsNotCut(t *testing.T) {
	long := strings.Repeat("mot ", 600) + "fin."
	for text, want := range map[string]string{
		"Un. Deux. Trois. Quatre.": "> Un.\n> Deux.\n> Trois.",
		"Un.\n\n" + long:           "> Un.",
		long:                       inFrench.firstTooLong,
		"Un *deux*.":               "> Un \\*deux\\*.",
	} {
		if got := inFrench.beginning(article(t, "a", text)); got != want {
			t.Errorf("%.40q: %q, want %q", text, got, want)
		}
	}
}
