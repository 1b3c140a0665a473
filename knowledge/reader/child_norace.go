//go:build !race

package reader

// slowness is more than 1 under the race detector only.
const slowness = 1
