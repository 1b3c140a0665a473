package bot

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// table returns gaps as a table for spreadsheets. A byte order mark tells Excel that it is UTF-8, and the
// columns are parted by what the language's spreadsheets expect: in French the comma is in numbers.
func (c *catalogue) table(gaps []gap) (string, error) {
	var b strings.Builder
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = rune(c.gapsComma[0]), true
	rows := [][]string{{c.gapsCount, c.gapsQuestion, c.gapsWanted, c.gapsVariants, c.gapsLast}}
	for _, g := range gaps {
		rows = append(rows, []string{
			strconv.Itoa(g.count), cell(g.text), cell(strings.Join(g.expected, " | ")), cell(strings.Join(g.variants, " | ")),
			g.last.UTC().Format(time.DateOnly),
		})
	}
	if err := w.WriteAll(rows); err != nil {
		return "", fmt.Errorf("write the table of questions: %w", err)
	}
	return b.String(), nil
}

// cell returns what a member wrote so that a spreadsheet takes it for text: what begins like a formula
// would be run. Source: https://owasp.org/www-community/attacks/CSV_Injection, read in November 2026.
func cell(text string) string {
	if first := strings.TrimLeft(text, " \u00a0\u202f"); first != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠|%", []rune(first)[0]) {
		return "'" + text
	}
	return text
}
