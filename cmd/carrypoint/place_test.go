package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

// number stands for any coordinate: they are the gazetteer's to test.
var number = regexp.MustCompile(`-?\d+\.\d+`)

func TestPlaceInJSON(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"a town, not quite spelt":   {"coeur dalene", `{"places":[{"name":"Coeur d'Alene","kind":"town","region":"ID","country":"US","lon":N,"lat":N,"precision":"town"}]}`},
		"a ZIP":                     {"94103", `{"places":[{"name":"94103","kind":"postcode","region":"CA","country":"US","lon":N,"lat":N,"precision":"postcode"}]}`},
		"half of a Canadian code":   {"V6A", `{"places":[{"name":"V6A","kind":"postcode","region":"BC","country":"CA","lon":N,"lat":N,"precision":"postcode"}]}`},
		"a county":                  {"Cook County, IL", `{"places":[{"name":"Cook County","kind":"county","region":"IL","country":"US","lon":N,"lat":N,"precision":"county"}]}`},
		"a state":                   {"Illinois", `{"places":[{"name":"Illinois","kind":"state","region":"IL","country":"US","lon":N,"lat":N,"precision":"state"}]}`},
		"coordinates":               {"41.88, -87.63", `{"places":[{"name":"","kind":"point","region":"","country":"","lon":N,"lat":N,"precision":"exact"}]}`},
		"nonsense":                  {"qwxzv jklpt", `{"places":[]}`},
		"nothing":                   {"", `{"places":[]}`},
		"signs that a page escapes": {"<&>", `{"places":[]}`},
	} {
		t.Run(name, func(t *testing.T) {
			got := runBinary(t, "place", c.text, "--json")
			if got.code != 0 || got.log != "" || number.ReplaceAllString(got.out, "N") != c.want+"\n" {
				t.Errorf("got  %+v\nwant %s", got, c.want)
			}
		})
	}
}

func TestPlacesThatShareANameAreAllListed(t *testing.T) {
	var answer struct{ Places []jsonPlace }
	if err := json.Unmarshal([]byte(runBinary(t, "place", "springfield", "--json").out), &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Places) < 3 {
		t.Errorf("only %d places are called Springfield", len(answer.Places))
	}
	for _, p := range answer.Places {
		if p.Name != "Springfield" || p.Lon >= 0 || p.Lat <= 0 {
			t.Errorf("got %+v", p)
		}
	}
}

func TestPlaceInWords(t *testing.T) {
	for text, want := range map[string]string{
		"94103":         "postcode       94103, CA, US  (postcode)\n",
		"41.88, -87.63": "point          41.8800, -87.6300  (exact)\n",
	} {
		if got := runBinary(t, "place", text); got != (ending{0, want, ""}) {
			t.Errorf("got %+v, want %q", got, want)
		}
	}
	if got := runBinary(t, "place", "springfield"); strings.Count(got.out, "Springfield") < 3 {
		t.Errorf("got %+v", got)
	}
	wantSentence(t, runBinary(t, "place", "qwxzv jklpt"), exitFailed, `"qwxzv jklpt" is no place`, "try a ZIP code")
}
