// Package playground serves a page on loopback that looks like a chat channel and runs the conversation
// that Discord would run: without Discord, an account or a token.
//
// The page builds interactions in the shape that Discord documents and posts them to its server, which
// decodes them with [bot.Decode], has a [Responder] answer, and sends back the very bytes that Discord would
// get from [bot.Encode]. The page draws them. Nothing that it shows comes from elsewhere, and
// nothing leaves the machine: only the conversation does, for a page that a moderator adds by its address.
package playground

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot"
)

// A Responder answers one interaction; it sends nothing and never fails. [*verbatim/bot.Bot] is one.
type Responder interface {
	Respond(ctx context.Context, i *discordgo.Interaction) bot.Reply
}

// Options tunes [New]. The zero value is a page that tells no reasons.
type Options struct {
	// Explain tells why a question is answered as it is. nil leaves the page's panel of reasons empty. It
	// is asked about the questions that [Note] noted, and must be safe for concurrent use.
	Explain Explainer

	// Log gets what goes wrong, never what was typed. nil means none.
	Log *slog.Logger
}

// A Server serves the page and answers its interactions. It may be shared between goroutines, and is
// itself the handler of both.
type Server struct {
	responder Responder
	explain   Explainer
	log       *slog.Logger
	handler   http.Handler
}

// page holds what the browser gets, as it is: no build step stands between.
//
//go:embed page
var page embed.FS

// New returns a server whose interactions r answers.
func New(r Responder, o Options) *Server {
	s := &Server{responder: r, explain: o.Explain, log: o.Log}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	files, err := fs.Sub(page, "page")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(files))
	mux.HandleFunc("GET /setup.json", s.setup)
	mux.HandleFunc("POST /interactions", s.interact)
	mux.HandleFunc("POST /reasons", s.reasons)
	s.handler = guard(mux)
	return s
}

// ServeHTTP serves the page and what it asks for, to browsers of this machine alone.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// How long requests may take: all are small and answered from memory.
const (
	headerTimeout = 5 * time.Second
	bodyTimeout   = 10 * time.Second
	idleTimeout   = 2 * time.Minute
	drainTimeout  = time.Second // to end what is being answered when the server is told to stop
	maxHeader     = 16 << 10
)

// Serve answers on l until ctx ends, which is no error. It closes l.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       bodyTimeout,
		WriteTimeout:      bodyTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	stopped := make(chan struct{})
	cancel := context.AfterFunc(ctx, func() {
		defer close(stopped)
		drain, done := context.WithTimeout(context.WithoutCancel(ctx), drainTimeout)
		defer done()
		if server.Shutdown(drain) != nil {
			_ = server.Close() // what hangs is dropped: the page says so
		}
	})
	err := server.Serve(l)
	if !cancel() {
		<-stopped
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return fmt.Errorf("serve the playground: %w", err)
}
