// Command scale simulates a day of a hundred thousand servers, to see which step gives out first: how often an
// index is at hand, what it takes in memory, how long members wait.
//
//	go -C tools/measure run ./scale
//
// It asks no bot. What a question, an index and a build cost are measured figures, which docs/scale.md names; the
// rest is said by flags: how many servers there are, how many have articles of their own, how much they are asked.
// A seed decides all of it, so the same call prints the same table.
package main

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "scale:", err)
		os.Exit(1)
	}
}

// A world is what is simulated.
type world struct {
	servers   int
	own       float64 // of them, those with articles of their own
	questions int     // a day, over all
	zipf      float64 // how much more the popular ones ask
	median    float64 // of a server's text, in bytes; half have more
	spread    float64 // of its logarithm
	ask       time.Duration
	build     time.Duration // for each KiB of text
	read      time.Duration // of a server's articles from the database
	cores     int
	seed      uint64
}

// maxQuestions is the most that the program simulates, whatever it is told.
const maxQuestions = 50_000_000

func run(args []string) error {
	var w world
	flags := flag.NewFlagSet("scale", flag.ContinueOnError)
	flags.IntVar(&w.servers, "servers", 100_000, "servers")
	flags.Float64Var(&w.own, "own", 0.3, "of them, those with articles of their own")
	flags.IntVar(&w.questions, "questions", 3_000_000, "questions a day, over all servers")
	flags.Float64Var(&w.zipf, "zipf", 1.05, "exponent of the servers' popularity, above 1")
	flags.Float64Var(&w.median, "median", 30<<10, "bytes of text that half of the servers with articles exceed")
	flags.Float64Var(&w.spread, "spread", 1.2, "standard deviation of the logarithm of that")
	flags.DurationVar(&w.ask, "ask", 400*time.Microsecond, "processor time of a question")
	flags.DurationVar(&w.build, "build", 250*time.Microsecond, "processor time of building an index, for each KiB of text")
	flags.DurationVar(&w.read, "read", 5*time.Millisecond, "time to read a server's articles from the database")
	flags.IntVar(&w.cores, "cores", 2, "cores of a process")
	flags.Uint64Var(&w.seed, "seed", 1, "what everything is drawn from")
	processes := flags.String("processes", "1,4,16", "how many processes share the servers")
	memory := flags.String("memory", "64,256,1024", "MiB that each keeps indexes in")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if w.servers < 1 || w.questions < 1 || w.questions > maxQuestions || w.zipf <= 1 || w.cores < 1 || w.own < 0 || w.own > 1 {
		return errors.New("expected servers, at most 50 million questions, cores, a share from 0 to 1, and an exponent above 1")
	}
	counts, err := numbers(*processes)
	if err != nil {
		return err
	}
	sizes, err := numbers(*memory)
	if err != nil {
		return err
	}
	texts := w.texts()
	fmt.Printf("%d servers, %d with articles of their own, %.1f GiB of text and %.1f of indexes; %d questions a day, %.0f a second at the peak\n\n",
		w.servers, owning(texts), total(texts)/(1<<30), indexes(texts)/(1<<30), w.questions, float64(w.questions)*peak()/3600)
	fmt.Println("| processes | a server’s questions go to | index memory | at hand | builds/s at the peak | index memory used | busy at the peak | p50 | p99 | p99.9 |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|---|")
	for _, n := range counts {
		for _, sticky := range []bool{true, false} {
			if n == 1 && !sticky {
				continue
			}
			for _, mib := range sizes {
				fmt.Println(w.day(texts, n, sticky, int64(mib)<<20).row(n, sticky, mib))
			}
		}
	}
	return nil
}

func numbers(list string) ([]int, error) {
	var all []int
	for text := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 1 || n > 1<<20 {
			return nil, fmt.Errorf("%q: expected numbers above 0", text)
		}
		all = append(all, n)
	}
	return all, nil
}

// hours is how a day's questions are spread over it, in shares: a French-speaking community's evening.
// It is ours: no measurement of Discord's is public.
var hours = [24]float64{2, 1, .5, .3, .3, .5, 1, 2, 3, 4, 4, 5, 5, 5, 5, 5, 6, 7, 8, 9, 10, 9, 6, 3}

// peak is the share of the day's questions that the busiest hour has.
func peak() float64 { return slices.Max(hours[:]) / sum() }

func sum() (all float64) {
	for _, h := range hours {
		all += h
	}
	return all
}

// texts are the bytes of each server's own articles, 0 for those that have none. The most popular come first.
func (w *world) texts() []float64 {
	rng := rand.New(rand.NewPCG(w.seed, 1)) // #nosec G404 -- a simulation
	all := make([]float64, w.servers)
	for i := range all {
		if rng.Float64() < w.own {
			all[i] = min(w.median*exp(w.spread*rng.NormFloat64()), 20<<20) // a server's quota
		}
	}
	return all
}

func owning(texts []float64) (n int) {
	for _, t := range texts {
		if t > 0 {
			n++
		}
	}
	return n
}

// indexes is what the indexes of all would take, in bytes.
func indexes(texts []float64) (all float64) {
	for _, t := range texts {
		if t > 0 {
			all += float64(cost(t))
		}
	}
	return all
}

func total(texts []float64) (all float64) {
	for _, t := range texts {
		all += t
	}
	return all
}
