package rank

import "verbatim/knowledge/french"

// Features describe one sentence as an answer to one question. [Names] says what each is.
type Features [featureCount]float32

// The features. A share is of the question's weight: the sum of its terms' inverse document
// frequencies. A feature that does not apply is -1.
const (
	kind            = iota // the kind of the question, a category
	terms                  // terms of the question
	unknown                // share of the terms that the corpus has no word for
	cover                  // share of the terms that the sentence holds, each by its nearness
	coverForm              // of those in the same form
	coverStem              // of those with the same stem
	bm25                   // BM25 of the sentence, as a share
	heaviestFound          // share of the heaviest term found
	heaviestMissed         // share of the heaviest term that the corpus knows and the sentence lacks
	coverNames             // share of the question's names
	coverOthers            // share of its other terms
	coverNumbers           // share of its numbers
	focus                  // nearness of the noun that the question asks for
	firstTerm              // nearness of the first term
	lastTerm               // nearness of the last term
	carried                // share of terms missing here and found earlier in the paragraph
	previous               // share of terms missing here and found in the sentence before
	following              // share of terms missing here and found in the sentence after
	coverParagraph         // share of the terms that the paragraph holds
	bm25Paragraph          // BM25 of the paragraph
	titled                 // share of terms missing here and found in the title
	coverAll               // share found here, earlier in the paragraph or in the title
	adjacent               // share of neighbouring terms that are neighbours here
	dense                  // share of the terms in the densest window
	evidences              // words that can answer, at most 4
	evidenceGap            // words between one of those and the nearest match
	evidenceWeight         // share of the terms near the best of those
	unit                   // 1 when a number stands by what the question counts
	newNames               // names that the question does not hold, at most 6
	newNumbers             // numbers, likewise
	newDates               // words of dates, likewise
	defined                // 1 when the sentence begins with a term and says what it is
	length                 // tokens
	novel                  // words that the question does not hold
	position               // number of the sentence in its paragraph, from 0
	siblings               // sentences of the paragraph
	pronoun                // 1 when it begins with a pronoun
	linked                 // 1 when it leans on the sentence before
	coverGap               // cover, less the best of all candidates
	bm25Gap                // bm25, likewise
	coverAllGap            // coverAll, likewise
	denseGap               // dense, likewise
	evidenceGapBest        // evidenceWeight, likewise
	paragraphGap           // bm25Paragraph, likewise
	sketchGap              // the sketch score, likewise
	sketchRank             // its rank among the candidates, at most 20

	senseCover        // share of the terms that the sentence holds, each by its nearness in meaning
	senseOthers       // of those, the words that are no names or numbers
	senseGap          // senseCover, less the best of all candidates
	senseParagraph    // share by meaning that the paragraph holds
	senseCarried      // share by meaning found here, earlier in the paragraph or in the title
	rareCover         // senseCover, each term by how rare it is in French instead
	rareGap           // rareCover, less the best
	untitled          // senseCover, of the terms that the title lacks
	focusSense        // nearness in meaning of the noun that the question asks for
	nextLeans         // 1 when the next sentence cannot be read alone
	leans             // 1 when this one cannot
	missed            // terms that are found in no way
	rareParagraph     // rareCover of the paragraph
	untitledGap       // untitled, less the best
	senseCarriedGap   // senseCarried, likewise
	senseParagraphGap // senseParagraph, likewise
	rareParagraphGap  // rareParagraph, likewise
	coverFormGap      // coverForm, likewise
	coverStemGap      // coverStem, likewise
	senseDense        // dense, by meaning
	senseDenseGap     // senseDense, less the best
	senseAround       // evidenceWeight, by meaning
	senseAroundGap    // senseAround, less the best
	neighbourhood     // share by meaning found here, in the sentence before or in the one after
	neighbourhoodGap  // neighbourhood, less the best
	bestCover         // the best senseCover of all candidates
	bestParagraph     // the best senseParagraph
	hard              // 1 when a question for a figure or a date meets one here, 0 when it does not
	hardAround        // senseAround, for such questions
	hardGap           // hardAround, less the best
	featureCount
)

// Names gives each feature's name, as the model's file has it.
var Names = [featureCount]string{
	"kind", "terms", "unknown", "cover", "cover_form", "cover_stem", "bm25", "heaviest_found", "heaviest_missed",
	"cover_names", "cover_others", "cover_numbers", "focus", "first_term", "last_term", "carried", "previous",
	"following", "cover_paragraph", "bm25_paragraph", "titled", "cover_all", "adjacent", "dense", "evidences",
	"evidence_gap", "evidence_weight", "unit", "names", "numbers", "dates", "defined", "length", "novel", "position",
	"siblings", "pronoun", "linked", "cover_gap", "bm25_gap", "cover_all_gap", "dense_gap", "evidence_weight_gap",
	"paragraph_gap", "sketch_gap", "sketch_rank", "sense_cover", "sense_others", "sense_gap", "sense_paragraph", "sense_carried", "rare_cover", "rare_gap", "untitled", "focus_sense", "next_leans", "leans", "missed", "rare_paragraph", "untitled_gap", "sense_carried_gap", "sense_paragraph_gap", "rare_paragraph_gap", "cover_form_gap", "cover_stem_gap", "sense_dense", "sense_dense_gap", "sense_around", "sense_around_gap", "neighbourhood", "neighbourhood_gap", "best_cover", "best_paragraph", "hard", "hard_around", "hard_gap",
}

// BM25's parameters: how fast more of a word stops mattering, how much length does. Sentences want less of
// both than bleve's 1.2 and 0.75: k1 from 0.9 to 1.2 with b from 0.4 to 0.5 did better on PIAF.
const (
	k1         = 1.0
	b          = 0.4
	bParagraph = 0.6
)

// A surrounding is what a paragraph holds of a question, beside its sentences.
type surrounding struct {
	near                [maxTerms]float32 // by term: nearness of the nearest word of the paragraph
	earlier             [maxTerms]float32 // of the sentences before the one described
	sense, earlierSense [maxTerms]float32
	title               [maxTerms]float32 // 1 when the title holds the term
	bm25                float32           // of the paragraph, as a share
}

// describe fills in what sentence i of a paragraph, read into readings, is by itself.
func (c *Corpus) describe(e *Expansion, p paragraph, readings []reading, i int, around *surrounding, f *Features) {
	*f = Features{}
	r := &readings[i]
	f[kind], f[terms] = float32(e.query.Kind), float32(len(e.terms))
	f[focus], f[focusSense] = -1, -1
	var names, others, numbers, senses, bare fraction
	for n := range e.terms {
		t := &e.terms[n]
		near := r.near[n]
		if t.known == 0 {
			f[unknown] += t.share
		}
		f[cover] += t.share * near
		if near >= sameForm {
			f[coverForm] += t.share
		}
		if near >= sameStem {
			f[coverStem] += t.share
		}
		f[bm25] += t.share * saturate(r.count[n], float32(r.length)/c.length, b)
		if near > 0 {
			f[heaviestFound] = max(f[heaviestFound], t.share*near)
		} else if t.known > 0 {
			f[heaviestMissed] = max(f[heaviestMissed], t.share)
		}
		switch {
		case t.Has(french.Number):
			numbers.add(t.share, near)
		case t.name:
			names.add(t.share, near)
		default:
			others.add(t.share, near)
		}
		f[rareCover] += t.rarity * r.sense[n]
		f[rareParagraph] += t.rarity * around.sense[n]
		if around.title[n] == 0 {
			bare.add(t.share, r.sense[n])
		}
		if r.sense[n] == 0 {
			f[missed]++
		}
		beside := r.sense[n]
		if i > 0 {
			beside = max(beside, readings[i-1].sense[n])
		}
		if i+1 < len(readings) {
			beside = max(beside, readings[i+1].sense[n])
		}
		f[neighbourhood] += t.share * beside
		f[senseCover] += t.share * r.sense[n]
		f[senseParagraph] += t.share * around.sense[n]
		f[senseCarried] += t.share * max(r.sense[n], around.earlierSense[n], around.title[n])
		if !t.name && !t.Has(french.Number) {
			senses.add(t.share, r.sense[n])
		}
		if t.Focus {
			f[focus], f[focusSense] = near, r.sense[n]
		}
		if i > 0 {
			f[previous] += t.share * max(0, readings[i-1].near[n]-near)
		}
		if i+1 < len(readings) {
			f[following] += t.share * max(0, readings[i+1].near[n]-near)
		}
		f[carried] += t.share * max(0, around.earlier[n]-near)
		f[titled] += t.share * max(0, around.title[n]-near)
		f[coverAll] += t.share * max(near, around.earlier[n], around.title[n])
		f[coverParagraph] += t.share * around.near[n]
	}
	f[bm25Paragraph] = around.bm25
	f[coverNames], f[coverOthers], f[coverNumbers] = names.ratio(), others.ratio(), numbers.ratio()
	f[senseOthers], f[untitled] = senses.ratio(), bare.ratio()
	f[firstTerm], f[lastTerm] = r.near[0], r.near[max(0, len(e.terms)-1)]
	f[senseDense], f[senseAround] = r.senseDense/e.total, r.senseAround/e.total
	f[adjacent], f[dense] = r.adjacent, r.dense/e.total
	f[evidences], f[evidenceGap], f[evidenceWeight] = -1, -1, -1
	if wanted[e.query.Kind] != 0 {
		f[evidences], f[evidenceGap], f[evidenceWeight] = float32(min(r.evidence, 4)), r.gap, r.around/e.total
	}
	f[hard], f[hardAround] = -1, -1
	if wanted[e.query.Kind]&(isNumber|isAge|isDate|isDuration) != 0 {
		f[hard], f[hardAround] = bit(r.evidence > 0), r.senseAround/e.total
	}
	f[unit], f[defined] = -1, bit(r.defined)
	if e.query.Kind == french.Quantity && len(e.query.Units) > 0 {
		f[unit] = bit(r.unit)
	}
	f[newNames], f[newNumbers], f[newDates] = float32(min(r.names, 6)), float32(min(r.numbers, 6)), float32(min(r.dates, 6))
	f[length], f[novel] = float32(r.length), float32(r.novel)
	f[position], f[siblings] = float32(i), float32(len(readings))
	if row := c.row(p.first + int32(i)); len(row) > 0 {
		f[leans] = bit(c.leans(row))
		if i+1 < len(readings) {
			f[nextLeans] = bit(c.leans(c.row(p.first + int32(i) + 1)))
		}
		f[pronoun] = bit(row[0].class.Has(french.Pronoun))
		f[linked] = bit(row[0].class.Has(french.Linking))
	}
}

// A fraction is how much of some terms' weight a sentence holds.
type fraction struct{ found, whole float32 }

func (r *fraction) add(share, near float32) {
	r.found += share * near
	r.whole += share
}

// ratio is -1 when there are no such terms.
func (r fraction) ratio() float32 {
	if r.whole == 0 {
		return -1
	}
	return r.found / r.whole
}

// surround reads what a paragraph holds of the question from the readings of its sentences.
func (c *Corpus) surround(e *Expansion, p paragraph, readings []reading) (a surrounding) {
	tokens := float32(0)
	var count [maxTerms]float32
	for i := range readings {
		tokens += float32(readings[i].length)
		for n := range e.terms {
			count[n] += readings[i].count[n]
			a.near[n] = max(a.near[n], readings[i].near[n])
			a.sense[n] = max(a.sense[n], readings[i].sense[n])
		}
	}
	for n := range e.terms {
		a.bm25 += e.terms[n].share * saturate(count[n], tokens/c.paragraphLength, bParagraph)
	}
	for _, st := range p.title {
		for _, f := range c.stemForms[st] {
			for l := e.heads[f]; l != 0; l = e.links[l-1].next {
				if link := e.links[l-1]; link.near >= sameStem {
					a.title[link.term] = 1
				}
			}
		}
	}
	return a
}

// passed notes that the sentence read into r is now behind.
func (a *surrounding) passed(r *reading, terms int) {
	for n := range terms {
		a.earlier[n] = max(a.earlier[n], r.near[n])
		a.earlierSense[n] = max(a.earlierSense[n], r.sense[n])
	}
}

func saturate(count, relative, b float32) float32 {
	return count * (k1 + 1) / (count + k1*(1-b+b*relative))
}

func bit(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

// leans reports whether a sentence cannot be read alone: it begins with a word that stands for what the
// sentence before it names, « Il » or « Cette attaque », if need be after a word that links.
func (c *Corpus) leans(row []token) bool {
	for i, t := range row {
		term := c.terms[t.form]
		switch {
		case i == 3:
			return false
		case term == "il" && i+1 < len(row) && impersonal[c.terms[row[i+1].form]]:
			return false
		case t.class.Has(french.Pronoun), demonstrative[term]:
			return true
		case !t.class.Has(french.Linking):
			return false
		}
	}
	return false
}

var (
	demonstrative = map[string]bool{"ce": true, "cet": true, "cette": true, "ces": true, "son": true, "sa": true, "ses": true, "leur": true, "leurs": true, "c": true}
	impersonal    = map[string]bool{"y": true, "faut": true, "existe": true, "s": true, "semble": true, "est": false, "fallait": true, "pleut": true}
)
