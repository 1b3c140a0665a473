//go:build !race

package library_test

// rounds is how many things happen in TestServersAreApart.
const rounds = 2000
