package discordtest

import (
	"time"

	"github.com/gorilla/websocket"
)

// A Stage is a moment in the life of a connection.
type Stage int

// The stages at which a fault can strike.
const (
	BeforeHello Stage = iota // in place of HELLO
	BeforeReady              // in place of READY or RESUMED
	AfterReady               // right after READY or RESUMED
)

func (s Stage) String() string {
	return [...]string{"before HELLO", "before READY", "after READY"}[s]
}

// An outcome is what becomes of a connection after a fault.
type outcome int

const (
	goOn outcome = iota // the fault was an addition: the connection takes its course
	hold                // the fault took the place of what was due: only the client can go on
	end                 // the connection is over
)

// A Fault is something that Discord does to a connection, rightly or wrongly.
type Fault struct {
	strike func(*conn) outcome
}

// Fault makes the next connection that reaches a stage suffer f, once. Faults of one stage wait for
// each other: the second strikes the connection after the first's.
func (g *Gateway) Fault(at Stage, f Fault) {
	g.set(func() { g.faults[at] = append(g.faults[at], f) })
}

// ClearFaults forgets the faults that no connection has suffered yet.
func (g *Gateway) ClearFaults() { g.set(func() { clear(g.faults) }) }

// Strike makes every connection that is open suffer f now.
func (g *Gateway) Strike(f Fault) { g.strikeIf(f, func(*conn) bool { return true }) }

// StrikeShard makes the connection of one shard suffer f now.
func (g *Gateway) StrikeShard(shard int, f Fault) {
	g.strikeIf(f, func(c *conn) bool { return c.session != nil && c.session.shard == shard })
}

func (g *Gateway) strikeIf(f Fault, chosen func(*conn) bool) {
	g.mu.Lock()
	var conns []*conn
	for c := range g.conns {
		if chosen(c) {
			conns = append(conns, c)
		}
	}
	g.mu.Unlock()
	for _, c := range conns {
		if f.strike(c) == end {
			_ = c.ws.NetConn().Close()
		}
	}
}

// strike makes the connection suffer the fault that waits at a stage, if there is one.
func (c *conn) strike(at Stage) outcome {
	c.g.mu.Lock()
	waiting := c.g.faults[at]
	if len(waiting) == 0 {
		c.g.mu.Unlock()
		return goOn
	}
	c.g.faults[at] = waiting[1:]
	c.g.mu.Unlock()
	return waiting[0].strike(c)
}

// Reconnect is op 7: the client must close and come back.
func Reconnect() Fault {
	return Fault{func(c *conn) outcome {
		c.send(payload{Op: opReconnect})
		return hold
	}}
}

// InvalidSession is op 9: the session is over, and cannot be resumed unless resumable.
func InvalidSession(resumable bool) Fault {
	return Fault{func(c *conn) outcome {
		if !resumable {
			c.g.set(func() { c.g.forget(c.session); c.session = nil })
		}
		c.send(payload{Op: opInvalidSession, D: raw(resumable)})
		return hold
	}}
}

// CloseWith is a close frame with a code of Discord's. The codes that end a session end it.
func CloseWith(code int) Fault {
	return Fault{func(c *conn) outcome {
		if endsSession(code) {
			c.g.set(func() { c.g.forget(c.session); c.session = nil })
		}
		c.closeWith(code, "closed by the test")
		return hold
	}}
}

// Drop ends the connection without a close frame.
func Drop() Fault {
	return Fault{func(*conn) outcome { return end }}
}

// Silence leaves the connection open and never says anything again, not even to heartbeats.
func Silence() Fault {
	return Fault{func(c *conn) outcome {
		c.silent.Store(true)
		_ = c.ws.SetReadDeadline(time.Time{}) // what the client does now is its own affair
		return hold
	}}
}

// Say sends a text frame as it is, well-formed or not, and goes on.
func Say(frame string) Fault {
	return Fault{func(c *conn) outcome {
		c.sendFrame(websocket.TextMessage, []byte(frame))
		return goOn
	}}
}

// Instead sends a text frame in place of what was due.
func Instead(frame string) Fault {
	return Fault{func(c *conn) outcome {
		c.sendFrame(websocket.TextMessage, []byte(frame))
		return hold
	}}
}

// InsteadBinary sends a binary frame in place of what was due.
func InsteadBinary(frame []byte) Fault {
	return Fault{func(c *conn) outcome {
		c.sendFrame(websocket.BinaryMessage, frame)
		return hold
	}}
}

// Slow waits before it goes on.
func Slow(d time.Duration) Fault {
	return Fault{func(*conn) outcome {
		time.Sleep(d)
		return goOn
	}}
}

// AskHeartbeat is op 1: the client must send a heartbeat at once.
func AskHeartbeat() Fault {
	return Fault{func(c *conn) outcome {
		c.send(payload{Op: opHeartbeat})
		return goOn
	}}
}
