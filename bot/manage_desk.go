package bot

import (
	"context"
	"errors"
	"sync"
)

// Bounds on the long work of moderators. They are ours: reading a hostile file may take 200 MiB, and a
// server's own work is done in the order that it was asked for.
const (
	maxSeats = 2  // works that are done at once
	maxLine  = 10 // works of one server that are done or wait
)

// errBusy is what a work fails with that would wait behind too many of its server's.
var errBusy = errors.New("too much work of this server waits")

// A desk lets a few works be done at once, of each server one. It may be shared between goroutines.
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

// sit waits for a server's turn and then for a seat. What it returns must be called at the end of the work.
// waiting is called when it has to wait.
func (d *desk) sit(ctx context.Context, guild string, waiting func()) (leave func(), err error) {
	l, err := d.queue(guild)
	if err != nil {
		return nil, err
	}
	if err := take(ctx, l.turn, waiting); err != nil {
		d.unqueue(guild, l)
		return nil, err
	}
	if err := take(ctx, d.seats, waiting); err != nil {
		<-l.turn
		d.unqueue(guild, l)
		return nil, err
	}
	return func() {
		<-d.seats
		<-l.turn
		d.unqueue(guild, l)
	}, nil
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

// atTheDesk returns j for when it is its server's turn.
func (b *Bot) atTheDesk(r *request, j job) job {
	return func(ctx context.Context, tell func(string)) (*result, error) {
		leave, err := b.desk.sit(ctx, r.guild, func() { tell(r.words.waiting) })
		if err != nil {
			return nil, err
		}
		defer leave()
		return j(ctx, tell)
	}
}
