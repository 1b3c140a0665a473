package discordtest

import (
	"encoding/json"
	"errors"
	"net"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// Opcodes of the gateway.
//
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opResume         = 6
	opReconnect      = 7
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatACK   = 11
)

// A payload is a message of the gateway, either way.
type payload struct {
	Op int             `json:"op"`
	D  json.RawMessage `json:"d"`
	S  int64           `json:"s,omitempty"`
	T  string          `json:"t,omitempty"`
}

func raw(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only literals of this package come here
	}
	return b
}

// A conn is one websocket.
type conn struct {
	g        *Gateway
	ws       *websocket.Conn
	atResume bool

	session *session // of g.mu; nil before READY
	silent  atomic.Bool
	writing sync.Mutex
	sent    int // messages from the client, heartbeats aside
}

// run speaks Discord's half of the protocol until the connection ends.
func (c *conn) run(query url.Values) {
	if v := query.Get("v"); (v != "9" && v != "10") || query.Get("encoding") != "json" {
		c.g.s.fail("gateway called with ?%s: want v=10 and encoding=json", query.Encode())
		c.closeWith(4012, "invalid API version")
		return
	}
	switch c.strike(BeforeHello) {
	case goOn:
		c.hello()
	case end:
		return
	}
	for {
		_, message, err := c.ws.ReadMessage()
		if err != nil {
			c.readFailed(err)
			return
		}
		if !c.silent.Load() && c.receive(message) == end {
			return
		}
	}
}

func (c *conn) hello() {
	c.g.mu.Lock()
	interval := c.g.heartbeat
	c.g.mu.Unlock()
	c.expectHeartbeat(interval)
	c.send(payload{Op: opHello, D: raw(map[string]any{"heartbeat_interval": interval.Milliseconds()})})
}

// expectHeartbeat gives the client a few intervals, and what a busy machine needs, to send one.
func (c *conn) expectHeartbeat(interval time.Duration) {
	_ = c.ws.SetReadDeadline(time.Now().Add(3*interval + 2*time.Second))
}

// readFailed ends the session of a client that left for good, and complains of one that fell silent.
// What comes after the fake's own close frame, or into its silence, changes nothing.
func (c *conn) readFailed(err error) {
	if c.silent.Load() {
		return
	}
	var timeout net.Error
	switch {
	case websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway):
		c.g.set(func() { c.g.forget(c.session) })
	case errors.As(err, &timeout) && timeout.Timeout():
		c.g.s.fail("no heartbeat came for three intervals, until %s", time.Now().Format(time.StampMilli))
	}
}

// receive answers one message.
func (c *conn) receive(message []byte) outcome {
	var p payload
	if err := json.Unmarshal(message, &p); err != nil {
		return c.reject(4002, "message that is not JSON: %q", message)
	}
	if p.Op != opHeartbeat {
		if c.sent++; c.sent > 120 {
			return c.reject(4008, "more than 120 messages on one connection")
		}
	}
	switch p.Op {
	case opHeartbeat:
		return c.beat(p.D)
	case opIdentify:
		return c.identify(p.D)
	case opResume:
		return c.resume(p.D)
	default:
		return c.reject(4001, "message with op %d, which this bot has no use for", p.Op)
	}
}

// beat acknowledges a heartbeat.
func (c *conn) beat(d json.RawMessage) outcome {
	var seq *int64
	if err := json.Unmarshal(d, &seq); err != nil {
		return c.reject(4002, "heartbeat with sequence %s", d)
	}
	c.g.mu.Lock()
	known, interval := c.session, c.g.heartbeat
	late := seq != nil && known != nil && *seq > int64(len(known.events))
	c.g.mu.Unlock()
	if late {
		return c.reject(4007, "heartbeat with sequence %d, which was never sent", *seq)
	}
	c.expectHeartbeat(interval)
	c.send(payload{Op: opHeartbeatACK})
	return goOn
}

// identify checks an IDENTIFY as Discord does, and more: this bot needs no intent.
func (c *conn) identify(d json.RawMessage) outcome {
	var i struct {
		Token      string
		Intents    *int
		Shard      *[2]int
		Properties map[string]string
	}
	if err := json.Unmarshal(d, &i); err != nil {
		return c.reject(4002, "IDENTIFY %s", err)
	}
	if i.Shard == nil {
		i.Shard = &[2]int{0, 1}
	}
	c.g.mu.Lock()
	opened := c.session != nil
	c.g.mu.Unlock()
	switch {
	case opened:
		return c.reject(4005, "IDENTIFY on a connection that has a session")
	case strings.TrimPrefix(i.Token, "Bot ") != Token:
		c.closeWith(4004, "Authentication failed.")
		return hold // a wrong token is the operator's mistake, which a test may want
	case i.Shard[1] < 1 || i.Shard[0] < 0 || i.Shard[0] >= i.Shard[1]:
		return c.reject(4010, "IDENTIFY of shard %v", *i.Shard)
	case i.Intents == nil || *i.Intents != 0:
		return c.reject(4014, "IDENTIFY without intents 0: interactions need none")
	case i.Properties["os"] == "" && i.Properties["$os"] == "": // discordgo's names are of an older version
		c.g.s.fail("IDENTIFY without the property os")
	}
	return c.open(i.Shard[0], i.Shard[1])
}

// open spends an identify and sends READY, unless a fault waits.
func (c *conn) open(shard, shards int) outcome {
	var fast, spent bool
	c.g.set(func() {
		now := time.Now()
		fast = c.g.tooFast(shard, now)
		spent = c.g.limit.Remaining <= 0
		c.g.limit.Remaining--
		c.g.identifies = append(c.g.identifies, Identify{Shard: shard, Shards: shards, At: now})
	})
	if spent {
		return c.reject(4004, "IDENTIFY with none remaining: Discord resets the token")
	}
	if fast {
		c.g.s.fail("IDENTIFY of shard %d too soon after the last of its bucket", shard)
		return InvalidSession(false).strike(c)
	}
	if o := c.strike(BeforeReady); o != goOn {
		return o
	}
	c.g.set(func() { c.g.begin(c, shard, shards) })
	return c.strike(AfterReady)
}

// resume answers a RESUME: what was missed and RESUMED, or op 9.
func (c *conn) resume(d json.RawMessage) outcome {
	var r struct {
		Token   string
		Session string `json:"session_id"`
		Seq     int64
	}
	if err := json.Unmarshal(d, &r); err != nil {
		return c.reject(4002, "RESUME %s", err)
	}
	if strings.TrimPrefix(r.Token, "Bot ") != Token {
		c.closeWith(4004, "Authentication failed.")
		return hold
	}
	var s *session
	var unknown bool
	c.g.set(func() {
		c.g.resumes = append(c.g.resumes, Resume{Session: r.Session, Seq: r.Seq, AtResume: c.atResume})
		s = c.g.find(r.Session)
		unknown = s != nil && (r.Seq < 0 || r.Seq > int64(len(s.events)))
	})
	if unknown {
		return c.reject(4007, "RESUME with sequence %d, which was never sent", r.Seq)
	}
	if o := c.strike(BeforeReady); o != goOn {
		return o
	}
	if s == nil {
		c.send(payload{Op: opInvalidSession, D: raw(false)})
		return hold
	}
	c.g.set(func() { c.g.resume(c, s, r.Seq) })
	return c.strike(AfterReady)
}

// detach leaves the session without a client. g.mu is held.
func (c *conn) detach() {
	if c.session != nil && c.session.conn == c {
		c.session.conn = nil
	}
}

// reject fails the test and closes the connection with the code that Discord would use.
func (c *conn) reject(code int, format string, args ...any) outcome {
	c.g.s.fail(format, args...)
	c.closeWith(code, "")
	return hold
}

// closeWith sends a close frame. The client's own close ends the connection: were the socket closed
// at once, what the client still had on its way would take the frame with it.
func (c *conn) closeWith(code int, reason string) {
	c.silent.Store(true)
	frame := websocket.FormatCloseMessage(code, reason)
	_ = c.ws.WriteControl(websocket.CloseMessage, frame, time.Now().Add(patience))
	_ = c.ws.SetReadDeadline(time.Now().Add(patience))
}

// endsSession reports whether a session is over after a close code.
//
// Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes.
func endsSession(code int) bool {
	switch code {
	case websocket.CloseNormalClosure, websocket.CloseGoingAway,
		4003, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014:
		return true
	}
	return false
}

func (c *conn) send(p payload) {
	frame, err := json.Marshal(p)
	if err != nil { // an interaction that is malformed on purpose goes out as it is
		frame = []byte(`{"op":0,"t":"` + p.T + `","d":` + string(p.D) + `}`)
	}
	c.sendFrame(websocket.TextMessage, frame)
}

// sendFrame writes one frame. A client that has gone finds out by itself.
func (c *conn) sendFrame(kind int, frame []byte) {
	if c.silent.Load() {
		return
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	_ = c.ws.SetWriteDeadline(time.Now().Add(patience))
	_ = c.ws.WriteMessage(kind, frame)
}
