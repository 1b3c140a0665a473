package rank

import (
	"math"
	"testing"

	"verbatim/knowledge/french"
)

// Each word of a sentence is told as what may answer: what it is, and how the question stands around it.
func TestTell(t *testing.T) {
	c := corpus([]string{"En 1898, la physicienne Marie Curie traite le minerai : 31 tonnes."})
	e := c.Expand(french.Parse("Combien de tonnes de minerai Marie Curie traite-t-elle ?"))
	defer e.Release()
	candidates, _ := e.Describe([]int{0})
	e.Tell(&candidates[0])
	told := candidates[0].Told
	row := c.row(0)
	if len(told) != len(row) {
		t.Fatalf("got %d words, want %d", len(told), len(row))
	}
	at := func(term string) *Telling {
		for i := range row {
			if c.terms[row[i].form] == term {
				return &told[i]
			}
		}
		t.Fatalf("%q is not in the sentence", term)
		return nil
	}
	load, year, ore, role := at("31"), at("1898"), at("minerai"), at("physicienne")
	if french.Preposition != 1<<(evidenceFrom-1) || isSaying != 1<<(isMeasured-evidenceFrom-1) {
		t.Error("what a word is has no longer as many bits as evidenceFrom and isMeasured say")
	}
	has := func(w *Telling, bit int) bool { return w.Is>>bit&1 == 1 }
	if !has(load, isMeasured) || has(year, isMeasured) {
		t.Error("tons are asked for: 31 counts them, 1898 does not")
	}
	if want := Is(french.Number|french.Year) | Is(isDate)<<evidenceFrom; year.Is != want {
		t.Errorf("1898: got %b, want a year, which is a date: %b", year.Is, want)
	}
	if ore.Numbers[tellingNear] != 1 || ore.Numbers[tellingShare] <= 0 || ore.Numbers[tellingAssociated] != 0 {
		t.Errorf("the question says « minerai »: got %v", ore.Numbers)
	}
	if load.Numbers[tellingNear] != 0 || role.Numbers[tellingNear] != 0 {
		t.Error("the question says neither 31 nor « physicienne »")
	}
	before, after := tellingAround, tellingAround+2 // each nearby, then farther
	if !(load.Numbers[before] > load.Numbers[after] && role.Numbers[after] > role.Numbers[before]) {
		t.Error("Marie Curie stands behind « physicienne », « minerai » before 31")
	}
	if a, b := role.Numbers[tellingAfter], at("marie").Numbers[tellingFocus]; a != b {
		t.Errorf("what stands behind « physicienne »: got %v, want its own %v", a, b)
	}
}

// Around a word, what stands further counts less, and the word itself does not count.
func TestAround(t *testing.T) {
	told := make([]Telling, 4)
	told[1].Numbers[tellingShare] = 1
	around(told, tellingShare, tellingAround)
	fade := func(words, distance float64) float32 { return float32(math.Exp(-distance / words)) }
	for i, want := range [][4]float32{
		{0, 0, fade(nearby, 1), fade(farther, 1)},
		{},
		{fade(nearby, 1), fade(farther, 1), 0, 0},
		{fade(nearby, 2), fade(farther, 2), 0, 0},
	} {
		got := [4]float32(told[i].Numbers[tellingAround:])
		for n := range want {
			if math.Abs(float64(got[n]-want[n])) > 1e-6 {
				t.Errorf("word %d: got %v, want %v", i, got, want)
				break
			}
		}
	}
}
