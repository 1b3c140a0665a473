package main

import (
	"flag"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readmes are the same text in two languages.
var readmes = []string{"../../README.md", "../../README.fr.md"}

// blocks returns the code blocks of a file in one language, without their fences.
func blocks(t *testing.T, file, language string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(string(text), -1) {
		found = append(found, m[1])
	}
	return found
}

// update writes into the READMEs what the program prints now: go test ./cmd/bot -run Readmes -update
var update = flag.Bool("update", false, "write the program's answer into the READMEs")

// The answer that the READMEs show is the program's, to the letter.
func TestReadmesShowTheAnswer(t *testing.T) {
	var out strings.Builder
	if status := run(t.Context(), []string{"ask", whoReplaces}, environ("LANG=fr_FR.UTF-8"), nil, &out, io.Discard); status != statusOK {
		t.Fatalf("got status %d", status)
	}
	want := `$ go run ./cmd/bot ask "` + whoReplaces + "\"\n" + strings.TrimSuffix(out.String(), "\n")
	for _, file := range readmes {
		shown := blocks(t, file, "text")[0]
		diff := cmp.Diff(want, shown)
		switch {
		case diff == "":
		case *update:
			replace(t, file, shown, want)
		default:
			t.Errorf("%s (-program +shown); -update mends it\n%s", file, diff)
		}
	}
}

// replace puts one text in the place of another in a file.
func replace(t *testing.T, file, old, now string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), old, now, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The commands that the READMEs give are the same in both languages, and the program takes them.
func TestReadmesGiveCommandsThatWork(t *testing.T) {
	want := blocks(t, readmes[0], "sh")
	if diff := cmp.Diff(want, blocks(t, readmes[1], "sh")); diff != "" {
		t.Errorf("commands (-English +French)\n%s", diff)
	}
	if first := "go run ./cmd/bot playground\ngo run ./cmd/bot ask \"" + whoReplaces + "\"\ngo test ./...\n"; want[0] != first {
		t.Errorf("got %q, want %q first", want[0], first)
	}
	for _, file := range readmes {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		calls := regexp.MustCompile("(?:go run ./cmd/|[`])bot ([a-z]+(?: --[a-z-]+)?)").FindAllStringSubmatch(string(text), -1)
		if len(calls) < 5 {
			t.Fatalf("%s: got %d calls of the program, want some", file, len(calls))
		}
		for _, call := range calls {
			args := strings.Fields(call[1])
			var shown strings.Builder
			if status := run(t.Context(), []string{args[0], "--help"}, environ(), nil, &shown, io.Discard); status != statusOK {
				t.Errorf("%s: bot %s: there is no such subcommand", file, call[1])
			}
			if len(args) > 1 && !strings.Contains(shown.String(), args[1]) {
				t.Errorf("%s: bot %s: there is no such flag", file, call[1])
			}
		}
	}
}

// The tables of settings are for reading: they must name the same variables as the program, and no others.
func TestReadmesNameEverySetting(t *testing.T) {
	var want []string
	for name := range settings(t) {
		want = append(want, name)
	}
	slices.Sort(want)
	for _, file := range readmes {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\|").FindAllStringSubmatch(string(text), -1) {
			got = append(got, m[1])
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-program +table)\n%s", file, diff)
		}
	}
}
