package discord

import (
	"runtime"
	"runtime/metrics"
)

// maxReady is how many goroutines may be ready to run and wait for a processor, for each of them, before a request is
// turned away. An answer takes some half a millisecond of one, so that what is behind a hundred waits for 50 ms.
//
// Answers wait for nothing but a processor, and are seldom interrupted: however many requests come, few are in flight
// at once, and no count of those shows how many wait. What is ready to run does.
const maxReady = 100

// crowded reports whether more is ready to run than is answered in good time.
func crowded() bool {
	s := [1]metrics.Sample{{Name: "/sched/goroutines/runnable:goroutines"}}
	metrics.Read(s[:])
	return s[0].Value.Kind() == metrics.KindUint64 && s[0].Value.Uint64() > uint64(maxReady*runtime.GOMAXPROCS(0)) // #nosec G115 -- above 0
}
