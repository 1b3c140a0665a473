package library

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"verbatim/knowledge"
)

// A state is what the library last said of a server, so that a question does not have to ask again.
type state struct {
	known   bool // row is what the library says now
	changes int  // how often it may have changed since the program began
	row     row
}

// A row is a server as the library keeps it.
type row struct {
	said     bool   // the library has said so; else nothing is known of the server
	edition  string // changes with every change of the server's articles, and never comes back
	settings Settings
	articles int
	left     bool // the bot was removed from it
}

// states are the servers that were asked for.
type states struct {
	mu      sync.Mutex
	byGuild map[string]*state
	changes atomic.Uint64 // how often anything may have changed
	silent  atomic.Int64  // until when the library is not asked again, as it did not answer: [uptime]
}

// maxStates is how many states are kept. One takes some 200 bytes; when there are more, all are read again.
const maxStates = 10_000

// of returns the state of a server. The caller holds s.mu.
func (s *states) of(guild string) *state {
	st := s.byGuild[guild]
	if st == nil {
		if len(s.byGuild) >= maxStates {
			clear(s.byGuild)
		}
		st = &state{}
		s.byGuild[guild] = st
	}
	return st
}

// A cache is made of what the library holds, and is told of changes. [*Indexes] is one.
type cache interface {
	// doubt says that a server's articles have changed. grown means that some were added, and none was
	// revised or removed.
	doubt(guild string, grown bool)
	// doubtAll says that anything may have changed.
	doubtAll()
}

func (l *Library) attach(c cache) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.caches[c] = struct{}{}
}

func (l *Library) detach(c cache) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.caches, c)
}

// changed is called after a server's part of the library changed, or may have. What begins afterwards sees
// the change.
func (l *Library) changed(guild string, grown bool) {
	l.states.changes.Add(1)
	l.states.mu.Lock()
	st := l.states.of(guild)
	st.known = false
	st.changes++
	l.states.mu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.caches {
		c.doubt(guild, grown)
	}
}

// changedAll is called when anything may have changed.
func (l *Library) changedAll() {
	l.states.changes.Add(1)
	l.states.mu.Lock()
	for _, st := range l.states.byGuild {
		st.known = false
		st.changes++
	}
	l.states.mu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.caches {
		c.doubtAll()
	}
}

// readWithin is how long a library may take to say what it keeps of a server: less than a question may take,
// so that there is time left to answer it from what was known before.
const readWithin = time.Second

// silence is how long a library that did not say in time what it keeps is taken for unreachable: an answer asks it
// several times, and has the time to wait for it once.
const silence = time.Second

var began = time.Now()

// uptime tells the time, whatever the clock says: one that is set back must not make a second last for an hour.
func uptime() time.Duration { return time.Since(began) }

// row returns what is kept of a server. When the library cannot be read, it returns what was last known of
// it beside the error.
func (l *Library) row(ctx context.Context, guild string) (row, error) {
	l.fresh(ctx, l.changedAll)
	l.states.mu.Lock()
	st := l.states.of(guild)
	last, known, changes := st.row, st.known, st.changes
	l.states.mu.Unlock()
	switch {
	case known:
		return last, nil
	case int64(uptime()) < l.states.silent.Load():
		return last, l.ended(Knowing, &StorageError{Trouble: Unreachable, Err: context.DeadlineExceeded})
	}
	within, cancel := context.WithTimeout(ctx, readWithin)
	defer cancel()
	r, err := readRow(within, l.reader, guild)
	switch {
	case err != nil && ctx.Err() == nil && within.Err() != nil:
		l.states.silent.Store(int64(uptime() + silence))
		return last, l.ended(Knowing, &StorageError{Trouble: Unreachable, Err: within.Err()})
	case err != nil:
		return last, l.ended(Knowing, err)
	}
	l.states.mu.Lock()
	defer l.states.mu.Unlock()
	if st.changes == changes {
		st.row, st.known = r, true
	}
	return r, nil
}

func readRow(ctx context.Context, q querier, guild string) (row, error) {
	r := row{said: true}
	var settings string
	err := q.QueryRowContext(ctx, `SELECT edition, settings, left_at IS NOT NULL,
		(SELECT count(*) FROM articles a WHERE a.guild = g.guild) FROM guilds g WHERE guild = $1`, guild).
		Scan(&r.edition, &settings, &r.left, &r.articles)
	switch {
	case isNoRows(err):
		return r, nil
	case err != nil:
		return row{}, err
	}
	r.settings, err = parseSettings(settings)
	return r, err
}

// A shelf holds the operator's articles that are files.
type shelf struct {
	mu       sync.Mutex
	articles []*knowledge.Article
	version  uint64
}

func (s *shelf) now() ([]*knowledge.Article, uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.articles, s.version
}

// Share makes articles known to every server, in the place of those that were shared before. They stay in
// memory: other processes share their own. Where IDs are the same, a server's own article hides the
// operator's, and one on the shelf hides one that is shared.
func (l *Library) Share(articles []*knowledge.Article) {
	l.shared.mu.Lock()
	l.shared.articles = articles
	l.shared.version++
	l.shared.mu.Unlock()
	l.changed("", false)
}
