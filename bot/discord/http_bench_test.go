package discord

import (
	"net"
	"net/http"
	"os"
	"testing"
	"time"
)

// BenchmarkHTTPInteraction measures a question from a signed request to its reply, over a connection on
// loopback that is kept open: signature, decoding, the answer from the article, encoding. The signing is
// counted too.
func BenchmarkHTTPInteraction(b *testing.B) {
	raw, err := os.ReadFile("../testdata/interaction/demander.json")
	if err != nil {
		b.Fatal(err)
	}
	endpoint := newEndpoint(b, newBot(b))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- endpoint.Serve(b.Context(), l) }()
	b.Cleanup(func() {
		if err := <-done; err != nil {
			b.Error(err)
		}
	})
	client := &http.Client{Transport: &http.Transport{}}
	b.Cleanup(client.CloseIdleConnections)
	url := "http://" + l.Addr().String()
	b.ReportAllocs()
	for b.Loop() {
		if status, body := post(b, client, url, string(raw)); status != 200 {
			b.Fatalf("got status %d: %s", status, body)
		}
	}
}

// BenchmarkRefusedSignature measures what a request costs that Discord did not send.
func BenchmarkRefusedSignature(b *testing.B) {
	endpoint := newEndpoint(b, newBot(b))
	r := signed(question, time.Now())
	r.Header.Set(headerSignature, flip(r.Header.Get(headerSignature)))
	b.ReportAllocs()
	for b.Loop() {
		r.Body = http.NoBody
		if w := serve(endpoint, r); w.Code != http.StatusUnauthorized {
			b.Fatalf("got status %d", w.Code)
		}
	}
}
