package library

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"verbatim/knowledge"
)

// A flight is a build that is under way.
type flight[T any] struct {
	began   uint64
	done    chan struct{}
	waiting int       // those who are to hold the entry
	trust   trust     // what became of the articles meanwhile
	entry   *entry[T] // once done
	err     error     // once done
}

// await waits for a flight, and returns a handle on what it brought, or on the index before it where that may
// stand in. It returns neither a handle nor an error when what it brought is older than it may be. began is the
// moment since which changes must be seen.
func (x *Indexes[T]) await(ctx context.Context, f *flight[T], want view, began uint64) (*Handle[T], error) {
	patience := time.NewTimer(x.o.Patience)
	defer patience.Stop()
	for landed := false; !landed; {
		select {
		case <-f.done:
			landed = true
		case <-patience.C:
			if h := x.standIn(f, want.key); h != nil {
				return h, nil
			}
		case <-ctx.Done():
			x.leave(f)
			return nil, ctx.Err()
		}
	}
	switch fresh := f.began > began; {
	case f.err != nil && fresh:
		return nil, f.err
	case f.err != nil:
		return nil, nil
	case !fresh && f.entry.edition != want.edition:
		x.release(f.entry)
		return nil, nil
	}
	return x.handle(f.entry), nil
}

// standIn returns a handle on the index that a flight is to replace, nil when it may not be used any more.
func (x *Indexes[T]) standIn(f *flight[T], key string) *Handle[T] {
	x.mu.Lock()
	defer x.mu.Unlock()
	e := x.kept.entry(key)
	if f.entry != nil || e == nil || e.trust != grown {
		return nil
	}
	f.waiting--
	return x.hold(e)
}

// leave ends the waiting for a flight.
func (x *Indexes[T]) leave(f *flight[T]) {
	x.mu.Lock()
	f.waiting--
	e := f.entry
	x.mu.Unlock()
	if e != nil {
		x.release(e) // it had landed, and been counted for this one too
	}
}

// land builds an index for a flight, and hands it to those who wait.
func (x *Indexes[T]) land(key string, f *flight[T]) {
	e, err := x.build(key, sync.OnceFunc(x.reading.Done))
	x.mu.Lock()
	defer x.mu.Unlock()
	delete(x.flights, key)
	defer close(f.done)
	if err != nil {
		x.failed++
		f.err = fmt.Errorf("build an index: %w", err)
		return
	}
	x.built++
	e.trust = f.trust
	e.users = f.waiting
	f.entry = e
	x.kept.put(e)
	if x.closed {
		x.kept.shrink(0)
	}
	x.kept.shrink(x.o.Bytes)
}

// collectWithin is how long the library may take to give the articles of one server.
const collectWithin = 30 * time.Second

// build makes the index of what a server knows. It calls read once it is done with the library. Articles are
// strangers' texts: one that makes a fault of ours show costs its server the index, and nobody else.
func (x *Indexes[T]) build(key string, read func()) (e *entry[T], err error) {
	defer read()
	var index *knowledge.Index
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		x.library.log.ErrorContext(x.ctx, "building an index panicked", "guild", key, "panic", p, "stack", string(debug.Stack()))
		e, err = nil, fmt.Errorf("panic: %v", p)
		if index != nil {
			_ = index.Close() // it is in memory: nothing can be lost
		}
	}()
	select {
	case x.slots <- struct{}{}:
		defer func() { <-x.slots }()
	case <-x.ctx.Done():
		return nil, ErrClosed
	}
	ctx, cancel := context.WithTimeout(x.ctx, collectWithin)
	defer cancel()
	articles, edition, err := x.library.collect(ctx, key)
	if err != nil {
		return nil, err
	}
	read()
	index, err = knowledge.Build(articles, knowledge.Options{})
	if err != nil {
		return nil, err
	}
	return &entry[T]{key: key, edition: edition, index: index, value: x.derive(index), bytes: cost(articles)}, nil
}
