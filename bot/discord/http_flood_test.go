package discord

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"
)

// listening serves an endpoint on loopback until the test ends.
func listening(t *testing.T, r Responder, o EndpointOptions) (address string, stop func()) {
	t.Helper()
	o.PublicKey = publicKey()
	e := open(t, r, o)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- e.Serve(ctx, l) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Serve: %v", err)
		}
	})
	t.Cleanup(stop)
	return l.Addr().String(), stop
}

// A proxy may speak HTTP/1.1, or HTTP/2 without TLS and many requests on one connection.
func TestProtocols(t *testing.T) {
	for name, set := range map[string]func(*http.Protocols, bool){
		"HTTP/1.1": (*http.Protocols).SetHTTP1, "HTTP/2.0": (*http.Protocols).SetUnencryptedHTTP2,
	} {
		t.Run(name, func(t *testing.T) {
			var calls atomic.Int32
			address, _ := listening(t, say("oui", &calls), EndpointOptions{MaxConns: 10})
			p := new(http.Protocols)
			set(p, true)
			client := &http.Client{Transport: &http.Transport{Protocols: p, MaxConnsPerHost: 4}}
			defer client.CloseIdleConnections()
			var all sync.WaitGroup
			for range 20 {
				all.Go(func() {
					if status, body := post(t, client, "http://"+address, question); status != http.StatusOK || !strings.Contains(string(body), "oui") {
						t.Errorf("got %d %s", status, body)
					}
				})
			}
			all.Wait()
			resp, err := client.Get("http://" + address + "/healthz")
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			if resp.Proto != name {
				t.Errorf("the answer came over %s", resp.Proto)
			}
			if calls.Load() != 20 {
				t.Errorf("got %d calls, want 20", calls.Load())
			}
		})
	}
}

// Two thousand requests written at once, without waiting for an answer, are answered in their order, on one
// connection, one at a time.
func TestPipelinedFlood(t *testing.T) {
	const n = 2_000
	var calls, now, most atomic.Int32
	address, _ := listening(t, respondFunc(func(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
		most.Store(max(most.Load(), now.Add(1)))
		defer now.Add(-1)
		return say("oui", &calls).Respond(ctx, i).Response
	}), EndpointOptions{})
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(30 * time.Second))
	r := signed(question, time.Now())
	var one strings.Builder
	fmt.Fprintf(&one, "POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n", len(question))
	_ = r.Header.Write(&one)
	one.WriteString("\r\n" + question)
	go func() {
		for range n {
			if _, err := io.WriteString(c, one.String()); err != nil {
				return
			}
		}
	}()
	in := bufio.NewReader(c)
	for i := range n {
		resp, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatalf("answer %d: %v", i, err)
		}
		body, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusOK || !strings.Contains(string(body), "oui") {
			t.Fatalf("answer %d: got %d %s", i, resp.StatusCode, body)
		}
	}
	if calls.Load() != n || most.Load() != 1 {
		t.Errorf("got %d calls and %d at once, want %d and 1", calls.Load(), most.Load(), n)
	}
}

// Who has not signed gets one answer a connection, whatever they ask, and however much at once.
func TestStrangersKeepNoConnection(t *testing.T) {
	var calls atomic.Int32
	address, _ := listening(t, say("oui", &calls), EndpointOptions{})
	for _, first := range []string{
		"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
		"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
		"POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}",
		"POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n" +
			headerSignature + ": " + strings.Repeat("00", 64) + "\r\n" + headerTimestamp + ": " + fmt.Sprint(time.Now().Unix()) + "\r\n\r\n{}",
	} {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		_ = c.SetDeadline(time.Now().Add(10 * time.Second))
		_, _ = io.WriteString(c, strings.Repeat(first, 100))
		answers, _ := io.ReadAll(c)
		if got := strings.Count(string(answers), "HTTP/1.1 "); got != 1 {
			t.Errorf("%.30q: got %d answers, want 1", first, got)
		}
		_ = c.Close()
	}
	if calls.Load() != 0 {
		t.Errorf("the conversation was called %d times", calls.Load())
	}
}

// Above the bound, connections wait; those who do nothing on theirs lose it, and the others are served.
func TestConnectionsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls atomic.Int32
		e := open(t, say("oui", &calls), EndpointOptions{PublicKey: publicKey(), MaxConns: 50})
		l := &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- e.Serve(ctx, l) }()
		var idle []net.Conn
		var dribbling sync.WaitGroup
		for i := range 50 {
			ours, theirs := net.Pipe()
			l.conns <- theirs
			idle = append(idle, ours)
			if i%2 == 0 { // a header that comes a byte a second, and never ends
				dribbling.Go(func() {
					for _, b := range []byte("POST /interactions HTTP/1.1\r\nHost: x\r\nX-Anything: at all") {
						if _, err := ours.Write([]byte{b}); err != nil {
							return
						}
						time.Sleep(time.Second)
					}
					t.Error("a header may come a byte a second")
				})
			}
		}
		began := time.Now()
		ours, theirs := net.Pipe()
		l.conns <- theirs // waits for a place
		r := signed(ping, time.Now())
		go func() {
			_, _ = fmt.Fprintf(ours, "POST /interactions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n", len(ping))
			_ = r.Header.Write(ours)
			_, _ = io.WriteString(ours, "\r\n"+ping)
		}()
		resp, err := http.ReadResponse(bufio.NewReader(ours), nil)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Errorf("got %d", resp.StatusCode)
		}
		if took := time.Since(began); took > readHeaderTimeout+time.Second {
			t.Errorf("it was answered after %v: idle connections hold their places", took)
		}
		_ = ours.Close()
		for _, c := range idle {
			_ = c.Close()
		}
		dribbling.Wait()
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// Two replicas behind a load balancer are restarted, one after the other: no question is lost.
func TestRollingRestartLosesNothing(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	var calls atomic.Int32
	slowly := respondFunc(func(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
		time.Sleep(5 * time.Millisecond)
		return say("oui", &calls).Respond(ctx, i).Response
	})
	o := EndpointOptions{Delay: 150 * time.Millisecond}
	b := &balancer{backends: make([]atomic.Pointer[string], 2), healthy: make([]atomic.Bool, 2)}
	stops := make([]func(), 2)
	begin := func(i int) {
		address, stop := listening(t, slowly, o)
		stops[i] = stop
		b.backends[i].Store(&address)
	}
	begin(0)
	begin(1)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}}
	defer client.CloseIdleConnections()
	ctx, cancel := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(func() { b.probe(ctx, client) })
	time.Sleep(50 * time.Millisecond)
	var sent atomic.Int32
	for worker := range 8 {
		all.Go(func() {
			for n := worker; ctx.Err() == nil; n++ {
				sent.Add(1)
				if status, body := post(t, client, "http://"+b.pick(n), question); status != http.StatusOK {
					t.Errorf("got %d %s", status, body)
				}
			}
		})
	}
	for i := range 2 {
		stops[i]()
		begin(i)
		time.Sleep(50 * time.Millisecond)
	}
	cancel()
	all.Wait()
	if sent.Load() < 100 || calls.Load() != sent.Load() {
		t.Errorf("%d questions were sent and %d answered", sent.Load(), calls.Load())
	}
	stops[0]()
	stops[1]()
}

// A balancer sends requests to the backends that say they are well.
type balancer struct {
	backends []atomic.Pointer[string] // addresses
	healthy  []atomic.Bool
}

// probe asks the backends how they are, every 20 ms.
func (b *balancer) probe(ctx context.Context, client *http.Client) {
	for ; ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
		for i := range b.backends {
			resp, err := client.Get("http://" + *b.backends[i].Load() + "/healthz")
			if err == nil {
				_ = resp.Body.Close()
			}
			b.healthy[i].Store(err == nil && resp.StatusCode == http.StatusOK)
		}
	}
}

// pick returns the address of the backend whose turn it is, or of the next that is well.
func (b *balancer) pick(turn int) string {
	for i := range b.backends {
		if at := (turn + i) % len(b.backends); b.healthy[at].Load() {
			return *b.backends[at].Load()
		}
	}
	return *b.backends[turn%len(b.backends)].Load()
}
