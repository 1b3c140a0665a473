// Package reader turns files and web pages into articles.
//
// [Read] takes plain text, Markdown, HTML, PDF and DOCX, in the encodings that French is found in, and keeps what
// a person reads: title, headings, paragraphs. [Fetcher.Fetch] brings such a file from the public web.
//
// It trusts no byte that it reads. Whatever a file holds, Read answers within [MaxTime] and [MaxMemory]: formats
// that have a structure are parsed in a process of their own, which is ended when it takes more. See child.go.
package reader
