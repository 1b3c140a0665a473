package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"verbatim/knowledge"
	"verbatim/knowledge/reader"
)

// loadArticles reads the articles to quote from files, or takes the one that the program comes with
// when there are none.
func loadArticles(ctx context.Context, files []string) ([]*knowledge.Article, error) {
	if len(files) == 0 {
		return []*knowledge.Article{knowledge.Shipped()}, nil
	}
	articles := make([]*knowledge.Article, 0, len(files))
	read := map[string]string{} // the file of each ID
	for _, file := range files {
		a, err := loadArticle(ctx, file)
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

// loadArticle reads an article from a file of any format that the reader takes. Its ID comes from the file's name, as
// does its title where the file states none; a text file in UTF-8 is taken byte for byte.
func loadArticle(ctx context.Context, file string) (*knowledge.Article, error) {
	data, err := readFile(file)
	if err != nil {
		return nil, fmt.Errorf("the article %s cannot be read: %w", file, cause(err))
	}
	name := filepath.Base(file)
	read, err := reader.Read(ctx, reader.File{
		Data: data,
		Name: name,
		ID:   knowledge.Slug(strings.TrimSuffix(name, filepath.Ext(name))),
	})
	var unfit *knowledge.ArticleError
	var refused *reader.RefusedError
	switch {
	case errors.As(err, &unfit):
		return nil, fmt.Errorf("the article %s cannot be quoted: %s", file, unfit.Why)
	case errors.As(err, &refused):
		return nil, fmt.Errorf("the article %s cannot be read: %w", file, &reader.RefusedError{Reason: refused.Reason, Err: refused.Err})
	case err != nil:
		return nil, err
	}
	return read.Article, nil
}

// readFile reads a whole file, of [reader.MaxSize] at most.
func readFile(file string) ([]byte, error) {
	f, err := os.Open(file) //nolint:gosec // the file that the operator names
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, reader.MaxSize+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > reader.MaxSize:
		return nil, fmt.Errorf("it is longer than %d MiB, as no article is", reader.MaxSize>>20)
	}
	return data, nil
}

// cause is an error without the file's name, for a sentence that has named it.
func cause(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}
