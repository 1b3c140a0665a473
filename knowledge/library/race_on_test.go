//go:build race

package library_test

const rounds = 800 // each takes longer under the race detector
