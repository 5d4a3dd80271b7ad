package web

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"carrypoint/internal/words"
)

// plainWord is a word that the pseudo-language would have given an accent.
var plainWord = regexp.MustCompile(`[a-z]*[aceinosuyz][a-z]*`)

// TestNoSentenceStandsInTheCode reads pages in the pseudo-language. What is plain
// English there is in no language's file, and would be English in all of them.
func TestNoSentenceStandsInTheCode(t *testing.T) {
	s := *invented()
	s.Words, s.Language = s.Words.WithPseudo(), words.Pseudo
	h := s.Handler()
	read := 0
	for _, path := range []string{"/", "/overdose", "/strips", "/before-you-go", "/carry", "/privacy", "/print", "/languages", "/no-such-page", "/near/00000"} {
		page := fetch(t, h, path)
		for _, text := range saidOn(t, page.html) {
			read++
			outside := regexp.MustCompile(`⟦[^⟧]*⟧`).ReplaceAllString(text, "")
			if plain := plainWord.FindString(strings.ToLower(outside)); plain != "" {
				t.Errorf("%s says %q in plain English (%q)", path, text, plain)
			}
		}
	}
	if read < 200 {
		t.Errorf("only %d texts were read", read)
	}
}

// saidOn are the texts of a page that are its own: no names, which stand in
// translate="no", in another language, or in a list of areas.
func saidOn(t *testing.T, page string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	var read func(*html.Node)
	read = func(n *html.Node) {
		if n.Type == html.ElementNode && (n.Data == "style" || n.Data == "script" || n.Data == "title" || n.Data == "q" || isName(n)) {
			return
		}
		if text := strings.TrimSpace(n.Data); n.Type == html.TextNode && text != "" {
			said = append(said, text)
		}
		for child := range n.ChildNodes() {
			read(child)
		}
	}
	read(root)
	return said
}

func isName(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "translate" || a.Key == "aria-hidden" || a.Key == "lang" && n.Data != "html" || a.Key == "class" && a.Val == "cols" {
			return true
		}
	}
	return false
}
