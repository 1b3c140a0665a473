package library_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"verbatim/knowledge"
)

// vocabulary are words of which made texts are made: common ones first, as Zipf's law has it.
var vocabulary = makeVocabulary()

func makeVocabulary() []string {
	words := strings.Fields(`le la de et à les des en du un une que qui dans pour sur par avec est au plus ne pas il elle
		club ville école journal mairie réunion projet budget équipe saison maison marché musique rivière histoire année
		ouvre ferme annonce publie décide prévoit reçoit accueille finance organise présente retarde`)
	draw := rand.New(rand.NewPCG(1, 1))
	syllables := strings.Fields("ba ché dor fi gan lou mé nir pol quin ra so tel vi zan bre cla dri flo gru pla tri")
	for len(words) < 8000 {
		var w strings.Builder
		for range 2 + draw.IntN(3) {
			w.WriteString(syllables[draw.IntN(len(syllables))])
		}
		words = append(words, w.String())
	}
	return words
}

// madeText makes a text of some bytes, of paragraphs with sentences, always the same for a seed.
func madeText(seed uint64, bytes int) string {
	draw := rand.New(rand.NewPCG(seed, 2))
	zipf := rand.NewZipf(draw, 1.1, 8, uint64(len(vocabulary)-1))
	var b strings.Builder
	for b.Len() < bytes {
		for range 3 + draw.IntN(4) {
			for i := range 8 + draw.IntN(14) {
				w := vocabulary[zipf.Uint64()]
				if i == 0 {
					w = strings.ToUpper(w)
				} else {
					b.WriteByte(' ')
				}
				b.WriteString(w)
			}
			b.WriteString(". ")
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

func madeArticle(t testing.TB, seed uint64, bytes int) *knowledge.Article {
	t.Helper()
	a, err := knowledge.NewArticle(knowledge.Meta{ID: fmt.Sprint("a", seed), Title: "Article " + fmt.Sprint(seed)}, madeText(seed, bytes))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// heap is how much memory is in use, in bytes, once what is not was freed.
func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse)
}
