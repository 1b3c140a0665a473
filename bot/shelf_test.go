package bot

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

const howMuch = "Combien coûte l’entrée de la piscine ?"

// TestWhoReadsAServersArticles asks from everywhere about an article that one server keeps.
func TestWhoReadsAServersArticles(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	put(t, w, aServer, article(t, "piscine", pool))
	direct := questionOf(t, howMuch)
	direct.GuildID, direct.AuthorizingIntegrationOwners = "", nil
	brought := questionOf(t, howMuch)
	brought.AuthorizingIntegrationOwners = map[discordgo.ApplicationIntegrationType]string{discordgo.ApplicationIntegrationUserInstall: camille}
	both := questionOf(t, howMuch)
	both.AuthorizingIntegrationOwners = map[discordgo.ApplicationIntegrationType]string{
		discordgo.ApplicationIntegrationUserInstall: camille, discordgo.ApplicationIntegrationGuildInstall: aServer,
	}
	for _, test := range []struct {
		name  string
		i     *discordgo.Interaction
		reads bool
	}{
		{"in the server", questionOf(t, howMuch), true},
		{"in the server, by a member who has the bot too", both, true},
		{"in another server", in(anotherServer, questionOf(t, howMuch)), false},
		{"in direct messages", direct, false},
		{"where a member brought the bot along", brought, false},
	} {
		reply := b.Respond(t.Context(), test.i).Response
		checkReply(t, reply)
		if got := strings.Join(texts(reply), "\n"); strings.Contains(got, "4 euros") != test.reads {
			t.Errorf("%s: %q", test.name, got)
		}
	}
}

// TestServersAnswerForThemselves asks many servers the same at once, while their articles come and go: each
// answers from its own, or not at all. The race detector watches.
func TestServersAnswerForThemselves(t *testing.T) {
	servers, rounds := 20, 8
	if raceEnabled {
		servers, rounds = 8, 3
	}
	w := mustBuild()
	defer w.close(t)
	b, _ := newBot(w)
	var all sync.WaitGroup
	for n := range servers {
		guild := fmt.Sprint(1420000000000001000 + n)
		mine := fmt.Sprintf("La piscine municipale ouvre à 9 heures. L’entrée coûte %d euros.", 1000+n)
		questions := make([]*discordgo.Interaction, rounds)
		for i := range questions {
			questions[i] = in(guild, questionOf(t, howMuch))
		}
		a := article(t, "piscine", mine)
		all.Go(func() {
			for _, question := range questions {
				if _, _, err := w.library.Put(t.Context(), guild, a); err != nil {
					t.Error(err)
				}
				if got := strings.Join(texts(b.Respond(t.Context(), question).Response), "\n"); !strings.Contains(got, fmt.Sprint(1000+n)+" euros") {
					t.Errorf("server %d: %q", n, got)
				}
				if err := w.library.Remove(t.Context(), guild, "piscine"); err != nil {
					t.Error(err)
				}
				if got := strings.Join(texts(b.Respond(t.Context(), question).Response), "\n"); strings.Contains(got, "euros") {
					t.Errorf("server %d, without its article: %q", n, got)
				}
			}
		})
	}
	all.Wait()
}

// TestAServerThatIsBackKeepsItsLibrary asks in a server that had removed the bot, before its days of grace are over.
func TestAServerThatIsBackKeepsItsLibrary(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	l, err := library.Open(t.Context(), "", library.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{l, library.NewIndexes(l, newCorpus, library.IndexOptions{})}
	defer w.close(t)
	b, _ := newBot(w)
	back := map[string]func(){
		"1": func() { b.Respond(t.Context(), in("1", questionOf(t, howMuch))) },
		"2": func() { b.Respond(t.Context(), in("2", recorded(t, "articles_lister"))) },
		"3": func() {},
		"4": func() { // who was brought along is no sign that the server has the bot
			i := questionOf(t, howMuch)
			i.GuildID, i.AuthorizingIntegrationOwners = "4", map[discordgo.ApplicationIntegrationType]string{discordgo.ApplicationIntegrationUserInstall: camille}
			b.Respond(t.Context(), i)
		},
	}
	for guild := range back {
		put(t, w, guild, article(t, "piscine", pool))
		if err := l.Left(t.Context(), guild); err != nil {
			t.Fatal(err)
		}
	}
	now = now.AddDate(0, 0, 6)
	for _, sign := range back {
		sign()
	}
	now = now.AddDate(0, 0, 6)
	for guild := range back {
		if err := l.SweepLeft(t.Context(), guild); err != nil {
			t.Fatal(err)
		}
		entries, err := l.Entries(t.Context(), guild)
		if err != nil || (len(entries) == 1) != (guild < "3") {
			t.Errorf("server %s keeps %d articles, %v", guild, len(entries), err)
		}
	}
}

func TestExplain(t *testing.T) {
	b, w, _ := newManaged(t, nil)
	put(t, w, aServer, article(t, "piscine", pool))
	for guild, found := range map[string]bool{aServer: true, anotherServer: false} {
		why, err := b.Explain(t.Context(), guild, knowledge.Question{Text: howMuch})
		if err != nil || why.Found() != found {
			t.Errorf("server %s: found %v, %v", guild, why.Found(), err)
		}
	}
	w.indexes.Close()
	if _, err := b.Explain(t.Context(), aServer, knowledge.Question{Text: howMuch}); err == nil {
		t.Error("closed indexes explain")
	}
}
