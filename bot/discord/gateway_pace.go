package discord

import (
	"context"
	"math/rand/v2"
	"time"
)

// identifyReserve is how many identifies of the day are left alone. Discord resets the token of a
// bot that exceeds them, and others may be spending at the same time: the shards of other buckets,
// other processes, a person who tries something.
const identifyReserve = 20

// A pace spaces out IDENTIFYs: shards whose number is the same modulo max_concurrency share a bucket,
// which has one identify each interval.
//
// Source: https://discord.com/developers/docs/events/gateway#sharding-max-concurrency.
type pace struct {
	every   time.Duration
	buckets []chan time.Time // each holds, while nobody identifies, when the next one may
}

func newPace(concurrency int, every time.Duration) *pace {
	p := &pace{every: every, buckets: make([]chan time.Time, max(concurrency, 1))}
	for i := range p.buckets {
		p.buckets[i] = make(chan time.Time, 1)
		p.buckets[i] <- time.Time{}
	}
	return p
}

// A turn is the right to identify. Nobody else of the bucket has one until it is over.
type turn struct {
	p      *pace
	bucket chan time.Time
	next   time.Time
}

// await waits for the turn of a shard; nil means that ctx ended first.
func (p *pace) await(ctx context.Context, shard int) *turn {
	bucket := p.buckets[shard%len(p.buckets)]
	select {
	case <-ctx.Done():
		return nil
	case next := <-bucket:
		t := &turn{p: p, bucket: bucket, next: next}
		if !sleep(ctx, time.Until(next)) {
			t.over()
			return nil
		}
		return t
	}
}

// spend notes that the IDENTIFY has just been sent, and ends the turn.
func (t *turn) spend() {
	if t != nil {
		t.next = time.Now().Add(t.p.every)
		t.over()
	}
}

// over ends the turn. It may be called again, and on nil.
func (t *turn) over() {
	if t != nil && t.bucket != nil {
		t.bucket <- t.next
		t.bucket = nil
	}
}

// A backoff is a row of pauses, each about twice as long as the one before. A jitter of half of it
// keeps the shards, and all the bots of the world, from coming back at the same instant.
type backoff struct {
	first, max time.Duration
	n          int // pauses since the last reset
}

func (b *backoff) reset() { b.n = 0 }

// after returns the next pause, or the one that Discord asked for with err where that is longer.
func (b *backoff) after(err error) time.Duration {
	d := b.max
	if b.n < 30 { // beyond, the shift would overflow
		d = min(b.first<<b.n, b.max)
	}
	b.n++
	asked, _ := passing(err)
	return max(asked, d/2+rand.N(d/2+1)) // #nosec G404 -- nothing to guess
}
