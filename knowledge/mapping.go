package knowledge

import (
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"
	zap "github.com/blevesearch/zapx/v17"
)

// analyzerName names the analyzer of passages. A passage reaches bleve as the stems that the ranking has read it
// to, parted by spaces, so that index and question are read in one way and only once. bleve's own "fr" tells
// U+2019 from U+02BC and « œ » from « oe », never matches decomposed accents, folds them in long words only,
// and drops « été » (seen in v2.6.3).
const analyzerName = "stems"

// An index is one segment that never grows. bleve would begin each with room for its passages and a hundred more, as
// large as those of the last segment that the process made, of whatever article: a sentence of 1 MB in one made it
// ask for gigabytes for the next (seen in zapx v17.2.5). It begins with none.
func init() { zap.NewSegmentBufferNumResultsFactor = 0 } //nolint:gochecknoinits // a variable of the process

// passageMapping says what bleve keeps of a passage: its stems and the article it is from, to search
// by. Nothing is stored: quotes come from the article itself.
func passageMapping() (mapping.IndexMapping, error) {
	m := mapping.NewIndexMapping()
	m.ScoringModel = "bm25"
	if err := m.AddCustomAnalyzer(analyzerName, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		return nil, err
	}
	m.DefaultAnalyzer = analyzerName // the standard one would be loaded for nothing, with its English words
	stems := mapping.NewTextFieldMapping()
	stems.Analyzer = analyzerName
	article := mapping.NewKeywordFieldMapping()
	for _, f := range []*mapping.FieldMapping{stems, article} {
		f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = false, false, false, false
	}
	passage := mapping.NewDocumentStaticMapping()
	passage.AddSubDocumentMapping("_all", mapping.NewDocumentDisabledMapping())
	passage.AddFieldMappingsAt(stemsField, stems)
	passage.AddFieldMappingsAt(articleField, article)
	m.DefaultMapping = passage
	return m, nil
}

const (
	stemsField   = "stems"
	articleField = "article"
)
