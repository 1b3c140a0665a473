package discord_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/discord"
	"verbatim/bot/discordtest"
)

// A reply that Discord does not take holds back nobody else's.
func TestGatewayRepliesDoNotWaitForEachOther(t *testing.T) {
	r := newRig(t)
	stuck := snowflake(200000000000000001) // of the first question
	release := make(chan struct{})
	r.through = func(next http.RoundTripper) http.RoundTripper {
		return roundTrip(func(req *http.Request) (*http.Response, error) {
			if strings.Contains(req.URL.Path, stuck) {
				<-release
			}
			return next.RoundTrip(req)
		})
	}
	r.start(quick(), say("Voici."))
	r.fake.Gateway.AwaitOpened(1)
	r.dispatch(server)
	for range 20 {
		r.ask()
	}
	close(release)
	r.expect(stuck)
}

// Interactions above the bound are dropped; heartbeats go on, and so do the questions after them.
func TestGatewayBoundsWhatIsInFlight(t *testing.T) {
	r := newRig(t)
	release := make(chan struct{})
	o := quick()
	o.MaxInFlight = 2
	var shed, replied atomic.Int32
	o.Observe.Handled = func(h discord.Handled) {
		switch h.Fate {
		case discord.Shed:
			shed.Add(1)
		case discord.Replied:
			replied.Add(1)
			if h.Kind != "command" || h.Respond <= 0 || h.Send <= 0 || h.Total < h.Respond+h.Send {
				t.Errorf("observed %+v of a command that was answered", h)
			}
		default:
			t.Errorf("observed %+v", h)
		}
	}
	r.start(o, func(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
		<-release
		return say("Voici.")(ctx, i)
	})
	r.fake.Gateway.AwaitOpened(1)
	for range 5 {
		r.dispatch(server)
	}
	r.eventually("three drops", func() bool { return shed.Load() == 3 })
	if got := strings.Count(r.logs.String(), "too many are in flight"); got != 2 {
		t.Errorf("the log says %d times that interactions are shed, want once in each form", got)
	}
	time.Sleep(700 * time.Millisecond) // longer than a connection lasts without heartbeats
	close(release)
	r.eventually("the two replies", func() bool { return len(r.replies) == 2 })
	<-r.replies
	<-r.replies
	r.eventually("an answer", func() bool {
		r.dispatch(server)
		select {
		case <-r.replies:
			return true
		case <-time.After(50 * time.Millisecond):
			return false
		}
	})
	if got := r.fake.Gateway.Opened(); got != 1 {
		t.Errorf("%d connections, want 1", got)
	}
	r.eventually("each reply to be observed", func() bool { return replied.Load() == 3 })
}

// A panic is logged, and the next question is answered.
func TestGatewaySurvivesPanics(t *testing.T) {
	r := newRig(t)
	var calls atomic.Int32
	r.start(quick(), func(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
		if calls.Add(1) == 1 {
			panic("of the test, with " + discordtest.Token)
		}
		return say("Voici.")(ctx, i)
	})
	r.fake.Gateway.AwaitOpened(1)
	r.dispatch(server)
	r.eventually("the panic in the log", func() bool { return strings.Contains(r.logs.String(), "of the test, with") })
	r.ask()
}

// What cannot be read is told so where that is possible, and never sent to the responder.
func TestGatewayAnswersTheUnreadable(t *testing.T) {
	r := newRig(t)
	r.start(quick(), func(_ context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
		t.Errorf("the responder got %+v", i)
		return nil
	})
	r.fake.Gateway.AwaitOpened(1)
	id := snowflake(200000000000000001)
	r.fake.Gateway.Dispatch(fmt.Appendf(nil, `{"id":%q,"application_id":%q,"type":2,"token":"secret-of-1","version":1,"data":{"options":7}}`, id, discordtest.ApplicationID))
	r.expect(id)
}

// When the context ends, the reply in flight still goes.
func TestGatewayDrains(t *testing.T) {
	r := newRig(t)
	busy := make(chan struct{})
	r.start(quick(), func(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
		close(busy)
		time.Sleep(200 * time.Millisecond)
		if ctx.Err() != nil {
			t.Errorf("the context of an interaction in flight: %v", ctx.Err())
		}
		return say("Voici.")(ctx, i)
	})
	r.fake.Gateway.AwaitOpened(1)
	id := r.dispatch(server)
	<-busy
	r.cancel()
	if err := r.wait(); err != nil {
		t.Errorf("Run returned %v, want nil", err)
	}
	select {
	case got := <-r.replies:
		if got != id {
			t.Errorf("reply to %s, want %s", got, id)
		}
	default:
		t.Error("Run returned before the reply in flight had gone")
	}
}

// A responder that never ends does not keep the program from ending.
func TestGatewayDrainsForALimitedTime(t *testing.T) {
	r := newRig(t)
	busy, release := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { close(release) })
	o := quick()
	o.Drain = 50 * time.Millisecond
	r.start(o, func(context.Context, *discordgo.Interaction) *discordgo.InteractionResponse {
		close(busy)
		<-release
		return nil
	})
	r.fake.Gateway.AwaitOpened(1)
	r.dispatch(server)
	<-busy
	began := time.Now()
	r.cancel()
	if err := r.wait(); err != nil || time.Since(began) > 2*time.Second {
		t.Errorf("Run returned %v after %v, want nil soon", err, time.Since(began))
	}
}

// Run ends at once whatever it is waiting for.
func TestGatewayEndsAtAnyStage(t *testing.T) {
	patient := discord.GatewayOptions{} // its pauses are Discord's own: no end but by the context
	tests := []struct {
		name    string
		prepare func(*discordtest.Server)
		until   func(*rig)
	}{
		{"unreachable", func(s *discordtest.Server) { s.Refuse(time.Hour) },
			func(r *rig) { r.logged("cannot be found") }},
		{"before HELLO", func(s *discordtest.Server) { s.Gateway.Fault(discordtest.BeforeHello, discordtest.Silence()) },
			func(r *rig) { r.fake.Gateway.AwaitConnected(1) }},
		{"before READY", func(s *discordtest.Server) { s.Gateway.Fault(discordtest.BeforeReady, discordtest.Silence()) },
			func(r *rig) { r.fake.Gateway.AwaitIdentifies(1) }},
		{"pause", func(s *discordtest.Server) { s.Gateway.Fault(discordtest.BeforeReady, discordtest.Drop()) },
			func(r *rig) { r.logged("connection ended") }},
		{"spent", func(s *discordtest.Server) { s.Gateway.SetLimit(discordtest.Limit{Remaining: 1}) },
			func(r *rig) { r.logged("sessions are spent") }},
		{"pace", func(s *discordtest.Server) { s.Gateway.SetLimit(discordtest.Limit{Shards: 3, Remaining: 1000}) },
			func(r *rig) { r.fake.Gateway.AwaitOpened(1) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := newRig(t)
			tt.prepare(r.fake)
			r.start(patient, say("Voici."))
			tt.until(r)
			began := time.Now()
			r.cancel()
			if err := r.wait(); err != nil || time.Since(began) > 2*time.Second {
				t.Errorf("Run returned %v after %v, want nil at once", err, time.Since(began))
			}
		})
	}
}

func TestGatewayIsReadyWhileConnected(t *testing.T) {
	r := newRig(t)
	r.fake.Gateway.Fault(discordtest.BeforeReady, discordtest.Slow(100*time.Millisecond))
	r.start(quick(), say("Voici."))
	r.fake.Gateway.AwaitIdentifies(1)
	if r.gateway.Ready() {
		t.Error("ready before READY")
	}
	r.fake.Gateway.AwaitOpened(1)
	r.eventually("ready", r.gateway.Ready)
	r.fake.Refuse(100 * time.Millisecond)
	r.eventually("not ready", func() bool { return !r.gateway.Ready() })
	r.eventually("ready again", r.gateway.Ready)
	r.cancel()
	_ = r.wait()
	if r.gateway.Ready() {
		t.Error("ready after its end")
	}
}
