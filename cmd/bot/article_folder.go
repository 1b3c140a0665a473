package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"verbatim/knowledge"
	"verbatim/knowledge/reader"
)

// folderPoll is how often a folder of articles is looked at. A look reads names, sizes and times only, and
// works where changes are not announced: on Kubernetes' config maps, and on file systems of the network.
const folderPoll = 2 * time.Second

// A folder is a directory whose files are articles that every server knows.
type folder struct {
	path  string
	log   *slog.Logger
	share func([]*knowledge.Article)

	read map[string]reading // by path, of what is shared
	seen map[string]stamp   // at the last look

	missing bool // the folder could not be read at the last look
}

// A stamp changes when a file does.
type stamp struct {
	size     int64
	modified time.Time
}

// A reading is what became of a file.
type reading struct {
	stamp
	article *knowledge.Article // nil when it could not be read
}

// load reads all files for the first time. It fails when the folder cannot be read; a file that cannot be is
// logged, and the others are shared.
func (f *folder) load(ctx context.Context) error {
	seen, err := f.look()
	if err != nil {
		return fmt.Errorf("ARTICLES_DIR=%s cannot be read: %w", f.path, cause(err))
	}
	f.read, f.seen = map[string]reading{}, seen
	f.refresh(ctx)
	return nil
}

// watch shares what changes in the folder until ctx ends.
func (f *folder) watch(ctx context.Context) error {
	ticks := time.NewTicker(folderPoll)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
			f.poll(ctx)
		}
	}
}

// poll looks at the folder, and shares what changed. What changed since the last look is perhaps being written: it
// is read once it has stayed the same from one look to the next.
func (f *folder) poll(ctx context.Context) {
	seen, err := f.look()
	if err != nil {
		if !f.missing {
			f.log.ErrorContext(ctx, "the folder of articles cannot be read: its articles stay as they were", "dir", f.path, "error", err)
		}
		f.missing = true
		return
	}
	settled := maps.Equal(seen, f.seen)
	f.seen, f.missing = seen, false
	if settled && !f.upToDate() {
		f.refresh(ctx)
	}
}

// look returns the files of the folder and of those in it. Names that begin with a dot are left out:
// Kubernetes keeps the versions of a config map under such names.
func (f *folder) look() (map[string]stamp, error) {
	root, err := filepath.EvalSymlinks(f.path)
	if err == nil {
		_, err = os.ReadDir(root) // which a file refuses
	}
	if err != nil {
		return nil, err
	}
	seen := map[string]stamp{}
	return seen, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch hidden := path != root && strings.HasPrefix(filepath.Base(path), "."); {
		case hidden && d != nil && d.IsDir():
			return fs.SkipDir
		case hidden || err != nil: // gone meanwhile, or closed to us: the others count
			return nil
		}
		info, err := os.Stat(path) // a link's file, as config maps are made of links
		if err == nil && info.Mode().IsRegular() {
			seen[path] = stamp{info.Size(), info.ModTime()}
		}
		return nil
	})
}

func (f *folder) upToDate() bool {
	if len(f.read) != len(f.seen) {
		return false
	}
	for path, s := range f.seen {
		if r, ok := f.read[path]; !ok || r.stamp != s {
			return false
		}
	}
	return true
}

// refresh reads the files that changed, and shares all.
func (f *folder) refresh(ctx context.Context) {
	now := map[string]reading{}
	for path, s := range f.seen {
		r, known := f.read[path]
		if !known || r.stamp != s {
			r = reading{s, f.readFile(ctx, path)}
		}
		if ctx.Err() != nil {
			return
		}
		now[path] = r
	}
	f.read = now
	articles := f.distinct(ctx)
	f.share(articles)
	f.log.InfoContext(ctx, "articles of the folder are shared", "dir", f.path, "articles", len(articles), "files", len(f.seen))
}

// readFile reads an article, nil when it cannot.
func (f *folder) readFile(ctx context.Context, path string) *knowledge.Article {
	file, err := obtain(ctx, path)
	if err == nil {
		var read *reader.Result
		if read, err = reader.Read(ctx, file); err == nil {
			for _, w := range read.Warnings {
				f.log.WarnContext(ctx, "an article of the folder is taken with a warning", "file", path, "warning", warned(w))
			}
			return read.Article
		}
	}
	if !errors.Is(err, context.Canceled) {
		f.log.ErrorContext(ctx, "a file of the folder is no article, and is left out", "file", path, "error", err)
	}
	return nil
}

// distinct returns the articles that were read, in the order of their files' names. Of those with the same ID
// the first is kept.
func (f *folder) distinct(ctx context.Context) []*knowledge.Article {
	var all []*knowledge.Article
	files := map[string]string{} // by ID
	for _, path := range slices.Sorted(maps.Keys(f.read)) {
		a := f.read[path].article
		if a == nil {
			continue
		}
		if first, taken := files[a.ID]; taken {
			f.log.ErrorContext(ctx, "two files of the folder have the same title: the second is left out", "file", path, "first", first)
			continue
		}
		files[a.ID] = path
		all = append(all, a)
	}
	return all
}
