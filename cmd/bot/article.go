package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/knowledge"
)

// maxArticle is the longest text that is read as an article, in bytes: some ten novels. What is longer
// was most likely named by mistake.
const maxArticle = 16 << 20

// loadArticles reads the articles to quote from files, or takes the one that the program comes with
// when there are none.
func loadArticles(files []string) ([]*knowledge.Article, error) {
	if len(files) == 0 {
		return []*knowledge.Article{knowledge.Shipped()}, nil
	}
	articles := make([]*knowledge.Article, 0, len(files))
	read := map[string]string{} // the file of each ID
	for _, file := range files {
		a, err := loadArticle(file)
		if err != nil {
			return nil, err
		}
		if other, twice := read[a.ID]; twice {
			return nil, usagef("%s and %s would both be the article %q: rename one of them", other, file, a.ID)
		}
		read[a.ID] = file
		articles = append(articles, a)
	}
	return articles, nil
}

// loadArticle reads an article from a text file. Its ID and title come from the file's name.
func loadArticle(file string) (*knowledge.Article, error) {
	text, err := readText(file)
	if err != nil {
		return nil, fmt.Errorf("the article %s cannot be read: %w", file, cause(err))
	}
	base := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	a, err := knowledge.NewArticle(knowledge.Meta{ID: knowledge.Slug(base), Title: title(base)}, text)
	var unfit *knowledge.ArticleError
	if errors.As(err, &unfit) {
		return nil, fmt.Errorf("the article %s cannot be quoted: %s", file, unfit.Why)
	}
	return a, err
}

// readText reads a whole file, of [maxArticle] at most.
func readText(file string) (string, error) {
	f, err := os.Open(file) //nolint:gosec // the file that the operator names
	if err != nil {
		return "", err
	}
	defer func() { _ = f.Close() }()
	text, err := io.ReadAll(io.LimitReader(f, maxArticle+1))
	switch {
	case err != nil:
		return "", err
	case len(text) > maxArticle:
		return "", fmt.Errorf("it is longer than %d MiB, as no article is", maxArticle>>20)
	}
	return string(text), nil
}

// cause is an error without the file's name, for a sentence that has named it.
func cause(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// title makes a file's name readable: "reglement_du-club" becomes « Reglement du club ».
func title(base string) string {
	words := strings.FieldsFunc(base, func(r rune) bool { return r == '-' || r == '_' || unicode.IsSpace(r) })
	if len(words) == 0 {
		return base
	}
	first, size := utf8.DecodeRuneInString(words[0])
	words[0] = string(unicode.ToUpper(first)) + words[0][size:]
	return strings.Join(words, " ")
}
