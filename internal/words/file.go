package words

import (
	"bytes"
	"encoding/json"
	"fmt"

	"golang.org/x/text/feature/plural"
)

// readEntries reads the texts of a language's file with the order of their keys.
// A key that stands there twice is refused: one of the two would never be said.
func readEntries(file []byte) (map[string]json.RawMessage, []string, error) {
	d := json.NewDecoder(bytes.NewReader(file))
	if start, err := d.Token(); err != nil || start != json.Delim('{') {
		return nil, nil, fmt.Errorf("it is no JSON object of keys and texts: %v", err)
	}
	entries, order := map[string]json.RawMessage{}, []string{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return nil, nil, err
		}
		key, isText := token.(string)
		if !isText {
			return nil, nil, fmt.Errorf("%v is no key", token)
		}
		if _, twice := entries[key]; twice {
			return nil, nil, fmt.Errorf("the key %s stands there twice; take one away", key)
		}
		var entry json.RawMessage
		if err := d.Decode(&entry); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", key, err)
		}
		entries[key] = entry
		order = append(order, key)
	}
	if _, err := d.Token(); err != nil {
		return nil, nil, err
	}
	return entries, order, nil
}

// forms are the plural categories in the order in which a file has them.
var forms = []string{"zero", "one", "two", "few", "many", "other"}

// writeFile writes a language's file as people edit it: a line for each text, in
// the order of the master.
func writeFile(order []string, messages map[string]message) []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, key := range order {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "\n %s: ", quoted(key))
		m := messages[key]
		if !m.many {
			b.WriteString(quoted(m.forms[plural.Other].String()))
			continue
		}
		separator := "{\n"
		for _, form := range forms {
			if t := m.forms[categories[form]]; t != nil {
				fmt.Fprintf(&b, "%s  %s: %s", separator, quoted(form), quoted(t.String()))
				separator = ",\n"
			}
		}
		b.WriteString("\n }")
	}
	b.WriteString("\n}\n")
	return b.Bytes()
}

// quoted is a text as JSON has it, with < and & as they are.
func quoted(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(text) // a string can always be written
	return string(bytes.TrimSpace(b.Bytes()))
}
