// Package library keeps each server's own articles, and what its moderators decided.
//
// [Open] opens a library: in memory, in an SQLite file, or in PostgreSQL. [Library.Put] adds an article or
// revises it, [Library.Remove] forgets it at once, and [Indexes] keeps ready what answers questions on them.
//
// What a server keeps is its own: nothing read for one server comes from another. A change that returned
// without an error is on disk, whole. Nothing that is kept says which member it came from.
package library
