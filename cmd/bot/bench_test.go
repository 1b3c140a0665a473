package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkStartup is a whole process, from its start to the first answer and its end: what a person
// at a terminal waits for. It runs the binary that the container has.
func BenchmarkStartup(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "bot")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	info, err := os.Stat(binary)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		cmd := exec.Command(binary, "ask", "--json", whoReplaces)
		cmd.Dir = b.TempDir()
		out, err := cmd.Output()
		if err != nil || !bytes.HasPrefix(out, []byte(`{"question":`)) {
			b.Fatalf("bot ask: %v\n%s", err, out)
		}
	}
	b.ReportMetric(float64(info.Size())/(1<<20), "MiB-binary")
}
