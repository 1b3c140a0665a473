package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
)

// TestListShowsEveryArticleOnce turns all the pages of a long list.
func TestListShowsEveryArticleOnce(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	wants(t, moderate(t, b, recorded(t, "articles_lister")), inFrench.listEmpty, "je cite aussi : 1")
	for n := range 19 {
		meta := knowledge.Meta{ID: fmt.Sprintf("article-%02d", n), Title: fmt.Sprintf("Article %02d", n)}
		if n%2 == 0 {
			meta.Source = fmt.Sprintf("https://exemple.fr/%d", n)
		}
		a, err := knowledge.NewArticle(meta, pool)
		if err != nil {
			t.Fatal(err)
		}
		put(t, w, aServer, a)
	}
	s := moderate(t, b, recorded(t, "articles_lister"))
	wants(t, s, "Articles : 19 sur 200")
	var listed []string
	for page := range 3 {
		for _, text := range texts(s.reply) {
			if name, _, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(text, "**") {
				listed = append(listed, strings.Trim(name, "*"))
			}
		}
		if page == 2 {
			break
		}
		next := pageOfList(s, page+1)
		s = s.after(camille, press(t, b, s, camille, next, ""))
	}
	if len(listed) != 19 || !slices.IsSorted(listed) {
		t.Errorf("listed %q", listed)
	}
	if pageOfList(s, 3) != "" || pageOfList(s, 1) == "" {
		t.Errorf("the last page leads to %q", s.controls())
	}
	// A page that is no more, of a list that became shorter, is the last one.
	beyond := s.press(t, camille, newRequest(recorded(t, "demander")).own(actList, "", 99).String(), "")
	wants(t, moderate(t, b, beyond), "Article 18")
}

func pageOfList(s screen, n int) string {
	for _, c := range s.controls() {
		if st, err := parseState(c[0]); err == nil && st.act == actList && st.numbers[0] == n {
			return c[0]
		}
	}
	return ""
}

// TestRemoveAsksAndForgets goes both ways from the question whether to remove an article.
func TestRemoveAsksAndForgets(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	put(t, w, aServer, article(t, "piscine", pool))
	question := func() string {
		return shown(screen{b.Respond(t.Context(), questionOf(t, "Combien coûte l’entrée de la piscine ?")).Response, camille})
	}
	wants(t, moderate(t, b, withOption(recorded(t, "articles_retirer"), "nom", "patinoire")), "aucun article nommé « patinoire »")
	s := moderate(t, b, recorded(t, "articles_retirer"))
	wants(t, s, "Retirer **piscine** ?")
	kept := press(t, b, s, camille, s.act(actLeave), "")
	if got := texts(kept); kept.Type != discordgo.InteractionResponseUpdateMessage || got[0] != inFrench.kept || !strings.Contains(question(), "4 euros") {
		t.Errorf("after « Garder »: %q, %q", got, question())
	}
	if got := nbsp(texts(press(t, b, s, camille, s.act(actRemove), ""))[0]); got != "**piscine** est retiré et oublié." {
		t.Errorf("after « Retirer »: %q", got)
	}
	if got := question(); strings.Contains(got, "4 euros") {
		t.Errorf("it is still quoted: %q", got)
	}
	if got := texts(press(t, b, s, camille, s.act(actRemove), "")); got[0] != inFrench.notKept {
		t.Errorf("removed twice: %q", got)
	}
	put(t, w, aServer, article(t, "piscine", pool))
	s = moderate(t, b, recorded(t, "articles_retirer"))
	put(t, w, aServer, article(t, "piscine", pool+" Elle ferme à 19 heures."))
	if got := texts(press(t, b, s, camille, s.act(actRemove), "")); got[0] != inFrench.entryChanged {
		t.Errorf("revised since: %q", got)
	}
	s = moderate(t, b, recorded(t, "articles_retirer"))
	if err := w.library.Remove(t.Context(), aServer, "piscine"); err != nil {
		t.Fatal(err)
	}
	put(t, w, aServer, article(t, "piscine", "La piscine est fermée pour travaux."))
	if got := texts(press(t, b, s, camille, s.act(actRemove), "")); got[0] != inFrench.entryChanged {
		t.Errorf("another of its name since: %q", got)
	}
}

func TestCompleteEntries(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	put(t, w, aServer, article(t, "piscine", pool))
	put(t, w, anotherServer, article(t, "piste", pool))
	got := b.Respond(t.Context(), recorded(t, "completer_retirer")).Response
	checkReply(t, got)
	if len(got.Data.Choices) != 1 || got.Data.Choices[0].Value != "piscine" {
		t.Errorf("suggests %+v, want this server's own article alone", got.Data.Choices)
	}
}

// TestEveryModeratorsControlIsServed uses all that moderators can press or choose, each on a new bot.
func TestEveryModeratorsControlIsServed(t *testing.T) {
	_, w, _ := newManaged(t, nil)
	fillServer(t, w, func(n int) string { return fmt.Sprintf("Qui dirige la mine numéro %d ?", n) }, func(int) string { return "Marie" })
	served := crawl(t, w, 120, withOption(recorded(t, "articles_retirer"), "nom", "article-1"),
		recorded(t, "articles_lister"), recorded(t, "reglages"), recorded(t, "articles_coller"), recorded(t, "lacunes"))
	for a, c := range new(Bot).controls() {
		if served[a] == 0 && c.who == moderators && !isWindow(a) {
			t.Errorf("act %q was never served: %v", a, served)
		}
	}
}

// fillServer keeps articles and questions of a server.
func fillServer(t testing.TB, w *world, question, expected func(n int) string) {
	t.Helper()
	for n := range 12 {
		put(t, w, aServer, article(t, fmt.Sprintf("article-%d", n), pool))
	}
	keepQuestions(t, w, aServer)
	for n := range 12 {
		keep(t, w, aServer, question(n), expected(n), time.Now())
	}
}
