package reader

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"verbatim/knowledge"
)

// The limits of [Read], whatever a file holds.
const (
	MaxSize   = 5 << 20         // of a file, in bytes: some three novels
	MaxTime   = 5 * time.Second // from when reading begins
	MaxMemory = 200 << 20       // that reading a file takes at most, in bytes, in all processes together
)

// A File is what [Read] reads: bytes, and what is said of them.
type File struct {
	Data []byte

	// Name is the file's name or the last part of its address, as "reglement.pdf"; "" when it has none. It is a
	// hint of the format where the bytes do not tell, and the title where the text has none.
	Name string

	// ContentType is what a server said the bytes are, as "text/html; charset=utf-8"; "" when none did. It is a
	// hint, after the bytes and before Name.
	ContentType string

	// Source is the http(s) address that the bytes are from, "" when there is none. A page may name a better one.
	Source string

	// ID becomes the article's. "" makes it from the title, as [knowledge.Slug] does.
	ID string
}

// A Result is an article as it was read, and what whoever adds it should know.
type Result struct {
	Article  *knowledge.Article
	Format   Format
	Warnings []Warning // each at most once
}

// A Warning is something that does not keep an article from being taken.
type Warning int

// The warnings. The zero value is none of them.
const (
	NotFrench    Warning = iota + 1 // the text is not in French: questions in French will find little in it
	MissingPages                    // some pages of a PDF are images, and were left out
)

// Read turns a file into an article. The bytes decide what it is; name and content type are hints. A text file in
// UTF-8 is taken byte for byte; of all other formats, see docs/reading.md, only what a person reads is kept: blocks
// with an empty line between, each on one line.
//
// What cannot be taken is told by a [*RefusedError]; an end of ctx by its own error. Read may be called from several
// goroutines at once. For all formats but text it starts the running program again, which then does nothing but read.
func Read(ctx context.Context, f File) (*Result, error) {
	result, err := read(ctx, f)
	if err == nil {
		return result, nil
	}
	var refused *RefusedError
	switch {
	case errors.As(err, &refused) && refused.What == "":
		refused.What = f.what()
		return nil, refused
	case ctx.Err() != nil:
		return nil, fmt.Errorf("read %s: %w", f.what(), ctx.Err())
	default:
		return nil, err
	}
}

// what names a file in errors, which are logged: by its address without what may be secret in it.
func (f File) what() string {
	u, err := url.Parse(f.Source)
	switch {
	case err == nil && u.Host != "":
		return shown(u)
	case f.Name != "":
		return f.Name
	default:
		return "the text"
	}
}

func read(ctx context.Context, f File) (*Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(f.Data) > MaxSize {
		return nil, refuse(TooBig, "%d bytes, and %d MiB are taken at most", len(f.Data), MaxSize>>20)
	}
	format, err := detect(f)
	if err != nil {
		return nil, err
	}
	if format == Text {
		return readText(f)
	}
	doc, err := parse(ctx, format, f)
	if err != nil {
		return nil, err
	}
	return doc.result(format, f)
}
