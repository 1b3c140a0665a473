// Package pdf reads the text layer of PDF files.
//
// [Read] returns each page's lines, in the order in which they are drawn, with their places and sizes, and what the
// file says of itself. It takes any bytes: what it allocates and does is bounded by a budget, whatever a file refers
// to, and a broken table of contents of objects is made anew from the objects.
//
// The format is ISO 32000-1:2008; numbers in comments are its sections.
package pdf
