package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

func TestPercentFor(t *testing.T) {
	for live, want := range map[uint64]int{0: 800, 1: 800, 4 << 20: 800, 8 << 20: 400, 10 << 20: 300, 32 << 20: 100, 1 << 30: 100} {
		if got := percentFor(live); got != want {
			t.Errorf("%d MiB alive: got %d, want %d", live>>20, got, want)
		}
	}
}

// A program with little alive collects its garbage less often, and as Go does once it has ended.
func TestCollectorIsSpared(t *testing.T) {
	t.Setenv("GOGC", "")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	runtime.GC() // so that it is known what is alive
	go func() { done <- spareCollector(ctx) }()
	got := goPercent
	for late := time.Now().Add(patience); got == goPercent && time.Now().Before(late); time.Sleep(time.Millisecond) {
		got = debug.SetGCPercent(goPercent)
		debug.SetGCPercent(got)
	}
	if got <= goPercent {
		t.Errorf("got GOGC %d with a few MiB alive, want more than Go's own", got)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if got := debug.SetGCPercent(goPercent); got != goPercent {
		t.Errorf("got GOGC %d once it has ended, want Go's own", got)
	}
}
