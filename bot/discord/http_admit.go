package discord

import (
	"cmp"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
)

// Bounds of what the endpoint takes on at once. What comes above is told so at once, with 503: a reply that
// comes after Discord's 3 s serves nobody, and makes those behind it late.
const (
	// maxAnswering is how many interactions are answered at once unless the options say otherwise. On two cores
	// that are busy the last of as many has its answer after some 50 ms, and the first that is one too many is told
	// so no later: both wait for the processor.
	maxAnswering = 128

	// maxConns is how many connections are open at once unless the options say otherwise. Others wait in the
	// kernel's queue. A proxy holds a few dozen.
	maxConns = 1024

	// maxHeld is how many bytes of bodies are held at once: as many as bodies of a usual size, 4 kB, on all
	// connections, four times over.
	maxHeld = 16 << 20

	// firstRead is the memory that a body gets before its sender has sent anything, in bytes.
	firstRead = 4 << 10
)

var (
	errBusy  = errors.New("too many interactions are being answered: try again in a second")
	errLarge = errors.New("the body is over 1 MiB")
	errShort = errors.New("the body ends too early")
)

// A budget is a number of bytes that may be held at once. It may be used by many goroutines.
type budget struct{ left atomic.Int64 }

func newBudget(bytes int64) *budget {
	b := new(budget)
	b.left.Store(bytes)
	return b
}

// take reports whether n more bytes may be held, and if so counts them.
func (b *budget) take(n int) bool {
	if b.left.Add(-int64(n)) >= 0 {
		return true
	}
	b.give(n)
	return false
}

func (b *budget) give(n int) { b.left.Add(int64(n)) }

// readBody reads a body. Its memory, counted in the budget, grows with what has come, not with what was
// promised: who sends slowly holds little. release gives the memory back; it is never nil.
func (b *budget) readBody(r *http.Request) (body []byte, release func(), err error) {
	release = func() { b.give(cap(body)) }
	if r.ContentLength > maxBody {
		return body, release, errLarge
	}
	size := firstRead
	if known := int(r.ContentLength); known >= 0 {
		size = min(size, known+1) // one more, to see the end
	}
	for {
		if len(body) == cap(body) {
			if !b.take(size - cap(body)) {
				return body, release, errBusy
			}
			grown := make([]byte, len(body), size)
			copy(grown, body)
			body = grown
			size = min(2*size, maxBody+1)
		}
		n, err := r.Body.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		switch {
		case len(body) > maxBody:
			return body, release, errLarge
		case errors.Is(err, io.EOF):
			return body, release, nil
		case err != nil:
			return body, release, errShort
		}
	}
}

// slots are what interactions in flight hold, one each.
type slots chan struct{}

func newSlots(n int) slots { return make(slots, cmp.Or(n, maxAnswering)) }

// take reports whether there was a slot left.
func (s slots) take() bool {
	select {
	case s <- struct{}{}:
		return true
	default:
		return false
	}
}

func (s slots) give() { <-s }
