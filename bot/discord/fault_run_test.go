package discord_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/discord"
	"verbatim/bot/discordtest"
)

// The length and the seed of TestFaultRun. docs/reliability.md tells of a run of half an hour:
//
//	go test ./bot/discord -run FaultRun -v -timeout 0 -faultrun 30m
var (
	faultRun  = flag.Duration("faultrun", 4*time.Second, "how long TestFaultRun lasts")
	faultSeed = flag.Uint64("faultseed", 20261124, "what TestFaultRun draws its faults from")
)

// faultShards is how many shards TestFaultRun has.
const faultShards = 4

// TestFaultRun asks four shards questions while Discord does everything wrong that it can do, drawn from a seed. Each
// question that reaches the bot is answered once, or the log says why it was not; none is answered twice, or taken
// up twice. When the faults end, every shard answers again.
func TestFaultRun(t *testing.T) {
	r := newRig(t)
	run := &faulty{rig: r, rng: rand.New(rand.NewPCG(*faultSeed, 0)), taken: map[string]int{}, fates: map[discord.Fate]int{}, struck: map[string]int{}}
	run.newDay()
	o := quick()
	o.ShardCount = faultShards
	o.IdentifyPace = 120 * time.Millisecond // on a machine that is busy too, 20 ms apart at Discord
	o.Observe = discord.Observer{Handled: run.handled, Disconnected: func() { run.count(&run.ended) }, Identified: func(int) { run.count(&run.identifies) }}
	go run.forget()
	t.Cleanup(func() { close(r.replies) }) // once the gateway has ended: cleanups go backwards
	r.start(o, run.respond)
	r.fake.Gateway.AwaitOpened(faultShards)
	run.mayhem()
	run.peace()
	run.judge()
}

// A faulty is a run with faults, and the account of it.
type faulty struct {
	*rig
	rng *rand.Rand // of the goroutine that strikes

	mu                sync.Mutex
	offered           []string       // IDs of the questions that a connection took
	away              int            // questions for which there was no connection
	taken             map[string]int // by ID, how often the bot was asked
	fates             map[discord.Fate]int
	struck            map[string]int // faults by name
	ended, identifies int
	days              int
	worst             time.Duration // the longest that a shard was away
}

func (f *faulty) count(n *int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	*n++
}

// newDay gives the bot the identifies of another day: the run is about a hundred times as fast as Discord, so that
// its day lasts a quarter of an hour.
func (f *faulty) newDay() {
	f.days++
	f.fake.Gateway.SetLimit(discordtest.Limit{Shards: faultShards, Remaining: 1000, Pace: 20 * time.Millisecond, ResetAfter: 100 * time.Millisecond})
}

// forget takes what the rig notes of replies: this run has its own account.
func (f *faulty) forget() {
	for range f.replies {
		continue
	}
}

// respond is the conversation. It takes its time, within what Discord gives.
func (f *faulty) respond(ctx context.Context, i *discordgo.Interaction) *discordgo.InteractionResponse {
	f.mu.Lock()
	f.taken[i.ID]++
	f.mu.Unlock()
	time.Sleep(time.Duration(len(i.ID)%3) * time.Millisecond)
	return say("Voici.")(ctx, i)
}

func (f *faulty) handled(h discord.Handled) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fates[h.Fate]++
}

// mayhem asks and strikes for as long as the run lasts.
func (f *faulty) mayhem() {
	const aDay = 24 * time.Hour / 100
	strikes := f.strikes()
	names := make([]string, 0, len(strikes))
	for name := range strikes {
		names = append(names, name)
	}
	slices.Sort(names) // so that the seed decides
	began := time.Now()
	next := began
	for time.Since(began) < *faultRun {
		if time.Since(began) > time.Duration(f.days)*aDay {
			f.newDay()
		}
		f.offer(uint64(f.rng.IntN(faultShards)))
		if time.Now().After(next) {
			name := names[f.rng.IntN(len(names))]
			strikes[name](f.rng.IntN(faultShards))
			f.struck[name]++
			pause := 200 * time.Millisecond
			if *faultRun > time.Minute { // 1000 identifies a day are one each 864 ms at this speed, and a fault costs one or more
				pause += time.Duration(f.rng.IntN(2400)) * time.Millisecond
			}
			next = time.Now().Add(pause)
		}
		time.Sleep(time.Duration(2+f.rng.IntN(10)) * time.Millisecond)
	}
}

// offer asks a question of a shard, if it is there.
func (f *faulty) offer(shard uint64) {
	f.asked++
	id := snowflake(200000000000000000 + f.asked)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fake.Gateway.Offer(question(id, serverOf(shard))) {
		f.offered = append(f.offered, id)
	} else {
		f.away++
	}
}

// strikes are the faults by name; the number is a shard.
func (f *faulty) strikes() map[string]func(shard int) {
	all := map[string]func(int){}
	for name, fault := range mendable() {
		all[name] = func(shard int) { f.fake.Gateway.StrikeShard(shard, fault) }
		for _, stage := range stages[:2] {
			all[fmt.Sprint(name, " ", stage)] = func(shard int) {
				f.fake.Gateway.Fault(stage, fault)
				f.fake.Gateway.StrikeShard(shard, discordtest.Drop())
			}
		}
	}
	all["all at once"] = func(int) { f.fake.Gateway.Strike(discordtest.InvalidSession(false)) }
	all["network down"] = func(int) { f.fake.Refuse(time.Duration(50+f.rng.IntN(300)) * time.Millisecond) }
	all["slow to open"] = func(shard int) {
		f.fake.Gateway.Fault(discordtest.BeforeReady, discordtest.Slow(300*time.Millisecond))
		f.fake.Gateway.StrikeShard(shard, discordtest.Reconnect())
	}
	for name, troubles := range map[string][]discordtest.Trouble{
		"429":                      {discordtest.RateLimited(50*time.Millisecond, false)},
		"429 storm":                slices.Repeat([]discordtest.Trouble{discordtest.RateLimited(20*time.Millisecond, true)}, 40),
		"429 for an hour":          {discordtest.RateLimited(time.Hour, true), discordtest.RateLimited(time.Hour, false)},
		"502":                      slices.Repeat([]discordtest.Trouble{{Status: http.StatusBadGateway}}, 5),
		"503 for long":             slices.Repeat([]discordtest.Trouble{{Status: http.StatusServiceUnavailable}}, 60),
		"500 after it took it":     {{Status: http.StatusInternalServerError, After: true}},
		"dropped":                  {{Drop: true}, {Drop: true}},
		"dropped after it took it": slices.Repeat([]discordtest.Trouble{{Drop: true, After: true}}, 3),
		"unknown":                  {discordtest.Unknown()},
		"slow":                     slices.Repeat([]discordtest.Trouble{{Delay: 200 * time.Millisecond}}, 10),
	} {
		all["callback "+name] = func(int) { f.fake.REST.Break(discordtest.RouteCallback, troubles...) }
	}
	return all
}

// peace ends the faults and waits until all shards answer.
func (f *faulty) peace() {
	f.t.Helper()
	f.newDay()
	f.fake.Gateway.ClearFaults()
	f.fake.REST.ClearTroubles()
	began := time.Now()
	for shard := range uint64(faultShards) {
		answered := false
		f.eventually(fmt.Sprint("shard ", shard, " to answer again"), func() bool {
			before := len(f.offered)
			f.offer(shard)
			if len(f.offered) > before {
				id := f.offered[before]
				for late := time.Now().Add(300 * time.Millisecond); !answered && time.Now().Before(late); time.Sleep(time.Millisecond) {
					answered = f.fake.REST.Answered(id)
				}
			}
			return answered
		})
	}
	f.worst = time.Since(began)
	f.eventually("every question in flight to end", func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		handled := 0
		for _, n := range f.fates {
			handled += n
		}
		return handled >= len(f.taken)
	})
}

// judge compares what was asked with what became of it.
func (f *faulty) judge() {
	f.t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	var lost, answered, untaken int
	for _, id := range f.offered {
		switch n := f.taken[id]; {
		case n > 1:
			f.t.Errorf("question %s was taken up %d times", id, n)
		case f.fake.REST.Answered(id):
			answered++
			if n == 0 {
				f.t.Errorf("question %s was answered and never taken up", id)
			}
		case n == 0:
			untaken++ // on its way when the connection ended: Discord tells the member
		default:
			lost++
		}
	}
	told := strings.Count(f.logs.String(), "reply not sent") / 2 // the log is kept in two forms
	// A reply may have arrived though Discord's answer did not: then it counts as unsent, and is no loss.
	if lost > f.fates[discord.Unsent] || f.fates[discord.Unsent] != told {
		f.t.Errorf("%d questions were taken up and not answered; %d replies are known to be unsent, and the log tells %d", lost, f.fates[discord.Unsent], told)
	}
	for fate := range f.fates {
		if fate != discord.Replied && fate != discord.Unsent {
			f.t.Errorf("%d interactions were %s", f.fates[fate], fate)
		}
	}
	if len(f.offered) < 50 || answered < len(f.offered)/2 {
		f.t.Errorf("%d questions were offered and %d answered: that is no test", len(f.offered), answered)
	}
	faults := 0
	for _, n := range f.struck {
		faults += n
	}
	f.t.Logf("seed %d, %v: %d faults of %d kinds; %d connections ended, %d identifies in %d days of 1000", *faultSeed, *faultRun, faults, len(f.struck), f.ended, f.identifies, f.days)
	f.t.Logf("%d questions: %d answered, %d on their way when a connection ended, %d not answered and told in the log; %d came while their shard was away",
		len(f.offered)+f.away, answered, untaken, lost, f.away)
	f.t.Logf("all shards answered %v after the last fault", f.worst.Round(time.Millisecond))
}
