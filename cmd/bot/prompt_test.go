//go:build linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A console is a pseudo-terminal with the real program on it.
type console struct {
	t      *testing.T
	screen *os.File // what a person sees and types on
	shown  *journal
	ended  chan error
}

// newConsole runs the program on a terminal of so many columns.
func newConsole(t *testing.T, columns uint16, args []string, env ...string) *console {
	t.Helper()
	screen, tty := openTerminal(t)
	if err := unix.IoctlSetWinsize(int(tty.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: columns}); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("bot", args...) // see TestMain
	cmd.Dir = t.TempDir()
	cmd.Env = append(env, "TERM=xterm-256color")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, tty
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := &console{t: t, screen: screen, shown: newJournal(), ended: make(chan error, 1)}
	read := make(chan struct{})
	go func() {
		defer close(read)
		buf := make([]byte, 4096)
		for {
			n, err := screen.Read(buf)
			_, _ = c.shown.Write(buf[:n])
			if err != nil { // EIO once the program has gone
				return
			}
		}
	}()
	go func() {
		err := cmd.Wait()
		_ = tty.Close()
		<-read
		c.ended <- err
	}()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return c
}

// openTerminal returns the two sides of a new pseudo-terminal. See pts(4).
func openTerminal(t *testing.T) (screen, tty *os.File) {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	t.Cleanup(func() { _ = screen.Close() })
	if err := unix.IoctlSetPointerInt(int(screen.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(screen.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return screen, tty
}

// typed sends keys, once the screen shows a text as often as wanted.
func (c *console) typed(keys, after string, times int) {
	c.t.Helper()
	c.shows(after, times)
	if _, err := c.screen.WriteString(keys); err != nil {
		c.t.Fatal(err)
	}
}

// shows waits until the screen shows a text as often as wanted.
func (c *console) shows(text string, times int) {
	c.t.Helper()
	timeout := time.After(patience)
	for {
		changed := c.shown.changed()
		if strings.Count(c.shown.String(), text) >= times {
			return
		}
		select {
		case <-changed:
		case <-timeout:
			c.t.Fatalf("the screen does not show %q %d times within %v:\n%q", text, times, patience, c.shown)
		}
	}
}

// end waits for the program to end well, and returns all that it showed.
func (c *console) end() string {
	c.t.Helper()
	select {
	case err := <-c.ended:
		if err != nil {
			c.t.Errorf("got %v, want exit status 0", err)
		}
	case <-time.After(patience):
		c.t.Fatalf("the program did not end within %v:\n%q", patience, c.shown)
	}
	return c.shown.String()
}

// TestPrompt edits a question as people do, asks two, and leaves.
func TestPrompt(t *testing.T) {
	for _, leave := range []struct{ name, keys string }{{"Ctrl-D", "\x04"}, {"Ctrl-C", "\x03"}} {
		t.Run(leave.name, func(t *testing.T) {
			c := newConsole(t, 70, []string{"ask"}, "LANG=fr_FR.UTF-8")
			c.typed("\r", promptMark, 1)                             // an empty line asks nothing
			c.typed("remplace Wangg\x7f ?\x01Qui \r", promptMark, 2) // Backspace, then Ctrl-A to the start
			c.typed("Quel âge a Alexandr Wang\u00a0?\r", promptMark, 3)
			c.typed(leave.keys, promptMark, 4)
			shown := c.end()
			if want := "Posez une question sur"; !strings.HasPrefix(shown, want) {
				t.Errorf("got %q, want it to begin with %q", shown, want)
			}
			if want := "\x1b[1mWang\x1b[0m"; !strings.Contains(shown, want) {
				t.Errorf("got %q, want the word of the question in bold, %q", shown, want)
			}
		})
	}
}

// A terminal gets colors and its own width; NO_COLOR and simple terminals get none.
func TestTerminal(t *testing.T) {
	tests := []struct {
		name   string
		env    []string
		colors bool
	}{
		{"colors", nil, true},
		{"NO_COLOR", []string{"NO_COLOR=1"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			shown := newConsole(t, 50, []string{"ask", whoReplaces}, tt.env...).end()
			if got := strings.Contains(shown, "\x1b["); got != tt.colors {
				t.Errorf("colors: got %v, want %v: %q", got, tt.colors, shown)
			}
			for line := range strings.Lines(strings.NewReplacer("\x1b[0m", "", "\x1b[1m", "", "\x1b[2m", "", "\x1b[1;4;32m", "").Replace(shown)) {
				if n := len([]rune(strings.TrimRight(line, "\r\n"))); n > 50 {
					t.Errorf("a line has %d columns of 50: %q", n, line)
				}
			}
		})
	}
}
