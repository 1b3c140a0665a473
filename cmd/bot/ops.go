package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/pprof" // #nosec G108 -- what it registers by itself, on a mux of the package's, is served nowhere
	"net/netip"
	"strings"
	"sync/atomic"
	"time"
)

// Where [ops] answers.
const (
	livePath    = "/healthz" // whether the process answers at all; if not, start it again
	readyPath   = "/readyz"  // whether members are answered; if not, send them elsewhere
	metricsPath = "/metrics"
)

const (
	// opsTimeout is how long a request to [ops] may take: its answers are short.
	opsTimeout = 5 * time.Second

	// checkTimeout is how long all the checks of a readiness together may take.
	checkTimeout = 2 * time.Second

	// profileTimeout is how long a profile may take.
	profileTimeout = 2 * time.Minute
)

// ops answers about the bot itself, to those who run it. It may be used by many goroutines.
type ops struct {
	listener net.Listener
	server   *http.Server
	checks   []check
	draining atomic.Bool
}

// A check is a condition for members to be answered. ask returns why it does not hold, in words that may be
// shown to whoever reaches the address, or nil.
type check struct {
	name string
	ask  func(context.Context) error
}

// opsOptions is what [ops] answers with.
type opsOptions struct {
	checks  []check      // whether members are answered
	metrics http.Handler // the figures
	profile bool         // whether profiles may be taken; only on a loopback address
}

// newOps listens on an address.
func newOps(a address, o opsOptions) (*ops, error) {
	if o.profile && !a.loopback() {
		return nil, usagef("OPS_PPROF=true: profiles show what is in memory, so they are served on this machine alone; "+
			"OPS_ADDR=%s is open to others: expected 127.0.0.1:8081 or the like", a)
	}
	l, err := listen("OPS_ADDR", a)
	if err != nil {
		return nil, err
	}
	ops := &ops{listener: l, checks: o.checks}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+livePath, func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "ok\n") })
	mux.HandleFunc("GET "+readyPath, ops.ready)
	mux.Handle("GET "+metricsPath, o.metrics)
	ops.server = &http.Server{
		Handler: mux, ReadTimeout: opsTimeout, WriteTimeout: opsTimeout, IdleTimeout: time.Minute, MaxHeaderBytes: 8 << 10,
	}
	if o.profile {
		ops.server.WriteTimeout = profileTimeout
		mux.HandleFunc("GET /debug/pprof/", pprof.Index)
		mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
		mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	}
	return ops, nil
}

// loopback reports whether only this machine reaches the address.
func (a address) loopback() bool {
	host, _, err := net.SplitHostPort(string(a))
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

// ready tells which conditions hold, one a line, with status 200 when all do.
func (o *ops) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), checkTimeout)
	defer cancel()
	status := http.StatusOK
	var said strings.Builder
	if o.draining.Load() {
		status = http.StatusServiceUnavailable
		said.WriteString("draining: the bot was told to stop\n")
	}
	for _, c := range o.checks {
		word := "ok"
		if err := c.ask(ctx); err != nil {
			status, word = http.StatusServiceUnavailable, oneLine(err)
		}
		fmt.Fprintf(&said, "%s: %s\n", c.name, word)
	}
	say(w, status, said.String())
}

// say answers with a short text.
func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text) // who has gone needs no answer
}

// addr is where ops answers, with the port that the system chose when none was asked for.
func (o *ops) addr() string { return o.listener.Addr().String() }

// drain makes the bot not ready, for good.
func (o *ops) drain() { o.draining.Store(true) }

// run answers until ctx ends. Requests that are being answered then are dropped: they come again.
func (o *ops) run(ctx context.Context) error {
	defer context.AfterFunc(ctx, func() { _ = o.server.Close() })()
	err := o.server.Serve(o.listener)
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("answer on OPS_ADDR: %w", err)
}
