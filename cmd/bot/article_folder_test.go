package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/knowledge"
)

// A watched is a folder with what it shares and logs.
type watched struct {
	*folder
	t      *testing.T
	log    bytes.Buffer
	shared []string // the texts, parted by their IDs
	times  int      // that something was shared
}

func watch(t *testing.T, path string) *watched {
	t.Helper()
	w := &watched{t: t}
	w.folder = &folder{path: path, log: slog.New(slog.NewTextHandler(&w.log, nil)), share: func(all []*knowledge.Article) {
		w.times++
		w.shared = nil
		for _, a := range all {
			w.shared = append(w.shared, a.ID+": "+strings.TrimSpace(a.Text))
		}
	}}
	if err := w.load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *watched) write(name, text string) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.path, name), []byte(text), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// check looks twice, as a change is read once it has stayed, and compares what is shared.
func (w *watched) check(want ...string) {
	w.t.Helper()
	w.poll(w.t.Context())
	w.poll(w.t.Context())
	if diff := cmp.Diff(want, w.shared); diff != "" {
		w.t.Errorf("(-want +shared)\n%s", diff)
	}
}

func (w *watched) logged(want string) {
	w.t.Helper()
	if !strings.Contains(w.log.String(), want) {
		w.t.Errorf("got %s, want %s", w.log.String(), want)
	}
	w.log.Reset()
}

func TestAFolderIsWatched(t *testing.T) {
	w := watch(t, t.TempDir())
	w.check()
	w.write("club.txt", "Le club ouvre lundi.")
	w.poll(t.Context())
	if len(w.shared) != 0 {
		t.Errorf("got %q at the first look: the file may be half written", w.shared)
	}
	w.check("club: Le club ouvre lundi.")
	if err := os.Mkdir(filepath.Join(w.path, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	w.write("sub/menu.md", "Le bar sert du thé.")
	w.write(".hidden.txt", "Rien.")
	w.check("club: Le club ouvre lundi.", "menu: Le bar sert du thé.")
	w.write("club.txt", "Le club ouvre mardi matin.")
	w.check("club: Le club ouvre mardi matin.", "menu: Le bar sert du thé.")

	// A file that is no article is told once, and the others stay.
	times := w.times
	w.write("broken.pdf", "%PDF-1.4 rien")
	w.check("club: Le club ouvre mardi matin.", "menu: Le bar sert du thé.")
	w.logged("broken.pdf")
	w.check("club: Le club ouvre mardi matin.", "menu: Le bar sert du thé.")
	if w.log.Len() > 0 || w.times != times+1 {
		t.Errorf("told again: %s", w.log.String())
	}

	// Two files with one name: the first in the order of their paths is kept.
	w.write("sub/club.txt", "Un autre club.")
	w.check("club: Le club ouvre mardi matin.", "menu: Le bar sert du thé.")
	w.logged("two files of the folder")

	if err := os.RemoveAll(filepath.Join(w.path, "sub")); err != nil {
		t.Fatal(err)
	}
	w.check("club: Le club ouvre mardi matin.")
	if err := os.Remove(filepath.Join(w.path, "club.txt")); err != nil {
		t.Fatal(err)
	}
	w.check()
}

// A folder that cannot be read for a while is told once, and its articles stay.
func TestAFolderThatGoesAway(t *testing.T) {
	parent := t.TempDir()
	path := filepath.Join(parent, "articles")
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	w := watch(t, path)
	w.write("club.txt", "Le club ouvre lundi.")
	w.check("club: Le club ouvre lundi.")
	if err := os.Rename(path, path+"-away"); err != nil {
		t.Fatal(err)
	}
	w.log.Reset()
	w.check("club: Le club ouvre lundi.")
	w.logged("cannot be read")
	w.check("club: Le club ouvre lundi.")
	if w.log.Len() > 0 {
		t.Errorf("told again: %s", w.log.String())
	}
	if err := os.Rename(path+"-away", path); err != nil {
		t.Fatal(err)
	}
	w.write("club.txt", "Le club ouvre jeudi soir.")
	w.check("club: Le club ouvre jeudi soir.")
}

// Kubernetes lays a config map out as links into a folder whose name begins with dots, and changes it by changing
// where a link leads.
func TestAFolderOfLinks(t *testing.T) {
	path := t.TempDir()
	version := func(name, text string) {
		t.Helper()
		if err := os.Mkdir(filepath.Join(path, name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(path, name, "club.txt"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		link := filepath.Join(path, "..data_tmp")
		if err := os.Symlink(name, link); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(link, filepath.Join(path, "..data")); err != nil {
			t.Fatal(err)
		}
	}
	version("..2026_11_24", "Le club ouvre lundi.")
	if err := os.Symlink(filepath.Join("..data", "club.txt"), filepath.Join(path, "club.txt")); err != nil {
		t.Fatal(err)
	}
	w := watch(t, path)
	w.check("club: Le club ouvre lundi.")
	version("..2026_11_25", "Le club ouvre mardi matin.")
	w.check("club: Le club ouvre mardi matin.")
}

// A file that cannot be opened for a moment is read once it can be, though nothing of it changed.
func TestAFileThatCanBeOpenedAgain(t *testing.T) {
	w := watch(t, t.TempDir())
	w.write("club.txt", "Le club ouvre lundi.")
	seen, err := w.look()
	if err != nil {
		t.Fatal(err)
	}
	club, away := filepath.Join(w.path, "club.txt"), filepath.Join(t.TempDir(), "club.txt")
	if err := os.Rename(club, away); err != nil {
		t.Fatal(err)
	}
	w.refresh(t.Context(), seen)
	w.logged("no such file")
	if err := os.Rename(away, club); err != nil {
		t.Fatal(err)
	}
	w.check("club: Le club ouvre lundi.")
}

// One file that is being written for long does not keep the others from being read, nor one that was deleted in answers.
func TestAFileThatKeepsChanging(t *testing.T) {
	w := watch(t, t.TempDir())
	w.write("club.txt", "Le club ouvre lundi.")
	w.check("club: Le club ouvre lundi.")
	if err := os.Remove(filepath.Join(w.path, "club.txt")); err != nil {
		t.Fatal(err)
	}
	w.write("jardin.txt", "Le jardin ferme mardi.")
	for i := range 5 {
		w.write("journal.log", strings.Repeat("Ligne. ", i+1))
		w.poll(t.Context())
	}
	if want := []string{"jardin: Le jardin ferme mardi."}; !slices.Equal(w.shared, want) {
		t.Errorf("shared %q, want %q", w.shared, want)
	}
}
