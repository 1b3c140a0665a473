package librarytest

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// A Gate stands between libraries and their PostgreSQL. It may be used by many goroutines.
type Gate struct {
	server *Postgres
	folder string
	mute   atomic.Bool
	loses  atomic.Pointer[string]
	frozen sync.RWMutex // held for writing while nothing passes

	mu       sync.Mutex
	listener net.Listener // nil while it is shut
	conns    []net.Conn
	all      sync.WaitGroup
}

// socket is the name of a server's socket in its folder.
const socket = ".s.PGSQL.5432"

// NewGate opens a gate, which is shut with the test.
func NewGate(t testing.TB, before *Postgres) *Gate {
	t.Helper()
	folder, err := os.MkdirTemp("", "gate") // a socket's path is short
	if err != nil {
		t.Fatal(err)
	}
	g := &Gate{server: before, folder: folder}
	t.Cleanup(func() {
		g.Shut()
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	g.Open(t)
	return g
}

// Through returns the way through the gate to an address of its server's.
func (g *Gate) Through(address string) string {
	return strings.Replace(address, g.server.URL(), "postgres://postgres@/postgres?sslmode=disable&host="+g.folder, 1)
}

// Open lets connections through, after [Gate.Shut].
func (g *Gate) Open(t testing.TB) {
	t.Helper()
	l, err := net.Listen("unix", filepath.Join(g.folder, socket))
	if err != nil {
		t.Error(err) // any goroutine may come here
		return
	}
	g.mu.Lock()
	g.listener = l
	g.mu.Unlock()
	g.all.Go(func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			g.pass(from)
		}
	})
}

// pass carries what is said on a connection, both ways.
func (g *Gate) pass(from net.Conn) {
	to, err := net.Dial("unix", filepath.Join(g.server.folder, socket))
	if err != nil {
		_ = from.Close() // the server is down
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.listener == nil {
		_, _ = from.Close(), to.Close()
		return
	}
	g.conns = append(g.conns, from, to)
	lost := new(atomic.Bool)
	g.all.Go(func() { g.carry(to, from, lost) })
	g.all.Go(func() { g.carry(from, to, lost) })
}

// carry carries one way of a connection. Once something of it was lost nothing of it arrives any more, not even its end.
func (g *Gate) carry(to, from net.Conn, lost *atomic.Bool) {
	defer func() {
		if !lost.Load() {
			_ = to.Close()
		}
	}()
	said := make([]byte, 4096)
	for {
		n, err := from.Read(said)
		if n > 0 && (g.mute.Load() || g.forgets(said[:n])) {
			lost.Store(true)
		}
		if !lost.Load() {
			g.frozen.RLock()
			_, _ = to.Write(said[:n])
			g.frozen.RUnlock()
		}
		if err != nil {
			return
		}
	}
}

// Shut ends every connection and refuses new ones. What is frozen must have thawed.
func (g *Gate) Shut() {
	g.mu.Lock()
	if g.listener != nil {
		_ = g.listener.Close()
	}
	g.listener = nil
	for _, c := range g.conns {
		_ = c.Close()
	}
	g.conns = nil
	g.mu.Unlock()
	g.all.Wait()
}

// Mute loses all that is said, as a network between that forgets its connections. Those on which something was
// lost stay silent for good.
func (g *Gate) Mute(yes bool) { g.mute.Store(yes) }

// Lose loses the first thing said that holds these words, and all that follows on its connection, as [Gate.Mute] does.
func (g *Gate) Lose(words string) { g.loses.Store(&words) }

// forgets reports whether what is said is to be lost, once.
func (g *Gate) forgets(said []byte) bool {
	words := g.loses.Load()
	return words != nil && bytes.Contains(said, []byte(*words)) && g.loses.CompareAndSwap(words, nil)
}

// Freeze holds back all that is said until [Gate.Thaw].
func (g *Gate) Freeze() { g.frozen.Lock() }

// Thaw lets through what [Gate.Freeze] held back.
func (g *Gate) Thaw() { g.frozen.Unlock() }
