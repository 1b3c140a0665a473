package discordtest

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// patience is how long a test waits for a client before it fails.
const patience = 10 * time.Second

// A Gateway is the websocket half of the fake. Any number of shards may be connected at once, and its
// methods may be called by many goroutines.
type Gateway struct {
	s        *Server
	handlers sync.WaitGroup

	mu         sync.Mutex
	changed    chan struct{} // closed, and replaced, whenever something below changes
	over       bool
	limit      Limit
	heartbeat  time.Duration
	resumeURL  string // empty for the fake itself
	faults     map[Stage][]Fault
	conns      map[*conn]struct{}
	sessions   []*session // oldest first
	opened     int        // of READY and RESUMED sent
	identifies []Identify
	resumes    []Resume
}

// A Limit is what GET /gateway/bot tells: how many shards to run and how fast they may identify.
type Limit struct {
	Shards         int           // recommended; 0 means 1
	Total          int           // identifies a day; 0 means 1000
	Remaining      int           // identifies left
	ResetAfter     time.Duration // until Remaining is Total again; 0 means 4 h
	MaxConcurrency int           // identifies each Pace, in as many buckets; 0 means 1
	Pace           time.Duration // 5 s for Discord; 0 means that the pace is not checked
}

// An Identify is an IDENTIFY that the fake accepted.
type Identify struct {
	Shard, Shards int
	Session       string // the session that it began, empty when a fault took READY's place
	At            time.Time
}

// A Resume is a RESUME that the fake received, accepted or not.
type Resume struct {
	Session  string
	Seq      int64
	AtResume bool // it came to the address that READY gave for it
}

func newGateway(s *Server) *Gateway {
	return &Gateway{
		s:         s,
		changed:   make(chan struct{}),
		limit:     Limit{Remaining: 1000},
		heartbeat: 41250 * time.Millisecond, // as Discord's HELLO says, September 2025
		faults:    map[Stage][]Fault{},
		conns:     map[*conn]struct{}{},
	}
}

// routesGateway registers the gateway's two addresses and its websocket, under any version of the API.
func (s *Server) routesGateway(mux *http.ServeMux) {
	mux.HandleFunc("GET /api/{version}/gateway", s.Gateway.where)
	mux.HandleFunc("GET /api/{version}/gateway/bot", s.Gateway.whereBot)
	mux.HandleFunc("GET /socket/", s.Gateway.connect)
	mux.HandleFunc("GET /resume/", s.Gateway.connect)
}

// SetLimit changes what GET /gateway/bot tells, and what the fake holds a client to.
func (g *Gateway) SetLimit(l Limit) { g.set(func() { g.limit = l }) }

// SetHeartbeat changes the heartbeat interval that the next HELLOs ask for.
func (g *Gateway) SetHeartbeat(d time.Duration) { g.set(func() { g.heartbeat = d }) }

// SetResumeURL changes the address for RESUME that the next READYs give.
func (g *Gateway) SetResumeURL(url string) { g.set(func() { g.resumeURL = url }) }

// Identifies returns the identifies so far, oldest first.
func (g *Gateway) Identifies() []Identify {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]Identify(nil), g.identifies...)
}

// Resumes returns the resumes so far, oldest first.
func (g *Gateway) Resumes() []Resume {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]Resume(nil), g.resumes...)
}

// Opened counts the READYs and RESUMEDs sent so far.
func (g *Gateway) Opened() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.opened
}

// AwaitOpened waits until n READYs and RESUMEDs have been sent since the fake started. It fails the
// test after ten seconds; so it must be called from the test's goroutine.
func (g *Gateway) AwaitOpened(n int) {
	g.s.t.Helper()
	g.await("sessions opened", n, func() int { return g.opened })
}

// AwaitIdentifies waits, as [Gateway.AwaitOpened] does, until n IDENTIFYs have come.
func (g *Gateway) AwaitIdentifies(n int) {
	g.s.t.Helper()
	g.await("identifies", n, func() int { return len(g.identifies) })
}

// AwaitConnected waits, as [Gateway.AwaitOpened] does, until n clients are connected.
func (g *Gateway) AwaitConnected(n int) {
	g.s.t.Helper()
	g.await("connections", n, func() int { return len(g.conns) })
}

// AwaitDisconnected waits, as [Gateway.AwaitOpened] does, until no client is connected.
func (g *Gateway) AwaitDisconnected() {
	g.s.t.Helper()
	g.await("connections closed", 0, func() int { return -len(g.conns) })
}

func (g *Gateway) await(what string, n int, count func() int) {
	g.s.t.Helper()
	late := time.After(patience)
	for {
		g.mu.Lock()
		got, changed := count(), g.changed
		g.mu.Unlock()
		if got >= n {
			return
		}
		select {
		case <-changed:
		case <-late:
			g.s.t.Fatalf("discordtest: waited %v for %s: got %d, want %d", patience, what, got, n)
		}
	}
}

// set changes the gateway's state and wakes who waits for it.
func (g *Gateway) set(change func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	change()
	close(g.changed)
	g.changed = make(chan struct{})
}

// address is the websocket's address at path; Discord's has no path, and clients add a query to it.
func (g *Gateway) address(path string) string {
	return "ws" + strings.TrimPrefix(g.s.URL(), "http") + path
}

func (g *Gateway) where(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, http.StatusOK, map[string]any{"url": g.address("/socket/")})
}

func (g *Gateway) whereBot(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bot "+Token {
		writeJSON(w, http.StatusUnauthorized, map[string]any{"message": "401: Unauthorized", "code": 0})
		return
	}
	g.mu.Lock()
	l := g.limit.orDefault()
	g.mu.Unlock()
	writeJSON(w, http.StatusOK, map[string]any{
		"url":    g.address("/socket/"),
		"shards": l.Shards,
		"session_start_limit": map[string]any{
			"total":           l.Total,
			"remaining":       l.Remaining,
			"reset_after":     l.ResetAfter.Milliseconds(),
			"max_concurrency": l.MaxConcurrency,
		},
	})
}

func (l Limit) orDefault() Limit {
	l.Shards = max(l.Shards, 1)
	l.MaxConcurrency = max(l.MaxConcurrency, 1)
	if l.Total == 0 {
		l.Total = 1000
	}
	if l.ResetAfter == 0 {
		l.ResetAfter = 4 * time.Hour
	}
	return l
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// connect serves one websocket until it ends.
func (g *Gateway) connect(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	if g.over {
		g.mu.Unlock()
		return
	}
	g.handlers.Add(1)
	g.mu.Unlock()
	defer g.handlers.Done()

	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		g.s.fail("upgrade to a websocket: %v", err)
		return
	}
	c := &conn{g: g, ws: ws, atResume: strings.HasPrefix(r.URL.Path, "/resume/")}
	g.set(func() { g.conns[c] = struct{}{} })
	c.run(r.URL.Query())
	_ = ws.Close()
	g.set(func() { c.detach(); delete(g.conns, c) })
}

// cut ends every connection without a word, as a network that goes down.
func (g *Gateway) cut() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for c := range g.conns {
		_ = c.ws.NetConn().Close()
	}
}

// close ends every connection and waits until their handlers have.
func (g *Gateway) close() {
	g.mu.Lock()
	g.over = true
	g.mu.Unlock()
	g.cut()
	g.handlers.Wait()
}
