package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

const (
	// gatewayVersion is the one whose payloads are read here, current in August 2026.
	gatewayVersion = "10"

	// maxFrame is the longest frame read, in bytes. The longest known, READY of a shard with 2500
	// servers, is about 200 kB.
	maxFrame = 4 << 20

	// frameTimeout bounds one write; only a connection that is dead takes longer.
	frameTimeout = 5 * time.Second

	// closeKeep is a close code that keeps the session: any but 1000 and 1001.
	//
	// Source: https://discord.com/developers/docs/events/gateway#initiating-a-disconnect.
	closeKeep = 4000
)

// A conn is one websocket, read by a goroutine of its own. Its methods are called by one other.
type conn struct {
	ws     *websocket.Conn
	events chan discordgo.Event // closed when nothing more can be read
	err    error                // why, once events is closed
}

// dial connects to the gateway at an address that Discord gave.
func dial(ctx context.Context, address string, timeout time.Duration) (*conn, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("gateway address %q: %w", address, err)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = url.Values{"v": {gatewayVersion}, "encoding": {"json"}}.Encode()

	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment}
	ws, resp, err := dialer.DialContext(ctx, u.String(), http.Header{"User-Agent": {userAgent}})
	if resp != nil {
		_ = resp.Body.Close() // gorilla has read what there is of it
		if err != nil {
			err = fmt.Errorf("%w: %s", err, resp.Status)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("connect to the gateway at %s: %w", u.Host, err)
	}
	ws.SetReadLimit(maxFrame)
	// By default a close frame is answered by itself, from the reading goroutine, beside other writes.
	ws.SetCloseHandler(func(int, string) error { return nil })
	c := &conn{ws: ws, events: make(chan discordgo.Event)}
	go c.read()
	return c, nil
}

// read passes on what arrives until the connection ends or sends what is not an event.
func (c *conn) read() {
	defer close(c.events)
	for {
		kind, frame, err := c.ws.ReadMessage()
		if err != nil {
			c.err = fmt.Errorf("read from the gateway: %w", err)
			return
		}
		var e *discordgo.Event
		if kind != websocket.TextMessage || json.Unmarshal(frame, &e) != nil || e == nil {
			c.err = &frameError{fmt.Sprintf("a frame of %d bytes that is not an event", len(frame))}
			return
		}
		c.events <- *e
	}
}

// send writes one command.
func (c *conn) send(op int, d any) error {
	_ = c.ws.SetWriteDeadline(time.Now().Add(frameTimeout)) // gorilla never returns an error here
	if err := c.ws.WriteJSON(command{op, d}); err != nil {
		return fmt.Errorf("write to the gateway: %w", err)
	}
	return nil
}

// close ends the connection with a close code and waits for the reader.
func (c *conn) close(code int) {
	frame := websocket.FormatCloseMessage(code, "")
	_ = c.ws.WriteControl(websocket.CloseMessage, frame, time.Now().Add(time.Second)) // a courtesy
	_ = c.ws.Close()
	for range c.events { // what comes now is replayed if the session is resumed, as its seq was not noted
	}
}

// A command is a message to the gateway.
type command struct {
	Op int `json:"op"`
	D  any `json:"d"`
}

// closeFor is the close code that suits what ended a connection: only a bot that stops ends its session.
func closeFor(err error) int {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return websocket.CloseNormalClosure
	}
	return closeKeep
}
