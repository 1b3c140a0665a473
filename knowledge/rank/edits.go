package rank

// edits returns how many letters to add, drop, change or swap with their neighbour turn a into b, or
// limit+1 when it takes more than limit. Both are folded, so a byte is a letter where it matters.
func edits(a, b string, limit int) int {
	if len(b) >= maxWord || len(a) >= maxWord {
		return limit + 1
	}
	var rows [3][maxWord + 1]int
	before, last, row := rows[0][:], rows[1][:], rows[2][:]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			best = min(best, row[j])
		}
		if best > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// letters returns which letters a folded word has, a bit each, but for how often: words that differ much cannot be a
// few edits apart.
func letters(word string) (set uint32) {
	for i := range len(word) {
		set |= 1 << (word[i] & 31)
	}
	return set
}

// maxWord is the longest word, in bytes, that is searched for slips.
const maxWord = 40
