package discord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
	"verbatim/bot/discordtest"
)

// respondFunc is a Responder.
type respondFunc func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse

func (f respondFunc) Respond(ctx context.Context, i *discordgo.Interaction) bot.Reply {
	return bot.Reply{Response: f(ctx, i)}
}

// say answers every interaction with text, and counts them.
func say(text string, calls *atomic.Int32) Responder {
	return respondFunc(func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse {
		calls.Add(1)
		return &discordgo.InteractionResponse{
			Type: discordgo.InteractionResponseChannelMessageWithSource,
			Data: &discordgo.InteractionResponseData{Content: text},
		}
	})
}

// discordKey stands for the key pair that Discord keeps for an application.
var discordKey = ed25519.NewKeyFromSeed([]byte("a seed of thirty-two bytes, fake"))

func publicKey() string { return hex.EncodeToString(discordKey.Public().(ed25519.PublicKey)) }

// newEndpoint returns an endpoint whose interactions r answers.
func newEndpoint(t testing.TB, r Responder) *Endpoint {
	t.Helper()
	e, err := NewEndpoint(r, EndpointOptions{PublicKey: publicKey(), REST: mute{}})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// A mute sends nothing: what a response promised is not kept.
type mute struct{}

func (mute) Reply(context.Context, *discordgo.Interaction, *discordgo.InteractionResponse) error {
	return nil
}
func (mute) Edit(context.Context, *discordgo.Interaction, EditBody) error { return nil }

// signed returns a request that Discord would send at the given time.
func signed(body string, at time.Time) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/interactions", strings.NewReader(body))
	sign(r.Header, body, at)
	return r
}

func sign(h http.Header, body string, at time.Time) {
	ts := strconv.FormatInt(at.Unix(), 10)
	h.Set("Content-Type", "application/json")
	h.Set(headerTimestamp, ts)
	h.Set(headerSignature, hex.EncodeToString(ed25519.Sign(discordKey, []byte(ts+body))))
}

// serve returns what h answers.
func serve(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

const (
	ping     = `{"id":"1","application_id":"2","type":1,"token":"t","version":1}`
	question = `{"id":"1","application_id":"2","type":2,"token":"t","version":1,"locale":"fr",
		"data":{"id":"3","name":"demander","type":1,"options":[{"name":"question","type":3,"value":"Qui remplace Alexandr Wang ?"}]}}`
)

func TestSignatures(t *testing.T) {
	now := time.Now()
	tests := []struct {
		name   string
		change func(h http.Header)
		body   string // "" is question
		want   int
	}{
		{"right", func(http.Header) {}, "", 200},
		{"right, in capitals", func(h http.Header) { h.Set(headerSignature, strings.ToUpper(h.Get(headerSignature))) }, "", 200},
		{"four minutes old", func(h http.Header) { sign(h, question, now.Add(-4*time.Minute)) }, "", 200},
		{"four minutes ahead", func(h http.Header) { sign(h, question, now.Add(4*time.Minute)) }, "", 200},
		{"none", func(h http.Header) { h.Del(headerSignature) }, "", 401},
		{"empty", func(h http.Header) { h.Set(headerSignature, "") }, "", 401},
		{"not hexadecimal", func(h http.Header) { h.Set(headerSignature, strings.Repeat("zz", 64)) }, "", 401},
		{"wrong", func(h http.Header) { h.Set(headerSignature, strings.Repeat("00", 64)) }, "", 401},
		{"one bit off", func(h http.Header) { h.Set(headerSignature, flip(h.Get(headerSignature))) }, "", 401},
		{"truncated", func(h http.Header) { h.Set(headerSignature, h.Get(headerSignature)[:126]) }, "", 401},
		{"too long", func(h http.Header) { h.Set(headerSignature, h.Get(headerSignature)+"00") }, "", 401},
		{"over another body", func(h http.Header) { sign(h, ping, now) }, "", 401},
		{"over a longer body", func(http.Header) {}, question + " ", 401},
		{"no timestamp", func(h http.Header) { h.Del(headerTimestamp) }, "", 401},
		{"another timestamp", func(h http.Header) { h.Set(headerTimestamp, strconv.FormatInt(now.Unix()+1, 10)) }, "", 401},
		{"a timestamp that is not a number", func(h http.Header) { h.Set(headerTimestamp, "now") }, "", 401},
		{"a timestamp beyond numbers", func(h http.Header) { h.Set(headerTimestamp, strings.Repeat("9", 30)) }, "", 401},
		{"the least timestamp", func(h http.Header) { sign(h, question, time.Unix(-1<<63, 0)) }, "", 401},
		{"ten minutes old", func(h http.Header) { sign(h, question, now.Add(-10*time.Minute)) }, "", 401},
		{"ten minutes ahead", func(h http.Header) { sign(h, question, now.Add(10*time.Minute)) }, "", 401},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var calls atomic.Int32
			r := signed(question, now)
			if tt.body != "" {
				r.Body = io.NopCloser(strings.NewReader(tt.body))
			}
			tt.change(r.Header)
			w := serve(newEndpoint(t, say("bonjour", &calls)), r)
			if w.Code != tt.want {
				t.Errorf("got status %d, want %d", w.Code, tt.want)
			}
			if want := map[int]int32{200: 1, 401: 0}[tt.want]; calls.Load() != want {
				t.Errorf("the conversation was called %d times, want %d", calls.Load(), want)
			}
		})
	}
}

// flip changes the lowest bit of a signature's first byte.
func flip(sig string) string {
	raw, err := hex.DecodeString(sig)
	if err != nil {
		panic(err)
	}
	raw[0] ^= 1
	return hex.EncodeToString(raw)
}

func TestPing(t *testing.T) {
	var calls atomic.Int32
	w := serve(newEndpoint(t, say("", &calls)), signed(ping, time.Now()))
	if w.Code != 200 || w.Body.String() != `{"type":1}` || w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("got %d %q (%s), want 200 {\"type\":1} (application/json)", w.Code, w.Body, w.Header().Get("Content-Type"))
	}
	if calls.Load() != 0 {
		t.Error("the conversation was asked to answer a ping")
	}
	unsigned := httptest.NewRequest(http.MethodPost, "/interactions", strings.NewReader(ping))
	if w := serve(newEndpoint(t, say("", &calls)), unsigned); w.Code != 401 {
		t.Errorf("got %d for a ping that nobody signed, want 401", w.Code)
	}
}

func TestReplyInline(t *testing.T) {
	var calls atomic.Int32
	w := serve(newEndpoint(t, say("« Où ? »", &calls)), signed(question, time.Now()))
	want := `{"type":4,"data":{"content":"« Où ? »","embeds":[],"components":[],"allowed_mentions":{"parse":[]}}}`
	if w.Code != 200 || w.Body.String() != want || w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("got %d %s, want 200 %s", w.Code, w.Body, want)
	}
	discordtest.CheckResponse(t, w.Body.Bytes())
}

func TestBodyLimit(t *testing.T) {
	for _, tt := range []struct {
		name  string
		bytes int
		want  int
	}{{"1 MiB", 1 << 20, 200}, {"1 MiB and one byte", 1<<20 + 1, 413}, {"3 MiB", 3 << 20, 413}} {
		t.Run(tt.name, func(t *testing.T) {
			var calls atomic.Int32
			srv := httptest.NewServer(newEndpoint(t, say("oui", &calls)))
			defer srv.Close()
			body := question + strings.Repeat(" ", tt.bytes-len(question))
			// Discord's client, unlike a recorder, sends the body over a connection that may close.
			if status, _ := post(t, srv.Client(), srv.URL, body); status != tt.want {
				t.Errorf("got status %d, want %d", status, tt.want)
			}
			if called := calls.Load() > 0; called != (tt.want == 200) {
				t.Errorf("the conversation was called: %v", called)
			}
		})
	}
}

// post sends a signed body and returns the answer.
func post(t testing.TB, c *http.Client, url, body string) (int, []byte) {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, url+"/interactions", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	sign(r.Header, body, time.Now())
	resp, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	got, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, got
}

func TestRoutes(t *testing.T) {
	tests := []struct {
		method, path string
		want         int
	}{
		{"GET", "/interactions", 405},
		{"HEAD", "/interactions", 405},
		{"PUT", "/interactions", 405},
		{"POST", "/", 404},
		{"POST", "/interactions/", 404},
		{"POST", "/api/interactions", 404},
		{"GET", "/healthz", 200},
		{"POST", "/healthz", 405},
	}
	var calls atomic.Int32
	e := newEndpoint(t, say("", &calls))
	for _, tt := range tests {
		r := httptest.NewRequest(tt.method, tt.path, strings.NewReader(question))
		sign(r.Header, question, time.Now())
		w := serve(e, r)
		if w.Code != tt.want {
			t.Errorf("%s %s: got status %d, want %d", tt.method, tt.path, w.Code, tt.want)
		}
		if tt.want == 405 && w.Header().Get("Allow") == "" {
			t.Errorf("%s %s: no Allow header", tt.method, tt.path)
		}
	}
	if calls.Load() != 0 {
		t.Errorf("the conversation was called %d times", calls.Load())
	}
}

func TestMalformed(t *testing.T) {
	tests := []struct {
		name, body string
		want       int
		text       string // part of the answer
	}{
		{"empty", "", 400, "not an interaction"},
		{"not JSON", "bonjour", 400, "not an interaction"},
		{"cut short", question[:40], 400, "not an interaction"},
		{"two values", ping + ping, 400, "not an interaction"},
		{"a list", "[]", 400, "not an interaction"},
		{"null", "null", 400, "not an interaction"},
		{"no type", "{}", 400, "not an interaction"},
		{"a type in words", `{"type":"ping"}`, 400, "not an interaction"},
		{"an unknown type", `{"type":9}`, 400, "unknown interaction type 9"},
		{"a negative type", `{"type":-1}`, 400, "unknown interaction type -1"},
		{"a type that is a ping in eight bits", `{"type":257}`, 400, "unknown interaction type 257"},
		{"a type that is a command in eight bits", `{"type":258}`, 400, "unknown interaction type 258"},
		{"an enormous type", `{"type":1e400}`, 400, "not an interaction"},
		{"deep nesting", `{"type":2,"data":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`, 400, "not an interaction"},
		{"a command without data", `{"id":"1","type":2,"token":"t"}`, 200, ""},
		{"a command whose data is text", `{"id":"1","type":2,"token":"t","data":"x"}`, 200, ""},
		{"a button without data", `{"id":"1","type":3,"token":"t","data":[]}`, 200, ""},
		{"suggestions without data", `{"id":"1","type":4,"token":"t","data":7}`, 400, "cannot be read"},
	}
	var calls atomic.Int32
	e := newEndpoint(t, say("oui", &calls))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := serve(e, signed(tt.body, time.Now()))
			if w.Code != tt.want || !strings.Contains(w.Body.String(), tt.text) {
				t.Errorf("got %d %s, want %d …%s…", w.Code, w.Body, tt.want, tt.text)
			}
			if w.Code == 200 {
				discordtest.CheckResponse(t, w.Body.Bytes())
			}
			before := calls.Load()
			if w := serve(e, signed(question, time.Now())); w.Code != 200 || calls.Load() != before+1 {
				t.Errorf("the next question: got %d %s", w.Code, w.Body)
			}
		})
	}
}

func TestResponderFaults(t *testing.T) {
	answers := map[string]struct {
		r    Responder
		want int
	}{
		"panics": {respondFunc(func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse { panic("oh") }), 500},
		"has nothing to send": {respondFunc(func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse {
			return nil
		}), 400},
		"answers in an unknown way": {respondFunc(func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse {
			return &discordgo.InteractionResponse{Type: 99}
		}), 500},
	}
	for name, tt := range answers {
		t.Run(name, func(t *testing.T) {
			w := serve(newEndpoint(t, tt.r), signed(question, time.Now()))
			if w.Code != tt.want || strings.Contains(w.Body.String(), "goroutine") {
				t.Errorf("got %d %s, want %d and no stack", w.Code, w.Body, tt.want)
			}
		})
	}
}

func TestResponderHasADeadline(t *testing.T) {
	var left time.Duration
	e := newEndpoint(t, respondFunc(func(ctx context.Context, _ *discordgo.Interaction) *discordgo.InteractionResponse {
		deadline, _ := ctx.Deadline()
		left = time.Until(deadline)
		return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	}))
	w := serve(e, signed(question, time.Now()))
	if left <= 0 || left > 3*time.Second {
		t.Errorf("the answer has %v, want at most the 3 s that Discord waits", left)
	}
	if got := w.Body.String(); got != `{"type":6}` {
		t.Errorf("got %s, want {\"type\":6}", got)
	}
}

func TestKeys(t *testing.T) {
	for name, key := range map[string]string{
		"empty":           "",
		"too short":       publicKey()[:62],
		"too long":        publicKey() + "ab",
		"odd":             publicKey()[:63],
		"not hexadecimal": strings.Repeat("g", 64),
		"a token":         discordtest.Token,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewEndpoint(nil, EndpointOptions{PublicKey: key})
			if err == nil || !strings.Contains(err.Error(), "64 hexadecimal digits") {
				t.Fatalf("got %v, want an error that says what is expected", err)
			}
			if key != "" && strings.Contains(err.Error(), key) {
				t.Errorf("the error repeats the key: %v", err)
			}
		})
	}
}

// TestInteractionArrivesWhole shows that the conversation gets what Discord sent.
func TestInteractionArrivesWhole(t *testing.T) {
	var got *discordgo.Interaction
	e := newEndpoint(t, respondFunc(func(_ context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
		got = i
		return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	}))
	serve(e, signed(question, time.Now()))
	want := new(discordgo.Interaction)
	if err := json.Unmarshal([]byte(question), want); err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if !bytes.Equal(a, b) {
		t.Errorf("got %s, want %s", a, b)
	}
}
