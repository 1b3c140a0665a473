package reader

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

// A parser of another's making cannot be interrupted, nor told how much memory it may take; a goroutine that runs for
// ever is there until the program ends. So files that have a structure are parsed in a process of their own: this
// program, started again under another name, without environment or arguments. It gets the file on standard input,
// leaves a document on standard output, and ends itself when it has taken too much memory; it is killed when it has
// taken too long. A fault in a parser ends that process and refuses that file.
//
// Whatever links this package can be that process, so that tests and programs of any kind read files without having
// to know of it: that takes an init function.

// childName is the name under which this program parses a file and does nothing else. No file is called so.
const childName = "verbatim: reader"

const (
	// childTime leaves the rest of [MaxTime] to starting, ending and answering.
	childTime = (MaxTime - time.Second) * slowness
	// childMemory is what the process may take for itself, in bytes, of [MaxMemory]: the rest is for its program text,
	// for what it takes between two looks, and for the copies that this process holds.
	childMemory = 112 << 20
	// childStack is the deepest recursion, in bytes of stack.
	childStack = 32 << 20
	// maxReply is the longest document, in bytes: what [MaxSize] can hold, escaped.
	maxReply = 4 * MaxSize
)

// childrenAtOnce is how many files one process has parsed at once: one for each core of a small machine.
const childrenAtOnce = 2

// slots are taken by the children of this process.
var slots = make(chan struct{}, childrenAtOnce)

func init() {
	if len(os.Args) == 1 && os.Args[0] == childName {
		os.Exit(serveChild(os.Stdin, os.Stdout))
	}
}

// A request is the first line that a child reads; the file's bytes follow it.
type request struct {
	Format                        Format
	Name, ContentType, Source, ID string
}

// A reply is all that a child writes: a document or a refusal.
type reply struct {
	Document *document
	Reason   Reason
	Why      string
}

// parse has a file parsed in a process of its own.
func parse(ctx context.Context, format Format, f File) (*document, error) {
	select {
	case slots <- struct{}{}:
		defer func() { <-slots }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	within, cancel := context.WithTimeout(ctx, childTime)
	defer cancel()
	head, err := json.Marshal(request{Format: format, Name: f.Name, ContentType: f.ContentType, Source: f.Source, ID: f.ID})
	if err != nil {
		return nil, fmt.Errorf("describe %s to its reader: %w", f.what(), err)
	}
	cmd, err := childCommand(within)
	if err != nil {
		return nil, err
	}
	out, said := &bounded{max: maxReply}, &bounded{max: 1 << 10}
	cmd.Stdin = io.MultiReader(bytes.NewReader(append(head, '\n')), bytes.NewReader(f.Data))
	cmd.Stdout, cmd.Stderr = out, said
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case within.Err() != nil:
		return nil, refuse(Timeout, "its reader took more than %v", childTime)
	case errors.As(err, &exit):
		return nil, refuse(TooComplex, "its reader ended with %v: %s", exit, firstLine(said.String()))
	case err != nil:
		return nil, fmt.Errorf("start a reader for %s: %w", f.what(), err)
	}
	return out.document()
}

// childCommand is this program, to be started again.
func childCommand(ctx context.Context) (*exec.Cmd, error) {
	self := "/proc/self/exe" // even when its file has been replaced by another version since
	if runtime.GOOS != "linux" {
		var err error
		if self, err = os.Executable(); err != nil {
			return nil, fmt.Errorf("find this program to start it again: %w", err)
		}
	}
	cmd := exec.CommandContext(ctx, self)
	cmd.Args = []string{childName}
	cmd.Env = []string{"GOMAXPROCS=2", "GOTRACEBACK=none", raceOptions} // and nothing that is secret
	cmd.WaitDelay = 100 * time.Millisecond
	return cmd, nil
}

// document reads what a child wrote.
func (b *bounded) document() (*document, error) {
	if b.over {
		return nil, refuse(TooComplex, "its text is longer than the file")
	}
	var r reply
	if err := json.Unmarshal(b.Bytes(), &r); err != nil {
		return nil, refuse(Unreadable, "its reader wrote no document: %w", err)
	}
	if r.Document == nil {
		return nil, refuse(r.Reason, "%s", r.Why)
	}
	return r.Document, nil
}

// serveChild parses the one file that this process is for, and returns its exit status.
func serveChild(in io.Reader, out io.Writer) int {
	debug.SetMaxStack(childStack)
	debug.SetMemoryLimit(childMemory * 3 / 4)
	limitMemory()
	go watchMemory()
	go func() { // for a parent that was killed before it could end this process
		time.Sleep(MaxTime * slowness)
		os.Exit(exitTime)
	}()
	data, err := io.ReadAll(io.LimitReader(in, MaxSize+1<<16))
	if err != nil {
		return exitInput
	}
	head, data, _ := bytes.Cut(data, []byte("\n"))
	var r request
	if json.Unmarshal(head, &r) != nil {
		return exitInput
	}
	f := File{Data: data, Name: r.Name, ContentType: r.ContentType, Source: r.Source, ID: r.ID}
	if json.NewEncoder(out).Encode(answer(r.Format, f)) != nil {
		return exitInput
	}
	return 0
}

// The exit statuses of a child that has no answer. 2 is Go's own, for a fault that cannot be recovered from.
const (
	exitInput  = 10
	exitTime   = 11
	exitMemory = 12
)

// answer parses a file. A parser's panic is a file that it does not understand.
func answer(format Format, f File) (r reply) {
	defer func() {
		if p := recover(); p != nil {
			r = reply{Reason: Unreadable, Why: firstLine(fmt.Sprintf("its parser panicked: %v", p))}
		}
	}()
	parser, ok := parsers[format]
	if !ok {
		return reply{Reason: WrongType}
	}
	doc, err := parser(f)
	var refused *RefusedError
	switch {
	case errors.As(err, &refused):
		r = reply{Reason: refused.Reason}
		if refused.Err != nil {
			r.Why = refused.Err.Error()
		}
		return r
	case err != nil:
		return reply{Reason: Unreadable, Why: err.Error()}
	}
	doc.tidy()
	return reply{Document: doc}
}

// parsers makes a document of a file of each format that has a structure.
var parsers = map[Format]func(File) (*document, error){
	Markdown: readMarkdown,
	HTML:     readHTML,
	PDF:      readPDF,
	DOCX:     readDOCX,
}

// firstLine shortens what a foreign program says to what an error can hold.
func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	return strings.ToValidUTF8(s[:min(len(s), 200)], "")
}

// bounded is a buffer that keeps its first max bytes and takes the rest, so that its writer ends.
type bounded struct {
	bytes.Buffer
	max  int
	over bool
}

func (b *bounded) Write(p []byte) (int, error) {
	keep := p[:min(len(p), b.max-b.Len())]
	b.over = b.over || len(keep) < len(p)
	b.Buffer.Write(keep)
	return len(p), nil
}
