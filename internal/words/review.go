package words

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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

// ReviewOf signs a language's file.
func ReviewOf(file []byte, reviewer, on string) Review {
	return Review{Reviewer: reviewer, On: on, SHA256: sumOf(file)}
}

// Sign writes down in a folder of languages who has checked one of them.
func Sign(folder, tag string, r Review) error {
	reviews, err := readReviews(os.DirFS(folder))
	if err != nil {
		return err
	}
	if reviews == nil {
		reviews = map[string]Review{}
	}
	reviews[tag] = r
	text, err := json.MarshalIndent(reviews, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, ReviewsFile), append(text, '\n'), 0o644)
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

// Checked says whether a native speaker has checked the language as it is now. The
// master is no translation.
func (l *Language) Checked() bool { return l.Tag != Master && l.Review != (Review{}) }

// Unchecked says, in the language, that no native speaker has checked it. It is
// empty where one has, and for the master, which is no translation.
func (l *Language) Unchecked() string {
	if l.Tag == Master || l.Checked() {
		return ""
	}
	return l.T("language.unchecked")
}
