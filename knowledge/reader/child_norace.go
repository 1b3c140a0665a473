//go:build !race

package reader

// What the race detector needs, where there is none.
const (
	slowness    = 1
	raceOptions = "GORACE="
)
