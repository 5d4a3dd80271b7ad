package words

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Master is the language that every other one is measured by.
const Master = "en"

// A Catalog holds the languages of the site, the master first, the others by
// their own names.
type Catalog struct{ languages []*Language }

// Load reads every *.json file of a folder as a language named by the file, but
// for the one that says who has checked them.
func Load(folder fs.FS) (*Catalog, error) {
	files, err := fs.Glob(folder, "*.json")
	if err != nil {
		return nil, err
	}
	reviews, err := readReviews(folder)
	if err != nil {
		return nil, err
	}
	c := &Catalog{}
	for _, file := range files {
		if file == ReviewsFile {
			continue
		}
		l, err := loadLanguage(folder, file, reviews)
		if err != nil {
			return nil, fmt.Errorf("reading the words of %s: %w", file, err)
		}
		c.languages = append(c.languages, l)
	}
	slices.SortFunc(c.languages, func(a, b *Language) int {
		if (a.Tag == Master) != (b.Tag == Master) {
			return map[bool]int{true: -1, false: 1}[a.Tag == Master]
		}
		return strings.Compare(a.Name, b.Name)
	})
	if c.Language(Master) == nil {
		return nil, fmt.Errorf("there is no %s.json among the words", Master)
	}
	return c, nil
}

// Languages lists them all.
func (c *Catalog) Languages() []*Language { return c.languages }

// Language finds one by its tag, or gives nil.
func (c *Catalog) Language(tag string) *Language {
	for _, l := range c.languages {
		if l.Tag == tag {
			return l
		}
	}
	return nil
}

func loadLanguage(folder fs.FS, file string, reviews map[string]Review) (*Language, error) {
	text, err := fs.ReadFile(folder, file)
	if err != nil {
		return nil, err
	}
	entries, order, err := readEntries(text)
	if err != nil {
		return nil, err
	}
	name := strings.TrimSuffix(path.Base(file), ".json")
	tag, err := language.Parse(name)
	if err != nil {
		return nil, err
	}
	l := &Language{Tag: name, Review: reviews[name].of(text), tag: tag, order: order, messages: make(map[string]message, len(entries))}
	var problems []error
	for key, entry := range entries {
		m, err := parseMessage(entry)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", key, err))
		}
		l.messages[key] = m
	}
	l.Name, l.Dir = l.T("language.name"), l.T("language.dir")
	return l, errors.Join(problems...)
}
