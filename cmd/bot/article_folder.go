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
	again   bool               // it could not be opened: no change of the file may tell when it can be
}

// load reads all files for the first time. It fails when the folder cannot be read; a file that cannot be is
// logged, and the others are shared.
func (f *folder) load(ctx context.Context) error {
	seen, err := f.look()
	if err != nil {
		return fmt.Errorf("ARTICLES_DIR=%s cannot be read: %w", f.path, cause(err))
	}
	f.read, f.seen = map[string]reading{}, seen
	f.refresh(ctx, seen)
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
	settled := f.settled(seen)
	f.seen, f.missing = seen, false
	if !f.upToDate(settled) {
		f.refresh(ctx, settled)
	}
}

// settled returns the files as they are to be read: those that stayed the same since the last look, and the others as
// they were read before. So a file that is being written keeps none of the others waiting.
func (f *folder) settled(seen map[string]stamp) map[string]stamp {
	all := map[string]stamp{}
	for path, r := range f.read {
		_, is := seen[path]
		if _, was := f.seen[path]; is || was {
			all[path] = r.stamp
		}
	}
	for path, s := range seen {
		if before, ok := f.seen[path]; ok && before == s {
			all[path] = s
		}
	}
	return all
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

func (f *folder) upToDate(with map[string]stamp) bool {
	if len(f.read) != len(with) {
		return false
	}
	for path, s := range with {
		if r, ok := f.read[path]; !ok || r.stamp != s || r.again {
			return false
		}
	}
	return true
}

// refresh reads the files that changed, and shares all.
func (f *folder) refresh(ctx context.Context, settled map[string]stamp) {
	now := map[string]reading{}
	changed := len(f.read) != len(settled) || len(settled) == 0
	for path, s := range settled {
		r, known := f.read[path]
		if !known || r.stamp != s || r.again {
			told := known && r.again && r.stamp == s
			r.stamp = s
			r.article, r.again = f.readFile(ctx, path, told)
			changed = changed || !told || !r.again
		}
		if ctx.Err() != nil {
			return
		}
		now[path] = r
	}
	f.read = now
	if !changed {
		return
	}
	articles := f.distinct(ctx)
	f.share(articles)
	f.log.InfoContext(ctx, "articles of the folder are shared", "dir", f.path, "articles", len(articles), "files", len(settled))
}

// readFile reads an article, nil when it cannot, and tells whether to try again as the file cannot be had. told says that
// the log has that already.
func (f *folder) readFile(ctx context.Context, path string, told bool) (a *knowledge.Article, again bool) {
	file, err := obtain(ctx, path)
	again = err != nil
	if err == nil {
		var read *reader.Result
		if read, err = reader.Read(ctx, file); err == nil {
			for _, w := range read.Warnings {
				f.log.WarnContext(ctx, "an article of the folder is taken with a warning", "file", path, "warning", warned(w))
			}
			return read.Article, false
		}
	}
	if !errors.Is(err, context.Canceled) && !(told && again) {
		f.log.ErrorContext(ctx, "a file of the folder is no article, and is left out", "file", path, "error", err)
	}
	return nil, again
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
