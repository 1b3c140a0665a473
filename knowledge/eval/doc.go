// Package eval measures how well questions are answered: [Load] reads question sets, [Run] asks them
// and counts. What it prints is what `bot eval` shows.
package eval
