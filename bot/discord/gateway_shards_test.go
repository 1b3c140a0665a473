package discord_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/bot/discord"
	"verbatim/bot/discordtest"
)

// Four shards in two buckets: the fake fails the test if two of a bucket identify within its pace.
func TestGatewayPacesItsShards(t *testing.T) {
	r := newRig(t)
	r.fake.Gateway.SetLimit(discordtest.Limit{
		Shards: 4, Remaining: 1000, MaxConcurrency: 2, Pace: 100 * time.Millisecond,
	})
	o := quick()
	o.IdentifyPace = 150 * time.Millisecond
	r.start(o, say("Voici."))
	r.fake.Gateway.AwaitOpened(4)

	identifies := r.fake.Gateway.Identifies()
	seen := map[int]bool{}
	for _, i := range identifies {
		seen[i.Shard] = true
		if i.Shards != 4 {
			t.Errorf("identified as shard %d of %d, want of 4", i.Shard, i.Shards)
		}
	}
	if len(seen) != 4 || len(identifies) != 4 {
		t.Errorf("identifies %+v, want one of each shard", identifies)
	}
	if took := identifies[3].At.Sub(identifies[0].At); took > 2*time.Second {
		t.Errorf("four identifies took %v, want about one pace", took)
	}
	for shard := range uint64(4) {
		r.askFrom(serverOf(shard))
	}
	r.fake.Gateway.Strike(discordtest.InvalidSession(false)) // all four at once
	r.fake.Gateway.AwaitOpened(8)
	for shard := range uint64(4) {
		r.askFrom(serverOf(shard))
	}
}

// A process may hold some of the shards.
func TestGatewayHoldsTheShardsItIsGiven(t *testing.T) {
	r := newRig(t)
	o := quick()
	o.ShardCount, o.Shards = 4, []int{1, 3}
	r.start(o, say("Voici."))
	r.fake.Gateway.AwaitOpened(2)
	for _, shard := range o.Shards {
		r.askFrom(serverOf(uint64(shard)))
	}
	for _, i := range r.fake.Gateway.Identifies() {
		if i.Shards != 4 || i.Shard%2 != 1 {
			t.Errorf("identified as shard %d of %d", i.Shard, i.Shards)
		}
	}
}

func TestGatewayRefusesShardsThatCannotBe(t *testing.T) {
	r := newRig(t)
	o := quick()
	o.ShardCount, o.Shards = 2, []int{2}
	r.start(o, say("Voici."))
	if err := r.wait(); err == nil || !strings.Contains(err.Error(), "from 0 to 1") {
		t.Errorf("Run returned %v, want what shards there are", err)
	}
}

// One shard's trouble is not another's.
func TestGatewayShardsAreIndependent(t *testing.T) {
	r := newRig(t)
	o := quick()
	o.ShardCount = 2
	r.start(o, say("Voici."))
	r.fake.Gateway.AwaitOpened(2)
	r.fake.Gateway.Fault(discordtest.BeforeHello, discordtest.Silence())
	r.fake.Gateway.StrikeShard(0, discordtest.Drop())
	r.askFrom(serverOf(1)) // while shard 0 meets silence
	r.fake.Gateway.AwaitOpened(3)
	r.askFrom(serverOf(0))
}

// A shard that falls silent is replaced once its heartbeats go unanswered; meanwhile the three others
// answer, on the connections that they had.
func TestGatewayReplacesAHungShardAlone(t *testing.T) {
	r := newRig(t)
	o := quick()
	o.ShardCount = 4
	o.IdentifyPace = 5 * time.Millisecond
	r.start(o, say("Voici."))
	r.fake.Gateway.AwaitOpened(4)
	r.fake.Gateway.StrikeShard(2, discordtest.Silence())
	for r.fake.Gateway.Opened() == 4 { // until the fifth connection
		for _, shard := range []uint64{0, 1, 3} {
			r.askFrom(serverOf(shard))
		}
	}
	for shard := range uint64(4) {
		r.askFrom(serverOf(shard))
	}
	of := map[int]int{}
	for _, i := range r.fake.Gateway.Identifies() {
		of[i.Shard]++
	}
	if of[0] != 1 || of[1] != 1 || of[2] != 2 || of[3] != 1 {
		t.Errorf("identifies by shard: %v, want two of shard 2 and one of each other", of)
	}
	if !strings.Contains(r.logs.String(), "did not acknowledge a heartbeat") {
		t.Error("the log does not say why the connection ended")
	}
}

// A large bot whose fixed shard count is no multiple of what Discord gave is warned before it is refused.
func TestGatewayWarnsOfAShardCount(t *testing.T) {
	r := newRig(t)
	r.fake.Gateway.SetLimit(discordtest.Limit{Shards: 32, Remaining: 1000, MaxConcurrency: 16})
	o := quick()
	o.ShardCount, o.Shards = 20, []int{0}
	r.start(o, say("Voici."))
	r.logged("must be a multiple")
	r.fake.Gateway.AwaitOpened(1)
}

// The last identifies of the day are kept: the bot waits until there are more.
func TestGatewayKeepsToTheDaysIdentifies(t *testing.T) {
	r := newRig(t)
	r.fake.Gateway.SetLimit(discordtest.Limit{Remaining: 21, ResetAfter: 50 * time.Millisecond})
	r.start(quick(), say("Voici."))
	r.fake.Gateway.AwaitOpened(1)
	r.fake.Gateway.Strike(discordtest.InvalidSession(false))
	time.Sleep(300 * time.Millisecond)
	if got := len(r.fake.Gateway.Identifies()); got != 1 {
		t.Fatalf("%d identifies with 20 left, want no more than the first", got)
	}
	if !strings.Contains(r.logs.String(), "gateway sessions are spent") {
		t.Error("the log does not say what the bot waits for")
	}
	r.fake.Gateway.SetLimit(discordtest.Limit{Remaining: 1000})
	r.fake.Gateway.AwaitOpened(2)
	r.ask()
}

func TestGatewayStopsOnAWrongToken(t *testing.T) {
	r := newRig(t)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	wrong := strings.ToUpper(discordtest.Token)
	rest := discord.NewREST(discord.RESTOptions{Token: wrong, Transport: r.fake.Transport()})
	o := quick()
	o.Log = r.logs.logger()
	err := discord.NewGateway(rest, say("Voici."), o).Run(ctx)
	if err == nil || !strings.Contains(err.Error(), "token") || strings.Contains(err.Error(), wrong) {
		t.Errorf("Run returned %v, want a sentence on the token, without it", err)
	}
}

// The shards of a gateway can be looked at while they open, wait and are ready.
func TestGatewayTellsTheStateOfItsShards(t *testing.T) {
	r := newRig(t)
	r.fake.Gateway.SetLimit(discordtest.Limit{Shards: 2, Remaining: 1000})
	o := quick()
	var left []int
	var mu sync.Mutex
	ended := 0
	o.Observe.Identified = func(remaining int) { mu.Lock(); left = append(left, remaining); mu.Unlock() }
	o.Observe.Disconnected = func() { mu.Lock(); ended++; mu.Unlock() }
	r.start(o, say("Voici."))
	state := func(id int) discord.ShardState {
		for _, s := range r.gateway.Shards() {
			if s.ID == id && s.Count == 2 && !s.Since.IsZero() {
				return s.State
			}
		}
		return ""
	}
	r.eventually("both shards to be ready", func() bool {
		return state(0) == discord.ShardReady && state(1) == discord.ShardReady && r.gateway.Ready()
	})
	r.fake.Gateway.SetLimit(discordtest.Limit{Shards: 2, Remaining: 5, ResetAfter: 20 * time.Millisecond})
	r.fake.Gateway.StrikeShard(1, discordtest.Drop())
	r.eventually("shard 1 to wait for the day's identifies", func() bool {
		return state(0) == discord.ShardReady && state(1) == discord.ShardSpent && !r.gateway.Ready()
	})
	r.fake.Gateway.SetLimit(discordtest.Limit{Shards: 2, Remaining: 900})
	r.eventually("shard 1 to be ready again", func() bool { return r.gateway.Ready() })
	mu.Lock()
	defer mu.Unlock()
	if len(left) != 3 || left[0] != 1000 || left[2] != 900 || ended != 1 {
		t.Errorf("observed identifies with %v left and %d ends, want three and one", left, ended)
	}
}

// serverOf is a server whose interactions a shard of four receives; of two, for shards 0 and 1.
func serverOf(shard uint64) string {
	return snowflake(75<<24 | shard<<22)
}
