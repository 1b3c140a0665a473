package bot

import (
	"context"
	"errors"
	"sync"

	"verbatim/knowledge/reader"
)

// Bounds on the long work of moderators. They are ours: reading a hostile file may take 200 MiB, and a
// server's own work is done in the order that it was asked for.
const (
	maxSeats = 2  // files that are fetched and read at once
	maxLine  = 10 // works of one server that are done or wait
)

// errBusy is what a work fails with that would wait behind too many of its server's.
var errBusy = errors.New("too much work of this server waits")

// A desk lets one work of each server be done at once, and of all of them a few files be read. It may be
// shared between goroutines.
type desk struct {
	seats chan struct{}
	mu    sync.Mutex
	lines map[string]*line // of the servers that have work
}

// A line is the work of one server.
type line struct {
	turn chan struct{} // held by the work that is being done
	n    int           // works that are done or wait
}

func newDesk() *desk {
	return &desk{seats: make(chan struct{}, maxSeats), lines: map[string]*line{}}
}

// turn waits for a server's turn, and calls waiting when it has to. What it returns must be called at the end
// of the work. It fails with [errBusy] or with the error of ctx.
func (d *desk) turn(ctx context.Context, guild string, waiting func()) (leave func(), err error) {
	l, err := d.queue(guild)
	if err != nil {
		return nil, err
	}
	if err := take(ctx, l.turn, waiting); err != nil {
		d.unqueue(guild, l)
		return nil, err
	}
	return func() {
		<-l.turn
		d.unqueue(guild, l)
	}, nil
}

// seat waits for a seat to read a file at, in the same way.
func (d *desk) seat(ctx context.Context, waiting func()) (leave func(), err error) {
	if err := take(ctx, d.seats, waiting); err != nil {
		return nil, err
	}
	return func() { <-d.seats }, nil
}

// take takes a place of c, and calls waiting when there is none yet.
func take(ctx context.Context, c chan struct{}, waiting func()) error {
	select {
	case c <- struct{}{}:
		return nil
	default:
		waiting()
	}
	select {
	case c <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (d *desk) queue(guild string) (*line, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	l := d.lines[guild]
	if l == nil {
		l = &line{turn: make(chan struct{}, 1)}
		d.lines[guild] = l
	}
	if l.n == maxLine {
		return nil, errBusy
	}
	l.n++
	return l, nil
}

func (d *desk) unqueue(guild string, l *line) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if l.n--; l.n == 0 {
		delete(d.lines, guild)
	}
}

// inTurn returns j for when it is its server's turn.
func (b *Bot) inTurn(r *request, j job) job {
	return func(ctx context.Context, tell func(string)) (*result, error) {
		leave, err := b.desk.turn(ctx, r.guild, func() { tell(r.words.waiting) })
		if err != nil {
			return nil, err
		}
		defer leave()
		return j(ctx, tell)
	}
}

// seated gets an article once there is a seat to read it at.
func (b *Bot) seated(ctx context.Context, r *request, tell func(string), get getter) (*reader.Result, error) {
	leave, err := b.desk.seat(ctx, func() { tell(r.words.waiting) })
	if err != nil {
		return nil, err
	}
	defer leave()
	return get(ctx, tell)
}
