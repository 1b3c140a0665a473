package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
)

// maxLine is the longest line that is read as a question, in bytes: far more than a question has, and
// little enough to hold.
const maxLine = 1 << 20

// lines iterates over the lines of r, without their ends. A last line need not end. After an error
// there is nothing more.
func lines(r io.Reader) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		s := bufio.NewScanner(r)
		s.Buffer(nil, maxLine)
		n := 0
		for s.Scan() {
			n++
			if !yield(s.Text(), nil) {
				return
			}
		}
		err := s.Err()
		if errors.Is(err, bufio.ErrTooLong) {
			err = fmt.Errorf("it is longer than %d MiB, and no question", maxLine>>20)
		}
		if err != nil {
			yield("", fmt.Errorf("line %d: %w", n+1, err))
		}
	}
}
