package main

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"bot": main})
}

// TestScripts runs the program as people do. Each script tells in its first lines what it is about.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status,
			"occupy": occupy,
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("LANG", "fr_FR.UTF-8")
			return writeOddFiles(e.WorkDir)
		},
	})
}

// writeOddFiles writes the texts that scripts need and that a script, which is UTF-8 text that editors
// and Git may normalize, cannot hold.
func writeOddFiles(dir string) error {
	for name, text := range map[string]string{
		"crlf.txt":    "Qui est Alexandr Wang ?\r\nQuel âge a-t-il ?\r\n",
		"latin1.txt":  "L'\xe9t\xe9 arrive.\n",
		"hostile.txt": "Le pirate dit \x1b]0;titre\a bonjour\x1b[2J, \u202eà tous.\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// status runs a program and checks its exit status, of which « exec » sees only whether it is zero:
//
//	status 2 bot ask --top=0
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N program [argument...]")
	}
	got := 0
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if want := args[0]; strconv.Itoa(got) != want {
		ts.Fatalf("%s: got status %d, want %s", strings.Join(args[1:], " "), got, want)
	}
}

// occupy listens on an address of this machine until the script ends, and names it in a variable:
//
//	occupy ADDR
func occupy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: occupy VARIABLE")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { _ = l.Close() })
	ts.Setenv(args[0], l.Addr().String())
}
