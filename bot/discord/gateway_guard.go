package discord

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

const (
	// frameTimeout bounds one write; only a connection that is dead takes longer.
	frameTimeout = 5 * time.Second

	// missedBeats is how many heartbeat intervals may pass without an acknowledgement: after two, a
	// heartbeat has gone unanswered for a whole one. discordgo waits for five, more than three minutes.
	missedBeats = 2
)

// Opcodes of the gateway.
//
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatACK   = 11
)

// farewell is a close frame with code 1000, masked with zeros.
//
// Source: RFC 6455, section 5; for what 1000 does to a session,
// https://discord.com/developers/docs/events/gateway#initiating-a-disconnect.
var farewell = []byte{0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe8}

// A guard is the connection below a discordgo session. It lets through what the session needs, keeps
// back what it does not, and ends the connection on what the session would not survive or not notice
// (seen in v0.29.1-0.20260214123928):
//
//   - op 7 or 9 while it opens: it waits for its own lock, for ever;
//   - "null", a HELLO without an interval, a GUILD_CREATE of nothing: it panics, in goroutines of its own;
//   - a message that is too long, silence, a close code: it takes all, notices late, hides the code.
//
// Read is called by one goroutine, the rest by any.
type guard struct {
	net.Conn
	in         *bufio.Reader
	identified func()      // called once what the session answers HELLO with has gone: IDENTIFY
	hailed     atomic.Bool // HELLO has gone through, and is not answered

	passed     []byte // what the session may read and has not yet
	held, text []byte // the frames of a message that is incomplete, and their payloads
	stage      stage
	shaken     atomic.Bool               // hands, over HTTP: what is written is frames
	interval   time.Duration             // between heartbeats
	deadline   atomic.Pointer[time.Time] // for READY, and then for the next acknowledgement of a heartbeat

	once   sync.Once
	ended  chan struct{} // closed when the connection is over
	reason error         // why, once ended is closed
}

// A stage is how far a connection has come.
type stage int

const (
	shaking stage = iota // hands, over HTTP
	silent               // until HELLO
	greeted              // READY is due
	ready
)

// newGuard guards c until ctx ends. READY must come within patience.
func newGuard(ctx context.Context, c net.Conn, patience time.Duration, identified func()) *guard {
	g := &guard{
		Conn:       c,
		in:         bufio.NewReader(c),
		identified: identified,
		ended:      make(chan struct{}),
	}
	g.expect(patience)
	context.AfterFunc(ctx, func() { _ = g.end(ctx.Err()) })
	return g
}

// expect gives Discord some time for what is due next.
func (g *guard) expect(d time.Duration) {
	at := time.Now().Add(d)
	g.deadline.Store(&at)
}

// unreadTimeout is how long a deadline may have passed before nobody can be reading: a read would have ended.
const unreadTimeout = frameTimeout

// watch waits until the connection is over. It ends one that nobody reads any more: a session that closes by itself,
// as discordgo's does when the clock has jumped by five heartbeats, may stop reading without a word (seen in a
// run of half an hour, see docs/reliability.md).
func (g *guard) watch() {
	for {
		late := time.Until(*g.deadline.Load()) + unreadTimeout
		if late <= 0 {
			_ = g.end(errUnread)
			return
		}
		timer := time.NewTimer(late)
		select {
		case <-g.ended:
			timer.Stop()
			return
		case <-timer.C:
		}
	}
}

// Close ends the connection for the session that closes it.
func (g *guard) Close() error {
	_ = g.end(errClosed)
	return nil
}

// end closes the connection. It returns why it was closed, which is not err if it was already.
func (g *guard) end(err error) error {
	g.once.Do(func() {
		g.reason = err
		if g.shaken.Load() { // before that it would be no websocket's frame
			_ = g.SetWriteDeadline(time.Now().Add(time.Second))
			_, _ = g.Conn.Write(farewell) // a courtesy
		}
		_ = g.Conn.Close()
		close(g.ended)
	})
	return g.reason
}

// Write writes within a time that discordgo does not bound.
func (g *guard) Write(p []byte) (int, error) {
	_ = g.SetWriteDeadline(time.Now().Add(frameTimeout))
	n, err := g.Conn.Write(p)
	if g.hailed.CompareAndSwap(true, false) {
		g.identified() // it may have gone even where an error says that it has not
	}
	if err != nil {
		err = g.end(fmt.Errorf("write to the gateway: %w", err))
	}
	return n, err
}

// Read reads what the session may have. Its error is why the connection ended.
func (g *guard) Read(p []byte) (int, error) {
	select {
	case <-g.ended: // there may be more to read, but not for the session
		return 0, g.reason
	default:
	}
	for len(g.passed) == 0 {
		_ = g.SetReadDeadline(*g.deadline.Load())
		if err := g.next(); err != nil {
			return 0, g.end(g.overdue(err))
		}
	}
	n := copy(p, g.passed)
	g.passed = g.passed[n:]
	return n, nil
}

// overdue returns what did not come before the deadline, or err if that is not what it says.
func (g *guard) overdue(err error) error {
	e, ok := errors.AsType[net.Error](err)
	switch {
	case !ok || !e.Timeout():
		return err
	case g.stage == ready:
		return errSilent
	default:
		return errSlow
	}
}

// next reads the answer to the handshake, and then one frame. It passes on a message whole or not at all.
func (g *guard) next() (err error) {
	if g.stage == shaking {
		g.passed, err = readHandshake(g.in)
		g.stage = silent
		g.shaken.Store(err == nil)
		return err
	}
	f, err := readFrame(g.in, maxMessage-len(g.held))
	if err != nil {
		return err
	}
	switch kind := f.opcode(); {
	case kind == websocket.CloseMessage:
		return f.closed()
	case f.control():
		g.passed = f.raw
		return nil
	case kind == websocket.TextMessage && g.held == nil, kind == continuation && g.held != nil:
		return g.message(f)
	default:
		return &frameError{"a frame that is not text"}
	}
}

// message adds a frame to the message that it belongs to, and judges that when it is complete.
func (g *guard) message(f frame) error {
	g.held, g.text = append(g.held, f.raw...), append(g.text, f.payload...)
	if !f.last() {
		return nil
	}
	var e *discordgo.Event
	if json.Unmarshal(g.text, &e) != nil || e == nil {
		return &frameError{fmt.Sprintf("a message of %d bytes that is not an event", len(g.text))}
	}
	pass, err := g.judge(e)
	if pass {
		g.passed = g.held
	}
	g.held, g.text = nil, nil
	return err
}

// judge reports whether the session may have a message. An error ends the connection.
func (g *guard) judge(e *discordgo.Event) (pass bool, err error) {
	switch e.Operation {
	case opDispatch:
		return g.dispatched(e)
	case opHeartbeat:
		return g.stage == ready, nil
	case opHeartbeatACK:
		if g.stage == ready {
			g.acknowledged()
		}
		return g.stage == ready, nil
	case opHello:
		return true, g.hello(e.RawData)
	case opReconnect:
		return false, errReconnect
	case opInvalidSession:
		return false, errInvalid
	default:
		return false, nil
	}
}

// dispatched judges an event. Without intents none but two concern the bot, whose servers come and go.
func (g *guard) dispatched(e *discordgo.Event) (pass bool, err error) {
	switch e.Type {
	case "READY":
		var r struct {
			Session string `json:"session_id"`
		}
		if json.Unmarshal(e.RawData, &r) != nil || r.Session == "" || g.stage != greeted {
			return false, &frameError{"an unusable READY"}
		}
		g.stage = ready
		g.acknowledged()
		return true, nil
	case interactionCreate:
		return g.stage == ready, nil
	case "":
		return false, &frameError{"an event without a type"}
	default:
		return false, nil
	}
}

// hello judges a HELLO.
func (g *guard) hello(d json.RawMessage) error {
	var h struct {
		Interval int64 `json:"heartbeat_interval"` // milliseconds
	}
	err := json.Unmarshal(d, &h)
	if err != nil || h.Interval < 1 || h.Interval > time.Hour.Milliseconds() || g.stage != silent {
		return &frameError{"an unusable HELLO"}
	}
	g.stage = greeted
	g.interval = time.Duration(h.Interval) * time.Millisecond
	g.hailed.Store(true)
	return nil
}

// acknowledged gives Discord until a while later to acknowledge the next heartbeat.
func (g *guard) acknowledged() { g.expect(missedBeats * g.interval) }
