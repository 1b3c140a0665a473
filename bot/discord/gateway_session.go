package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

const interactionCreate = "INTERACTION_CREATE"

// dialFunc is [net.Dialer.DialContext], or another like it.
type dialFunc = func(ctx context.Context, network, addr string) (net.Conn, error)

// open opens a discordgo session at an address that Discord gave. It returns the connection below the
// session: they end together, with ctx at the latest. identified is called once IDENTIFY has gone.
//
// Each session is new and has one connection. discordgo resumes a session only in reconnections of its
// own, which stop neither for a fatal code nor at the end of the program. So none is resumed, and what
// members ask while a shard is away, a second or so every few hours, stays unanswered.
func (s *shard) open(ctx context.Context, address string, identified func()) (*guard, error) {
	var g *guard
	guarded := func(dial dialFunc) dialFunc {
		return func(_ context.Context, network, addr string) (net.Conn, error) { // discordgo’s own has no end
			soon, cancel := context.WithTimeout(ctx, s.g.opts.OpenTimeout)
			defer cancel()
			c, err := dial(soon, network, addr)
			if err != nil {
				return nil, err
			}
			g = newGuard(ctx, c, s.g.opts.OpenTimeout, identified)
			return g, nil
		}
	}
	session := s.session(ctx, address)
	session.Dialer = &websocket.Dialer{
		NetDialContext:    guarded(new(net.Dialer).DialContext),
		NetDialTLSContext: guarded(s.g.dialer.dialTLS),
	}
	err := openSession(session)
	switch {
	case g == nil:
		return nil, fmt.Errorf("connect to the gateway: %w", err)
	case err != nil:
		return nil, g.end(err)
	}
	return g, nil
}

// openSession opens a session. discordgo reads READY in it, and panics on some that cannot be.
func openSession(session *discordgo.Session) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("open a gateway session: panic: %v\n%s", p, debug.Stack())
		}
	}()
	return session.Open()
}

// session is a discordgo session that connects once, asks for nothing but interactions and remembers nothing.
func (s *shard) session(ctx context.Context, address string) *discordgo.Session {
	session, _ := discordgo.New("Bot " + s.g.rest.token) // it has no error to return
	session.Client = &http.Client{Transport: whereabouts(address)}
	session.LogLevel = -1 // nothing: what matters is told by the shard
	if s.log.Enabled(ctx, slog.LevelDebug) {
		session.LogLevel = discordgo.LogWarning // beyond, it tells tokens and what members write
	}
	session.ShouldReconnectOnError = false
	session.StateEnabled = false
	session.Compress = false
	session.ShardID, session.ShardCount = s.id, s.count
	session.Identify.Intents = discordgo.IntentsNone
	session.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		// The event as it came: discordgo has tried to decode it, and knows fewer components than Discord.
		if e.Type == interactionCreate {
			s.g.answers.start(ctx, e.RawData)
		}
	})
	return session
}

// A whereabouts is the gateway's address, as the one answer to the one request of a session that opens:
// it asks where the gateway is, which Discord has just told.
type whereabouts string

func (w whereabouts) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := json.Marshal(map[string]string{"url": string(w)})
	if err != nil {
		return nil, err
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/json"}},
		Body:   io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)),
		Request: r,
	}, nil
}
