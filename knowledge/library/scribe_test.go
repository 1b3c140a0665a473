package library_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"

	"verbatim/knowledge"
	"verbatim/knowledge/library"
)

// scribe, as the first argument, makes the test program a process that changes a library until it is killed:
//
//	scribe WHERE SEED VERSION
//
// It tells on standard output what it begins, and « done » once the library says so.
const scribe = "scribe"

// The articles that a scribe puts and removes.
var (
	scribeGuilds = []string{"1", "2"}
	scribeIDs    = []string{"a", "b", "c", "d"}
)

// scribeText is an article of some pages of a database.
func scribeText(guild, id string, version int) string {
	sentence := fmt.Sprintf("Le club %s du serveur %s en est à la version %d. ", id, guild, version)
	return strings.Repeat(sentence, 1+version%400)
}

func scribeMain(args []string) int {
	err := scribeOn(args[0], args[1], args[2])
	fmt.Fprintln(os.Stderr, "scribe:", err)
	return 1
}

func scribeOn(where, seedText, versionText string) error {
	seed, err := strconv.ParseUint(seedText, 10, 64)
	version, err2 := strconv.Atoi(versionText)
	if err := errors.Join(err, err2); err != nil {
		return err
	}
	ctx := context.Background()
	l, err := library.Open(ctx, where, library.Options{})
	if err != nil {
		return err
	}
	draw := rand.New(rand.NewPCG(seed, 0))
	for ; ; version++ {
		guild, id := scribeGuilds[draw.IntN(len(scribeGuilds))], scribeIDs[draw.IntN(len(scribeIDs))]
		switch draw.IntN(10) {
		case 0:
			err = tell("purge "+guild, func() error { return l.Purge(ctx, guild) })
		case 1, 2, 3:
			err = tell("remove "+guild+" "+id, func() error {
				if err := l.Remove(ctx, guild, id); !errors.Is(err, library.ErrNotFound) {
					return err
				}
				return nil
			})
		default:
			err = tell(fmt.Sprintf("put %s %s %d", guild, id, version), func() error {
				a, err := knowledge.NewArticle(knowledge.Meta{ID: id, Title: id}, scribeText(guild, id, version))
				if err != nil {
					return err
				}
				_, _, err = l.Put(ctx, guild, a)
				return err
			})
		}
		if err != nil {
			return err
		}
	}
}

// tell says what begins, does it, and says that it is done. Each is one write, which no kill takes apart.
func tell(what string, do func() error) error {
	_, err := os.Stdout.WriteString(what + "\n")
	if err != nil {
		return err
	}
	if err := do(); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	_, err = os.Stdout.WriteString("done\n")
	return err
}
