package library_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

// A tenant is a server with an article that comes and goes, and one that stays. Its state is a number: the first
// article is there, with that number in it, when it is odd, and is not when it is even.
type tenant struct {
	guild        string
	changing     sync.Mutex
	begun, ended atomic.Int64 // the newest state that a change was begun to, or has returned from
}

func (n *tenant) text(state int64) string {
	return fmt.Sprintf("Le club du serveur %s ouvre au signal %d.", n.guild, state)
}

// stays is the article that is always there.
func (n *tenant) stays() string { return "Chez " + n.guild + ", tout le monde est bienvenu au club." }

// change brings the tenant to its next state.
func (n *tenant) change(t *testing.T, l *library.Library) {
	n.changing.Lock()
	defer n.changing.Unlock()
	state := n.begun.Add(1)
	var err error
	if state%2 == 0 {
		err = l.Remove(t.Context(), n.guild, "club")
	} else {
		_, _, err = l.Put(t.Context(), n.guild, article(t, "club", n.text(state)))
	}
	if err != nil {
		t.Errorf("server %s, state %d: %v", n.guild, state, err)
	}
	n.ended.Store(state)
}

// check asks the tenant's server, and checks that the answer is of a state that it was in meanwhile. With
// stale, older ones are as good: another process made the changes.
func (n *tenant) check(t *testing.T, x *library.Indexes[struct{}], stale bool) {
	from := n.ended.Load()
	got, err := ask(t.Context(), x, n.guild, "Quand ouvre le club ?")
	to := n.begun.Load()
	if err != nil {
		t.Errorf("server %s: %v", n.guild, err)
		return
	}
	if stale {
		from = 0
	}
	for state := from; state <= to; state++ {
		if state%2 == 0 && got == n.stays() || state%2 != 0 && got == n.text(state) {
			return
		}
	}
	if !strings.HasPrefix(got, "Le club du serveur "+n.guild+" ouvre") && got != n.stays() {
		t.Errorf("server %s: got another server's sentence %q", n.guild, got)
		return
	}
	t.Errorf("server %s: got %q in the states %d to %d", n.guild, got, from, to)
}

// A hundred servers whose articles answer the same question differently are asked at once, here and on
// another replica, while articles come and go: none is ever answered with another's, or with one that was
// taken away.
func TestServersAreApart(t *testing.T) {
	sharedEngines(t, func(t *testing.T, where string) {
		here, there := open(t, where, library.Options{}), open(t, where, library.Options{})
		// So small that indexes go while they are wanted.
		o := library.IndexOptions{Bytes: 20 * library.Cost([]*knowledge.Article{article(t, "a", "Le club ouvre.")})}
		x, elsewhere := indexes(t, here, o), indexes(t, there, o)
		tenants := make([]*tenant, 100)
		for i := range tenants {
			tenants[i] = &tenant{guild: fmt.Sprint(1000 + i)}
			put(t, here, tenants[i].guild, article(t, "accueil", tenants[i].stays()), library.Added)
			tenants[i].change(t, here)
		}
		var all sync.WaitGroup
		seed := rand.Uint64()
		t.Logf("seed %d", seed)
		for worker := range 8 {
			draw := rand.New(rand.NewPCG(seed, uint64(worker)))
			all.Go(func() {
				for range rounds / 8 {
					n := tenants[draw.IntN(len(tenants))]
					switch draw.IntN(4) {
					case 0:
						n.change(t, here)
					case 1:
						n.check(t, elsewhere, true)
					default:
						n.check(t, x, false)
					}
				}
			})
		}
		all.Wait()
	})
}
