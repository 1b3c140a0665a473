package main

import (
	"bufio"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
)

const envExample = "../../.env.example"

// An explained is a variable of .env.example, with the comment above it.
type explained struct{ name, value, comment string }

func readEnvExample(t *testing.T) []explained {
	t.Helper()
	f, err := os.Open(envExample)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []explained
	var comment strings.Builder
	for s := bufio.NewScanner(f); s.Scan(); {
		switch line := s.Text(); {
		case line == "":
			comment.Reset()
		case strings.HasPrefix(line, "# "):
			comment.WriteString(line[2:] + "\n")
		default:
			name, value, _ := strings.Cut(line, "=")
			all = append(all, explained{name, value, comment.String()})
			comment.Reset()
		}
	}
	return all
}

// settings are the variables that the command line knows, with their defaults.
func settings(t *testing.T) map[string]string {
	t.Helper()
	k, err := newParser(&commands{}, newEnvironment(environ()), io.Discard, io.Discard, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{}
	err = kong.Visit(k.Model, func(v kong.Visitable, next kong.Next) error {
		if f, ok := v.(*kong.Flag); ok {
			for _, name := range f.Envs {
				if other, ok := known[name]; ok && other != f.Default {
					t.Errorf("%s has two defaults: %q and %q", name, other, f.Default)
				}
				known[name] = f.Default
			}
		}
		return next(nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	return known
}

func TestEnvExampleExplainsEverySetting(t *testing.T) {
	written := map[string]string{}
	for _, e := range readEnvExample(t) {
		written[e.name] = e.value
		if words := len(strings.Fields(e.comment)); words < 10 {
			t.Errorf("%s is explained in %d words", e.name, words)
		}
		want := "Default: " + e.value
		if e.value == "" {
			want = "Default: none."
		}
		if !strings.Contains(e.comment, want) {
			t.Errorf("%s: the comment does not say %q", e.name, want)
		}
	}
	if diff := cmp.Diff(settings(t), written); diff != "" {
		t.Errorf("variables and their defaults (-program +.env.example)\n%s", diff)
	}
}

// TestFlagsAreNamedAsTheirVariables checks that who knows one name of a setting can guess the other.
func TestFlagsAreNamedAsTheirVariables(t *testing.T) {
	k, err := newParser(&commands{}, newEnvironment(environ()), io.Discard, io.Discard, func(int) {})
	if err != nil {
		t.Fatal(err)
	}
	err = kong.Visit(k.Model, func(v kong.Visitable, next kong.Next) error {
		if f, ok := v.(*kong.Flag); ok && len(f.Envs) > 0 {
			if want := strings.ToLower(strings.ReplaceAll(f.Envs[0], "_", "-")); f.Name != want && "discord-"+f.Name != want {
				t.Errorf("--%s is %s in the environment", f.Name, f.Envs[0])
			}
		}
		return next(nil)
	})
	if err != nil {
		t.Fatal(err)
	}
}
