package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

// healthPath is where [ops] says whether the bot is well.
const healthPath = "/healthz"

// opsTimeout is how long a request to [ops] may take: its answers are a word.
const opsTimeout = 5 * time.Second

// ops answers about the bot itself, to those who run it.
type ops struct {
	listener net.Listener
	server   *http.Server
}

// newOps listens on an address. ready tells whether interactions arrive.
func newOps(a address, ready func() bool) (*ops, error) {
	l, err := listen("OPS_ADDR", a)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+healthPath, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		if !ready() {
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, "not connected to Discord\n") // who has gone needs no answer
			return
		}
		_, _ = io.WriteString(w, "ok\n")
	})
	return &ops{listener: l, server: &http.Server{Handler: mux, ReadTimeout: opsTimeout, WriteTimeout: opsTimeout}}, nil
}

// addr is where ops answers, with the port that the system chose when none was asked for.
func (o *ops) addr() string { return o.listener.Addr().String() }

// run answers until ctx ends. Requests that are being answered then are dropped: they come again.
func (o *ops) run(ctx context.Context) error {
	defer context.AfterFunc(ctx, func() { _ = o.server.Close() })()
	err := o.server.Serve(o.listener)
	if ctx.Err() != nil {
		return nil
	}
	return fmt.Errorf("answer on OPS_ADDR: %w", err)
}
