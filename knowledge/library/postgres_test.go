package library_test

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

// A postgres is a database server of the tests' own, in a folder of its own, reached by a Unix socket. It is
// started when the first test asks for it, and ended with the tests.
type postgres struct {
	once   sync.Once
	err    error
	folder string
	stop   func()
}

var server postgres

// errNoPostgres says that PostgreSQL is not installed here.
var errNoPostgres = errors.New("PostgreSQL is not installed (apt-get install postgresql)")

// postgresURL returns the address of an empty library of the test's own. Where PostgreSQL is not installed the
// test is skipped, unless CI says that it must be.
func postgresURL(t testing.TB) string {
	t.Helper()
	server.once.Do(func() { server.err = server.start() })
	switch {
	case errors.Is(server.err, errNoPostgres) && os.Getenv("CI") == "":
		t.Skip(server.err)
	case server.err != nil:
		t.Fatal(server.err)
	}
	schema := "s" + strings.ToLower(rand.Text())
	asAdmin(t, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { asAdmin(t, "DROP SCHEMA "+schema+" CASCADE") })
	return server.url() + "&search_path=" + schema
}

// asAdmin runs a statement on the tests' server.
func asAdmin(t testing.TB, statement string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	c, err := pgx.Connect(ctx, server.url())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func (p *postgres) url() string {
	return "postgres://postgres@/postgres?sslmode=disable&host=" + url.QueryEscape(p.folder)
}

// start makes a database and starts its server.
func (p *postgres) start() error {
	bin, err := postgresBin()
	if err != nil {
		return err
	}
	if p.folder, err = os.MkdirTemp("", "pg"); err != nil {
		return err
	}
	p.stop = func() { _ = os.RemoveAll(p.folder) }
	as, err := p.unprivileged()
	if err != nil {
		return err
	}
	data := filepath.Join(p.folder, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale", "C")
	initdb.SysProcAttr, initdb.Dir = as, p.folder
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return p.serve(exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", p.folder, "-c", "listen_addresses=",
		"-c", "fsync=off", "-c", "max_connections=60", "-c", "shared_buffers=32MB"), as)
}

// postgresBin returns the folder of the newest PostgreSQL that Debian installed.
func postgresBin() (string, error) {
	all, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil || len(all) == 0 {
		return "", errNoPostgres
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(strings.Split(path, "/")[4])
		return n
	}
	newest := slices.MaxFunc(all, func(a, b string) int { return cmp.Compare(version(a), version(b)) })
	return filepath.Dir(newest), nil
}

// unprivileged gives the folder to a user that PostgreSQL runs as: it refuses root.
func (p *postgres) unprivileged() (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.Atoi(u.Uid)
	gid, gidErr := strconv.Atoi(u.Gid)
	if err := errors.Join(err, gidErr); err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, os.Chown(p.folder, uid, gid)
}

// serve starts the server and waits until it answers. The server ends with the tests, however they end: the
// kernel tells it when the thread that started it is gone.
func (p *postgres) serve(cmd *exec.Cmd, as *syscall.SysProcAttr) error {
	var log bytes.Buffer
	attributes := *as
	attributes.Pdeathsig = syscall.SIGQUIT
	cmd.SysProcAttr, cmd.Dir, cmd.Stdout, cmd.Stderr = &attributes, p.folder, &log, &log
	started, stop, ended := make(chan error), make(chan struct{}), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer close(ended)
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		<-stop
		_ = cmd.Process.Signal(syscall.SIGQUIT) // its data are thrown away
		_ = cmd.Wait()
	}()
	if err := <-started; err != nil {
		return err
	}
	p.stop = sync.OnceFunc(func() {
		close(stop)
		<-ended
		_ = os.RemoveAll(p.folder)
	})
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	for {
		c, err := pgx.Connect(ctx, p.url())
		if err == nil {
			return c.Close(ctx)
		}
		if ctx.Err() != nil {
			p.stop()
			return fmt.Errorf("PostgreSQL does not answer: %w\n%s", err, log.String())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// end ends the server, when it was started.
func (p *postgres) end() {
	if p.stop != nil {
		p.stop()
	}
}
