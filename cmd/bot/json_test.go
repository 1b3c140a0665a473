package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/knowledge"
)

func TestPrintJSON(t *testing.T) {
	var b strings.Builder
	if err := printJSON(&b, droege(t)); err != nil {
		t.Fatal(err)
	}
	want := `{"question":"Qui remplace Wang ?","found":true,"confidence":0.95,"quotes":[{` +
		`"text":"Jason Droege, directeur de la stratégie, occupera le poste de PDG après le départ de Wang.",` +
		`"article":"scale","paragraph":1,"sentences":[2],"start":11,"end":104,"score":0,"highlights":[[11,23],[99,103]]}]}` + "\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestUnion(t *testing.T) {
	tests := []struct {
		name       string
		a, b, want []knowledge.Span
	}{
		{"none", nil, nil, nil},
		{"one list", spans(1, 2, 4, 5), nil, spans(1, 2, 4, 5)},
		{"in order", spans(7, 9), spans(1, 2, 4, 5), spans(1, 2, 4, 5, 7, 9)},
		{"overlap", spans(1, 4), spans(3, 6), spans(1, 6)},
		{"within", spans(1, 9), spans(3, 6), spans(1, 9)},
		{"side by side", spans(1, 3), spans(3, 6), spans(1, 6)},
		{"the same", spans(1, 3), spans(1, 3), spans(1, 3)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, union(tt.a, tt.b)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// spans makes spans of their starts and ends.
func spans(offsets ...int) []knowledge.Span {
	var out []knowledge.Span
	for i := 0; i < len(offsets); i += 2 {
		out = append(out, knowledge.Span{Start: offsets[i], End: offsets[i+1]})
	}
	return out
}
