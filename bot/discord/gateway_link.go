package discord

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"runtime"
	"time"

	"github.com/bwmarrin/discordgo"
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

// A link is a shard's conversation with the gateway over one connection, from HELLO to the end.
type link struct {
	*shard
	conn *conn
	turn *turn // to identify, nil to resume

	interval time.Duration // between heartbeats, 0 until HELLO
	beat     *time.Timer
	acked    bool      // the last heartbeat has been answered
	opened   time.Time // when the session was, zero before
}

// serve runs the conversation. It returns what ended it, never nil: ctx, the connection, or Discord.
func (l *link) serve(ctx context.Context) (err error) {
	defer func() { l.conn.close(closeFor(err)) }()
	l.beat = time.NewTimer(time.Hour)
	defer l.beat.Stop()
	late := time.NewTimer(l.g.opts.OpenTimeout)
	defer late.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-late.C:
			if l.opened.IsZero() {
				return errSlow
			}
		case <-l.beat.C:
			err = l.heartbeat()
		case e, more := <-l.conn.events:
			if !more {
				return l.conn.err
			}
			err = l.handle(ctx, e)
		}
		if err != nil {
			return err
		}
	}
}

// handle acts on one event.
func (l *link) handle(ctx context.Context, e discordgo.Event) error {
	switch e.Operation {
	case opDispatch:
		return l.dispatched(ctx, e)
	case opHeartbeat:
		return l.conn.send(opHeartbeat, l.sequence())
	case opHeartbeatACK:
		l.acked = true
		return nil
	case opHello:
		return l.hello(e.RawData)
	case opReconnect:
		return errReconnect
	case opInvalidSession:
		return l.invalid(e.RawData)
	default:
		l.log.Debug("gateway message of an unknown kind", "op", e.Operation)
		return nil
	}
}

// hello begins the heartbeats and asks for the session.
func (l *link) hello(d json.RawMessage) error {
	var h struct {
		Interval int64 `json:"heartbeat_interval"` // milliseconds
	}
	err := json.Unmarshal(d, &h)
	if err != nil || h.Interval < 1 || h.Interval > time.Hour.Milliseconds() || l.interval != 0 {
		return &frameError{"an unusable HELLO"}
	}
	l.interval = time.Duration(h.Interval) * time.Millisecond
	l.acked = true
	// The first heartbeat comes at random within the interval, as Discord asks.
	l.beat.Reset(rand.N(l.interval)) // #nosec G404 -- nothing to guess
	if l.turn == nil {
		return l.conn.send(opResume, resume{l.g.rest.token, l.session.id, l.session.seq})
	}
	defer l.turn.spend() // even if the write fails: Discord may have read it
	return l.conn.send(opIdentify, l.identify())
}

// A resume is the data of RESUME.
type resume struct {
	Token   string `json:"token"`
	Session string `json:"session_id"`
	Seq     int64  `json:"seq"`
}

// An identify is the data of IDENTIFY. discordgo's has the property names of an older version.
type identify struct {
	Token      string            `json:"token"`
	Intents    int               `json:"intents"`
	Shard      [2]int            `json:"shard"`
	Properties map[string]string `json:"properties"`
}

func (l *link) identify() identify {
	return identify{
		Token:      l.g.rest.token,
		Intents:    0, // interactions need none
		Shard:      [2]int{l.id, l.count},
		Properties: map[string]string{"os": runtime.GOOS, "browser": "verbatim", "device": "verbatim"},
	}
}

// heartbeat sends a heartbeat, unless the one before is still unanswered: then nobody is there.
func (l *link) heartbeat() error {
	if l.interval == 0 {
		return nil
	}
	if !l.acked {
		return errSilent
	}
	l.acked = false
	l.beat.Reset(l.interval)
	return l.conn.send(opHeartbeat, l.sequence())
}

// sequence is what a heartbeat carries: the last event's number, or null.
func (l *link) sequence() *int64 {
	if l.session.seq == 0 {
		return nil
	}
	return &l.session.seq
}

// invalid is op 9: what it takes to begin again depends on whether the session is still good.
func (l *link) invalid(d json.RawMessage) error {
	var resumable bool
	if json.Unmarshal(d, &resumable) != nil || !resumable {
		l.session = session{}
	}
	return errInvalid
}

// dispatched acts on a numbered event.
func (l *link) dispatched(ctx context.Context, e discordgo.Event) error {
	switch e.Type {
	case "READY":
		var r struct {
			Session string `json:"session_id"`
			Host    string `json:"resume_gateway_url"`
		}
		if err := json.Unmarshal(e.RawData, &r); err != nil || r.Session == "" || l.turn == nil {
			return &frameError{"an unusable READY"}
		}
		l.session = session{id: r.Session, host: r.Host}
		l.ready(false)
	case "RESUMED":
		if l.turn != nil {
			return &frameError{"RESUMED in reply to IDENTIFY"}
		}
		l.ready(true)
	case "INTERACTION_CREATE":
		l.g.answers.start(ctx, e.RawData)
	case "":
		return &frameError{"an event without a type"}
	}
	l.session.seq = max(l.session.seq, e.Sequence)
	return nil
}

func (l *link) ready(resumed bool) {
	if l.opened.IsZero() {
		l.opened = time.Now()
		l.open(resumed)
	}
}
