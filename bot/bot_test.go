package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/google/go-cmp/cmp"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

var updateGoldens = flag.Bool("update", false, "write the goldens instead of comparing with them")

// A world is a library in memory with the indexes of its servers: what outlives a bot.
type world struct {
	library *library.Library
	indexes *library.Indexes[*corpus]
}

// shipped knows the article that the program comes with, and is made once: a test asks, none changes it.
var shipped = sync.OnceValue(func() *world { return mustBuild(knowledge.Shipped()) })

// mustBuild returns a world that knows some articles of the operator's.
func mustBuild(articles ...*knowledge.Article) *world {
	l, err := library.Open(context.Background(), "", library.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		panic(err)
	}
	l.Share(articles)
	return &world{l, library.NewIndexes(l, newCorpus, library.IndexOptions{})}
}

// close ends a world. What its bots answer then is an apology.
func (w *world) close(t testing.TB) {
	t.Helper()
	w.indexes.Close()
	if err := w.library.Close(); err != nil {
		t.Error(err)
	}
}

// corpus returns what is known to servers that have no articles of their own.
func (w *world) corpus() *corpus {
	handle, err := w.indexes.Acquire(context.Background(), "")
	if err != nil {
		panic(err)
	}
	return handle.Value // its handle is never released: it is at hand for as long as the world
}

// newBot returns a bot that has just started in a world, which may be asked as often as tests ask, and where
// it logs.
func newBot(w *world) (*Bot, *bytes.Buffer) {
	var log bytes.Buffer
	b := New(w.library, Options{Log: slog.New(slog.NewTextHandler(&log, nil)), Limits: Limits{Unlimited: true}})
	b.indexes.Close()
	b.indexes = w.indexes // to build them again for each bot would take the tests' time
	return b, &log
}

// member returns a request of a member in a world, as the handlers get it.
func (w *world) member(i *discordgo.Interaction) *request {
	r := newRequest(i)
	r.words, r.corpus = inFrench, w.corpus()
	return r
}

// article returns an article of that ID, which is its title too.
func article(t testing.TB, id, text string) *knowledge.Article {
	t.Helper()
	a, err := knowledge.NewArticle(knowledge.Meta{ID: id, Title: id}, text)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// recorded returns an interaction of testdata/interaction.
func recorded(t testing.TB, name string) *discordgo.Interaction {
	t.Helper()
	i, err := Decode(recordedRaw(t, name))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return i
}

func recordedRaw(t testing.TB, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "interaction", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// golden compares a reply with testdata/reply/<name>.json.
func golden(t *testing.T, name string, reply any) {
	t.Helper()
	var got bytes.Buffer
	e := json.NewEncoder(&got)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(reply); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "reply", name+".json")
	if *updateGoldens {
		if err := os.WriteFile(path, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (run with -update)", err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// texts returns the text displays of a reply, top to bottom.
func texts(r *discordgo.InteractionResponse) []string {
	var found []string
	for _, c := range everyComponent(r) {
		if text, ok := c.(discordgo.TextDisplay); ok {
			found = append(found, text.Content)
		}
	}
	return found
}

// everyComponent returns the components of a reply, nested ones too, each before what it holds.
func everyComponent(r *discordgo.InteractionResponse) (found []discordgo.MessageComponent) {
	var walk func([]discordgo.MessageComponent)
	walk = func(components []discordgo.MessageComponent) {
		for _, c := range components {
			found = append(found, c)
			switch c := c.(type) {
			case discordgo.Container:
				walk(c.Components)
			case discordgo.ActionsRow:
				walk(c.Components)
			case discordgo.Section:
				walk(append(c.Components, c.Accessory))
			}
		}
	}
	if r.Data != nil {
		walk(r.Data.Components)
	}
	return found
}

func private(r *discordgo.InteractionResponse) bool {
	return r.Data.Flags&discordgo.MessageFlagsEphemeral != 0
}

// TestRecordedInteractions answers each recorded interaction whose reply does not hang on how quotes
// are ranked, and compares it with its golden.
func TestRecordedInteractions(t *testing.T) {
	w := mustBuild(knowledge.Shipped())
	b, log := newBot(w)
	w.corpus().volumes[0].offer("Qui dirige Meta\u202f?", "Que représentent les 49\u00a0%\u202f?") // which are made hangs on the ranking
	for _, name := range []string{
		"aide", "aide_en", "article", "article_inconnu", "bouton_inconnu", "chercher_sans_texte", "completer_article",
		"completer_inconnu", "demander_article_inconnu", "demander_mauvais_types", "demander_sans_option", "demander_vide",
		"inconnue", "modale", "ping", "type_inconnu",
		"articles_ajouter_deux", "articles_ajouter_url", "articles_coller", "articles_lister", "articles_sans_permission", "completer_retirer", "reglages",
		"fenetre_coller_sans_permission", "lacunes", "salons_choisis",
	} {
		t.Run(name, func(t *testing.T) {
			r := b.Respond(t.Context(), recorded(t, name)).Response
			checkReply(t, r)
			golden(t, name, r)
		})
	}
	if log.Len() > 0 {
		t.Errorf("logged: %s", log)
	}
}

func TestAskQuotesTheArticle(t *testing.T) {
	for _, test := range []struct {
		name    string
		private bool
		place   string
	}{{"demander", false, "§ 9, phrase 1"}, {"demander_article", false, "§ 9, phrase 1"}, {"demander_prive", true, "§ 9, sentence 1"}} {
		t.Run(test.name, func(t *testing.T) {
			b, log := newBot(shipped())
			r := b.Respond(t.Context(), recorded(t, test.name)).Response
			checkReply(t, r)
			if private(r) != test.private {
				t.Errorf("private: %v, want %v", private(r), test.private)
			}
			shown := texts(r)
			if len(shown) != 3 || shown[0] != "### Qui occupera le poste de PDG par intérim ?" {
				t.Fatalf("texts: %q", shown)
			}
			quote := render(shown[1])
			if !quote.quoted || !strings.HasPrefix(quote.text, "Jason Droege, actuel directeur") ||
				!strings.Contains(knowledge.Shipped().Text, quote.text) {
				t.Errorf("quote: %q", shown[1])
			}
			if !strings.Contains(nbsp(shown[2]), test.place) {
				t.Errorf("place: %q", shown[2])
			}
			if log.Len() > 0 {
				t.Errorf("logged: %s", log)
			}
		})
	}
}

func TestWhatGoesWrongIsToldAndLogged(t *testing.T) {
	closed := mustBuild(knowledge.Shipped())
	closed.indexes.Close()
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		name string
		bot  *world
		ctx  context.Context
		want string
	}{
		{"a closed index", closed, t.Context(), inFrench.noIndex},
		{"no time left", shipped(), over, inFrench.interrupted},
	} {
		t.Run(test.name, func(t *testing.T) {
			b, log := newBot(test.bot)
			r := b.Respond(test.ctx, recorded(t, "demander")).Response
			checkReply(t, r)
			if got := texts(r); !private(r) || len(got) != 1 || got[0] != test.want {
				t.Errorf("texts: %q", got)
			}
			if log.Len() == 0 || strings.Contains(log.String(), "remplace") {
				t.Errorf("logged: %q, want the error and nothing of the question", log)
			}
		})
	}
}

func TestAPanicIsToldAndLogged(t *testing.T) {
	b, log := newBot(shipped())
	for i := range b.commands {
		b.commands[i].run = func(context.Context, *request) (*discordgo.InteractionResponse, error) { panic("oh") }
	}
	r := b.Respond(t.Context(), recorded(t, "demander")).Response
	checkReply(t, r)
	if got := texts(r); !private(r) || len(got) != 1 || got[0] != inFrench.failed {
		t.Errorf("texts: %q", got)
	}
	if !strings.Contains(log.String(), "panic=oh") || !strings.Contains(log.String(), "bot_test.go") {
		t.Errorf("logged: %q, want the panic and where", log)
	}
}

func TestRespondToNothing(t *testing.T) {
	b := New(shipped().library, Options{Log: slog.New(slog.DiscardHandler)})
	checkReply(t, b.Respond(t.Context(), nil).Response)
	for kind := range discordgo.InteractionType(7) {
		checkReply(t, b.Respond(t.Context(), &discordgo.Interaction{Type: kind}).Response)
	}
}

// TestABotMayBeShared answers all the recorded interactions at once; the race detector watches.
func TestABotMayBeShared(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("testdata", "interaction", "*.json"))
	if err != nil || len(paths) < 20 {
		t.Fatalf("%d recorded interactions: %v", len(paths), err)
	}
	b, _ := newBot(mustBuild(knowledge.Shipped()))
	var wg sync.WaitGroup
	for _, path := range paths {
		i := recorded(t, strings.TrimSuffix(filepath.Base(path), ".json"))
		for range 3 {
			wg.Go(func() { checkReply(t, b.Respond(t.Context(), i).Response) })
		}
	}
	wg.Wait()
}
