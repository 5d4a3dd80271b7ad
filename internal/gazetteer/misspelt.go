package gazetteer

import (
	"slices"
	"sync"
)

// trigrams say which keys each three neighbouring letters stand in.
type trigrams struct {
	first []uint32 // where the keys of a trigram begin in keys
	keys  []uint32
	spare *sync.Pool // of *tally
}

// gramLetters is how many letters are told apart: a to z, 0 to 9, the space, and all others as one.
const gramLetters = 38

func gramLetter(c byte) int {
	switch {
	case 'a' <= c && c <= 'z':
		return int(c - 'a')
	case isDigit(c):
		return int(c-'0') + 26
	case c == ' ':
		return 36
	}
	return 37
}

// gramsOf appends the trigrams of a text, with a space before and after it, each once.
func gramsOf(grams []uint32, text string) []uint32 {
	grams = grams[:0]
	space := gramLetter(' ')
	a, b := space, space
	for i := range len(text) + 1 {
		c := space
		if i < len(text) {
			c = gramLetter(text[i])
		}
		if gram := uint32((a*gramLetters+b)*gramLetters + c); !slices.Contains(grams, gram) {
			grams = append(grams, gram)
		}
		a, b = b, c
	}
	return grams
}

func newTrigrams(keys []string) trigrams {
	t := trigrams{first: make([]uint32, gramLetters*gramLetters*gramLetters+1)}
	var grams []uint32
	for _, key := range keys {
		grams = gramsOf(grams, key)
		for _, gram := range grams {
			t.first[gram+1]++
		}
	}
	for i := 1; i < len(t.first); i++ {
		t.first[i] += t.first[i-1]
	}
	t.keys = make([]uint32, t.first[len(t.first)-1])
	next := slices.Clone(t.first)
	for k, key := range keys {
		grams = gramsOf(grams, key)
		for _, gram := range grams {
			t.keys[next[gram]] = uint32(k)
			next[gram]++
		}
	}
	t.spare = &sync.Pool{New: func() any { return &tally{count: make([]uint8, len(keys))} }}
	return t
}

// A tally counts the trigrams that keys have in common with a text. It is used again: only the counts of
// the keys in seen are not 0.
type tally struct {
	grams []uint32
	count []uint8
	seen  []uint32
}

// gramsAnEdit is how many trigrams one wrong letter can spoil; two letters in the wrong order spoil one more.
const gramsAnEdit = 4

// alike calls yield with every key that has enough trigrams in common with text to be within so many edits.
func (t *trigrams) alike(text string, edits int, yield func(key int)) {
	tally := t.spare.Get().(*tally)
	tally.grams, tally.seen = gramsOf(tally.grams, text), tally.seen[:0]
	for _, gram := range tally.grams {
		for _, key := range t.keys[t.first[gram]:t.first[gram+1]] {
			if tally.count[key] == 0 {
				tally.seen = append(tally.seen, key)
			}
			tally.count[key]++
		}
	}
	need := max(len(tally.grams)-gramsAnEdit*edits, 1)
	for _, key := range tally.seen {
		if int(tally.count[key]) >= need {
			yield(int(key))
		}
		tally.count[key] = 0
	}
	t.spare.Put(tally)
}

// maxEdited bounds the texts that are compared letter by letter: longer than any name.
const maxEdited = 64

// edits is how many letters must be put in, left out, changed or swapped with the next to make b of a; or
// more than most, if it is more.
func edits(a, b string, most int) int {
	if d := len(a) - len(b); d > most || -d > most || len(a) >= maxEdited || len(b) >= maxEdited {
		return most + 1
	}
	var rows [3][maxEdited]uint8 // small, for it is cleared each time
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = uint8(j)
	}
	for i := 1; i <= len(a); i++ {
		row[0] = uint8(i)
		least := uint8(i)
		for j := 1; j <= len(b); j++ {
			cost := min(last[j]+1, row[j-1]+1, last[j-1]+differ(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cost = min(cost, before[j-2]+1)
			}
			row[j] = cost
			least = min(least, cost)
		}
		if int(least) > most {
			return most + 1
		}
		before, last, row = last, row, before
	}
	return int(last[len(b)])
}

func differ(a, b byte) uint8 {
	if a == b {
		return 0
	}
	return 1
}
