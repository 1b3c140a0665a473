package discord

import (
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
	"verbatim/bot/discordtest"
	"verbatim/knowledge"
	"verbatim/knowledge/library"
	"verbatim/knowledge/reader"
)

// newBot returns the program's own conversation about the article that it comes with, unhurried.
func newBot(t testing.TB) *bot.Bot {
	t.Helper()
	l, err := library.Open(t.Context(), "memory:", library.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l.Share([]*knowledge.Article{knowledge.Shipped()})
	b := bot.New(l, bot.Options{Log: slog.New(slog.DiscardHandler), Limits: bot.Limits{Unlimited: true}, Fetch: noWeb{}})
	t.Cleanup(func() {
		b.Close()
		_ = l.Close() // in memory
	})
	return b
}

// A noWeb has nothing at any address: no test reaches the network.
type noWeb struct{}

func (noWeb) Fetch(_ context.Context, address string) (reader.File, error) {
	return reader.File{}, &reader.RefusedError{Reason: reader.NotFound, What: address}
}

// TestBothDeliveriesReplyAlike sends each recorded interaction over the fake gateway and as a signed
// request, and wants the same body, byte for byte: one that Discord takes.
func TestBothDeliveriesReplyAlike(t *testing.T) {
	recorded, err := filepath.Glob("../testdata/interaction/*.json")
	if err != nil || len(recorded) == 0 {
		t.Fatalf("no recorded interactions: %v", err)
	}
	fake := discordtest.New(t)
	answering := newBot(t)
	endpoint := newEndpoint(t, answering)
	runGateway(t, fake, answering)
	for _, file := range recorded {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		i, err := bot.Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		if i.Type == discordgo.InteractionPing || i.Type > discordgo.InteractionModalSubmit {
			continue // a ping comes over HTTP alone, and an unknown type has no reply there
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			fake.Gateway.Dispatch(raw)
			over := fake.REST.Response(i.ID)
			inline := serve(endpoint, signed(string(raw), time.Now()))
			if inline.Code != 200 || inline.Body.String() != string(over) {
				t.Errorf("over HTTP:        %d %s\nover the gateway:     %s", inline.Code, inline.Body, over)
			}
			discordtest.CheckResponse(t, over)
		})
	}
}

// TestQuestionIsAnswered asks who takes over, over HTTP: the reply quotes who it is.
func TestQuestionIsAnswered(t *testing.T) {
	w := serve(newEndpoint(t, newBot(t)), signed(strings.Replace(question, "Qui remplace Alexandr Wang ?", "Qui occupera le poste de PDG par intérim ?", 1), time.Now()))
	discordtest.CheckResponse(t, w.Body.Bytes())
	var text any
	if err := json.Unmarshal(w.Body.Bytes(), &text); err != nil {
		t.Fatal(err)
	}
	if !holds(text, "Jason Droege") {
		t.Errorf("got %s, want a quote with Jason Droege", w.Body)
	}
}

// holds reports whether a string somewhere in v contains part, whatever Markdown is between.
func holds(v any, part string) bool {
	switch v := v.(type) {
	case string:
		return strings.Contains(strings.NewReplacer("*", "", "_", "", "\\", "").Replace(v), part)
	case []any:
		for _, item := range v {
			if holds(item, part) {
				return true
			}
		}
	case map[string]any:
		for _, item := range v {
			if holds(item, part) {
				return true
			}
		}
	}
	return false
}

// runGateway answers over the fake's gateway until the test ends.
func runGateway(t *testing.T, fake *discordtest.Server, r Responder) {
	t.Helper()
	g := NewGateway(newREST(fake), r, GatewayOptions{})
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- g.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	fake.Gateway.AwaitOpened(1)
}
