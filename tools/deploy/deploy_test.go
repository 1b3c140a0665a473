// Package deploy_test checks the files of deploy/, the Dockerfile and .goreleaser.yaml by the parsers of the programs that
// read them. Those are heavy: so this is a module of its own, and the program depends on none of them.
//
//	go -C tools/deploy test -count=1 ./...
//
// Without -count=1 an answer may come from the cache of tests: what they read lies outside of their module.
package deploy_test

import (
	"os"
	"path/filepath"
	"testing"
)

// root is the project's.
const root = "../.."

// read returns a file of the project.
func read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return text
}
