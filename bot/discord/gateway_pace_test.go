package discord

import (
	"context"
	"errors"
	"testing"
	"time"
)

// Each pause is between half of what is due and all of it, what is due doubles up to the longest, and
// Discord's own word goes above it.
func TestBackoff(t *testing.T) {
	b := backoff{first: time.Second, max: 10 * time.Second}
	broken := errors.New("broken")
	for range 2 {
		for i, seconds := range []int{1, 2, 4, 8, 10, 10, 10} {
			due := time.Duration(seconds) * time.Second
			if got := b.after(broken); got < due/2 || got > due {
				t.Errorf("pause %d: got %v, want from %v to %v", i+1, got, due/2, due)
			}
		}
		b.reset()
	}
	for range 100 { // far beyond what a shift can hold
		if got := b.after(broken); got < time.Second/2 || got > 10*time.Second {
			t.Fatalf("got %v, want at most 10 s", got)
		}
	}
	if got := b.after(&APIError{Status: 429, RetryAfter: time.Minute}); got != time.Minute {
		t.Errorf("after a 429 that asks for a minute: got %v", got)
	}
}

// A bucket has one turn at a time. The next comes a pace after an IDENTIFY, and at once when none was sent.
func TestPace(t *testing.T) {
	const every = 50 * time.Millisecond
	p := newPace(2, every)
	soon, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()

	first := p.await(soon, 0)
	if other := p.await(soon, 1); other == nil {
		t.Fatal("the other bucket waits for this one")
	}
	brief, stop := context.WithTimeout(soon, every)
	defer stop()
	if p.await(brief, 2) != nil {
		t.Fatal("two turns at once in one bucket")
	}
	first.over()
	first.over() // a second end changes nothing
	second := p.await(soon, 2)
	second.spend()
	spent := time.Now()
	second.over()
	if p.await(soon, 4) == nil {
		t.Fatal("no third turn")
	}
	if waited := time.Since(spent); waited < every*9/10 {
		t.Errorf("the turn after an IDENTIFY came after %v, want %v", waited, every)
	}
}
