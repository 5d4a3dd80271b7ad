package gazetteer

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// letters are those that no decomposition turns into a to z.
var letters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ı': "i", 'ŋ': "n",
}

// silent are the marks that people leave out without a space: "O'Fallon" is "ofallon", "D.C." is "dc". The
// ʻokina of Hawaiian is a letter to Unicode.
const silent = "'’‘`´ʻʼ."

// fold writes a text in lower case without accents and marks, its words parted by single spaces: "St.
// Louis" and "SAINT-LOUIS" are "st louis" and "saint louis". Letters of other scripts stay.
func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	if ascii(text) {
		for i := range len(text) {
			foldRune(&b, rune(text[i]))
		}
	} else {
		for _, r := range norm.NFKD.String(text) {
			foldRune(&b, r)
		}
	}
	return strings.TrimSuffix(b.String(), " ")
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}

func foldRune(b *strings.Builder, r rune) {
	switch {
	case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
		b.WriteByte(byte(r))
	case 'A' <= r && r <= 'Z':
		b.WriteByte(byte(r) + 'a' - 'A')
	case strings.ContainsRune(silent, r) || unicode.Is(unicode.Mn, r):
	case r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		r = unicode.ToLower(r)
		if plain, ok := letters[r]; ok {
			b.WriteString(plain)
		} else {
			b.WriteRune(r)
		}
	case b.Len() > 0 && !strings.HasSuffix(b.String(), " "):
		b.WriteByte(' ')
	}
}

// long are the words that people shorten in the names of places.
var long = map[string]string{
	"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount", "mtn": "mountain", "pt": "point", "n": "north", "s": "south",
	"e": "east", "w": "west", "hts": "heights", "hgts": "heights", "spgs": "springs", "spg": "spring", "twp": "township",
	"cnty": "county", "jct": "junction", "bch": "beach", "vly": "valley", "hls": "hills", "lk": "lake", "cd": "ciudad",
}

// streetLast are the short words that mean something else at the end of a name: "Market St" is a street.
var streetLast = map[string]bool{"st": true, "n": true, "s": true, "e": true, "w": true, "pt": true, "ste": true}

// The two endings of one name: "Foxborough" is "Foxboro" on half of its signs.
const (
	longBorough  = "borough"
	shortBorough = "boro"
)

// Key is the form in which names are compared: folded, with its short words written out and its single
// letters put together. "St. Louis" is "saint louis", "Washington, D. C." is "washington dc", and "Foxborough"
// is "foxboro".
func Key(text string) string {
	folded := fold(text)
	if !shortened(folded) && !strings.Contains(folded, longBorough) {
		return folded
	}
	words := strings.Split(folded, " ")
	var b strings.Builder
	for i, word := range words {
		if i > 0 && !(single(word) && single(words[i-1])) {
			b.WriteByte(' ')
		}
		if full, ok := long[word]; ok && !(streetLast[word] && i == len(words)-1) && !spelled(words, i) {
			word = full
		}
		if stem, ok := strings.CutSuffix(word, longBorough); ok && stem != "" {
			word = stem + shortBorough
		}
		b.WriteString(word)
	}
	return b.String()
}

// shortened reports whether a folded text has a word that Key may change: those have at most four letters.
func shortened(folded string) bool {
	const longest = 4
	length := 0
	for i := range len(folded) {
		if folded[i] != ' ' {
			length++
			continue
		}
		if length <= longest {
			return true
		}
		length = 0
	}
	return length <= longest
}

// single reports whether a word is one letter.
func single(word string) bool { return len(word) == 1 && isLetter(word[0]) }

// spelled reports whether a word is a letter beside another, as in "n y".
func spelled(words []string, i int) bool {
	return single(words[i]) && (i > 0 && single(words[i-1]) || i+1 < len(words) && single(words[i+1]))
}

// Slug is a name as it stands in a URL: "St. Louis" is "st-louis".
func Slug(name string) string {
	return strings.ReplaceAll(fold(name), " ", "-")
}
