// Measure reads the file that it is given and prints what came of it, how long it took and how much memory, as JSON.
// The tests build it without the race detector, which takes several times the memory of what it watches.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"verbatim/knowledge/reader"
)

func main() {
	data, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	before := status("VmRSS")
	began := time.Now()
	result, err := reader.Read(context.Background(), reader.File{Name: filepath.Base(os.Args[1]), Data: data})
	var out struct {
		Reason     string
		Error      string
		Paragraphs int
		Took       time.Duration
		Own, Child int64 // the most that this process grew by, and the largest that it started, in bytes
	}
	out.Took = time.Since(began)
	out.Own, out.Child = status("VmHWM")-before, peakOfChildren()
	var refused *reader.RefusedError
	switch {
	case errors.As(err, &refused):
		out.Reason, out.Error = refused.Reason.String(), err.Error()
	case err != nil:
		out.Error = err.Error()
	default:
		out.Paragraphs = len(result.Article.Paragraphs)
	}
	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {
		panic(err)
	}
}

// status is a line of /proc/self/status, in bytes. Unlike getrusage's maxrss it begins anew with the program.
func status(line string) int64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		panic(err)
	}
	_, after, _ := strings.Cut(string(text), line+":")
	kib, err := strconv.ParseInt(strings.Fields(after)[0], 10, 64)
	if err != nil {
		panic(err)
	}
	return kib << 10
}

// peakOfChildren is the largest resident memory of a process that has ended.
func peakOfChildren() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &usage); err != nil {
		panic(err)
	}
	return usage.Maxrss << 10 // Linux counts in KiB
}
