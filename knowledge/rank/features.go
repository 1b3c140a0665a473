package rank

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
	sketchRank             // its place among the candidates by the sketch, from 0

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
	about             // how alike the sentence and the question are in what they are about
	aboutGap          // about, less the best
	run               // most words in a row that the question has in a row, function words among them, at most 8
	runShare          // the same, as a share of the question's words
	runGap            // run, less the best
	measured          // 1 when a number counts what the question asks to be counted, 0 when none does
	measuredGap       // measured, less the best

	// How much more often the sentence's words stand in answers to questions with the question's, as a logarithm.
	associated         // of all words of both
	associatedShare    // the same, by the root of how many words the sentence has
	associatedGap      // associated, less the best
	associatedShareGap // associatedShare, less the best
	featureCount
)

// Names gives each feature's name, as the model's file has it.
var Names = [featureCount]string{
	"kind", "terms", "unknown", "cover", "cover_form", "cover_stem", "bm25", "heaviest_found", "heaviest_missed",
	"cover_names", "cover_others", "cover_numbers", "focus", "first_term", "last_term", "carried", "previous",
	"following", "cover_paragraph", "bm25_paragraph", "titled", "cover_all", "adjacent", "dense", "evidences",
	"evidence_gap", "evidence_weight", "unit", "names", "numbers", "dates", "defined", "length", "novel", "position",
	"siblings", "pronoun", "linked", "cover_gap", "bm25_gap", "cover_all_gap", "dense_gap", "evidence_weight_gap",
	"paragraph_gap", "sketch_gap", "sketch_rank", "sense_cover", "sense_others", "sense_gap", "sense_paragraph", "sense_carried", "rare_cover", "rare_gap", "untitled", "focus_sense", "next_leans", "leans", "missed", "rare_paragraph", "untitled_gap", "sense_carried_gap", "sense_paragraph_gap", "rare_paragraph_gap", "cover_form_gap", "cover_stem_gap", "sense_dense", "sense_dense_gap", "sense_around", "sense_around_gap", "neighbourhood", "neighbourhood_gap", "best_cover", "best_paragraph", "hard", "hard_around", "hard_gap", "about", "about_gap",
	"run", "run_share", "run_gap", "measured", "measured_gap", "associated", "associated_share", "associated_gap", "associated_share_gap",
}
