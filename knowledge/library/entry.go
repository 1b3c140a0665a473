package library

import (
	"container/list"

	"verbatim/knowledge"
)

// trust says how an index stands to what the library holds now, where it is no longer the same.
type trust int

const (
	current trust = iota // nothing is known to have changed
	grown                // articles were added, and that is all
	unsure               // something may have changed that was not told
	doubted              // articles were revised or removed
)

// An entry is an index that is kept.
type entry[T any] struct {
	key     string
	edition edition
	trust   trust
	index   *knowledge.Index
	value   T
	bytes   int64 // of memory, estimated
	users   int
	dropped bool // it is kept no longer, and closed once nobody uses it
	place   *list.Element
}

// close frees the index. It is in memory: what may fail has nothing to lose.
func (e *entry[T]) close() { _ = e.index.Close() }

// An lru keeps entries in the order of their last use. Its owner locks it.
type lru[T any] struct {
	byKey map[string]*entry[T]
	order *list.List // of *entry[T], the most recently used first
	bytes int64
}

func newLRU[T any]() lru[T] { return lru[T]{byKey: map[string]*entry[T]{}, order: list.New()} }

// entry returns the entry of a key, nil when there is none.
func (k *lru[T]) entry(key string) *entry[T] { return k.byKey[key] }

// touch notes that an entry is being used.
func (k *lru[T]) touch(e *entry[T]) {
	if !e.dropped {
		k.order.MoveToFront(e.place)
	}
}

// put keeps an entry, in the place of the one that had its key.
func (k *lru[T]) put(e *entry[T]) {
	if old := k.byKey[e.key]; old != nil {
		k.drop(old)
	}
	k.byKey[e.key] = e
	e.place = k.order.PushFront(e)
	k.bytes += e.bytes
}

func (k *lru[T]) drop(e *entry[T]) {
	k.order.Remove(e.place)
	delete(k.byKey, e.key)
	k.bytes -= e.bytes
	e.dropped = true
	if e.users == 0 {
		e.close()
	}
}

// shrink drops entries that nobody uses, the least recently used first, until what is kept takes no more
// than limit. With a limit of 0 it drops all.
func (k *lru[T]) shrink(limit int64) {
	for at := k.order.Back(); at != nil && (k.bytes > limit || limit == 0); {
		e := at.Value.(*entry[T])
		at = at.Prev()
		if e.users == 0 || limit == 0 {
			k.drop(e)
		}
	}
}

// cost estimates how much memory an index of articles takes with them, in bytes. What an index has more than
// its text takes the most; words come again in a longer text, which takes less for each byte. TestCost compares
// it with what the runtime counts.
func cost(articles []*knowledge.Article) int64 {
	const (
		base     = 110 << 10
		short    = 100 << 10 // up to here a text brings new words
		perShort = 12
		perByte  = 8
	)
	var n int64
	for _, a := range articles {
		n += int64(len(a.Text))
	}
	return base + perShort*min(n, short) + perByte*max(0, n-short)
}
