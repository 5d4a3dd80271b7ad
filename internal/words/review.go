package words

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
)

// ReviewsFile says who has checked which language. It lies beside the languages.
const ReviewsFile = "reviews.json"

// A Review says that a native speaker has checked a language, as its file was then.
type Review struct {
	Reviewer string `json:"reviewer"`
	On       string `json:"on"`     // the day, 2026-11-26
	SHA256   string `json:"sha256"` // of the file that was checked
}

// readReviews reads who checked what; where there is no file, nobody has.
func readReviews(folder fs.FS) (map[string]Review, error) {
	text, err := fs.ReadFile(folder, ReviewsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var reviews map[string]Review
	if err := json.Unmarshal(text, &reviews); err != nil {
		return nil, fmt.Errorf("reading who has checked the words, %s: %w", ReviewsFile, err)
	}
	return reviews, nil
}

// of gives a review that is of this file, and none where the file was changed
// after it: what nobody has seen is not checked.
func (r Review) of(file []byte) Review {
	if r.Reviewer == "" || r.On == "" || r.SHA256 != sumOf(file) {
		return Review{}
	}
	return r
}

func sumOf(file []byte) string {
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:])
}

// Unchecked says, in the language, that no native speaker has checked it. It is
// empty where one has, and for the master, which is no translation.
func (l *Language) Unchecked() string {
	if l.Tag == Master || l.Review != (Review{}) {
		return ""
	}
	return l.T("language.unchecked")
}
