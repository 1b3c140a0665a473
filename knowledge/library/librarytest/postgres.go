// Package librarytest is what tests of a library, and of what uses one, need of PostgreSQL: a server of their
// own, which can be stopped and started, and a gate before it that can be shut, or say nothing.
package librarytest

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrNoPostgres says that PostgreSQL is not installed here.
var ErrNoPostgres = errors.New("PostgreSQL is not installed (apt-get install postgresql)")

// A Postgres is a database server in a folder of its own, reached by a Unix socket. It ends with the process that
// started it. Its data outlive its own crash, and not the machine's.
type Postgres struct {
	folder string
	bin    string // where its programs are
	as     *syscall.SysProcAttr
	halt   func(syscall.Signal) // ends the server that runs, nil for none
}

// Start makes a database and starts its server. It fails with [ErrNoPostgres] where there is none to start.
func Start() (*Postgres, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	p := &Postgres{bin: bin}
	if p.folder, err = os.MkdirTemp("", "pg"); err != nil { // a socket's path is short
		return nil, err
	}
	if err := p.prepare(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(p.folder))
	}
	return p, nil
}

func (p *Postgres) prepare() (err error) {
	if p.as, err = p.unprivileged(); err != nil {
		return err
	}
	initdb := exec.Command(p.Program("initdb"), "-D", p.data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale", "C")
	initdb.SysProcAttr, initdb.Dir = p.as, p.folder
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return p.Resume()
}

func (p *Postgres) data() string { return filepath.Join(p.folder, "data") }

// Program is the path of one of PostgreSQL's programs.
func (p *Postgres) Program(name string) string { return filepath.Join(p.bin, name) }

// URL is the address of the server, as its administrator.
func (p *Postgres) URL() string {
	return "postgres://postgres@/postgres?sslmode=disable&host=" + url.QueryEscape(p.folder)
}

// Library returns the address of an empty library, which is removed with the test.
func (p *Postgres) Library(t testing.TB) string {
	t.Helper()
	schema := "s" + strings.ToLower(rand.Text())
	p.Exec(t, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { p.Exec(t, "DROP SCHEMA "+schema+" CASCADE") })
	return p.URL() + "&search_path=" + schema
}

// Exec runs a statement as the administrator.
func (p *Postgres) Exec(t testing.TB, statement string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	c, err := pgx.Connect(ctx, p.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close(ctx) }()
	if _, err := c.Exec(ctx, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// programs returns the folder of the newest PostgreSQL that Debian installed.
func programs() (string, error) {
	all, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil || len(all) == 0 {
		return "", ErrNoPostgres
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(strings.Split(path, "/")[4])
		return n
	}
	newest := slices.MaxFunc(all, func(a, b string) int { return cmp.Compare(version(a), version(b)) })
	return filepath.Dir(newest), nil
}

// unprivileged gives the folder to a user that PostgreSQL runs as: it refuses root.
func (p *Postgres) unprivileged() (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
	if err := errors.Join(err, gidErr); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, os.Chown(p.folder, int(uid), int(gid))
}

// Resume starts the server, which must be halted, and waits until it answers. It ends with the process, however that
// ends: the kernel tells it when the thread that started it is gone.
func (p *Postgres) Resume() error {
	var log bytes.Buffer
	cmd := exec.Command(p.Program("postgres"), "-D", p.data(), "-k", p.folder, "-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "max_connections=60", "-c", "shared_buffers=32MB")
	attributes := *p.as
	attributes.Pdeathsig = syscall.SIGQUIT
	cmd.SysProcAttr, cmd.Dir, cmd.Stdout, cmd.Stderr = &attributes, p.folder, &log, &log
	started, stop, ended := make(chan error), make(chan syscall.Signal, 1), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer close(ended)
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		_ = cmd.Process.Signal(<-stop)
		_ = cmd.Wait() // it was told to end
	}()
	if err := <-started; err != nil {
		return err
	}
	p.halt = func(how syscall.Signal) {
		stop <- how
		<-ended
	}
	if err := p.awaken(); err != nil {
		p.Halt(syscall.SIGQUIT)
		return fmt.Errorf("PostgreSQL does not answer: %w\n%s", err, log.String())
	}
	return nil
}

// awaken waits until the server answers: after a crash it first reads its journal.
func (p *Postgres) awaken() error {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for {
		c, err := pgx.Connect(ctx, p.URL())
		if err == nil {
			return c.Close(ctx)
		}
		if ctx.Err() != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// Halt ends the server, and returns once it has ended: with SIGINT it rolls back what is under way and leaves in
// order, with SIGQUIT it leaves at once, as in a crash.
//
// Source: https://www.postgresql.org/docs/current/server-shutdown.html.
func (p *Postgres) Halt(how syscall.Signal) {
	if p.halt != nil {
		p.halt(how)
		p.halt = nil
	}
}

// Close ends the server and throws its data away.
func (p *Postgres) Close() {
	p.Halt(syscall.SIGQUIT)
	_ = os.RemoveAll(p.folder)
}

// shared is the server that the tests of one package have together.
var shared struct {
	once   sync.Once
	server *Postgres
	err    error
}

// Shared returns a server that the tests of one package share: the first that asks starts it, and [End] ends it.
// Where PostgreSQL is not installed the test is skipped, unless CI says that it must be.
func Shared(t testing.TB) *Postgres {
	t.Helper()
	shared.once.Do(func() { shared.server, shared.err = Start() })
	switch {
	case errors.Is(shared.err, ErrNoPostgres) && os.Getenv("CI") == "":
		t.Skip(shared.err)
	case shared.err != nil:
		t.Fatal(shared.err)
	}
	return shared.server
}

// End ends the server of [Shared], where one was started. It is for TestMain.
func End() {
	if shared.server != nil {
		shared.server.Close()
	}
}
