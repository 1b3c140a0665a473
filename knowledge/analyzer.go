package knowledge

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"

	"verbatim/knowledge/french"
)

// analyzerName names the French analyzer in bleve's registry. It is not bleve's own "fr": that one
// tells U+2019 from U+02BC and « œ » from « oe », never matches decomposed accents, folds them in
// long words only, and drops « été » (seen in v2.6.3).
const analyzerName = "verbatim_fr"

// bleve finds analyzers by name in a registry of the process, which can only be filled once.
func init() { //nolint:gochecknoinits // see above
	err := registry.RegisterTokenizer(analyzerName, func(map[string]interface{}, *registry.Cache) (analysis.Tokenizer, error) {
		return tokenizer{}, nil
	})
	if err != nil {
		panic(err)
	}
}

// A tokenizer gives bleve the terms of [french.Tokens]: stems of the words that carry meaning, with
// the places of the words in the text.
type tokenizer struct{}

func (tokenizer) Tokenize(text []byte) analysis.TokenStream {
	var stream analysis.TokenStream
	for i, t := range french.Tokens(string(text)) {
		if t.Has(french.Function) {
			continue
		}
		stream = append(stream, &analysis.Token{
			Term: []byte(french.Stem(t.Term)), Start: t.Start, End: t.End, Position: i + 1,
		})
	}
	return stream
}

// passageMapping says what bleve keeps of a passage: its terms and the article it is from, to search
// by. The text is not stored: quotes come from the article itself.
func passageMapping() (mapping.IndexMapping, error) {
	m := mapping.NewIndexMapping()
	m.ScoringModel = "bm25"
	if err := m.AddCustomAnalyzer(analyzerName, map[string]interface{}{"type": custom.Name, "tokenizer": analyzerName}); err != nil {
		return nil, err
	}
	text := mapping.NewTextFieldMapping()
	text.Analyzer = analyzerName
	article := mapping.NewKeywordFieldMapping()
	for _, f := range []*mapping.FieldMapping{text, article} {
		f.Store, f.IncludeInAll, f.IncludeTermVectors, f.DocValues = false, false, false, false
	}
	passage := mapping.NewDocumentStaticMapping()
	passage.AddFieldMappingsAt(textField, text)
	passage.AddFieldMappingsAt(articleField, article)
	m.DefaultMapping = passage
	return m, nil
}

const (
	textField    = "text"
	articleField = "article"
)
