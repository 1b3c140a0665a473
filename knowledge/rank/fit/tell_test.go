package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"testing"

	"verbatim/knowledge/french"
	"verbatim/knowledge/rank"
)

// Of the candidates of all questions, counted through, those that are picked are told.
func TestTold(t *testing.T) {
	c := rank.NewCorpus()
	c.Add("", []string{"Marie Curie découvre le radium.", "Le radium brille."})
	c.Seal()
	e := c.Expand(french.Parse("Qui découvre le radium ?"))
	defer e.Release()
	candidates, asked := e.Describe([]int{0})
	var words, counts bytes.Buffer
	to := told{words: bufio.NewWriter(&words), counts: bufio.NewWriter(&counts), picked: []uint32{1, 2}}
	for range 2 { // questions of two candidates each
		to.take("", e, candidates, asked, nil)
	}
	if err := to.words.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := to.counts.Flush(); err != nil {
		t.Fatal(err)
	}
	first, second := byte(len(candidates[0].Told)), byte(len(candidates[1].Told))
	if got := counts.Bytes(); !bytes.Equal(got, []byte{second, first}) || first != 5 || second != 3 {
		t.Errorf("got counts %v, want 3 and 5", got)
	}
	if want := 8 * binary.Size(rank.Telling{}); words.Len() != want {
		t.Errorf("got %d bytes of words, want %d", words.Len(), want)
	}
}
