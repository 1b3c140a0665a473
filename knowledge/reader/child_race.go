//go:build race

package reader

// slowness is how many times the race detector may take the time of what it watches: a start of this program alone
// takes twenty times as long.
const slowness = 10
