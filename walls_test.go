// Package verbatim_test keeps the walls between the project's rooms. The program is in cmd/bot.
package verbatim_test

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// module is the import path of the project's root.
const module = "verbatim"

// A wall says what the files of a room may import. A name that ends in /... stands for the folder and
// those below it.
type wall struct {
	room string
	may  []string
}

// walls are the project's rooms, and the project's packages that each may import besides itself. The
// first row that fits counts. A folder that no row fits may not hold Go files.
var walls = []wall{
	{"cmd/bot", []string{"bot/...", "knowledge/..."}},
	{"bot/discordtest", nil},
	{"bot/discord", []string{"bot"}},
	{"bot/playground", []string{"bot"}},
	{"bot", []string{"knowledge/..."}},
	{"knowledge/french", nil},
	{"knowledge/...", []string{"knowledge/..."}},
}

// kept are packages of others that only some rooms may import, but for tests: the conversation sends
// nothing, and knowledge knows nothing of Discord.
var kept = []struct {
	imports string
	rooms   []string
}{
	{"github.com/bwmarrin/discordgo", []string{"bot/..."}},
	{"github.com/blevesearch/bleve/v2/...", []string{"knowledge/..."}},
	{"net/http", []string{"cmd/bot", "bot/discord", "bot/discordtest", "bot/playground", "knowledge/reader"}},
}

// What only tests may import, wherever they stand.
var forTests = []string{"bot/discordtest", "knowledge/library/librarytest"}

// TestWalls parses the imports of every file. It asks nothing of the Go command, whose answers are no
// input that the test cache sees.
func TestWalls(t *testing.T) {
	for _, breach := range breaches(t, os.DirFS(".")) {
		t.Error(breach)
	}
}

func TestWallsAreSeen(t *testing.T) {
	file := func(imports ...string) *fstest.MapFile {
		text := "package p\n"
		for _, i := range imports {
			text += fmt.Sprintf("import %q\n", i)
		}
		return &fstest.MapFile{Data: []byte(text)}
	}
	got := breaches(t, fstest.MapFS{
		"cmd/bot/main.go":               file("verbatim/bot", "verbatim/bot/discord", "verbatim/knowledge"),
		"bot/bot.go":                    file("verbatim/knowledge", "verbatim/knowledge/french", "net/http"),
		"bot/bot_test.go":               file("verbatim/bot", "verbatim/bot/discordtest", "net/http"),
		"bot/discord/gateway.go":        file("verbatim/bot", "verbatim/knowledge", "verbatim/bot/discordtest"),
		"bot/discord/gateway_test.go":   file("verbatim/bot", "verbatim/knowledge", "verbatim/bot/playground"),
		"bot/discordtest/server.go":     file("verbatim/bot"),
		"knowledge/index.go":            file("verbatim/knowledge/french", "github.com/bwmarrin/discordgo"),
		"knowledge/french/a.go":         file("strings", "verbatim/knowledge"),
		"knowledge/french/a_test.go":    file("verbatim/knowledge"),
		"knowledge/rank/rank.go":        file("verbatim/knowledge/french", "verbatim/bot"),
		"util/util.go":                  file(),
		"shared/testdata/not_a_file.go": file("verbatim/bot"),
	})
	want := []string{
		"bot/bot.go imports net/http: that is for cmd/bot, bot/discord, bot/discordtest, bot/playground, knowledge/reader",
		"bot/discord/gateway.go imports verbatim/knowledge: bot/discord may import bot",
		"bot/discord/gateway.go imports verbatim/bot/discordtest: bot/discord may import bot",
		"bot/discord/gateway_test.go imports verbatim/bot/playground: bot/discord may import bot",
		"bot/discordtest/server.go imports verbatim/bot: bot/discordtest may import nothing of the project",
		"knowledge/french/a.go imports verbatim/knowledge: knowledge/french may import nothing of the project",
		"knowledge/french/a_test.go imports verbatim/knowledge: knowledge/french may import nothing of the project",
		"knowledge/index.go imports github.com/bwmarrin/discordgo: that is for bot/...",
		"knowledge/rank/rank.go imports verbatim/bot: knowledge/... may import knowledge/...",
		"util/util.go is in no room: give it one in walls_test.go and in the README",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// breaches returns what is wrong in a tree of files, in the order of their names.
func breaches(t *testing.T, tree fs.FS) []string {
	t.Helper()
	var found []string
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(base, ".") || base == "testdata" || base == "tools"):
			return fs.SkipDir // as the Go command does; tools is a module of its own
		case d.IsDir() || path.Ext(name) != ".go" || path.Dir(name) == ".":
			return nil
		}
		text, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		found = append(found, breachesOf(t, name, text)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// breachesOf returns what is wrong with the imports of one file.
func breachesOf(t *testing.T, name string, text []byte) []string {
	t.Helper()
	room := path.Dir(name)
	row := slices.IndexFunc(walls, func(w wall) bool { return within(room, w.room) })
	if row < 0 {
		return []string{name + " is in no room: give it one in walls_test.go and in the README"}
	}
	f, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	isTest := strings.HasSuffix(name, "_test.go")
	var found []string
	for _, spec := range f.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if why := walls[row].against(room, imported, isTest); why != "" {
			found = append(found, fmt.Sprintf("%s imports %s: %s", name, imported, why))
		}
	}
	return found
}

// against says why a file of room may not import a package, "" when it may.
func (w wall) against(room, imported string, isTest bool) string {
	if target, ours := strings.CutPrefix(imported, module+"/"); ours {
		testing := anyWithin(target, forTests)
		if target == room || testing && isTest || !testing && w.allows(target, isTest) {
			return ""
		}
		if len(w.may) == 0 {
			return w.room + " may import nothing of the project"
		}
		return w.room + " may import " + strings.Join(w.may, ", ")
	}
	for _, k := range kept {
		if !isTest && within(imported, k.imports) && !anyWithin(room, k.rooms) {
			return "that is for " + strings.Join(k.rooms, ", ")
		}
	}
	return ""
}

// allows reports whether a package of the project may be imported. A test may build what its room takes
// from others: the rooms that those may import are open to it too.
func (w wall) allows(target string, isTest bool) bool {
	return anyWithin(target, w.may) || isTest && slices.ContainsFunc(walls, func(next wall) bool {
		return anyWithin(next.room, w.may) && next.allows(target, false)
	})
}

// within reports whether a folder is the one that pattern names, or below one whose pattern ends in /...
func within(folder, pattern string) bool {
	root, all := strings.CutSuffix(pattern, "/...")
	return folder == root || all && strings.HasPrefix(folder, root+"/")
}

func anyWithin(folder string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return within(folder, p) })
}
