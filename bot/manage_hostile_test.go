package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// checkHostileServer uses all that moderators have in a server whose articles, questions and expectations are
// hostile. [moderate] and [crawl] check each reply.
func checkHostileServer(t *testing.T, seed uint64) {
	t.Helper()
	at := func(n uint64) string { return hostile[(seed+n)%uint64(len(hostile))] }
	page := hostileArticle(t, seed)
	b, w, _ := newManaged(t, web{poolPage: page.Text, poolFile: page.Text})
	defer w.close(t)
	keepQuestions(t, w, aServer)
	for n := range uint64(10) {
		a := *page
		a.ID, a.Title = fmt.Sprintf("%s-%d", page.ID, n), at(n)+at(n+1)
		if _, _, err := w.library.Put(t.Context(), aServer, &a); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		keep(t, w, aServer, at(n)+" ?", at(n+3), time.Now())
	}
	for _, name := range []string{"articles_ajouter_url", "articles_ajouter_fichier", "articles_actualiser", "lacunes"} {
		moderate(t, b, recorded(t, name))
	}
	title := strings.Repeat(at(0), 60)
	moderate(t, b, pasted(t, title, "", "Un texte. "+at(1)))
	moderate(t, b, pasted(t, "\u200b", "https://exemple.fr/"+at(2), "Un texte. "+at(1)))
	moderate(t, b, withOption(recorded(t, "articles_retirer"), "nom", at(4)))
	moderate(t, b, withOption(recorded(t, "articles_actualiser_nom"), "nom", at(5)))
	checkReply(t, b.Respond(t.Context(), withOption(recorded(t, "completer_retirer"), "nom", "")).Response)
	crawl(t, w, 40, recorded(t, "articles_lister"), recorded(t, "reglages"), recorded(t, "lacunes"),
		withOption(recorded(t, "articles_retirer"), "nom", fmt.Sprintf("%s-%d", page.ID, 3)))
	s := ask(t, b, "demander")
	if down := s.act(actUnhelpful); down != "" {
		window := press(t, b, s, camille, down, "")
		checkReply(t, b.Respond(t.Context(), s.submitted(t, window, at(6))).Response)
	}
}

func TestHostileServers(t *testing.T) {
	servers := uint64(8)
	if raceEnabled {
		servers = 2
	}
	for seed := range servers {
		checkHostileServer(t, seed)
	}
}
