package bot

import (
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

func TestAMemberWhoAsksTooOftenIsTold(t *testing.T) {
	now := time.Date(2025, 6, 13, 8, 0, 0, 0, time.UTC)
	b := New(shipped().library, Options{
		Limits: Limits{MemberEvery: 10 * time.Second, MemberBurst: 2},
		Now:    func() time.Time { return now },
	})
	asked := func(member string) string {
		i := recorded(t, "aide")
		i.Member.User.ID = member
		r := b.Respond(t.Context(), i).Response
		checkReply(t, r)
		if !private(r) {
			t.Error("told in public")
		}
		return nbsp(texts(r)[0])
	}
	for range 2 {
		if got := asked("1"); !strings.HasPrefix(got, "### ") {
			t.Fatalf("within the burst: %q", got)
		}
	}
	const wait = "Vous allez trop vite pour moi. Réessayez dans "
	if got := asked("1"); got != wait+"10 s." {
		t.Errorf("after the burst: %q", got)
	}
	now = now.Add(9500 * time.Millisecond)
	if got := asked("1"); got != wait+"1 s." {
		t.Errorf("refusals count, or the wait is wrong: %q", got)
	}
	if got := asked("2"); !strings.HasPrefix(got, "### ") {
		t.Errorf("another member: %q", got)
	}
	now = now.Add(500 * time.Millisecond)
	if got := asked("1"); !strings.HasPrefix(got, "### ") {
		t.Errorf("after the wait: %q", got)
	}
}

func TestAServerThatAsksTooOftenIsTold(t *testing.T) {
	b := New(shipped().library, Options{Limits: Limits{GuildEvery: time.Hour, GuildBurst: 1}})
	told := 0
	for member := range 3 {
		i := recorded(t, "aide")
		i.Member.User.ID = strconv.Itoa(member)
		if strings.HasPrefix(texts(b.Respond(t.Context(), i).Response)[0], "Vous allez trop vite") {
			told++
		}
	}
	if told != 2 {
		t.Errorf("%d of 3 were told to wait, want 2", told)
	}
	i := recorded(t, "aide")
	i.GuildID, i.Member.User.ID = "", "9"
	if got := texts(b.Respond(t.Context(), i).Response)[0]; !strings.HasPrefix(got, "### ") {
		t.Errorf("in direct messages: %q", got)
	}
}

// TestTypingIsNotCounted completes more often than any member may ask.
func TestTypingIsNotCounted(t *testing.T) {
	b := New(shipped().library, Options{Limits: Limits{MemberEvery: time.Hour, MemberBurst: 1}})
	for range 5 {
		if r := b.Respond(t.Context(), recorded(t, "completer_vide")).Response; len(r.Data.Choices) == 0 {
			t.Fatal("no choices")
		}
	}
}

// TestAMillionMembersFitInMemory lets each of a million ask once.
func TestAMillionMembersFitInMemory(t *testing.T) {
	l := newLimiter(time.Second, 1)
	now := time.Now()
	before := heap()
	members := 1_000_000
	if raceEnabled {
		members /= 10 // the race detector multiplies their time, and finds nothing more in the rest
	}
	for id := range members {
		if d := l.wait(strconv.Itoa(id), now); d != 0 {
			t.Fatalf("member %d waits %v", id, d)
		}
	}
	if n := len(l.byID); n != maxBuckets || l.recent.Len() != n {
		t.Errorf("%d buckets, %d in order, want %d", n, l.recent.Len(), maxBuckets)
	}
	const most = 16 << 20
	if used := heap() - before; used > most {
		t.Errorf("%d bytes, want at most %d", used, most)
	}
	if l.wait(strconv.Itoa(members-1), now) == 0 {
		t.Error("the last one is forgotten")
	}
	runtime.KeepAlive(l)
}

// heap returns the bytes in use.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestLimiterMayBeShared(t *testing.T) {
	l := newLimiter(time.Hour, 100)
	now := time.Now()
	let := make(chan bool, 400)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 100 {
				let <- l.wait("1", now) == 0
			}
		})
	}
	wg.Wait()
	close(let)
	n := 0
	for ok := range let {
		if ok {
			n++
		}
	}
	if n != 100 {
		t.Errorf("%d of 400 were let in, want 100", n)
	}
}

func TestNobodyKnownIsNotLimited(t *testing.T) {
	b := New(shipped().library, Options{Limits: Limits{MemberEvery: time.Hour, MemberBurst: 1}})
	for range 3 {
		r := b.Respond(t.Context(), &discordgo.Interaction{Type: discordgo.InteractionApplicationCommand}).Response
		if got := texts(r)[0]; got != inFrench.unknown {
			t.Errorf("got %q", got)
		}
	}
}
