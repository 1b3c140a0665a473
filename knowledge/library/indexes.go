package library

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"sync"
	"time"

	"verbatim/knowledge"
)

// IndexOptions tunes [NewIndexes]. The zero value is what the bot runs with.
type IndexOptions struct {
	// Bytes is how much memory the indexes may take together, by an estimate. What is in use is never dropped,
	// so that one index over the bound is served all the same. 0 means 256 MiB.
	Bytes int64

	// Patience is how long a question waits for articles that are being added before it is answered from
	// those that were there. 0 means 500 ms. Removed or revised articles are always waited for.
	Patience time.Duration
}

// The defaults of [IndexOptions].
const (
	DefaultIndexBytes = 256 << 20
	DefaultPatience   = 500 * time.Millisecond
)

// Indexes keeps ready what answers questions on each server's articles: it is built when it is first asked
// for, once however many ask, and dropped least recently used first. It is made by [NewIndexes] and may be
// shared between goroutines.
type Indexes[T any] struct {
	library *Library
	derive  func(*knowledge.Index) T
	o       IndexOptions
	ctx     context.Context // ends with Close
	end     context.CancelFunc
	slots   chan struct{}  // a build holds one
	reading sync.WaitGroup // builds that use the library

	mu      sync.Mutex
	closed  bool
	kept    lru[T]
	flights map[string]*flight[T]
	moments uint64 // counts the beginnings of builds and of acquisitions
	built   uint64 // indexes
	failed  uint64 // builds
}

// A Handle is the use of a server's index. It must be released.
type Handle[T any] struct {
	Index *knowledge.Index
	Value T // what was derived from it

	release func()
	once    sync.Once
}

// Release ends the use. Released again, it does nothing.
func (h *Handle[T]) Release() { h.once.Do(h.release) }

// ErrClosed is returned by [Indexes.Acquire] after Close.
var ErrClosed = errors.New("the indexes are closed")

// NewIndexes keeps indexes of a library's articles. derive makes what is used beside an index; it may be
// called by several goroutines at once. Close must be called before the library's.
func NewIndexes[T any](l *Library, derive func(*knowledge.Index) T, o IndexOptions) *Indexes[T] {
	o.Bytes = cmp.Or(o.Bytes, DefaultIndexBytes)
	o.Patience = cmp.Or(o.Patience, DefaultPatience)
	x := &Indexes[T]{library: l, derive: derive, o: o, slots: make(chan struct{}, runtime.GOMAXPROCS(0)),
		kept: newLRU[T](), flights: map[string]*flight[T]{}}
	x.ctx, x.end = context.WithCancel(context.Background()) //nolint:gosec // Close calls it
	l.attach(x)
	return x
}

// Close frees the indexes, those in use once they are released. It ends the builds that read the library; what
// others bring is dropped when it comes.
func (x *Indexes[T]) Close() {
	x.library.detach(x)
	x.end()
	x.mu.Lock()
	x.closed = true
	x.mu.Unlock()
	x.reading.Wait()
	x.mu.Lock()
	defer x.mu.Unlock()
	x.kept.shrink(0)
}

// Acquire returns the index of the articles that a server knows: its own, and the operator's unless its
// settings leave them out. It waits for one that is being built, until ctx ends. What changed before
// Acquire was called is in it, if this process changed it; what another changed, within two seconds. When the
// library cannot be reached it returns the last index, as long as nothing is known to have been taken out of it.
func (x *Indexes[T]) Acquire(ctx context.Context, guild string) (*Handle[T], error) {
	x.mu.Lock()
	began := x.tick()
	x.mu.Unlock()
	for {
		before := x.library.states.changes.Load()
		want, err := x.library.view(ctx, guild)
		h, f, err := x.find(want, before, err)
		if h != nil || err != nil {
			return h, err
		}
		if h, err = x.await(ctx, f, want, began); h != nil || err != nil {
			return h, err
		}
	}
}

// find returns a handle on the index that is wanted, or the flight that builds it. before is how much had
// changed before it was known what is wanted, and unreadable why that is not known for certain.
func (x *Indexes[T]) find(want view, before uint64, unreadable error) (*Handle[T], *flight[T], error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil, nil, ErrClosed
	}
	e := x.kept.entry(want.key)
	switch {
	case unreadable != nil && e != nil && e.trust < doubted:
		return x.hold(e), nil, nil
	case unreadable != nil:
		return nil, nil, unreadable
	case e != nil && e.edition == want.edition:
		if x.library.states.changes.Load() == before {
			e.trust = current
		}
		return x.hold(e), nil, nil
	}
	f := x.flights[want.key]
	if f == nil {
		f = &flight[T]{began: x.tick(), done: make(chan struct{})}
		x.flights[want.key] = f
		x.reading.Add(1)
		go x.land(want.key, f)
	}
	f.waiting++
	return nil, f, nil
}

// tick returns the next moment. The caller holds x.mu.
func (x *Indexes[T]) tick() uint64 {
	x.moments++
	return x.moments
}

// hold returns a handle on an entry. The caller holds x.mu.
func (x *Indexes[T]) hold(e *entry[T]) *Handle[T] {
	e.users++
	x.kept.touch(e)
	return x.handle(e)
}

// handle returns a handle on an entry that has been counted as used.
func (x *Indexes[T]) handle(e *entry[T]) *Handle[T] {
	return &Handle[T]{Index: e.index, Value: e.value, release: func() { x.release(e) }}
}

func (x *Indexes[T]) release(e *entry[T]) {
	x.mu.Lock()
	defer x.mu.Unlock()
	e.users--
	if e.dropped && e.users == 0 {
		e.close()
	}
}

// doubt is told of changes by the library.
func (x *Indexes[T]) doubt(guild string, additions bool) {
	to := doubted
	if additions {
		to = grown
	}
	x.raise(to, func(key string) bool { return guild == "" || key == guild })
}

// doubtAll is told by the library that anything may have changed.
func (x *Indexes[T]) doubtAll() { x.raise(unsure, func(string) bool { return true }) }

// raise notes what became of the articles of indexes, and of those that are being built.
func (x *Indexes[T]) raise(to trust, of func(key string) bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for key, e := range x.kept.byKey {
		if of(key) {
			e.trust = max(e.trust, to)
		}
	}
	for key, f := range x.flights {
		if of(key) {
			f.trust = max(f.trust, to)
		}
	}
}
