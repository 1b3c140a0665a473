package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Bounds of the server. Discord waits 3 s for a reply, so a request that takes longer to arrive, or a
// reply that takes longer to leave, serves nobody.
const (
	readHeaderTimeout = 3 * time.Second
	readTimeout       = 5 * time.Second // header and body
	writeTimeout      = 10 * time.Second
	idleTimeout       = 2 * time.Minute // longer than a proxy's usual 60 s, so that the proxy closes first
	maxHeader         = 16 << 10        // bytes
)

// Serve answers what arrives on l until ctx ends. Then it closes l, lets the replies in flight
// finish, and returns nil; after [EndpointOptions.Drain] it closes their connections and returns an
// error that says so. It always closes l.
func (e *Endpoint) Serve(ctx context.Context, l net.Listener) error {
	srv := &http.Server{
		Handler:           e,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(e.log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve interactions on %v: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	err := e.shutdown(srv)
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// shutdown ends srv once its replies in flight have gone and the work behind them is done, or at the latest
// after the drain time.
func (e *Endpoint) shutdown(srv *http.Server) error {
	// Not derived from the context of Serve, which is over.
	ctx, cancel := context.WithTimeout(context.Background(), e.drain)
	defer cancel()
	deadline, _ := ctx.Deadline()
	defer func() { e.later.drain(max(time.Until(deadline), 0)) }()
	err := srv.Shutdown(ctx)
	if err == nil {
		return nil
	}
	_ = srv.Close()
	if errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stop serving interactions: replies were still in flight after %v", e.drain)
	}
	return fmt.Errorf("stop serving interactions: %w", err)
}
