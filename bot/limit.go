package bot

import (
	"container/list"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits bounds how often the bot is asked. A field that is zero has its default; Unlimited takes all
// of them away. Autocompletion is not counted: a member who types sends one for each key.
type Limits struct {
	// MemberEvery is how often a member may ask on average; default 1 s. MemberBurst is how many times
	// they may in a row; default [MemberBurst].
	MemberEvery time.Duration
	MemberBurst int

	// GuildEvery and GuildBurst are the same for all the members of a server; defaults 50 ms and [GuildBurst].
	GuildEvery time.Duration
	GuildBurst int

	Unlimited bool
}

// The default bursts of [Limits].
const (
	MemberBurst = 20
	GuildBurst  = 100
)

// maxBuckets is how many members, and how many servers, are remembered. It is ours: the least recent
// is forgotten first, and by then its bucket is full again unless tens of thousands ask at once.
const maxBuckets = 1 << 15

// A limiter bounds how often each of many asks. It may be shared between goroutines.
type limiter struct {
	every rate.Limit
	burst int

	mu     sync.Mutex
	byID   map[string]*list.Element // of *bucket
	recent *list.List               // most recently asked first
}

type bucket struct {
	id string
	*rate.Limiter
}

func newLimiter(every time.Duration, burst int) *limiter {
	return &limiter{every: rate.Every(every), burst: burst, byID: map[string]*list.Element{}, recent: list.New()}
}

// wait counts one more from id at that time, and returns 0; or does not count it, and returns how
// long until the next may come. An empty id is not counted: Discord did not say who asks.
func (l *limiter) wait(id string, now time.Time) time.Duration {
	if id == "" {
		return 0
	}
	reservation := l.bucket(id).ReserveN(now, 1)
	delay := reservation.DelayFrom(now)
	if delay > 0 {
		reservation.CancelAt(now)
	}
	return delay
}

// bucket returns what id may still take, a full one when it is not remembered.
func (l *limiter) bucket(id string) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e := l.byID[id]; e != nil {
		l.recent.MoveToFront(e)
		return e.Value.(*bucket).Limiter //nolint:forcetypeassert // only buckets are put in
	}
	if len(l.byID) >= maxBuckets {
		oldest := l.recent.Back()
		delete(l.byID, l.recent.Remove(oldest).(*bucket).id) //nolint:forcetypeassert // as above
	}
	b := &bucket{id, rate.NewLimiter(l.every, l.burst)}
	l.byID[id] = l.recent.PushFront(b)
	return b.Limiter
}

// A gate lets an interaction in when neither its member nor its server asks too often. A nil gate
// lets everything in.
type gate struct{ members, guilds *limiter }

func newGate(o Limits) *gate {
	if o.Unlimited {
		return nil
	}
	return &gate{
		members: newLimiter(or(o.MemberEvery, time.Second), or(o.MemberBurst, MemberBurst)),
		guilds:  newLimiter(or(o.GuildEvery, 50*time.Millisecond), or(o.GuildBurst, GuildBurst)),
	}
}

// wait returns 0 when a request may be answered, else how long until it may.
func (g *gate) wait(r *request, now time.Time) time.Duration {
	if g == nil {
		return 0
	}
	if d := g.members.wait(r.member(), now); d > 0 {
		return d
	}
	return g.guilds.wait(r.GuildID, now)
}

// or returns v, or its default when v is not above zero.
func or[T int | time.Duration](v, otherwise T) T {
	if v <= 0 {
		return otherwise
	}
	return v
}
