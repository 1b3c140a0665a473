package bot

import (
	"verbatim/knowledge"
	"verbatim/knowledge/library"
	"verbatim/knowledge/reader"
)

// A management holds what moderators read: the part of a [catalogue] about a server's library and settings.
type management struct {
	// The commands, as moderators see them.
	articles                    label
	add, addURL, addFile        label
	listing, remove, removeName label
	refresh, refreshName        label
	settings, gaps              label
	onlyModerators, onlyServers string
	elsewhere                   string // a button of another server

	// Adding an article.
	oneAtATime                           string
	paste, pasteTitle, pasteSource       string // the modal, and its fields
	pasteText, pasteHint, pasteKept      string
	badSource                            string
	waiting, fetching, reading, indexing string // progress
	added, revised, unchanged            string // title; title and revision; title
	addedWhat                            string // paragraphs, sentences, size
	firstSentences, firstTooLong         string
	nowAnswers, nothingToAnswer          string
	stored                               string
	quotaNear                            string // articles left, bytes left
	quotaArticles                        string // how many a server may keep
	quotaBytes                           string // of the article, kept, and how much may be
	warnings                             map[reader.Warning]string
	refused                              map[reader.Reason]string
	trouble                              map[library.Trouble]string
	notKept, noIndex, preparing, busy    string
	interrupted                          string

	// The list of a server's articles.
	listHead, listEmpty          string // articles, their quota, bytes, their quota
	listEntry, listEntryNew      string // revision, day it changed, size, paragraphs; the first without revision
	listOperator, listWithout    string // how many of the operator's
	askRemove, removeNow, keepIt string
	removedNow, kept             string // title
	noEntry                      string // name, as typed
	entryChanged                 string

	// Reading sources again.
	refreshing                       string // which, of how many, title
	noSource, nothingToRefresh       string // title
	refreshUnchanged, refreshRevised string // how many; title and revision
	refreshFailed, refreshCut        string // title, why; how many were left
	refreshShrunk                    string

	// The settings of a server.
	settingsHead, settingsSaved                     string
	visibility, visibilityPublic, visibilityPrivate string
	channels, channelsHint                          string
	caution                                         string
	cautions                                        map[knowledge.Caution]label
	keepQuestions, keepHint                         string // how they stand; days
	keepOn, keepOff, keepDo, keepStop               string // how they stand, and what turns it round
	operators, operatorsHint                        string // how they stand
	operatorsOn, operatorsOff                       string
	operatorsDo, operatorsStop                      string
	channelsElsewhere                               string // channels

	// The questions that went unanswered.
	gapsHead, gapsNone, gapsOff        string // how many, groups, days; days
	gapsEntry, gapsExpected            string // how often, question; what was expected
	gapsMore                           string // how many other groups are in the file
	gapsForget, gapsAskForget          string // how many
	gapsForgetNow, gapsForgotten       string
	gapsFile, gapsComma                string // the file's name, and what parts its columns
	gapsCount, gapsQuestion            string // the file's columns
	gapsWanted, gapsVariants, gapsLast string
	countingGaps                       string

	// Expectations, which a member tells after a 👎, and what members are told of kept questions.
	expect, expectField, expectHint, expectThanks string
	questionKept                                  string
	helpStoresKept                                string // days
	helpModerate, helpLibrary                     string

	refreshMore string    // how many other lines
	days        [2]string // one, several
	decimal     string    // « 1,5 »
	units       [3]string // of sizes: bytes, and 1024 and 1024² of them
}
