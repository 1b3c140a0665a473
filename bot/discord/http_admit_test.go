package discord

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/bwmarrin/discordgo"
)

// watch returns options for an endpoint whose ends of interactions are counted.
func watch() (EndpointOptions, func(Fate) int) {
	var mu sync.Mutex
	ends := map[Fate]int{}
	o := EndpointOptions{PublicKey: publicKey()}
	o.Observe.Handled = func(h Handled) {
		mu.Lock()
		defer mu.Unlock()
		ends[h.Fate]++
	}
	return o, func(f Fate) int {
		mu.Lock()
		defer mu.Unlock()
		return ends[f]
	}
}

func open(t *testing.T, r Responder, o EndpointOptions) *Endpoint {
	t.Helper()
	e, err := NewEndpoint(r, o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// What comes above the bound is told so at once, before its signature is looked at; what is in flight is
// answered, and so is what comes once there is room.
func TestEndpointShedsWhatIsTooMuch(t *testing.T) {
	const bound = 3
	release := make(chan struct{})
	var calls atomic.Int32
	o, ends := watch()
	o.MaxInFlight = bound
	e := open(t, respondFunc(func(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
		<-release
		return say("oui", &calls).Respond(ctx, i).Response
	}), o)
	var held sync.WaitGroup
	for range bound {
		held.Go(func() {
			if w := serve(e, signed(question, time.Now())); w.Code != http.StatusOK {
				t.Errorf("in flight: got %d %s", w.Code, w.Body)
			}
		})
	}
	for len(e.slots) < bound {
		time.Sleep(time.Millisecond)
	}
	for range 10 {
		began := time.Now()
		w := serve(e, signed(question, time.Now()))
		if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "1" {
			t.Errorf("above the bound: got %d with Retry-After %q, want 503 with 1", w.Code, w.Header().Get("Retry-After"))
		}
		if took := time.Since(began); took > 100*time.Millisecond {
			t.Errorf("it was told after %v", took)
		}
	}
	if w := serve(e, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/healthz", http.NoBody)); w.Code != http.StatusOK {
		t.Errorf("the load balancer: got %d", w.Code)
	}
	close(release)
	held.Wait()
	if w := serve(e, signed(question, time.Now())); w.Code != http.StatusOK {
		t.Errorf("afterwards: got %d %s", w.Code, w.Body)
	}
	if calls.Load() != bound+1 || ends(Replied) != bound+1 || ends(Shed) != 10 {
		t.Errorf("got %d calls, %d replied and %d shed", calls.Load(), ends(Replied), ends(Shed))
	}
}

func TestEndpointTellsItsFates(t *testing.T) {
	var calls atomic.Int32
	o, ends := watch()
	e := open(t, say("oui", &calls), o)
	stranger := signed(question, time.Now())
	stranger.Header.Set(headerSignature, strings.Repeat("00", 64))
	for fate, r := range map[Fate]*http.Request{
		Replied:    signed(ping, time.Now()),
		Refused:    stranger,
		Unreadable: signed(`{"type":99}`, time.Now()),
	} {
		serve(e, r)
		if ends(fate) != 1 {
			t.Errorf("%s was observed %d times, want once", fate, ends(fate))
		}
	}
	broken := open(t, respondFunc(func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse { panic("of the test") }), o)
	if w := serve(broken, signed(question, time.Now())); w.Code != http.StatusInternalServerError || ends(Panicked) != 1 {
		t.Errorf("a panic: got %d, observed %d times", w.Code, ends(Panicked))
	}
	if len(broken.slots) != 0 {
		t.Error("a panic keeps its slot")
	}
}

func TestReadBody(t *testing.T) {
	whole := strings.Repeat("x", maxBody)
	tests := []struct {
		name   string
		length int64
		body   io.Reader
		want   int // bytes
		err    error
	}{
		{"empty", 0, strings.NewReader(""), 0, nil},
		{"of a usual size", 2000, strings.NewReader(whole[:2000]), 2000, nil},
		{"byte by byte", 5000, iotest.OneByteReader(strings.NewReader(whole[:5000])), 5000, nil},
		{"of unknown length", -1, strings.NewReader(whole[:100_000]), 100_000, nil},
		{"as long as may be", maxBody, strings.NewReader(whole), maxBody, nil},
		{"of unknown length, as long as may be", -1, iotest.DataErrReader(strings.NewReader(whole)), maxBody, nil},
		{"a byte too long", -1, strings.NewReader(whole + "x"), 0, errLarge},
		{"said to be too long", maxBody + 1, strings.NewReader(""), 0, errLarge},
		{"cut", 2000, iotest.TimeoutReader(strings.NewReader(whole[:1000])), 0, errShort},
		{"never begun", 2000, iotest.ErrReader(io.ErrUnexpectedEOF), 0, errShort},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBudget(maxHeld)
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/interactions", tt.body)
			r.ContentLength = tt.length
			body, release, err := b.readBody(r)
			if !errors.Is(err, tt.err) || err == nil && (len(body) != tt.want || string(body) != whole[:tt.want]) {
				t.Errorf("got %d bytes and %v, want %d and %v", len(body), err, tt.want, tt.err)
			}
			if held := maxHeld - b.left.Load(); held < int64(len(body)) || held > 2*int64(len(body))+firstRead {
				t.Errorf("%d bytes are counted for a body of %d", held, len(body))
			}
			release()
			if b.left.Load() != maxHeld {
				t.Errorf("%d bytes are left once all is given back, want %d", b.left.Load(), maxHeld)
			}
		})
	}
}

// What a sender promises costs nothing; what is held is bounded over all of them.
func TestBodiesAreBoundedTogether(t *testing.T) {
	b := newBudget(64 << 10)
	read := func(length int64, body string) (func(), error) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/interactions", strings.NewReader(body))
		r.ContentLength = length
		_, release, err := b.readBody(r)
		return release, err
	}
	for range 15 { // that promise a MiB each
		if _, err := read(maxBody, "{"); err != nil {
			t.Fatal(err)
		}
	}
	refused, err := read(-1, strings.Repeat("x", 8<<10))
	if !errors.Is(err, errBusy) {
		t.Errorf("got %v, want no room for more than a first read", err)
	}
	refused()
	last, err := read(10, "{}")
	if err != nil {
		t.Errorf("got %v, want room for a small body", err)
	}
	last()
}

// When more waits for a processor than is answered in good time, who comes then is told at once; and what tells is true
// while the crowd is there, and no longer.
func TestEndpointShedsInACrowd(t *testing.T) {
	var calls atomic.Int32
	o, ends := watch()
	e := open(t, say("oui", &calls), o)
	there := true
	e.crowded = func() bool { return there }
	if w := serve(e, signed(question, time.Now())); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "1" {
		t.Errorf("in a crowd: got %d", w.Code)
	}
	there = false
	if w := serve(e, signed(question, time.Now())); w.Code != http.StatusOK || calls.Load() != 1 || ends(Shed) != 1 {
		t.Errorf("afterwards: got %d, %d calls and %d shed", w.Code, calls.Load(), ends(Shed))
	}
}

func TestCrowded(t *testing.T) {
	within := func(want bool) {
		t.Helper()
		for late := time.Now().Add(10 * time.Second); crowded() != want; time.Sleep(time.Millisecond) {
			if time.Now().After(late) {
				t.Fatalf("crowded() = %v for 10 s, want %v", !want, want)
			}
		}
	}
	within(false)
	var over atomic.Bool
	var crowd sync.WaitGroup
	for range 2 * maxReady * runtime.GOMAXPROCS(0) {
		crowd.Go(func() {
			for !over.Load() {
				runtime.Gosched()
			}
		})
	}
	within(true)
	over.Store(true)
	crowd.Wait()
	within(false)
}
