package rank

import (
	"cmp"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"verbatim/knowledge/french"
)

func corpus(paragraphs ...[]string) *Corpus {
	c := NewCorpus()
	for _, p := range paragraphs {
		c.Add("", p)
	}
	c.Seal()
	return c
}

// TestExpand checks which words of a text say what a question's word says, and how near they come.
func TestExpand(t *testing.T) {
	c := corpus([]string{"La société acquise emploie Marie Curie.", "L’acquisition plaît à Curie, veuve.", "Une écluse énorme."})
	for _, tt := range []struct {
		question, word string
		near           bool // by its letters
		sense          bool // by its meaning
	}{
		{"acquise", "acquise", true, true},
		{"acquises", "acquise", true, true},    // same stem
		{"acquise", "acquisition", true, true}, // kin
		{"eclsue", "ecluse", true, true},       // a slip
		{"entreprise", "societe", false, true}, // of like meaning
		{"Marie Curie", "curie", true, true},   // part of a name
		{"rachat", "acquisition", true, true},  // of one family, which counts as letters do
		{"société", "ecluse", false, false},
		{"Where is the lock?", "ecluse", true, true},             // by its French
		{"Which company did it buy?", "acquisition", true, true}, // by the family of its French
		{"What did the enterprise buy?", "societe", false, true}, // by its meaning
	} {
		e := c.Expand(french.Parse(tt.question))
		got := likeness{}
		form, _ := c.formOf(tt.word)
		for i := e.heads[form]; i != 0; i = e.links[i-1].next {
			got.near, got.sense = max(got.near, e.links[i-1].near), max(got.sense, e.links[i-1].sense)
		}
		e.Release()
		if got.near > 0 != tt.near || got.sense > 0 != tt.sense {
			t.Errorf("%q for %q: got %+v", tt.word, tt.question, got)
		}
	}
}

// TestReleaseForgets checks that a question leaves nothing behind for the next.
func TestReleaseForgets(t *testing.T) {
	c := corpus([]string{"Le chat dort.", "Le chien mange."})
	e := c.Expand(french.Parse("chat"))
	e.Release()
	e = c.Expand(french.Parse("chien"))
	defer e.Release()
	chat, _ := c.formOf("chat")
	chien, _ := c.formOf("chien")
	if e.spells(chat) || !e.spells(chien) {
		t.Error("the words of the question before are still looked for")
	}
}

func TestEdits(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"ecluse", "ecluse", 0}, {"ecluse", "eclsue", 1}, {"ecluse", "ecluses", 1}, {"ecluse", "eclus", 1},
		{"ecluse", "acluse", 1}, {"superintelligence", "superinteligense", 2}, {"chat", "chien", 3},
		{strings.Repeat("a", maxWord), "a", 3},
	} {
		if got := edits(tt.a, tt.b, 2); got != tt.want {
			t.Errorf("edits(%q, %q) = %d, want %d", tt.a, tt.b, got, tt.want)
		}
	}
}

// TestLeans checks which sentences cannot be read alone.
func TestLeans(t *testing.T) {
	for text, want := range map[string]bool{
		"Elle mesure 38 mètres.": true, "Cette attaque échoua.": true, "Cependant, il revint.": true, "Sa fille aussi.": true,
		"L’écluse est fermée.": false, "Il faut partir.": false, "Il y a un pont.": false, "Paul revint.": false,
		"Dans cette ville, tout ferme.": true, "Cependant, à ce moment, rien n’ouvre.": true, "Selon lui, tout ferme.": true,
		"Malgré cela, tout ouvre.": true, "Chacun garde sa clé.": true, "Celle-ci sont d'ailleurs bonnes.": true, "À CETTE ÉPOQUE, TOUT OUVRE.": true,
		"Dans son roman, Marie Curie part.": false, "Après sa mort, le roi fut oublié.": false, "Dans la ville, il pleut.": false, "À Paris, on y va.": false,
		"Il s’agit d’un pont.": false, "Il s’ensuit une querelle.": false, "Il s’exila.": true, "Ils s’exilèrent.": true,
	} {
		if got := corpus([]string{text}).Leans(0); got != want {
			t.Errorf("Leans(%q) = %v, want %v", text, got, want)
		}
	}
}

// TestLooksBack checks which sentences may speak of what the one before names.
func TestLooksBack(t *testing.T) {
	for text, want := range map[string]bool{
		"Le camp fut fermé.": true, "L’église fut bâtie en 1890.": true, "Les deux revinrent.": true, "Le soir, il pleut.": true, "Le 12 juin 1990, une église fut bâtie.": false, "Le 12 juin, il revint.": true,
		"La tour Eiffel brille.": false, "L’accord de Meta avec Scale le prévoit.": false, "Une église fut bâtie.": false,
		"En mai 1990, il revint.": true, "En mai 1990, Paul jura qu’il reviendrait.": false, "Paul Petit épousa sa cousine.": false,
		"On bâtit cette tour à Lyon.": true, "Un roi fut sacré à Reims dans sa cathédrale.": false,
		"Cependant, tout ferme.": true, "En effet, tout ferme.": true, "Paul et Virginie le savent.": false, "Un frère et une sœur s’aiment.": false,
		"Il y a un pont.": false, "En 1990, il y a trois ponts.": false, "Il y a trois ponts dans cette ville.": true, "Il s’agit d’un pont.": false,
		"Des ponts donnent donc sur la Saône.": false, "1890 vit naître Paul.": false,
	} {
		if got := corpus([]string{text}).LooksBack(0); got != want {
			t.Errorf("LooksBack(%q) = %v, want %v", text, got, want)
		}
	}
}

// TestModel checks that a model that does not fit the program is refused, and with what word.
func TestModel(t *testing.T) {
	if _, err := readModel(modelData); err != nil {
		t.Fatal(err)
	}
	var whole map[string]json.RawMessage
	if err := json.Unmarshal(modelData, &whole); err != nil {
		t.Fatal(err)
	}
	var networks []json.RawMessage
	if err := json.Unmarshal(whole["rank"], &networks); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, key, value, want string }{
		{"other features", "features", `["kind"]`, "fit it again"},
		{"no network", "rank", `[]`, "rank: it has no network"},
		{"an empty network", "rank", `[{}]`, "rank, network 0: asked"},
		{"uneven rows", "rank", strings.Replace(string(whole["rank"]), `"match":[[`, `"match":[[1,`, 1), "rank, network 0: match"},
		{"too wide", "rank", `[{"bias":[` + strings.Repeat("0,", maxUnits) + `0]}]`, "rank, network 0: a layer"},
		{"no judge", "right", `{}`, "right: asked"},
		{"a judge that does not see the others' scores", "answerable", string(networks[0]), "answerable: mean"},
		{"a probability that falls", "sure", `[[1,0.5],[0,0.6]]`, "sure, point 1"},
		{"no probability", "sure", `[]`, "sure"},
	} {
		changed := maps.Clone(whole)
		changed[tt.key] = json.RawMessage(tt.value)
		data, err := json.Marshal(changed)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := readModel(data); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want an error with %q", tt.name, err, tt.want)
		}
	}
	if _, err := readModel([]byte(`{`)); err == nil {
		t.Error("what is no JSON is taken")
	}
}

// TestVectors checks that texts about the same point the same way.
func TestVectors(t *testing.T) {
	c := corpus([]string{"Le médecin soigne les malades à l’hôpital.", "Le train entre en gare.", "Et de le la."})
	e := c.Expand(french.Parse("Quel docteur guérit les patients ?"))
	defer e.Release()
	q, _ := e.directions()
	if near, other := q.cosine(&c.vectors[0]), q.cosine(&c.vectors[1]); near < other+0.2 {
		t.Errorf("the sentence about the same is %v alike, the other %v", near, other)
	}
	if got := q.cosine(&c.vectors[2]); got != 0 {
		t.Errorf("a sentence about nothing is %v alike", got)
	}
	if got := q.cosine(&q); got < 0.98 || got > 1.02 {
		t.Errorf("a question is %v alike to itself", got)
	}
}

// TestKeep checks that the best sketches are kept, best first, and of those that are alike the first.
func TestKeep(t *testing.T) {
	var all []drafted
	var e Expansion
	for n := range int32(3 * Considered) {
		d := drafted{passage: n, sketch: float32(n * 7 % 10)}
		all = append(all, d)
		e.keep(d)
	}
	slices.SortStableFunc(all, func(a, b drafted) int { return cmp.Compare(b.sketch, a.sketch) })
	if !slices.Equal(e.drafts, all[:Considered]) {
		t.Errorf("got %v, want %v", e.drafts, all[:Considered])
	}
}

// TestReread checks that the candidates that may answer have the mean of what all networks make of them, and that the
// others are as far from each other as the first network puts them, and from those as far as it is on average.
func TestReread(t *testing.T) {
	var text []string
	for _, what := range []string{"le radium", "une écluse", "le polonium", "un pont", "la gare", "un roi"} {
		text = append(text, "Marie Curie découvre "+what+" en 1898.", "Pierre Curie, 28 ans, voit "+what+".", "À Paris, "+what+" est célèbre.")
	}
	c := corpus(text)
	e := c.Expand(french.Parse("Quand Marie Curie découvre-t-elle le radium ?"))
	defer e.Release()
	r := e.Rank([]int{0})
	if len(r.Candidates) <= reread {
		t.Fatalf("got %d candidates, too few", len(r.Candidates))
	}
	networks := fitted().Rank
	score := func(n int, c *Candidate) float32 {
		s := networks[n].scorer(r.Asked) // a new one for each: nothing is known from the sentences before
		return s.score(c.Features[:], c.Matches, nil)
	}
	whole, behind := float32(0), float32(0) // of those that all read: what they have, less what the first network gives
	var rest []float32
	for i := range r.Candidates {
		c := &r.Candidates[i]
		first, mean := score(0, c), float32(0)
		for n := range networks {
			mean += score(n, c) / float32(len(networks))
		}
		if math.Abs(float64(c.Score-mean)) < 1e-4 {
			whole++
			behind += c.Score - first
		} else {
			rest = append(rest, c.Score-first)
		}
	}
	if whole != reread {
		t.Errorf("%v candidates have the mean of all networks, want %d", whole, reread)
	}
	for _, got := range rest {
		if want := behind / reread; math.Abs(float64(got-want)) > 1e-4 {
			t.Errorf("another is %v off the first network's score, want %v", got, want)
		}
	}
	if got := r.Candidates[0].Sentence; got != 0 {
		t.Errorf("sentence %d is first", got)
	}
}

// TestScoreHasNoZero checks that what a network adds to all sentences alike moves them all alike, whichever it scores.
func TestScoreHasNoZero(t *testing.T) {
	c := corpus(strings.SplitAfter(strings.Repeat("Marie Curie découvre le radium. Pierre voit le radium. Marie dort. ", 8), ". "))
	e := c.Expand(french.Parse("Où Marie Curie découvre-t-elle le radium ?"))
	defer e.Release()
	candidates, asked := e.Describe([]int{0})
	moved := slices.Clone(candidates)
	whole := *fitted()
	whole.score(candidates, asked)
	whole.Rank = slices.Clone(whole.Rank)
	n := &whole.Rank[1]
	n.Direct = slices.Clone(n.Direct)
	const more = 12
	n.Direct[n.plain()+int(french.Place)] -= more // an input that is 1 for each sentence
	whole.score(moved, asked)
	for i := range candidates {
		got, want := moved[i], candidates[i]
		if by := float64(want.Score-got.Score) * float64(len(whole.Rank)); got.Sentence != want.Sentence || math.Abs(by-more) > 1e-3 {
			t.Errorf("place %d: got sentence %d, moved by %v, want %d, moved by %v", i, got.Sentence, by, want.Sentence, float64(more))
		}
	}
}
