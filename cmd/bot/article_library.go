package main

import (
	"context"
	"encoding"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"verbatim/knowledge/library"
)

// keeping says where the library is kept.
type keeping struct {
	Library  string      `env:"LIBRARY" default:"library.db" placeholder:"FILE" help:"The file that holds the servers' articles and settings; \"memory:\" forgets them when the program ends."`
	Database databaseURL `name:"database-url" env:"DATABASE_URL" hidden:""`
}

// quota is how much a server may keep in the library.
type quota struct {
	GuildArticles articleCount `env:"GUILD_ARTICLES" default:"200" help:"How many articles a server may keep."`
	GuildText     byteSize     `env:"GUILD_TEXT" default:"20MiB" placeholder:"SIZE" help:"How much text a server may keep, over all of its articles."`
}

// retention is how long things are kept that nobody deletes.
type retention struct {
	QuestionDays days `env:"QUESTION_DAYS" default:"30" help:"How many days an unanswered question is kept, where moderators have turned that on."`
	GraceDays    days `env:"GRACE_DAYS" default:"7" help:"How many days a server's library outlives the bot's removal from the server."`
}

func (q *quota) forLibrary() library.Quota {
	return library.Quota{Articles: int(q.GuildArticles), Bytes: int(q.GuildText)}
}

// open opens the library. Where a database is named, it is there.
func (k *keeping) open(ctx context.Context, o library.Options) (*library.Library, error) {
	if k.Database != "" {
		return library.Open(ctx, string(k.Database), o)
	}
	l, err := library.Open(ctx, k.Library, o)
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return nil, fmt.Errorf("LIBRARY=%s cannot be written: name a file in a folder that the bot may write, or \"memory:\" to keep nothing", k.Library)
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return nil, fmt.Errorf("LIBRARY=%s cannot be made: there is no folder %s", k.Library, filepath.Dir(k.Library))
	case holdsSomethingElse(k.Library):
		return nil, fmt.Errorf("LIBRARY=%s is no library but a folder or another file: name a file of its own", k.Library)
	}
	return nil, err
}

// holdsSomethingElse reports whether a file is there and no database of SQLite's.
// Source: https://sqlite.org/fileformat.html#magic_header_string.
func holdsSomethingElse(file string) bool {
	const begins = "SQLite format 3\x00"
	info, err := os.Stat(file)
	if err != nil || info.IsDir() {
		return err == nil
	}
	f, err := os.Open(file) //nolint:gosec // the file that the operator names
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	head := make([]byte, len(begins))
	n, err := io.ReadFull(f, head)
	return n > 0 && (err == nil || errors.Is(err, io.ErrUnexpectedEOF)) && string(head[:n]) != begins[:n]
}

// A databaseURL is the address of a PostgreSQL database. It holds a password as often as not, and is never
// shown.
type databaseURL string

// UnmarshalText takes a URL whose scheme is PostgreSQL's.
func (d *databaseURL) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(string(text))
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return &expectation{got: hidden, want: "an address such as postgres://user:password@host:5432/name"}
	}
	*d = databaseURL(s)
	return nil
}

var _ encoding.TextMarshaler = databaseURL("")

func (databaseURL) String() string               { return hidden }
func (databaseURL) GoString() string             { return hidden }
func (databaseURL) LogValue() slog.Value         { return slog.StringValue(hidden) }
func (databaseURL) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// An articleCount is how many articles a server may keep.
type articleCount int

// UnmarshalText reads a whole number that makes sense as a limit.
func (n *articleCount) UnmarshalText(text []byte) error {
	v, err := wholeNumber(text, 1, 1_000_000, "a number of articles, from 1 to 1000000")
	*n = articleCount(v)
	return err
}

// days is how long something is kept.
type days int

// UnmarshalText reads a whole number of days, of ten years at most.
func (n *days) UnmarshalText(text []byte) error {
	v, err := wholeNumber(text, 1, 3650, "a number of days, from 1 to 3650")
	*n = days(v)
	return err
}

func (n days) duration() time.Duration { return time.Duration(n) * 24 * time.Hour }

func wholeNumber(text []byte, least, most int, want string) (int, error) {
	s := strings.TrimSpace(string(text))
	v, err := strconv.Atoi(s)
	if err != nil || v < least || v > most {
		return 0, &expectation{got: s, want: want}
	}
	return v, nil
}

// A byteSize is an amount of text or memory, in bytes.
type byteSize int64

// units are those that a byteSize is written in. Source: IEC 80000-13.
var units = []struct {
	name string
	size int64
}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}}

// UnmarshalText reads a whole number with its unit.
func (b *byteSize) UnmarshalText(text []byte) error {
	s := strings.TrimSpace(string(text))
	for _, u := range units {
		number, ok := strings.CutSuffix(s, u.name)
		if !ok {
			continue
		}
		if v, err := strconv.ParseInt(strings.TrimSpace(number), 10, 32); err == nil && v > 0 && v*u.size <= 1<<40 {
			*b = byteSize(v * u.size)
			return nil
		}
	}
	return &expectation{got: s, want: "an amount such as 20MiB, in KiB, MiB or GiB"}
}

// String writes an amount in the largest unit that leaves three digits, for people.
func (b byteSize) String() string {
	for i := len(units) - 1; i >= 0; i-- {
		if u := units[i]; int64(b) >= u.size {
			return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(b)/float64(u.size)), ".0") + " " + u.name
		}
	}
	return fmt.Sprintf("%d B", int64(b))
}
