package knowledge

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// TestALongSentenceTakesNoRoomElsewhere checks that an index is as large as its own article makes it, whatever was indexed before.
func TestALongSentenceTakesNoRoomElsewhere(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1)) // bleve's pool is emptied by the collector
	var words strings.Builder
	for i := range 40_000 {
		fmt.Fprintf(&words, "mot%d ", i)
	}
	kept := func(text string) uint64 {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		x := indexOf(t, text)
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(x)
		return after.HeapAlloc - min(before.HeapAlloc, after.HeapAlloc)
	}
	many := strings.Repeat("Le club ouvre à huit heures du matin.\n", 500)
	kept(many) // and what is read once for all
	alone := kept(many)
	indexOf(t, words.String())
	if got := kept(many); got > 2*alone+8<<20 {
		t.Errorf("%d MB after a long sentence, %d MB without", got>>20, alone>>20)
	}
}
