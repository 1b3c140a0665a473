package discordtest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"verbatim/bot/discordtest"
)

// The real discordgo client opens a session, is told of an interaction, loses its connection, resumes,
// and is told what it missed.
func TestGatewayWithDiscordgo(t *testing.T) {
	t.Parallel() // discordgo sleeps for a second in each Close
	fake := discordtest.New(t)
	s := session(t, fake)
	s.ShouldReconnectOnError = false
	s.StateEnabled = false
	s.Identify.Intents = 0
	ids := make(chan string, 10)
	disconnected := make(chan struct{}, 10)
	s.AddHandler(func(_ *discordgo.Session, i *discordgo.InteractionCreate) { ids <- i.ID })
	s.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) { disconnected <- struct{}{} })
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	fake.Gateway.Dispatch(interaction("1", ""))
	receive(t, ids, "1")

	fake.Gateway.Strike(discordtest.CloseWith(4000))
	receive(t, disconnected, struct{}{})
	fake.Gateway.Dispatch(interaction("2", ""))
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	receive(t, ids, "2")
	want := discordtest.Resume{Session: fake.Gateway.Identifies()[0].Session, Seq: 2, AtResume: true}
	if got := fake.Gateway.Resumes(); len(got) != 1 || got[0] != want {
		t.Errorf("resumes %+v, want %+v", got, want)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func receive[T comparable](t *testing.T, from <-chan T, want T) {
	t.Helper()
	select {
	case got := <-from:
		if got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	case <-time.After(10 * time.Second):
		t.Fatalf("waited 10 s for %v", want)
	}
}

func interaction(id, guild string) []byte {
	return fmt.Appendf(nil, `{"id":%q,"application_id":%q,"type":2,"token":"token-%s","version":1,"guild_id":%q,"data":{"id":"3","name":"aide","type":1}}`,
		id, discordtest.ApplicationID, id, guild)
}

// A raw is a websocket that says whatever a test wants.
type raw struct {
	t  *testing.T
	ws *websocket.Conn
}

// dial connects to the fake and reads its HELLO.
func dial(t *testing.T, fake *discordtest.Server) *raw {
	t.Helper()
	address := "ws" + strings.TrimPrefix(fake.URL(), "http") + "/socket/?v=10&encoding=json"
	ws, resp, err := websocket.DefaultDialer.Dial(address, nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	t.Cleanup(func() { _ = ws.Close() })
	_ = ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	c := &raw{t, ws}
	if hello := c.read(); hello.Operation != 10 {
		t.Fatalf("got op %d, want HELLO", hello.Operation)
	}
	return c
}

func (c *raw) send(message string) {
	c.t.Helper()
	if err := c.ws.WriteMessage(websocket.TextMessage, []byte(message)); err != nil {
		c.t.Fatal(err)
	}
}

func (c *raw) read() (e discordgo.Event) {
	c.t.Helper()
	if err := c.ws.ReadJSON(&e); err != nil {
		c.t.Fatal(err)
	}
	return e
}

// closed returns the code that the fake closes with.
func (c *raw) closed() int {
	c.t.Helper()
	for {
		_, _, err := c.ws.ReadMessage()
		if e, ok := errors.AsType[*websocket.CloseError](err); ok {
			return e.Code
		}
		if err != nil {
			c.t.Fatal(err)
		}
	}
}

func identify(shard, shards int) string {
	return fmt.Sprintf(`{"op":2,"d":{"token":%q,"intents":0,"shard":[%d,%d],"properties":{"os":"linux","browser":"test","device":"test"}}}`,
		discordtest.Token, shard, shards)
}

// What Discord would close a connection for is closed with its code, and fails the test that did it.
func TestGatewayFailsTests(t *testing.T) {
	tests := []struct {
		name string
		send []string
		code int
		want string // what the test is told, empty for nothing
	}{
		{"not JSON", []string{`{`}, 4002, "not JSON"},
		{"unknown op", []string{`{"op":3,"d":{}}`}, 4001, "op 3"},
		{"heartbeat of words", []string{`{"op":1,"d":"x"}`}, 4002, "heartbeat"},
		{"heartbeat of the future", []string{identify(0, 1), `{"op":1,"d":7}`}, 4007, "sequence 7"},
		{"identify twice", []string{identify(0, 1), identify(0, 1)}, 4005, "has a session"},
		{"shard out of range", []string{identify(2, 2)}, 4010, "shard [2 2]"},
		{"intents", []string{strings.Replace(identify(0, 1), `"intents":0`, `"intents":512`, 1)}, 4014, "intents"},
		{"no intents", []string{strings.Replace(identify(0, 1), `"intents":0,`, ``, 1)}, 4014, "intents"},
		{"wrong token", []string{strings.Replace(identify(0, 1), "FAKE", "fake", 1)}, 4004, ""},
		{"resume of the future", []string{identify(0, 1), fmt.Sprintf(`{"op":6,"d":{"token":%q,"session_id":"session-1","seq":9}}`, discordtest.Token)}, 4007, "sequence 9"},
		{"too many messages", slice(121, fmt.Sprintf(`{"op":6,"d":{"token":%q,"session_id":"none","seq":0}}`, discordtest.Token)), 4008, "120 messages"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := &witness{TB: t}
			c := dial(t, discordtest.New(w))
			for _, message := range tt.send {
				c.send(message)
			}
			if got := c.closed(); got != tt.code {
				t.Errorf("closed with %d, want %d", got, tt.code)
			}
			if told := w.told(); !strings.Contains(told, tt.want) || (tt.want == "") != (told == "") {
				t.Errorf("the test was told %q, want …%s…", told, tt.want)
			}
		})
	}
}

func slice(n int, s string) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = s
	}
	return all
}

// An identify too soon, or beyond the day's, fails the test.
func TestGatewayHoldsToItsLimit(t *testing.T) {
	t.Run("pace", func(t *testing.T) {
		w := &witness{TB: t}
		fake := discordtest.New(w)
		fake.Gateway.SetLimit(discordtest.Limit{Remaining: 10, MaxConcurrency: 2, Pace: time.Hour})
		for shard, want := range []string{"READY", "READY", ""} { // the third is of the first's bucket
			c := dial(t, fake)
			c.send(identify(shard, 3))
			if got := c.read().Type; got != want {
				t.Errorf("shard %d got %q, want %q", shard, got, want)
			}
		}
		if !strings.Contains(w.told(), "shard 2 too soon") {
			t.Errorf("the test was told %q", w.told())
		}
	})
	t.Run("budget", func(t *testing.T) {
		w := &witness{TB: t}
		fake := discordtest.New(w)
		fake.Gateway.SetLimit(discordtest.Limit{Remaining: 0})
		c := dial(t, fake)
		c.send(identify(0, 1))
		if got := c.closed(); got != 4004 || !strings.Contains(w.told(), "none remaining") {
			t.Errorf("closed with %d, told %q", got, w.told())
		}
	})
	t.Run("heartbeats", func(t *testing.T) {
		t.Parallel() // it takes two seconds
		w := &witness{TB: t}
		fake := discordtest.New(w)
		fake.Gateway.SetHeartbeat(time.Millisecond)
		dial(t, fake)
		fake.Gateway.AwaitDisconnected()
		if !strings.Contains(w.told(), "no heartbeat") {
			t.Errorf("the test was told %q", w.told())
		}
	})
}

// An interaction goes to the shard of its server, a direct message to shard 0.
func TestGatewayDispatchesToTheRightShard(t *testing.T) {
	fake := discordtest.New(t)
	var shards []*raw
	for shard := range 4 {
		c := dial(t, fake)
		c.send(identify(shard, 4))
		if ready := c.read(); ready.Type != "READY" {
			t.Fatalf("got %+v, want READY", ready)
		}
		shards = append(shards, c)
	}
	for guild, want := range map[string]int{"": 0, "4194304": 1, "8388608": 2, "12582912": 3, "16777216": 0} {
		fake.Gateway.Dispatch(interaction("g"+guild, guild))
		var got struct{ ID string }
		if err := json.Unmarshal(shards[want].read().RawData, &got); err != nil || got.ID != "g"+guild {
			t.Errorf("shard %d got %q (%v), want the interaction of server %q", want, got.ID, err, guild)
		}
	}
}

// No request of a test reaches a host that is not the fake.
func TestTransportStaysAtHome(t *testing.T) {
	w := &witness{TB: t}
	s := session(t, discordtest.New(w))
	resp, err := s.Client.Get("https://example.com/")
	if err == nil {
		_ = resp.Body.Close()
		t.Error("got an answer from example.com")
	}
	if !strings.Contains(w.told(), "example.com") {
		t.Errorf("the test was told %q", w.told())
	}
}
