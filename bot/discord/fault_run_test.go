package discord_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

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

const (
	faultShards  = 4 // of TestFaultRun
	faultServers = 4 // of each shard, half of them kept in PostgreSQL
)

// TestFaultRun has members and moderators of four shards at work while Discord does everything wrong that it can do, and
// the databases and the disk that keep the servers' articles fail, drawn from a seed. Each question that reaches the bot
// is answered once, or the log says why it was not; none is answered twice, or taken up twice; no answer quotes what a
// moderator was told is gone. When the faults end, every server is answered and can be changed again, and the libraries
// hold all that the bot said they do.
func TestFaultRun(t *testing.T) {
	r := newRig(t)
	keepers, mishaps := faultKeepers(t, r)
	run := &faulty{
		rig: r, town: newTown(t, faultShards, faultServers, keepers), rng: rand.New(rand.NewPCG(*faultSeed, 0)),
		fates: map[discord.Fate]int{}, struck: map[string]int{}, days: 1,
	}
	run.newDay()
	if long() { // discordgo takes five heartbeats that are missed for the end, and in half an hour a busy machine stands still for a second
		r.fake.Gateway.SetHeartbeat(time.Second)
	}
	o := quick()
	o.ShardCount = faultShards
	o.MaxInFlight = 1024                    // what too many get is not what this is about
	o.IdentifyPace = 270 * time.Millisecond // a quarter of a second more than Discord asks for, as against Discord itself
	o.Observe = discord.Observer{Handled: run.handled, Disconnected: func() { run.count(&run.ended) }, Identified: func(int) { run.count(&run.identifies) }}
	go run.forget()
	t.Cleanup(func() { close(r.replies) }) // once the gateway has ended: cleanups go backwards
	r.serve(o, run.town)
	r.fake.Gateway.AwaitOpened(faultShards)
	run.mayhem(mishaps)
	run.peace()
	r.cancel() // so that nothing is under way any more
	if err := r.wait(); err != nil {
		t.Error(err)
	}
	run.judge()
	run.town.audit(t.Context())
}

// faultKeepers are the libraries of the run, and what may befall them.
func faultKeepers(t *testing.T, r *rig) ([]*keeper, map[string]mishap) {
	t.Helper()
	lite, mishaps := onDisk(t, r.logs.logger())
	keepers := []*keeper{lite}
	if pg, more := onPostgres(t, r.logs.logger()); pg != nil {
		keepers = append(keepers, pg)
		maps.Copy(mishaps, more)
	}
	return keepers, mishaps
}

// A faulty is a run with faults, and the account of it.
type faulty struct {
	*rig
	town *town
	rng  *rand.Rand // of the goroutine that strikes

	mu                sync.Mutex
	offered           []string // IDs of the interactions that a connection took
	away              int      // those for which there was no connection
	fates             map[discord.Fate]int
	struck            map[string]int // faults by name
	befell            map[string]int // what befell the libraries
	ended, identifies int
	days              int
	worst             time.Duration // the longest that a server was away after the faults
}

func (f *faulty) count(n *int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	*n++
}

// newDay gives the bot the identifies of another day: the run is about a hundred times as fast as Discord, so that
// its day lasts a quarter of an hour.
func (f *faulty) newDay() {
	f.fake.Gateway.SetLimit(discordtest.Limit{Shards: faultShards, Remaining: 1000, Pace: 20 * time.Millisecond, ResetAfter: 100 * time.Millisecond})
}

// forget takes what the rig notes of replies: this run has its own account.
func (f *faulty) forget() {
	for range f.replies {
		continue
	}
}

func (f *faulty) handled(h discord.Handled) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fates[h.Fate]++
}

// long reports whether the run is not the short one of every day.
func long() bool { return *faultRun > time.Minute }

// mayhem sends errands and strikes for as long as the run lasts, while mishaps befall the libraries.
func (f *faulty) mayhem(mishaps map[string]mishap) {
	const aDay = 24 * time.Hour / 100
	longest, rest, calm := 400*time.Millisecond, 400*time.Millisecond, 10*time.Millisecond
	if long() {
		longest, rest, calm = 4*time.Second, 8*time.Second, 40*time.Millisecond
	}
	over, end := context.WithTimeout(f.t.Context(), *faultRun)
	defer end()
	var beside sync.WaitGroup
	beside.Go(func() {
		f.befell = misfortune(over, rand.New(rand.NewPCG(*faultSeed, 1)), mishaps, longest, rest)
	})
	strikes := f.strikes()
	names := namesOf(strikes) // in order, so that the seed decides
	began := time.Now()
	for next := began; over.Err() == nil; time.Sleep(time.Millisecond + within(f.rng, calm)) {
		if time.Since(began) > time.Duration(f.days)*aDay {
			f.newDay()
			f.days++
		}
		f.offer(f.town.of(f.rng.IntN(faultShards), f.rng.IntN(faultServers)), f.draw())
		if time.Now().After(next) {
			name := names[f.rng.IntN(len(names))]
			strikes[name](f.rng.IntN(faultShards))
			f.struck[name]++
			pause := 200 * time.Millisecond
			if long() { // 1000 identifies a day are one each 864 ms at this speed, and a fault costs one or more
				pause += within(f.rng, 2400*time.Millisecond)
			}
			next = time.Now().Add(pause)
		}
	}
	beside.Wait()
}

// draw draws what somebody wants of the bot.
func (f *faulty) draw() string {
	switch n := f.rng.IntN(100); {
	case n < 10:
		return "paste"
	case n < 20:
		return "vote"
	case n < 25:
		return "gap"
	}
	return "ask"
}

// offer sends an errand to the bot, if its server's shard is there, and returns the interaction's ID.
func (f *faulty) offer(p *place, kind string) string {
	f.asked++
	id := snowflake(200000000000000000 + f.asked)
	var raw []byte
	if kind == "paste" {
		raw = f.town.paste(id, p)
	} else {
		raw = f.town.errand(id, p, kind)
	}
	if raw == nil {
		return ""
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.fake.Gateway.Offer(raw) {
		f.town.unsent(p, id)
		f.away++
		return ""
	}
	f.offered = append(f.offered, id)
	return id
}

// namesOf are the keys of a map, in order.
func namesOf[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

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
	all["clock jump"] = func(int) { f.standStill(within(f.rng, f.longestStill())) }
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
		all["edit "+name] = func(int) { f.fake.REST.Break(discordtest.RouteMessages, troubles...) }
	}
	return all
}

// longestStill is how long the process may stand still: longer than two heartbeats, and less than the fake waits for one.
func (f *faulty) longestStill() time.Duration {
	if long() {
		return 2500 * time.Millisecond
	}
	return time.Second
}

// standStill stops this process for a while, as a machine that is suspended does: to everything in it the clock jumps.
func (f *faulty) standStill(d time.Duration) {
	script := fmt.Sprintf("kill -STOP %d; sleep %.3f; kill -CONT %[1]d", os.Getpid(), d.Seconds())
	if out, err := exec.Command("sh", "-c", script).CombinedOutput(); err != nil {
		f.t.Errorf("stand still: %v\n%s", err, out)
	}
}

// peace ends Discord's faults, and waits until each server is answered with a quote and takes a change.
func (f *faulty) peace() {
	f.t.Helper()
	f.newDay()
	f.fake.Gateway.ClearFaults()
	f.fake.REST.ClearTroubles()
	began := time.Now()
	for _, p := range f.town.servers {
		f.patiently(fmt.Sprint("server ", p.id, " to be answered again"), func() bool { return f.town.quoted(f.offer(p, "ask")) })
		f.worst = time.Since(began)
	}
	for _, p := range f.town.servers {
		before := f.town.newest(p)
		f.patiently(fmt.Sprint("server ", p.id, " to take a change again"), func() bool {
			f.offer(p, "paste")
			return f.town.newest(p) > before
		})
	}
	f.eventually("everything in flight to end", func() bool {
		f.mu.Lock()
		defer f.mu.Unlock()
		handled := 0
		for _, n := range f.fates {
			handled += n
		}
		return handled >= f.town.asked() && f.town.idle()
	})
}

// patiently waits until something holds: longer than connections to a database may stay silent.
func (f *faulty) patiently(what string, holds func() bool) {
	f.t.Helper()
	for late := time.Now().Add(30 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(late) {
			f.t.Fatalf("waited 30 s for %s: %s", what, f.town.report())
		}
	}
}

// judge compares what was asked with what became of it.
func (f *faulty) judge() {
	f.t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	var lost, answered, untaken int
	for _, id := range f.offered {
		switch n := f.town.taken[id]; {
		case n > 1:
			f.t.Errorf("interaction %s was taken up %d times", id, n)
		case f.fake.REST.Answered(id):
			answered++
			if n == 0 {
				f.t.Errorf("interaction %s was answered and never taken up", id)
			}
		case n == 0:
			untaken++ // on its way when the connection ended: Discord tells the member
		default:
			lost++
		}
	}
	logged := f.logs.String()
	told := strings.Count(logged, "reply not sent") / 2 // the log is kept in two forms
	// A reply may have arrived though Discord's answer did not: then it counts as unsent, and is no loss.
	if lost > f.fates[discord.Unsent] || f.fates[discord.Unsent] != told {
		f.t.Errorf("%d interactions were taken up and not answered; %d replies are known to be unsent, and the log tells %d", lost, f.fates[discord.Unsent], told)
	}
	if unsent := strings.Count(logged, "a deferred reply was not sent") / 2; f.town.broken > unsent {
		f.t.Errorf("%d promises were not kept, and the log tells %d", f.town.broken, unsent)
	}
	for fate := range f.fates {
		if fate != discord.Replied && fate != discord.Unsent {
			f.t.Errorf("%d interactions were %s", f.fates[fate], fate)
		}
	}
	for _, never := range []string{"Joconde", "panic"} {
		if strings.Contains(logged, never) {
			f.t.Errorf("the log says %q", never)
		}
	}
	if len(f.offered) < 50 || answered < len(f.offered)/2 || f.town.said["quoted"] < answered/4 || f.town.said["revised"] < faultServers*faultShards {
		f.t.Errorf("%d interactions were offered, %d answered, %s: that is no test", len(f.offered), answered, f.town.report())
	}
	f.t.Logf("seed %d, %v: %d faults of Discord’s, of %d kinds; %d connections ended, %d identifies in %d days of 1000",
		*faultSeed, *faultRun, total(f.struck), len(f.struck), f.ended, f.identifies, f.days)
	f.t.Logf("libraries: %v", f.befell)
	f.t.Logf("%d interactions: %d answered, %d on their way when a connection ended, %d not answered and told in the log; %d came while their shard was away",
		len(f.offered)+f.away, answered, untaken, lost, f.away)
	f.t.Logf("replies: %s", f.town.report())
	f.t.Logf("all servers were answered %v after the last fault", f.worst.Round(time.Millisecond))
}

func total(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

// within draws a duration shorter than d.
func within(rng *rand.Rand, d time.Duration) time.Duration {
	return time.Duration(rng.Int64N(int64(d)))
}
