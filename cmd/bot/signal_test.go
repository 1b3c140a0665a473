//go:build unix

package main

import (
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestSignalsEndTheProgram sends the signals of a person and of a container's host to the real program.
func TestSignalsEndTheProgram(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			stderr := newJournal()
			cmd := exec.Command("bot") // see TestMain
			cmd.Dir = t.TempDir()
			cmd.Env = []string{
				"DISCORD_PUBLIC_KEY=" + strings.Repeat("ab", 32),
				"HTTP_ADDR=127.0.0.1:0",
				"OPS_ADDR=127.0.0.1:0",
			}
			cmd.Stderr = stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			r := &running{t: t, stderr: stderr, ended: make(chan int, 1)}
			r.logged("ops_addr")
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			select {
			case err := <-ended:
				if err != nil {
					t.Errorf("got %v, want exit status 0\n%s", err, stderr)
				}
			case <-time.After(patience):
				_ = cmd.Process.Kill()
				t.Errorf("the program did not end within %v\n%s", patience, stderr)
			}
		})
	}
}

// TestSignalsEndThePlayground starts the program as a fresh clone's owner does, and presses Ctrl-C.
func TestSignalsEndThePlayground(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			stdout, stderr := newJournal(), newJournal()
			cmd := exec.Command("bot") // see TestMain
			cmd.Dir = t.TempDir()
			cmd.Env = []string{}
			cmd.Stdout, cmd.Stderr = stdout, stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- cmd.Wait() }()
			if url := firstLine(t, stdout); !strings.HasPrefix(url, "http://127.0.0.1:") {
				t.Errorf("got %q, want the page's address", url)
			}
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			select {
			case err := <-ended:
				if err != nil || stderr.String() != "" {
					t.Errorf("got %v, want exit status 0 and no word\n%s", err, stderr)
				}
			case <-time.After(patience):
				_ = cmd.Process.Kill()
				t.Errorf("the program did not end within %v\n%s", patience, stderr)
			}
		})
	}
}
