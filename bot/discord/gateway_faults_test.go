package discord_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/bot/discord"
	"verbatim/bot/discordtest"
)

var stages = []discordtest.Stage{discordtest.BeforeHello, discordtest.BeforeReady, discordtest.AfterReady}

// mendable are the faults that end a connection and that a new one mends.
func mendable() map[string]discordtest.Fault {
	faults := map[string]discordtest.Fault{
		"op 7":           discordtest.Reconnect(),
		"op 9 resumable": discordtest.InvalidSession(true),
		"op 9":           discordtest.InvalidSession(false),
		"drop":           discordtest.Drop(),
		"silence":        discordtest.Silence(),
		"null":           discordtest.Instead("null"),
		"half a frame":   discordtest.Instead(`{"op":0,`),
		"a list":         discordtest.Instead(`[]`),
		"HELLO 0":        discordtest.Instead(`{"op":10,"d":{"heartbeat_interval":0}}`),
		"HELLO -1":       discordtest.Instead(`{"op":10,"d":{"heartbeat_interval":-1}}`),
		"HELLO null":     discordtest.Instead(`{"op":10,"d":null}`),
		"READY null":     discordtest.Instead(`{"op":0,"t":"READY","s":1,"d":null}`),
		"no type":        discordtest.Instead(`{"op":0}`),
		"binary":         discordtest.InsteadBinary([]byte{0x78, 0x9c, 0}),
		"huge":           discordtest.Instead(`{"op":11,"d":"` + strings.Repeat("x", 5<<20) + `"}`),
	}
	for _, code := range []int{1000, 1001, 1012, 4000, 4001, 4002, 4003, 4005, 4007, 4008, 4009, 4999} {
		faults[fmt.Sprint("close ", code)] = discordtest.CloseWith(code)
	}
	return faults
}

// A connection that suffers anything at any stage of its opening is replaced, and the bot answers.
func TestGatewayMendsWhatGoesWrongWhileOpening(t *testing.T) {
	for name, fault := range mendable() {
		for _, stage := range stages {
			t.Run(fmt.Sprint(name, " ", stage), func(t *testing.T) {
				r := newRig(t)
				r.fake.Gateway.Fault(stage, fault)
				r.start(quick(), say("Voici."))
				opened := 1
				if stage == discordtest.AfterReady {
					opened = 2
				}
				r.fake.Gateway.AwaitOpened(opened)
				r.ask()
			})
		}
	}
}

// The same holds of a connection that has been open for a while, and of the one that replaces it.
func TestGatewayMendsWhatGoesWrongLater(t *testing.T) {
	for name, fault := range mendable() {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			r.start(quick(), say("Voici."))
			r.fake.Gateway.AwaitOpened(1)
			r.ask()
			r.fake.Gateway.Strike(fault)
			r.fake.Gateway.AwaitOpened(2)
			r.ask()
			r.fake.Gateway.Fault(discordtest.BeforeReady, fault)
			r.fake.Gateway.Strike(discordtest.Drop())
			r.fake.Gateway.AwaitOpened(3)
			r.ask()
		})
	}
}

// 300 ms of a network that is down, where a pause lasts 10 ms, are 30 s where it lasts 1 s.
func TestGatewayOutlastsARefusedConnection(t *testing.T) {
	t.Run("at the start", func(t *testing.T) {
		r := newRig(t)
		r.fake.Refuse(300 * time.Millisecond)
		r.start(quick(), say("Voici."))
		r.fake.Gateway.AwaitOpened(1)
		r.ask()
	})
	t.Run("later", func(t *testing.T) {
		r := newRig(t)
		r.start(quick(), say("Voici."))
		r.fake.Gateway.AwaitOpened(1)
		r.ask()
		r.fake.Refuse(300 * time.Millisecond)
		r.fake.Gateway.AwaitOpened(2)
		r.ask()
		if got := len(r.fake.Gateway.Identifies()); got != 2 {
			t.Errorf("%d identifies, want 2: one before the trouble, one after", got)
		}
	})
}

// Frames that mean nothing to the bot, or hold an interaction that cannot be read, change nothing.
func TestGatewayStandsUnknownEvents(t *testing.T) {
	r := newRig(t)
	r.start(quick(), say("Voici."))
	r.fake.Gateway.AwaitOpened(1)
	for _, frame := range []string{
		`{"op":99,"d":{}}`,
		`{"op":0,"t":"GUILD_CREATE","d":null}`,
		`{"op":0,"t":"SOMETHING_NEW","d":[1,2,3]}`,
		`{"op":0,"t":"INTERACTION_CREATE","d":null}`,
		`{"op":0,"t":"INTERACTION_CREATE","d":"text"}`,
		`{"op":0,"t":"INTERACTION_CREATE","d":{"type":"x"}}`,
		`{"op":0,"t":"INTERACTION_CREATE","d":{"type":3,"data":{"component_type":999}}}`,
	} {
		r.fake.Gateway.Strike(discordtest.Say(frame))
	}
	r.fake.Gateway.Strike(discordtest.AskHeartbeat())
	r.ask()
	if got := r.fake.Gateway.Opened(); got != 1 {
		t.Errorf("%d connections, want 1", got)
	}
}

// On a fatal close code, at any stage, Run ends and says what the operator can do.
func TestGatewayStopsOnFatalCodes(t *testing.T) {
	advice := map[int]string{
		4004: "bot token",
		4010: "shard numbers",
		4011: "raise the shard count",
		4012: "update the program",
		4013: "report it",
		4014: "report it",
	}
	for code, want := range advice {
		for _, stage := range stages {
			t.Run(fmt.Sprint(code, " ", stage), func(t *testing.T) {
				r := newRig(t)
				r.fake.Gateway.Fault(stage, discordtest.CloseWith(code))
				r.start(quick(), say("Voici."))
				err := r.wait()
				fatal, ok := errors.AsType[*discord.FatalError](err)
				if !ok || fatal.Code != code || !strings.Contains(err.Error(), want) {
					t.Errorf("Run returned %v, want code %d and %q", err, code, want)
				}
				if got := len(r.fake.Gateway.Identifies()); got > 1 {
					t.Errorf("%d identifies, want 1 at most", got)
				}
			})
		}
	}
}
