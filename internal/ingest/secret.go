package ingest

import (
	"slices"
	"strings"
)

// codeHints are what a text with an entry code has in it; most texts have none.
var codeHints = hintsOf([]string{"code", "passcode", "keycode", "doorcode", "pin", "card", "keycard", "combination", "combo", "keypad", "lockbox", "lock box"})

// The words that "code" stands beside: a code of another kind, the code of a
// door, and what is done with it.
var (
	harmlessCodes = []string{"zip", "postal", "post", "area", "qr", "bar", "dress", "promo", "discount", "coupon", "country", "color", "colour", "billing", "cpt", "fips", "tax", "county", "state", "voucher", "mail", "routing", "stop"}
	doorCodes     = []string{"entry", "entrance", "door", "gate", "lock", "box", "key", "keypad", "cabinet", "alarm", "security", "elevator"}
	codeUses      = hintsOf([]string{"for entry", "to enter", "to open", "for the door", "for the box", "to unlock"})
)

// entryCode says whether a text may hold the code of a door or a box, or tells
// of a card that one must have. "Needs a code: enroll by phone" holds none.
func entryCode(text string) bool {
	if len(text) < 4 || !codeHints.in(text) {
		return false
	}
	words := wordsOf(text)
	for i, word := range words {
		before := value(words, i-1)
		switch word {
		case "code", "codes", "passcode", "keycode", "doorcode":
			switch {
			case slices.Contains(harmlessCodes, before):
			case slices.Contains(doorCodes, before), word == "doorcode", secretFollows(words[i+1:], 6):
				return true
			case codeUses.in(text):
				return true
			}
		case "pin", "pins", "combination", "combo", "keypad", "lockbox":
			if secretFollows(words[i+1:], 2) {
				return true
			}
		case "box":
			if before == "lock" && secretFollows(words[i+1:], 2) {
				return true
			}
		case "card":
			if slices.Contains([]string{"elevator", "key", "swipe"}, before) {
				return true
			}
		case "keycard":
			return true
		}
	}
	return false
}

// secretFollows says whether what stands behind a word like "code" is one: "is
// 1234", ": 12#", "number 77", "for the machine: 4711". Near is in how many
// words a code still belongs to the word.
func secretFollows(after []string, near int) bool {
	for i, word := range after[:min(len(after), near)] {
		if i == 0 && word == "is" {
			return true
		}
		if dialled(after[i:]) {
			return false
		}
		if looksSecret(word) || numeric(word) && i <= 1 {
			return true
		}
	}
	return false
}

// dialled says whether a phone number begins here: "555 555 0123".
func dialled(words []string) bool {
	return len(words) >= 3 && numeric(words[0]) && len(words[0]) == 3 && numeric(words[1]) && len(words[1]) == 3 && numeric(words[2]) && len(words[2]) == 4
}

// looksSecret says whether a word looks like a code: digits, or letters with
// digits; not a time or an ordinal.
func looksSecret(word string) bool {
	if len(word) < 3 || !strings.ContainsAny(word, "0123456789") {
		return false
	}
	rest := strings.TrimLeft(word, "0123456789")
	return !slices.Contains([]string{"am", "pm", "a", "p", "st", "nd", "rd", "th", "mg"}, rest)
}

func numeric(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// secretHeader says whether a column holds entry codes by its name.
func secretHeader(name string) bool {
	words := wordsOf(name)
	for i, word := range words {
		if word == "passcode" || word == "keycode" || word == "pin" && len(words) <= 2 && !slices.Contains(words, "map") {
			return true
		}
		if word == "code" && i > 0 && slices.Contains([]string{"entry", "door", "access", "gate", "box", "lock", "cabinet", "key", "security", "pin", "alarm"}, words[i-1]) {
			return true
		}
	}
	return false
}
