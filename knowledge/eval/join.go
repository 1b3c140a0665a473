package eval

import (
	"slices"
	"strings"

	"verbatim/knowledge"
)

// Join makes one long article of each n sets in a row that are of the same [Part], so that none mixes parts, with
// the questions of all: data whose articles are short says too little of long ones. What is made has no title.
func Join(sets []Set, n int) ([]Set, error) {
	var joined []Set
	for block := range slices.Chunk(sets, n) {
		for _, part := range []string{"fit", "choose", "report"} {
			j, err := join(slices.DeleteFunc(slices.Clone(block), func(s Set) bool { return Part(s.Article.ID) != part }))
			if err != nil {
				return nil, err
			}
			if j.Article != nil {
				joined = append(joined, j)
			}
		}
	}
	return joined, nil
}

// join makes one set of several, under the ID of the first.
func join(sets []Set) (Set, error) {
	if len(sets) == 0 {
		return Set{}, nil
	}
	var text strings.Builder
	var questions []Question
	for _, s := range sets {
		at := text.Len()
		for _, q := range s.Questions {
			q.Gold = slices.Clone(q.Gold)
			for i, g := range q.Gold {
				q.Gold[i] = knowledge.Span{Start: at + g.Start, End: at + g.End}
			}
			questions = append(questions, q)
		}
		text.WriteString(s.Article.Text)
		text.WriteByte('\n')
	}
	article, err := knowledge.NewArticle(knowledge.Meta{ID: sets[0].Article.ID}, text.String())
	return Set{article, questions}, err
}
