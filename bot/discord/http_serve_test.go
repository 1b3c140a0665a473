package discord

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"

	"verbatim/bot"
)

// A slow is a Responder that answers when it is released.
type slow struct{ entered, release chan struct{} }

func newSlow() slow { return slow{make(chan struct{}), make(chan struct{})} }

func (s slow) Respond(context.Context, *discordgo.Interaction) bot.Reply {
	close(s.entered)
	<-s.release
	return bot.Reply{Response: &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate}}
}

// start serves r on loopback until stop is called; done then gives what Serve returned.
func start(t *testing.T, r Responder, drain time.Duration) (url string, stop context.CancelFunc, done chan error) {
	t.Helper()
	e, err := NewEndpoint(r, EndpointOptions{PublicKey: publicKey(), Drain: drain})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done = make(chan error, 1)
	go func() { done <- e.Serve(ctx, l) }()
	return "http://" + l.Addr().String(), stop, done
}

func TestServeDrains(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent()) // bleve starts workers with the program
	r := newSlow()
	url, stop, done := start(t, r, 0)
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	type answer struct {
		status int
		body   []byte
	}
	answered := make(chan answer, 1)
	go func() {
		status, body := post(t, client, url, question)
		answered <- answer{status, body}
	}()
	<-r.entered
	stop()
	refusedSoon(t, url)
	select {
	case err := <-done:
		t.Fatalf("Serve returned %v with a reply in flight", err)
	case <-time.After(50 * time.Millisecond):
	}
	close(r.release)
	if got := <-answered; got.status != 200 || string(got.body) != `{"type":6}` {
		t.Errorf("the reply in flight: got %d %s", got.status, got.body)
	}
	if err := <-done; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

// refusedSoon wants connections to be refused within a second.
func refusedSoon(t *testing.T, url string) {
	t.Helper()
	for until := time.Now().Add(time.Second); ; time.Sleep(5 * time.Millisecond) {
		c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			return
		}
		_ = c.Close()
		if time.Now().After(until) {
			t.Error("the listener is still open")
			return
		}
	}
}

func TestServeGivesUpDraining(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent()) // bleve starts workers with the program
	r := newSlow()
	url, stop, done := start(t, r, 20*time.Millisecond)
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		req, _ := http.NewRequest(http.MethodPost, url+"/interactions", strings.NewReader(question))
		sign(req.Header, question, time.Now())
		if resp, err := client.Do(req); err == nil {
			_ = resp.Body.Close()
			t.Errorf("got status %d from a connection that was closed", resp.StatusCode)
		}
	}()
	<-r.entered
	stop()
	err := <-done
	if err == nil || !strings.Contains(err.Error(), "still in flight after 20ms") {
		t.Errorf("got %v, want an error that says that replies were in flight", err)
	}
	close(r.release)
	<-gone
}

func TestServeOnClosedListener(t *testing.T) {
	e := newEndpoint(t, say("", new(atomic.Int32)))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	if err := e.Serve(t.Context(), l); err == nil {
		t.Error("got nil, want an error")
	}
}

// TestServeCutsOffSlowSenders feeds the endpoint a body that never ends. Time is synctest's.
func TestServeCutsOffSlowSenders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := newEndpoint(t, say("", new(atomic.Int32)))
		l := &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- e.Serve(ctx, l) }()
		ours, theirs := net.Pipe()
		l.conns <- theirs
		began := time.Now()
		r := signed(question, began)
		go func() {
			_, _ = io.WriteString(ours, "POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n")
			_ = r.Header.Write(ours)
			_, _ = io.WriteString(ours, "\r\n{")
		}()
		_, _ = io.ReadAll(ours)
		if took := time.Since(began); took > readTimeout+writeTimeout {
			t.Errorf("the sender was cut off after %v", took)
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
		_ = ours.Close()
	})
}

// A pipeListener accepts connections made in memory.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error   { close(l.closed); return nil }
func (l *pipeListener) Addr() net.Addr { return &net.TCPAddr{} }
