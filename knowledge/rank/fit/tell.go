package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"os"

	"verbatim/knowledge/eval"
	"verbatim/knowledge/rank"
)

// writeTold writes the words of those candidates that NAME.picked numbers: of the lines in NAME.tsv after the first,
// from 0, rising, 32 bits each.
func writeTold(sets []eval.Set, name string) error {
	data, err := os.ReadFile(name + ".picked") //nolint:gosec // whoever fits names the file
	if err != nil {
		return err
	}
	picked := make([]uint32, len(data)/4)
	if err := binary.Read(bytes.NewReader(data), binary.LittleEndian, picked); err != nil {
		return err
	}
	return files(func(to []*bufio.Writer) error {
		return askAll(sets, name, &told{words: to[0], counts: to[1], picked: picked})
	}, name+".told", name+".heard")
}

// Told writes, of each candidate that is picked, a [rank.Telling] a word and, in counts, one byte: how many words there are.
type told struct {
	words, counts *bufio.Writer
	picked        []uint32 // those still to come
	line          uint32   // of the next candidate
}

func (t *told) take(_ string, e *rank.Expansion, candidates []rank.Candidate, _ []rank.Asked, _ func(rank.Candidate) bool) {
	for i := range candidates {
		if len(t.picked) > 0 && t.picked[0] == t.line {
			t.picked = t.picked[1:]
			e.Tell(&candidates[i])
			_ = t.counts.WriteByte(byte(len(candidates[i].Told))) // a Writer keeps its first error for Flush
			_ = binary.Write(t.words, binary.LittleEndian, candidates[i].Told)
		}
		t.line++
	}
}
