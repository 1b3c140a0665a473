package knowledge

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

var (
	//go:embed article/meta-scale-ai.txt
	shippedText string
	//go:embed article/meta-scale-ai.json
	shippedMeta []byte
)

// Shipped returns the article that the program comes with.
func Shipped() *Article {
	var meta Meta
	if err := json.Unmarshal(shippedMeta, &meta); err != nil {
		panic(fmt.Sprintf("article/meta-scale-ai.json: %v", err)) // a bug of ours, seen by any test
	}
	a, err := NewArticle(meta, shippedText)
	if err != nil {
		panic(err)
	}
	return a
}
