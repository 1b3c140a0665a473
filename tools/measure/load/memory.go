package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// warmUp is what a bot is given to take the memory that it then keeps.
const warmUp = time.Minute

// watch samples the memory of the bot each second until ctx ends, and returns what was seen, in MiB.
func (p *process) watch(ctx context.Context) []float64 {
	var seen []float64
	for tick := time.NewTicker(time.Second); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return seen
		case <-tick.C:
			seen = append(seen, p.resident())
		}
	}
}

// flat says how far the memory strayed from its mean after the warm-up: sample by sample, and in the means of
// minutes, which tell whether it grows. It says nothing of a step that is too short.
func flat(seen []float64) string {
	const minute = 60
	if len(seen) < int(warmUp.Seconds())+2*minute {
		return ""
	}
	seen = seen[int(warmUp.Seconds()):]
	var minutes []float64
	for m := range slices.Chunk(seen, minute) {
		if len(m) == minute {
			minutes = append(minutes, mean(m))
		}
	}
	middle := mean(seen)
	stray := func(of []float64) string {
		return fmt.Sprintf("%+.1f to %+.1f %%", 100*(slices.Min(of)/middle-1), 100*(slices.Max(of)/middle-1))
	}
	return fmt.Sprintf("\nMemory after %v: %.1f MiB; each second %s of it, the means of minutes %s: %.1f\n\n", warmUp, middle, stray(seen), stray(minutes), minutes)
}

func mean(of []float64) float64 {
	sum := 0.0
	for _, v := range of {
		sum += v
	}
	return sum / float64(len(of))
}
