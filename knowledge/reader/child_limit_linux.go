//go:build linux && !race

package reader

import "golang.org/x/sys/unix"

// limitMemory has the kernel refuse what one allocation takes between two looks of [watchMemory]. The kernel counts
// what is reserved for writing, used or not, so the limit stands higher than what is meant.
func limitMemory() {
	limit := unix.Rlimit{Cur: 2 * MaxMemory, Max: 2 * MaxMemory}
	_ = unix.Setrlimit(unix.RLIMIT_DATA, &limit) // where it fails, watchMemory is left
}
