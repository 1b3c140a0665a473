package library

import (
	"context"
	"errors"

	"verbatim/knowledge"
)

// An edition names the articles that a server knows, at one moment: it changes when any of them does.
type edition struct {
	own, operators string // of the server's articles, and of the operator's shelf
	shared         uint64 // of the operator's files
}

// A view is what a server knows.
type view struct {
	key     string // names the index: servers that know the same share one
	edition edition
}

// nobody is the key of what servers know that keep nothing and leave the operator's articles out. No server
// has this ID.
const nobody = "-"

// view returns what a server knows. When the library cannot be read, it returns what was last known beside
// the error.
func (l *Library) view(ctx context.Context, guild string) (view, error) {
	_, version := l.shared.now()
	shelf, err := l.row(ctx, "")
	if guild == "" {
		return viewOf(guild, shelf, shelf, version), err
	}
	own, ownErr := l.row(ctx, guild)
	if !own.said { // it may have articles of its own, or leave the operator's out
		return view{key: guild}, ownErr
	}
	return viewOf(guild, own, shelf, version), errors.Join(err, ownErr)
}

func viewOf(guild string, own, shelf row, version uint64) view {
	operators := edition{operators: shelf.edition, shared: version}
	switch {
	case guild == "":
		return view{"", operators}
	case own.settings.OwnOnly && own.articles == 0:
		return view{nobody, edition{}}
	case own.settings.OwnOnly:
		return view{guild, edition{own: own.edition}}
	case own.articles == 0:
		return view{"", operators}
	}
	operators.own = own.edition
	return view{guild, operators}
}

// collect reads the articles that a server knows from one state of the library: its own, those on the
// operator's shelf, and those that are shared. Where IDs are the same the first stands.
func (l *Library) collect(ctx context.Context, key string) (articles []*knowledge.Article, e edition, err error) {
	if key == nobody {
		return nil, edition{}, nil
	}
	shared, version := l.shared.now()
	err = l.read(ctx, Indexing, func(tx querier) error {
		shelf, err := readRow(ctx, tx, "")
		if err != nil {
			return err
		}
		own, err := readRow(ctx, tx, key)
		if err != nil {
			return err
		}
		e = viewOf(key, own, shelf, version).edition
		if key != "" {
			if articles, err = l.articles(ctx, tx, key); err != nil || own.settings.OwnOnly {
				return err
			}
		}
		operators, err := l.articles(ctx, tx, "")
		operators = append(operators, shared...)
		if len(operators) == 0 {
			operators = l.o.Default
		}
		articles = distinct(append(articles, operators...))
		return err
	})
	return articles, e, err
}

// distinct leaves out the articles whose ID one before them has.
func distinct(articles []*knowledge.Article) []*knowledge.Article {
	seen := map[string]bool{}
	kept := articles[:0]
	for _, a := range articles {
		if !seen[a.ID] {
			kept = append(kept, a)
		}
		seen[a.ID] = true
	}
	return kept
}

// articles reads all articles of a server. One that this program cannot read is told and left out: the others
// are still good to quote.
func (l *Library) articles(ctx context.Context, tx querier, guild string) ([]*knowledge.Article, error) {
	var all []*knowledge.Article
	err := rows(ctx, tx, func(scan func(...any) error) error {
		var meta, headings, text string
		if err := scan(&meta, &headings, &text); err != nil {
			return err
		}
		a, err := parse(meta, headings, text)
		if err != nil {
			l.log.ErrorContext(ctx, "an article of the library cannot be read, and is left out", "guild", guild, "error", err)
			return nil
		}
		all = append(all, a)
		return nil
	}, "SELECT meta, headings, text FROM articles WHERE guild = $1 ORDER BY id", guild)
	return all, err
}
