//go:build linux

package main

import (
	"bytes"
	"crypto/ed25519"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	// dataLimit is the memory that the program of the image may write to, in bytes. Go takes its heap from the system
	// in pieces of 64 MiB: there is room for one, for the runtime's tables and for SQLite (some 40 MiB), and for
	// no second.
	dataLimit = 128 << 20

	// maxIdle is how much memory an idle bot may take, in bytes; maxAnonymous is how much of it may be other than pages
	// of the program's own file, which the kernel takes back whenever it wants to.
	maxIdle      = 40 << 20
	maxAnonymous = 16 << 20

	// nobody is the image's user and group.
	nobody = 65532
)

// An image is a folder that holds the static binary and nothing else, and a way to run it there as a container
// does: the folder is its root, its user has no name and no right, it can write no file, and has little memory.
type image struct {
	t    *testing.T
	root string
}

// newImage builds the binary. It skips the test where the conditions cannot be made, unless a CI as root says
// that they can.
func newImage(t *testing.T) *image {
	t.Helper()
	need := func(what string, missing bool) {
		t.Helper()
		if !missing {
			return
		}
		if os.Getenv("CI") == "true" && os.Getuid() == 0 {
			t.Fatalf("the image's conditions need %s", what)
		}
		t.Skipf("the image's conditions need %s", what)
	}
	need("root, for chroot", os.Getuid() != 0)
	for _, tool := range []string{"chroot", "prlimit"} {
		_, err := exec.LookPath(tool)
		need(tool, err != nil)
	}
	root, err := os.MkdirTemp("", "image") // t.TempDir is closed to other users
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(root) })
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", filepath.Join(root, "bot"), ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	if err := os.Chmod(root, 0o555); err != nil {
		t.Fatal(err)
	}
	return &image{t, root}
}

// command is the program under the image's conditions, with no environment but env.
func (i *image) command(env []string, args ...string) *exec.Cmd {
	tool, err := exec.LookPath("prlimit")
	if err != nil {
		i.t.Fatal(err)
	}
	user := fmt.Sprintf("--userspec=%d:%d", nobody, nobody)
	chroot, err := exec.LookPath("chroot")
	if err != nil {
		i.t.Fatal(err)
	}
	limits := []string{fmt.Sprint("--data=", dataLimit), "--fsize=0", "--nofile=64", "--core=0"}
	cmd := exec.Command(tool, append(append(limits, chroot, user, i.root, "/bot"), args...)...)
	cmd.Env = append([]string{"GOMEMLIMIT=48MiB", "LIBRARY=memory:"}, env...)
	cmd.Dir = "/"
	return cmd
}

// TestImage runs the program as the container does: an empty root, no user of a name, no time zones, no certificates,
// nothing that can be written, 64 MiB. It answers, says that it is well, and ends when told to.
func TestImage(t *testing.T) {
	i := newImage(t)
	for _, call := range [][]string{{"version"}, {"ask", "--json", whoReplaces}, {"serve", "--help"}} {
		if out, err := i.command(nil, call...).CombinedOutput(); err != nil || len(out) == 0 {
			t.Errorf("bot %s: %v\n%s", strings.Join(call, " "), err, out)
		}
	}
	if out, err := i.command(nil, "serve").CombinedOutput(); err == nil || !bytes.Contains(out, []byte("DISCORD_TOKEN")) {
		t.Errorf("without settings: got %v and %s, want what is missing", err, out)
	}

	private := ed25519.NewKeyFromSeed(bytes.Repeat([]byte("v"), ed25519.SeedSize))
	stderr := newJournal()
	cmd := i.command([]string{"DISCORD_PUBLIC_KEY=" + publicHex(private), "HTTP_ADDR=127.0.0.1:0", "OPS_ADDR=127.0.0.1:0"}, "serve")
	cmd.Stderr = stderr
	began := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan int, 1)
	go func() { _ = cmd.Wait(); ended <- cmd.ProcessState.ExitCode() }()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	r := &running{t: t, stderr: stderr, ended: ended}
	r.untilReady()
	started := time.Since(began)
	idle, anonymous := resident(t, cmd.Process.Pid)
	health := i.command([]string{"OPS_ADDR=" + r.logged("ops_addr")}, "healthcheck")
	if out, err := health.CombinedOutput(); err != nil {
		t.Errorf("bot healthcheck: %v\n%s", err, out)
	}

	url := "http://" + r.logged("http_addr") + "/interactions"
	client := &http.Client{Transport: &http.Transport{}}
	t.Cleanup(client.CloseIdleConnections)
	for n := range 50 { // under the members' limit
		body := bytes.Replace(demand(n, whoReplaces), []byte("300000000000000003"), fmt.Appendf(nil, "3000000000000001%02d", n), 1)
		if status, reply := post(t, client, url, body, private); status != http.StatusOK || !bytes.Contains(reply, []byte("Jason Droege")) {
			t.Fatalf("question %d: got %d %s", n, status, reply)
		}
	}
	after, _ := resident(t, cmd.Process.Pid)
	t.Logf("ready after %v; resident: %.1f MiB idle, of them %.1f not of the program's file; %.1f MiB after 50 questions",
		started.Round(time.Millisecond), mib(idle), mib(anonymous), mib(after))
	if idle > maxIdle || anonymous > maxAnonymous {
		t.Errorf("an idle bot takes %.1f MiB, %.1f of them anonymous; want %.1f and %.1f at most", mib(idle), mib(anonymous), mib(maxIdle), mib(maxAnonymous))
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if status := r.wait(); status != statusOK {
		t.Errorf("got exit status %d\n%s", status, stderr)
	}
}

// untilReady waits until members are answered.
func (r *running) untilReady() {
	r.t.Helper()
	for deadline := time.Now().Add(patience); ; {
		status, body := r.get(readyPath)
		if status == http.StatusOK {
			return
		}
		if time.Now().After(deadline) {
			r.t.Fatalf("not ready after %v: %s", patience, body)
		}
	}
}

func mib(bytes int) float64 { return float64(bytes) / (1 << 20) }

// resident is how much memory a process takes, and how much of it is not of files, in bytes.
func resident(t *testing.T, pid int) (all, anonymous int) {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	field := func(name string) int {
		_, after, _ := strings.Cut(string(status), name+":")
		number, _, _ := strings.Cut(strings.TrimSpace(after), " ")
		kib, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}
		return kib << 10
	}
	return field("VmRSS"), field("RssAnon")
}
