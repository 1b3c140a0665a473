package discord

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

const (
	agreement = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"

	aHello       = `{"op":10,"d":{"heartbeat_interval":41250}}`
	aReady       = `{"op":0,"s":1,"t":"READY","d":{"session_id":"s"}}`
	anAck        = `{"op":11}`
	aBeat        = `{"op":1}`
	anInvitation = `{"op":0,"s":2,"t":"INTERACTION_CREATE","d":{"id":"1"}}`
	aServer      = `{"op":0,"s":3,"t":"GUILD_CREATE","d":null}`
)

// wire is a frame from a server: first is its first byte.
func wire(first byte, payload string) string {
	head := []byte{first}
	switch n := len(payload); {
	case n < 126:
		head = append(head, byte(n))
	case n < 1<<16:
		head = binary.BigEndian.AppendUint16(append(head, 126), uint16(n))
	default:
		head = binary.BigEndian.AppendUint64(append(head, 127), uint64(n))
	}
	return string(head) + payload
}

// texts is messages of one frame each.
func texts(messages ...string) (frames string) {
	for _, m := range messages {
		frames += wire(0x81, m)
	}
	return frames
}

// A tape is a connection that plays what a server says, and takes everything.
type tape struct {
	net.Conn
	io.Reader
}

func (t tape) Read(p []byte) (int, error)     { return t.Reader.Read(p) }
func (tape) Write(p []byte) (int, error)      { return len(p), nil }
func (tape) Close() error                     { return nil }
func (tape) SetReadDeadline(time.Time) error  { return nil }
func (tape) SetWriteDeadline(time.Time) error { return nil }

// play returns what a session could read, and why the connection ended.
func play(t *testing.T, r io.Reader) (string, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	g := newGuard(ctx, tape{Reader: r}, time.Hour, func() {})
	got, err := io.ReadAll(g)
	if err == nil { // the end is an error of its own, never io.EOF bare
		t.Fatal("the connection ended without a reason")
	}
	if _, again := g.Read(make([]byte, 1)); !errors.Is(again, err) {
		t.Errorf("read again: %v, want %v", again, err)
	}
	return string(got), err
}

func TestGuard(t *testing.T) {
	open := agreement + texts(aHello, aReady)
	half := len(anInvitation) / 2
	long := strings.Replace(anInvitation, `"1"`, `"`+strings.Repeat("1", 1<<17)+`"`, 1)
	tests := []struct {
		name, in string
		pass     string // what of it goes through
		err      string
	}{
		{"everything a session needs", open + texts(anAck, anInvitation, aBeat, long), open + texts(anAck, anInvitation, aBeat, long), "EOF"},
		{"what it has no use for", open + texts(aServer, `{"op":99}`, anAck), open + texts(anAck), "EOF"},
		{"in parts", open + wire(0x01, anInvitation[:half]) + wire(0x80, anInvitation[half:]),
			open + wire(0x01, anInvitation[:half]) + wire(0x80, anInvitation[half:]), "EOF"},
		{"a ping between parts", open + wire(0x01, anInvitation[:half]) + wire(0x89, "?") + wire(0x80, anInvitation[half:]),
			open + wire(0x89, "?") + wire(0x01, anInvitation[:half]) + wire(0x80, anInvitation[half:]), "EOF"},
		{"ping and pong", open + wire(0x89, "?") + wire(0x8a, "!"), open + wire(0x89, "?") + wire(0x8a, "!"), "EOF"},
		{"before HELLO", agreement + texts(anAck, aBeat, anInvitation, aHello), agreement + texts(aHello), "EOF"},
		{"before READY", agreement + texts(aHello, anAck, aBeat, anInvitation, aReady), open, "EOF"},

		{"half a part", open + wire(0x01, anInvitation[:half]), open, "EOF"},
		{"half a frame", open + texts(anAck)[:3], open, "EOF"},
		{"half a length", open + texts(long)[:5], open, "EOF"},
		{"half a handshake", agreement[:20], "", "EOF"},
		{"no websocket", "HTTP/1.1 502 Bad Gateway\r\n\r\nsorry", "", "refused the connection: \"HTTP/1.1 502 Bad Gateway\""},
		{"endless handshake", "HTTP/1.1 101 Yes\r\n" + strings.Repeat("A: b\r\n", 1<<15), "", "handshake"},
		{"endless line", "HTTP/1.1 101 " + strings.Repeat("A", 1<<17), "", "handshake"},

		{"op 7 first", agreement + texts(`{"op":7}`), agreement, "op 7"},
		{"op 7 before READY", agreement + texts(aHello, `{"op":7}`), agreement + texts(aHello), "op 7"},
		{"op 7", open + texts(`{"op":7}`, anAck), open, "op 7"},
		{"op 9 before READY", agreement + texts(aHello, `{"op":9,"d":false}`), agreement + texts(aHello), "op 9"},
		{"op 9", open + texts(`{"op":9,"d":true}`), open, "op 9"},
		{"null", open + texts(`null`), open, "not an event"},
		{"null first", agreement + texts(`null`), agreement, "not an event"},
		{"a list", open + texts(`[]`), open, "not an event"},
		{"half an object", open + texts(`{"op":0,`), open, "not an event"},
		{"two objects", open + texts(anAck+anAck), open, "not an event"},
		{"op of words", open + texts(`{"op":"7"}`), open, "not an event"},
		{"no type", open + texts(`{"op":0}`), open, "without a type"},
		{"HELLO of nothing", agreement + texts(`{"op":10}`), agreement, "HELLO"},
		{"HELLO of null", agreement + texts(`{"op":10,"d":null}`), agreement, "HELLO"},
		{"HELLO 0", agreement + texts(`{"op":10,"d":{"heartbeat_interval":0}}`), agreement, "HELLO"},
		{"HELLO of ages", agreement + texts(`{"op":10,"d":{"heartbeat_interval":9223372036854775807}}`), agreement, "HELLO"},
		{"HELLO again", open + texts(aHello), open, "HELLO"},
		{"READY first", agreement + texts(aReady), agreement, "READY"},
		{"READY again", open + texts(aReady), open, "READY"},
		{"READY of null", agreement + texts(aHello, `{"op":0,"t":"READY","d":null}`), agreement + texts(aHello), "READY"},

		{"close", open + wire(0x88, "\x0f\xa4No."), open, "4004"},
		{"close between parts", open + wire(0x01, anAck[:2]) + wire(0x88, "\x0f\xa4"), open, "4004"},
		{"close without a code", open + wire(0x88, ""), open, "1005"},
		{"binary", open + wire(0x82, anAck), open, "not text"},
		{"a part of nothing", open + wire(0x80, anAck), open, "not text"},
		{"two beginnings", open + wire(0x01, anAck) + texts(anAck), open, "not text"},
		{"unknown opcode", open + wire(0x83, anAck), open, "not text"},
		{"compressed", open + wire(0xc1, anAck), open, "extension"},
		{"masked", open + "\x81\x80\x00\x00\x00\x00", open, "masked"},
		{"long ping", open + wire(0x89, strings.Repeat("?", 126)), open, "control frame"},
		{"ping in parts", open + wire(0x09, "?"), open, "control frame"},
		{"huge", open + "\x81\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", open, "more than"},
		{"huge in parts", open + wire(0x01, strings.Repeat(" ", maxMessage/2)) + strings.Repeat(wire(0x00, strings.Repeat(" ", maxMessage/4)), 3), open, "more than"},
		{"endless parts", open + wire(0x01, "") + strings.Repeat(wire(0x00, ""), maxMessage/2+1), open, "more than"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			readers := []io.Reader{strings.NewReader(tt.in)}
			if len(tt.in) < 1<<10 {
				readers = append(readers, iotest.OneByteReader(strings.NewReader(tt.in)))
			}
			for _, r := range readers {
				got, err := play(t, r)
				if got != tt.pass {
					t.Errorf("passed %.300q, want %.300q", got, tt.pass)
				}
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Errorf("ended with %v, want %q", err, tt.err)
				}
			}
		})
	}
}

// Whatever comes, and however it is cut, what goes through is the same and a session can live with it.
func FuzzGuard(f *testing.F) {
	f.Add([]byte(texts(aHello, aReady, anAck, anInvitation, aServer, `{"op":7}`)), uint8(3))
	f.Add([]byte(texts(aHello)+wire(0x01, aReady[:9])+wire(0x89, "?")+wire(0x80, aReady[9:])+wire(0x88, "\x0f\xa4")), uint8(1))
	f.Fuzz(func(t *testing.T, frames []byte, size uint8) {
		in := agreement + string(frames)
		whole, err := play(t, strings.NewReader(in))
		cut, cutErr := play(t, &pieces{strings.NewReader(in), int(size) + 1})
		if whole != cut || err.Error() != cutErr.Error() {
			t.Fatalf("whole: %q, %v; in pieces of %d: %q, %v", whole, err, size, cut, cutErr)
		}
		rest, agreed := strings.CutPrefix(whole, agreement)
		if !agreed {
			t.Fatalf("the handshake is missing from %q", whole)
		}
		tame(t, rest)
	})
}

// pieces reads at most so many bytes at once.
type pieces struct {
	io.Reader
	size int
}

func (p *pieces) Read(b []byte) (int, error) { return p.Reader.Read(b[:min(len(b), p.size)]) }

// tame fails unless frames are what a session can live with. gorilla reads them.
func tame(t *testing.T, frames string) {
	t.Helper()
	ws := overhear(t, frames)
	for n := 0; ; n++ {
		kind, message, err := ws.ReadMessage()
		if err != nil {
			if websocket.IsUnexpectedCloseError(err, websocket.CloseAbnormalClosure) {
				t.Fatalf("gorilla reads %q to %v", frames, err)
			}
			return // the end of the tape
		}
		var e *discordgo.Event
		if err := json.Unmarshal(message, &e); err != nil || e == nil || kind != websocket.TextMessage {
			t.Fatalf("message %d is %q", n, message)
		}
		ok := e.Operation == opHeartbeat || e.Operation == opHeartbeatACK || e.Type == interactionCreate
		switch n {
		case 0:
			ok = e.Operation == opHello
		case 1:
			ok = e.Type == "READY"
		}
		if !ok {
			t.Fatalf("message %d is %q", n, message)
		}
	}
}

// overhear returns a websocket on which frames come.
func overhear(t *testing.T, frames string) *websocket.Conn {
	t.Helper()
	here, there := net.Pipe()
	go func() {
		if r, err := http.ReadRequest(bufio.NewReader(there)); err == nil {
			_, _ = io.WriteString(there, answer(r)+frames)
		}
		_ = there.Close()
	}()
	d := websocket.Dialer{NetDial: func(string, string) (net.Conn, error) { return deaf{here}, nil }}
	ws, resp, err := d.Dial("ws://discord.invalid", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	t.Cleanup(func() { _ = here.Close() })
	return ws
}

// deaf is a pipe whose other end has heard the handshake and needs to hear no more.
type deaf struct{ net.Conn }

func (d deaf) Write(p []byte) (int, error) {
	if bytes.HasPrefix(p, []byte("GET ")) {
		return d.Conn.Write(p)
	}
	return len(p), nil
}

// An identify counts from when it went: what is paced from HELLO on may come too soon after one that was held up.
func TestGuardCountsAnIdentifyOnceItHasGone(t *testing.T) {
	identifies := 0
	g := newGuard(t.Context(), tape{Reader: strings.NewReader(agreement + texts(aHello, aReady))}, time.Hour, func() { identifies++ })
	write := func(what string) {
		t.Helper()
		if _, err := g.Write([]byte(what)); err != nil {
			t.Fatal(err)
		}
	}
	write("GET / HTTP/1.1")
	_, _ = io.ReadAll(g) // to the end of the tape, which is no matter
	if identifies != 0 {
		t.Errorf("%d identifies before one went", identifies)
	}
	write("IDENTIFY")
	write("a heartbeat")
	if identifies != 1 {
		t.Errorf("%d identifies, want 1", identifies)
	}
}

// A session that closes by itself ends its connection for the shard too, though nobody reads it any more.
func TestGuardIsClosed(t *testing.T) {
	ours, theirs := net.Pipe()
	defer theirs.Close()
	g := newGuard(t.Context(), ours, time.Minute, func() {})
	if err := g.Close(); err != nil {
		t.Error(err)
	}
	g.watch()
	if !errors.Is(g.reason, errClosed) {
		t.Errorf("got %v, want that it was closed", g.reason)
	}
}

// A connection that nobody reads is over a while after what was due, however far it had come.
func TestGuardThatNobodyReads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		defer theirs.Close()
		g := newGuard(t.Context(), ours, time.Minute, func() {})
		began := time.Now()
		go func() {
			time.Sleep(50 * time.Second)
			g.interval = 40 * time.Second
			g.acknowledged() // the last one
		}()
		g.watch()
		if took := time.Since(began); !errors.Is(g.reason, errUnread) || took != 130*time.Second+unreadTimeout {
			t.Errorf("got %v after %v, want that it was not read, %v after the last beat was missed", g.reason, took, unreadTimeout)
		}
	})
}
