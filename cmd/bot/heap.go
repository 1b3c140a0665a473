package main

import (
	"context"
	"os"
	"runtime/debug"
	runtimemetrics "runtime/metrics"
	"time"
)

const (
	// heapRoom is how much is allocated between two collections of garbage at least, in bytes. Go by itself waits for
	// as much as is alive, which in a bot with few indexes is so little that a busy one would collect forty times
	// a second: with this room two cores answer a fifth more questions (tools/measure/load).
	heapRoom = 32 << 20

	// heapLook is how often the rule is looked at again.
	heapLook = time.Second

	// goPercent is Go's own: collect when as much again has been allocated as was alive.
	goPercent = 100
)

// spareCollector lets garbage take some room until ctx ends. It leaves GOGC alone where that is set, and what
// GOMEMLIMIT says holds in any case.
func spareCollector(ctx context.Context) error {
	if os.Getenv("GOGC") != "" {
		<-ctx.Done()
		return nil
	}
	defer debug.SetGCPercent(goPercent)
	now := goPercent
	live := []runtimemetrics.Sample{{Name: "/gc/heap/live:bytes"}}
	for {
		runtimemetrics.Read(live)
		if percent := percentFor(live[0].Value.Uint64()); percent != now {
			debug.SetGCPercent(percent)
			now = percent
		}
		if !slept(ctx, heapLook) {
			return nil
		}
	}
}

// percentFor is what GOGC is to be when so many bytes are alive: in steps of 50, so that it is seldom changed, and no
// more than 800, as what is alive is not known before the first collection.
func percentFor(live uint64) int {
	percent := uint64(8 * goPercent)
	if live > 0 {
		percent = min(percent, heapRoom*100/live)
	}
	return max(goPercent, int(percent)/50*50) // #nosec G115 -- at most 800
}
