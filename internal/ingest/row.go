package ingest

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"carrypoint/internal/record"
)

// A row is one record by carrypoint's columns, with the findings made on it.
type row struct {
	plan     *plan
	record   record.Record
	values   [columnCount]string
	findings []record.Finding
	rejected bool
}

func (r *row) get(c column) string { return r.values[c] }

// warn adds a finding on a column, or on the row as a whole with noColumn.
func (r *row) warn(code string, c column, text string) {
	f := record.Finding{Code: code, Row: r.record.Row, Text: text}
	if c != noColumn {
		f.Column, f.Value = r.plan.names[c], r.values[c]
	}
	r.findings = append(r.findings, f)
}

// hush adds a finding whose value must not be kept.
func (r *row) hush(code, column, text string) {
	r.findings = append(r.findings, record.Finding{Code: code, Row: r.record.Row, Column: column, Text: text})
}

func (r *row) reject(code string, c column, text string) {
	r.warn(code, c, text)
	r.refuse()
}

func (r *row) rejectHushed(code, column, text string) {
	r.hush(code, column, text)
	r.refuse()
}

// refuse makes the last finding an error.
func (r *row) refuse() {
	r.findings[len(r.findings)-1].Error = true
	r.rejected = true
}

// muffle takes the words of the row out of its findings: the address of a home
// must not stand in a list of warnings. Which they are, and where, stays.
func (r *row) muffle() {
	for i := range r.findings {
		f := &r.findings[i]
		f.Value = ""
		if !f.Error {
			f.Text = "its text is not shown, because the row is not for the public"
		}
	}
}

// hide blanks what must never be kept, before anything reads it: the columns
// that the mapping forbids, and values that hold an entry code or a person.
func (r *row) hide() {
	values := r.record.Values
	for _, at := range r.plan.never {
		if at < len(values) {
			values[at] = ""
		}
	}
	for at, text := range values {
		var name string
		if at < len(r.plan.header) {
			name = r.plan.header[at]
		}
		switch {
		case !lettered(text) && !(at < len(r.plan.secret) && r.plan.secret[at] && text != ""):
		case at < len(r.plan.secret) && r.plan.secret[at], entryCode(text):
			values[at] = ""
			r.hush("entry_code", name, "it may hold an entry code; it was not kept")
		case namesPerson(text):
			values[at] = ""
			r.hush("personal_name", name, "it names a person to ask for; it was not kept")
		}
	}
}

// fill makes every column of the record.
func (r *row) fill() {
	for c := range columnCount {
		r.make(c)
	}
}

// make makes one column.
func (r *row) make(c column) {
	if maker := r.plan.makers[c]; maker != nil {
		if text := maker.make(r.record.Values); text != "" {
			r.field(c, text)
		}
	}
}

// betweenLines is what stands between the lines of a field once they are one.
// carrypoint's own form is plain text: a "<" in it is a "<".
func betweenLines(c column) string {
	switch c {
	case colHours, colAccessPoint, colNotes, colEligibility, colWait, colSuppliesRaw, colPhone, colSupplies:
		return "; "
	case colAddress, colFullAddress:
		return ", "
	}
	return " "
}

func (r *row) field(c column, raw string) {
	text, faults := tidy(raw, betweenLines(c), r.plan.own)
	limit := maxFieldRunes
	if c == colName {
		limit = maxNameRunes
	}
	if len(text) > limit && utf8.RuneCountInString(text) > limit {
		r.reject("field_too_long", c, fmt.Sprintf("it is longer than %d characters", limit))
		return
	}
	r.values[c] = text
	if faults == 0 || text == "" {
		return
	}
	if faults&faultEncoded != 0 {
		r.warn("undecodable_text", c, "some characters were lost before the file was written")
	}
	if faults&faultMarkup != 0 {
		r.warn("html", c, "it holds HTML; only its text was kept")
	}
	if faults&faultHidden != 0 {
		r.warn("hidden_characters", c, "it held characters that are not seen or that turn the text round; they were taken out")
	}
}

// oneOf reads a word of a vocabulary. Nothing, and "unknown", give fallback; a
// word that is not in it is a warning and gives fallback too.
func oneOf[T ~string](r *row, c column, fallback T, words []T) T {
	text := strings.ToLower(r.get(c))
	switch {
	case text == "" || text == "unknown":
		return fallback
	case slices.Contains(words, T(text)):
		return T(text)
	}
	r.warn("unknown_word", c, fmt.Sprintf("%q is not a word of the vocabulary", text))
	return fallback
}

// items are the words of a list.
func items(text string) []string {
	var all []string
	for item := range strings.SplitSeq(text, ";") {
		if item = strings.TrimSpace(item); item != "" {
			all = append(all, item)
		}
	}
	return all
}
