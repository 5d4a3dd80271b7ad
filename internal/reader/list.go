package reader

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"carrypoint/internal/record"
)

// A jsonList is a list of objects somewhere in JSON.
type jsonList struct {
	path    string // "" is the document itself
	objects int
}

// readJSON reads the objects of a list: the one of a path, or the longest.
func readJSON(t *text, path string) (*record.Table, error) {
	lists, refusal, err := listsOf(t)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(lists, path, refusal)
	if err != nil {
		return nil, err
	}
	table, err := gather(JSON, func(g *gathering) error {
		return eachDocument(t, func(j *jsonReader, token json.Token) error {
			return listItems(j, g, "", chosen.path, token)
		})
	}, nil)
	if err != nil {
		return nil, err
	}
	if others := slices.DeleteFunc(lists, func(l jsonList) bool { return l == chosen }); path == "" && len(others) > 0 {
		table.Findings = append(table.Findings, record.Finding{Code: "other_lists",
			Text: fmt.Sprintf("the list %q was read; the file has others: %s", chosen.path, listing(others))})
	}
	return table, nil
}

func choose(lists []jsonList, path, refusal string) (jsonList, error) {
	at := slices.IndexFunc(lists, func(l jsonList) bool { return l.path == path })
	switch {
	case len(lists) == 0 && refusal != "":
		return jsonList{}, refused(refusal)
	case len(lists) == 0:
		return jsonList{}, fmt.Errorf("%w: its JSON holds no list of objects", ErrFormat)
	case path != "" && at < 0:
		return jsonList{}, fmt.Errorf("%w: its JSON has no list %q; it has %s", ErrFormat, path, listing(lists))
	case path != "":
		return lists[at], nil
	}
	return slices.MaxFunc(lists, func(a, b jsonList) int { return a.objects - b.objects }), nil
}

func listing(lists []jsonList) string {
	const most = 10
	var names []string
	for _, l := range lists[:min(most, len(lists))] {
		names = append(names, fmt.Sprintf("%q (%d)", clip(l.path, 80), l.objects))
	}
	return strings.Join(names, ", ")
}

// listsOf finds the lists of objects that are in no other list, and what a
// server says in their place.
func listsOf(t *text) (lists []jsonList, refusal string, err error) {
	err = eachDocument(t, func(j *jsonReader, token json.Token) error {
		return findLists(j, "", token, &lists, &refusal)
	})
	return lists, refusal, err
}

func findLists(j *jsonReader, at string, token json.Token, lists *[]jsonList, refusal *string) error {
	switch token {
	case json.Delim('['):
		objects := 0
		err := j.elements(func(token json.Token) error {
			if token == json.Delim('{') {
				objects++
			}
			return j.skip(token)
		})
		if objects > 0 {
			addList(lists, at, objects)
		}
		return err
	case json.Delim('{'):
		return j.members(func(name string, token json.Token) error {
			j.in.mark()
			if text, ok := token.(string); ok && (name == "message" || name == "error") {
				*refusal = text
			}
			return findLists(j, join(at, name), token, lists, refusal)
		})
	}
	return nil
}

// addList joins the lists of one path, of which each page of an answer has one.
func addList(lists *[]jsonList, path string, objects int) {
	for i := range *lists {
		if (*lists)[i].path == path {
			(*lists)[i].objects += objects
			return
		}
	}
	if len(*lists) < maxColumns {
		*lists = append(*lists, jsonList{path, objects})
	}
}

// listItems visits the objects of the list at a path.
func listItems(j *jsonReader, g *gathering, at, path string, token json.Token) error {
	switch {
	case token == json.Delim('[') && at == path:
		return objects(j, g)
	case token == json.Delim('{') && (at == "" || at == path || strings.HasPrefix(path, at+".")):
		return j.members(func(name string, token json.Token) error {
			j.in.mark()
			return listItems(j, g, join(at, name), path, token)
		})
	}
	return j.skip(token)
}

// objects reads the rest of a list, an item for each object.
func objects(j *jsonReader, g *gathering) error {
	var it item
	return j.elements(func(token json.Token) error {
		it.reset()
		var err error
		if token == json.Delim('{') {
			err = j.flatten(&it, "", token)
		} else {
			it.fault = "it is no object but a bare value"
			err = j.skip(token)
		}
		if err != nil {
			return err
		}
		j.in.mark()
		return g.visit(&it)
	})
}
