//go:build race

package reader

// slowness is how many times the race detector may take the time of what it watches.
const slowness = 10

// raceOptions keep the race detector from waiting a second at the end of each process.
const raceOptions = "GORACE=atexit_sleep_ms=0"
