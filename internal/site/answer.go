package site

import "fmt"

// An Answer is what is known of a yes-or-no question. The zero value is
// unknown, so a field nobody filled in never reads as a yes.
type Answer string

// The three answers.
const (
	Unknown Answer = ""
	Yes     Answer = "yes"
	No      Answer = "no"
)

// String gives "yes", "no" or "unknown".
func (a Answer) String() string {
	if a == Unknown {
		return "unknown"
	}
	return string(a)
}

// ParseAnswer reads "yes", "no", "unknown" or nothing.
func ParseAnswer(text string) (Answer, error) {
	switch text {
	case "", "unknown":
		return Unknown, nil
	case "yes", "no":
		return Answer(text), nil
	}
	return Unknown, fmt.Errorf("%q is not yes, no or unknown", text)
}
