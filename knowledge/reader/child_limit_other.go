//go:build !linux || race

package reader

// limitMemory does nothing where the kernel cannot bound what a process writes to, or the race detector takes more
// than that for itself: [watchMemory] is left.
func limitMemory() {}
