package main

import (
	"container/list"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

func exp(x float64) float64 { return math.Exp(x) }

// cost is what an index of so much text takes, in bytes: the estimate of knowledge/library, which a test there holds
// to the runtime's own count.
func cost(text float64) int64 {
	const short = 100 << 10
	return int64(110<<10 + 12*min(text, short) + 8*max(0, text-short))
}

// A process keeps indexes, and answers one question a core at a time.
type process struct {
	limit, used int64
	kept        map[int]*list.Element // by server
	order       *list.List            // of kept ones, the most recently asked first
	cores       []float64             // when each is free, in seconds of the day
	busy        float64               // seconds of work in the busiest hour
}

type index struct {
	server int
	bytes  int64
}

// An outcome is what a day shows.
type outcome struct {
	asked, hit int // of servers with articles of their own
	builds     int // in the busiest hour
	most       int64
	busy       float64 // share of the cores' time in the busiest hour, of the busiest process
	waits      []float64
}

// day simulates a day, of which the first six hours only warm the caches.
func (w *world) day(texts []float64, n int, sticky bool, memory int64) *outcome {
	rng := rand.New(rand.NewPCG(w.seed, 2))                       // #nosec G404 -- a simulation
	popular := rand.NewZipf(rng, w.zipf, 10, uint64(w.servers-1)) // #nosec G115 -- above 0
	shift := rng.Perm(w.servers)                                  // popularity and the process that a server belongs to have nothing to do with each other
	processes := make([]*process, n)
	for i := range processes {
		processes[i] = &process{limit: memory, kept: map[int]*list.Element{}, order: list.New(), cores: make([]float64, w.cores)}
	}
	o := &outcome{}
	rush := slices.Index(hours[:], slices.Max(hours[:]))
	for hour := range hours {
		count := int(float64(w.questions) * hours[hour] / sum())
		for i := range count {
			at := (float64(hour) + (float64(i)+rng.Float64())/float64(count)) * 3600
			server := int(popular.Uint64()) // #nosec G115 -- below w.servers
			p := processes[shift[server]%n]
			if !sticky {
				p = processes[rng.IntN(n)]
			}
			work, wait := w.ask.Seconds(), 0.0
			if text := texts[server]; text > 0 {
				hit := p.use(server, text)
				if !hit {
					work += w.build.Seconds() * text / 1024
					wait = w.read.Seconds()
				}
				if hour >= 6 {
					o.asked++
					if hit {
						o.hit++
					} else if hour == rush {
						o.builds++
					}
				}
			}
			waited := p.work(at+wait, work) - at
			if hour == rush {
				p.busy += work
			}
			if hour >= 6 {
				o.waits = append(o.waits, waited)
			}
		}
	}
	for _, p := range processes {
		o.most = max(o.most, p.used)
		o.busy = max(o.busy, p.busy/3600/float64(w.cores))
	}
	return o
}

// use asks for a server's index, and reports whether it was at hand.
func (p *process) use(server int, text float64) bool {
	if e, ok := p.kept[server]; ok {
		p.order.MoveToFront(e)
		return true
	}
	bytes := cost(text)
	p.kept[server] = p.order.PushFront(index{server, bytes})
	p.used += bytes
	for p.used > p.limit && p.order.Len() > 1 {
		last := p.order.Remove(p.order.Back()).(index)
		delete(p.kept, last.server)
		p.used -= last.bytes
	}
	return false
}

// work does some seconds of work that can begin at a time, on the core that is free first, and returns when it ends.
func (p *process) work(at, seconds float64) float64 {
	first := 0
	for i := range p.cores {
		if p.cores[i] < p.cores[first] {
			first = i
		}
	}
	p.cores[first] = max(p.cores[first], at) + seconds
	return p.cores[first]
}

// row is the outcome as a row of the table.
func (o *outcome) row(processes int, sticky bool, mib int) string {
	to := "one process"
	if !sticky {
		to = "any process"
	}
	slices.Sort(o.waits)
	at := func(q float64) string {
		s := o.waits[min(int(q*float64(len(o.waits))), len(o.waits)-1)]
		return time.Duration(s * float64(time.Second)).Round(10 * time.Microsecond).String()
	}
	return fmt.Sprintf("| %d | %s | %d MiB | %.1f %% | %.2f | %d MiB | %.1f %% | %s | %s | %s |",
		processes, to, mib, 100*float64(o.hit)/float64(max(o.asked, 1)), float64(o.builds)/3600, o.most>>20, 100*o.busy, at(.5), at(.99), at(.999))
}
