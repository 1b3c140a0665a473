package discord

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"verbatim/bot"
	"verbatim/bot/discordtest"
	"verbatim/knowledge/library"
)

// A session is what a moderator and a member do, by recorded interactions: an article is pasted, questions that
// it does not answer are asked, and the list of those comes as a file. say brings one to the bot.
func session(t *testing.T, fake *discordtest.Server, say func(raw []byte)) {
	t.Helper()
	raw := func(name string) []byte {
		content, err := os.ReadFile(filepath.Join("..", "testdata", "interaction", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	idOf := func(raw []byte) string {
		i, err := bot.Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		return i.ID
	}
	paste := []byte(strings.Replace(string(raw("fenetre_coller")), `"token": "scrubbed"`, `"token": "secret-of-paste"`, 1))
	say(paste)
	edits := fake.REST.Edits(idOf(paste), 2)
	if last := string(edits[len(edits)-1].Body); !strings.Contains(last, "Article ajouté") || !strings.Contains(last, "La piscine") {
		t.Errorf("after the article was pasted: %s", last)
	}
	say(raw("demander_abstention"))
	gaps := []byte(strings.Replace(string(raw("lacunes")), `"token": "scrubbed"`, `"token": "secret-of-gaps"`, 1))
	say(gaps)
	edits = fake.REST.Edits(idOf(gaps), 2)
	last := edits[len(edits)-1]
	if len(last.Files) != 1 || !strings.HasPrefix(string(last.Files[0].Content), "\ufeffNombre;Question;") {
		t.Errorf("the list of questions came with %q", last.Files)
	}
}

// keeper returns a bot whose recorded server keeps its unanswered questions.
func keeper(t *testing.T) *bot.Bot {
	t.Helper()
	l, err := library.Open(t.Context(), "memory:", library.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.SetSettings(t.Context(), "1420000000000000002", library.Settings{KeepQuestions: true}); err != nil {
		t.Fatal(err)
	}
	b := bot.New(l, bot.Options{Fetch: noWeb{}})
	t.Cleanup(func() {
		b.Close()
		_ = l.Close() // in memory
	})
	return b
}

func TestModerationOverTheGateway(t *testing.T) {
	fake := discordtest.New(t)
	runGateway(t, fake, keeper(t))
	session(t, fake, func(raw []byte) {
		i, err := bot.Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		fake.Gateway.Dispatch(raw)
		discordtest.CheckResponse(t, fake.REST.Response(i.ID))
	})
}

func TestModerationOverHTTP(t *testing.T) {
	fake := discordtest.New(t)
	e, err := NewEndpoint(keeper(t), EndpointOptions{PublicKey: publicKey(), REST: newREST(fake)})
	if err != nil {
		t.Fatal(err)
	}
	session(t, fake, func(raw []byte) {
		i, err := bot.Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		fake.REST.Issue(raw)
		w := serve(e, signed(string(raw), time.Now()))
		if w.Code != 200 {
			t.Fatalf("got %d %s", w.Code, w.Body)
		}
		fake.REST.Inline(i.ID, w.Body.Bytes())
	})
	e.later.drain(time.Second)
	if e.later.ctx.Err() == nil {
		t.Error("the work outlives the endpoint")
	}
}
