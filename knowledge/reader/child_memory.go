package reader

import (
	"os"
	"runtime/metrics"
	"time"
)

// looks is how often a child looks at the memory that it has taken. In that time a program fills some ten MiB.
const looks = 2 * time.Millisecond

// watchMemory ends this process when it has taken [childMemory].
func watchMemory() {
	samples := []metrics.Sample{
		{Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
	}
	for ; ; time.Sleep(looks) {
		metrics.Read(samples)
		if samples[0].Value.Uint64()-samples[1].Value.Uint64() > childMemory {
			os.Exit(exitMemory)
		}
	}
}
