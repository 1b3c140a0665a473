package library_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/knowledge/library"
	"verbatim/knowledge/library/librarytest"
)

// update writes what the program makes now: go test ./knowledge/library -run 'Fixture|Growth' -update
var update = flag.Bool("update", false, "write the fixture of this schema, and the figures of growth")

// fixture is a library as people may have it, in the lines of an export.
const fixture = "testdata/library.jsonl"

// fixtureSchema is the schema of PostgreSQL in which fixtures were written.
const fixtureSchema = "fixture"

func readFixture(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(fixture)
	must(t, err)
	return string(text)
}

// A library that any version of the program has written can be opened, and holds what it held.
func TestFixturesOpen(t *testing.T) {
	for version := 1; version <= library.Newest(); version++ {
		t.Run(fmt.Sprintf("sqlite v%d", version), func(t *testing.T) {
			data, err := os.ReadFile(fmt.Sprintf("testdata/v%d.sqlite", version))
			must(t, err)
			where := filepath.Join(t.TempDir(), "library.db")
			must(t, os.WriteFile(where, data, 0o600))
			checkFixture(t, where)
		})
		t.Run(fmt.Sprintf("postgres v%d", version), func(t *testing.T) {
			dump, err := os.ReadFile(fmt.Sprintf("testdata/v%d.sql", version))
			must(t, err)
			where := librarytest.Shared(t).Library(t)
			_, schema, _ := strings.Cut(where, "search_path=")
			librarytest.Shared(t).Exec(t, strings.ReplaceAll(string(dump), fixtureSchema+".", schema+"."))
			checkFixture(t, where)
		})
	}
}

func checkFixture(t *testing.T, where string) {
	t.Helper()
	l := open(t, where, library.Options{})
	if diff := cmp.Diff(readFixture(t), export(t, l)); diff != "" {
		t.Errorf("(-fixture +library)\n%s", diff)
	}
	fill(t, l, "3") // and goes on being written
}

// With -update, a schema that has no fixture yet gets one. Those of older schemas are never written again.
func TestUpdateFixture(t *testing.T) {
	if !*update {
		t.Skip("only with -update")
	}
	for _, end := range []string{"sqlite", "sql"} {
		target := fmt.Sprintf("testdata/v%d.%s", library.Newest(), end)
		if _, err := os.Stat(target); err == nil {
			t.Logf("%s is there: remove it first if its schema was never released", target)
			continue
		}
		must(t, os.WriteFile(target, writeFixture(t, end), 0o644))
	}
}

func writeFixture(t *testing.T, end string) []byte {
	t.Helper()
	where := filepath.Join(t.TempDir(), "library.db")
	if end == "sql" {
		where, _, _ = strings.Cut(librarytest.Shared(t).Library(t), "search_path=")
		where += "search_path=" + fixtureSchema
		librarytest.Shared(t).Exec(t, "CREATE SCHEMA "+fixtureSchema)
		defer librarytest.Shared(t).Exec(t, "DROP SCHEMA "+fixtureSchema+" CASCADE")
	}
	l, err := library.Open(t.Context(), where, library.Options{})
	must(t, err)
	_, err = l.Import(t.Context(), strings.NewReader(readFixture(t)))
	must(t, err, l.Close())
	if end == "sqlite" {
		data, err := os.ReadFile(where)
		must(t, err)
		return data
	}
	out, err := exec.Command(librarytest.Shared(t).Program("pg_dump"), "--no-owner", "--inserts", "-n", fixtureSchema, librarytest.Shared(t).URL()).Output()
	must(t, err)
	return dumped(string(out))
}

// dumped leaves out of a dump what sets up the session, and what makes the schema: the test has its own.
func dumped(text string) []byte {
	var kept strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "--") || strings.HasPrefix(line, "SET ") || strings.HasPrefix(line, `\`) ||
			strings.HasPrefix(line, "SELECT pg_catalog.set_config") || strings.HasPrefix(line, "CREATE SCHEMA") {
			continue
		}
		kept.WriteString(line)
	}
	return []byte(kept.String())
}

func TestANewerLibraryIsRefused(t *testing.T) {
	sharedEngines(t, func(t *testing.T, where string) {
		l := open(t, where, library.Options{})
		must(t, l.Exec(t.Context(), "INSERT INTO library_versions (version_id, is_applied) VALUES (999, TRUE)"))
		_, err := library.Open(t.Context(), where, library.Options{})
		var newer *library.NewerError
		if !errors.As(err, &newer) || newer.Version != 999 || newer.Known != int64(library.Newest()) {
			t.Errorf("got %v, want a NewerError", err)
		}
	})
}

// Replicas that start at the same moment migrate once.
func TestManyOpenAtOnce(t *testing.T) {
	sharedEngines(t, func(t *testing.T, where string) {
		var all sync.WaitGroup
		errs := make(chan error, 6)
		for range cap(errs) {
			all.Go(func() {
				l, err := library.Open(t.Context(), where, library.Options{})
				if err == nil {
					err = l.Close()
				}
				errs <- err
			})
		}
		all.Wait()
		for range cap(errs) {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
	})
}

func TestWhereALibraryCannotBe(t *testing.T) {
	notALibrary := filepath.Join(t.TempDir(), "notes.txt")
	must(t, os.WriteFile(notALibrary, []byte(strings.Repeat("Ceci n’est pas une bibliothèque. ", 100)), 0o600))
	for where, want := range map[string]string{
		"mysql://localhost/bot":                 "a library cannot be kept in mysql://",
		"postgres://%zz":                        "the address of the library's database",
		"/nowhere/at/all/library.db":            "no such file",
		notALibrary:                             "not a database",
		"postgres://nobody@127.0.0.1:1/nowhere": "the library's database cannot be reached",
	} {
		l, err := library.Open(t.Context(), where, library.Options{})
		if err == nil {
			_ = l.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", where, err, want)
		}
	}
	_, err := library.Open(t.Context(), "postgres://bot:s3cret@127.0.0.1:1/nowhere", library.Options{})
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("got %v: the password is not for logs", err)
	}
}
