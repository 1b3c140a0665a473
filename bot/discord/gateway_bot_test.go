package discord_test

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/bot"
	"verbatim/bot/discord"
	"verbatim/knowledge"
)

// The real bot over the real article gives the same reply body over the gateway and over HTTP.
func TestBothWaysReplyTheSame(t *testing.T) {
	index, err := knowledge.Build([]*knowledge.Article{knowledge.Shipped()}, knowledge.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = index.Close() })
	r := newRig(t)
	b := bot.New(index, bot.Options{Log: r.logs.logger()})
	r.start(quick(), b.Respond)
	r.fake.Gateway.AwaitOpened(1)
	id := r.dispatch(server)
	overGateway := r.fake.REST.Response(id)

	overHTTP := post(t, b, question(id, server))
	var got, want any
	if err := json.Unmarshal(overHTTP, &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(overGateway, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the replies differ (-gateway +HTTP):\n%s", diff)
	}
	if !strings.Contains(string(overHTTP), "Qui remplace Alexandr Wang ?") {
		t.Errorf("the reply does not show the question:\n%s", overHTTP)
	}
}

// post returns what an endpoint answers to a signed interaction.
func post(t *testing.T, r discord.Responder, body []byte) []byte {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	endpoint, err := discord.NewEndpoint(r, discord.EndpointOptions{PublicKey: hex.EncodeToString(public)})
	if err != nil {
		t.Fatal(err)
	}
	now := strconv.FormatInt(time.Now().Unix(), 10)
	req := httptest.NewRequestWithContext(context.Background(), http.MethodPost, "/interactions", strings.NewReader(string(body)))
	req.Header.Set("X-Signature-Timestamp", now)
	req.Header.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(private, append([]byte(now), body...))))
	w := httptest.NewRecorder()
	endpoint.ServeHTTP(w, req)
	if w.Code != http.StatusOK {
		t.Fatalf("the endpoint answered %d %s", w.Code, w.Body)
	}
	return w.Body.Bytes()
}
