package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadDotenv(t *testing.T) {
	tests := []struct {
		name, text string
		want       map[string]string
		wrong      string // what the error tells
	}{
		{name: "empty"},
		{name: "comments and blanks", text: "# a\n\n  # b\nA=1 # c\n", want: map[string]string{"A": "1"}},
		{name: "quotes", text: "A=\"x y\"\nexport B='z'\n", want: map[string]string{"A": "x y", "B": "z"}},
		{name: "Windows", text: "A=1\r\nB=2\r\n", want: map[string]string{"A": "1", "B": "2"}},
		{name: "a name alone", text: "A=1\nhunter2\nB=2\n", wrong: "line 2:"},
		{name: "a name alone at the end", text: "A=1\nhunter2", wrong: "line 2:"},
		{name: "no name", text: "=hunter2\n", wrong: "line 1:"},
		{name: "quotes left open", text: "A=1\n\nB=\"hunter2\nC=3\n", wrong: "line 3:"},
		{name: "after a value on two lines", text: "A=\"1\n2\"\nhunter2\nB=4\n", wrong: "line 3:"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			name := filepath.Join(t.TempDir(), "env")
			if err := os.WriteFile(name, []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := readDotenv(name)
			if tt.wrong != "" {
				if err == nil || !strings.Contains(err.Error(), tt.wrong) || strings.Contains(err.Error(), "hunter2") {
					t.Fatalf("got error %v, want %s and no value", err, tt.wrong)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for k, v := range tt.want {
				if got[k] != v {
					t.Errorf("%s: got %q, want %q", k, got[k], v)
				}
			}
			if len(got) != len(tt.want) {
				t.Errorf("got %d settings, want %d", len(got), len(tt.want))
			}
		})
	}
}

func TestReadDotenvMissing(t *testing.T) {
	if vars, err := readDotenv(filepath.Join(t.TempDir(), "none")); vars != nil || err != nil {
		t.Errorf("got %v, %v", vars, err)
	}
}

// Whatever a file holds, it is read or told by a line that it has, and nothing of it is shown.
func FuzzDotenv(f *testing.F) {
	for _, text := range []string{"", "A=1\n", "export B='z'\n", "A=\"1\n2\"\n", "A=1\nhunter2", "=x", "A='", "\ufeffA=1", "A=${B}\nB=$A", "A: yaml\n", "A=\\\n", "#\r\n\x00=\xff"} {
		f.Add(text)
	}
	name := filepath.Join(f.TempDir(), "env")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<10 {
			return // how long it takes to find the line grows with the square
		}
		const hidden = "hunter2hunter2"
		text = strings.ReplaceAll(text, "hunter2", hidden)
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		vars, err := readDotenv(name)
		if err == nil {
			if _, nameless := vars[""]; nameless {
				t.Errorf("%q: a value has no name", text)
			}
			return
		}
		var line int
		_, after, _ := strings.Cut(err.Error(), ", line ")
		if _, scanned := fmt.Sscanf(after, "%d:", &line); scanned != nil || line < 1 || line > strings.Count(text, "\n")+1 {
			t.Errorf("%q: got %v, want a line of it", text, err)
		}
		if strings.Contains(err.Error(), hidden) {
			t.Errorf("the error shows what the file holds: %v", err)
		}
	})
}
