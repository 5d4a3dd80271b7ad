package reader

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestListsOfJSON(t *testing.T) {
	for _, test := range []struct {
		name, file, data string
		o                Options
		header           []string
		rows             []string // values with a bar between them
		findings         []string
	}{
		{name: "an array", data: `[{"name":"Box 1","zip":2134},{"name":"Box 2","open":true}]`,
			header: []string{"name", "zip", "open"}, rows: []string{"Box 1|2134|", "Box 2||true"}},
		{name: "numbers as they are written", data: `[{"zip":12208,"lat":41.670,"big":12345678901234567890,"e":1e5,"nothing":null}]`,
			header: []string{"zip", "lat", "big", "e", "nothing"}, rows: []string{"12208|41.670|12345678901234567890|1e5|"}},
		{name: "a list under a name", data: `{"updated":"2026-01-02","sites":[{"name":"Box"}]}`, header: []string{"name"}, rows: []string{"Box"}},
		{name: "a list far inside", data: `{"result":{"data":{"sites":[{"name":"Box"}]}}}`, header: []string{"name"}, rows: []string{"Box"}},
		{name: "the longest of several", data: `{"columns":[{"id":1}],"sites":[{"name":"A"},{"name":"B"}]}`,
			header: []string{"name"}, rows: []string{"A", "B"}, findings: []string{"other_lists"}},
		{name: "the one that is asked for", data: `{"columns":[{"id":1}],"sites":[{"name":"A"},{"name":"B"}]}`, o: Options{List: "columns"},
			header: []string{"id"}, rows: []string{"1"}},
		{name: "what is nested", data: `[{"name":"A","at":{"lat":1.5,"lon":2},"days":["Mo","Tu"],"phones":[{"n":"555-0100"}],"none":{}}]`,
			header: []string{"name", "at.lat", "at.lon", "days", "phones"}, rows: []string{`A|1.5|2|Mo; Tu|[{"n":"555-0100"}]`}},
		{name: "pages one after the other", data: `[{"name":"A"}]` + "\n" + `[{"name":"B","zip":"02134"}]` + "\n[]", header: []string{"name", "zip"}, rows: []string{"A|", "B|02134"}},
		{name: "names with dots in them", data: `{"a.b":{"c":[{"name":"A"}]}}`, o: Options{List: "a.b.c"}, header: []string{"name"}, rows: []string{"A"}},
		{name: "a byte order mark", data: "\ufeff" + `[{"name":"A"}]`, header: []string{"name"}, rows: []string{"A"}},
		{name: "JSON Lines", data: "{\"name\":\"A\"}\n\n{\"name\":\"B\",\"zip\":1}\n", header: []string{"name", "zip"}, rows: []string{"A|", "B|1"}},
		{name: "one line of JSON Lines", file: "x.jsonl", data: `{"name":"A"}`, header: []string{"name"}, rows: []string{"A"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			table, records := read(t, test.file, test.data, test.o)
			var rows []string
			for _, r := range records {
				rows = append(rows, strings.Join(r.Values, "|"))
			}
			if !slices.Equal(table.Header, test.header) || !slices.Equal(rows, test.rows) || !slices.Equal(codes(table), test.findings) {
				t.Errorf("header %q, rows %q, findings %v", table.Header, rows, table.Findings)
			}
		})
	}
}

func TestALineThatIsNoJSONIsTheFaultOfItsRecord(t *testing.T) {
	for name, line := range map[string]string{
		"broken":         `{"name":`,
		"a bare value":   `12`,
		"an array":       `[{"name":"A"}]`,
		"two objects":    `{"name":"A"}{"name":"B"}`,
		"too deep":       `{"a":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`,
		"too long":       `{"a":"` + strings.Repeat("x", 2*maxRowBytes) + `"}`,
		"a long value":   `{"name":"` + strings.Repeat("x", maxFieldBytes+1) + `"}`,
		"not even close": "<br>",
	} {
		t.Run(name, func(t *testing.T) {
			_, records := read(t, "x.jsonl", "{\"name\":\"first\"}\n"+line+"\n{\"name\":\"last\"}\n", Options{Format: JSONLines})
			if len(records) != 3 || records[1].Fault == "" || records[2].Values[0] != "last" {
				t.Errorf("records %v", records)
			}
		})
	}
}

func TestJSONThatIsNoListIsRefused(t *testing.T) {
	for _, test := range []struct {
		name, data, says string
		want             error
		o                Options
	}{
		{name: "an object alone", data: `{"name":"A"}`, want: ErrFormat, says: "no list of objects"},
		{name: "a list of numbers", data: `[1,2,3]`, want: ErrFormat, says: "no list of objects"},
		{name: "an empty list", data: `[]`, want: ErrFormat},
		{name: "cut short", data: `[{"name":"A"},{"na`, want: ErrFormat, says: "cut short"},
		{name: "broken", data: `[{"name":"A"},,]`, want: ErrFormat, says: "broken"},
		{name: "no list of that name", data: `{"sites":[{"name":"A"}]}`, o: Options{List: "places"}, want: ErrFormat, says: `"sites" (1)`},
		{name: "a server in trouble", data: `{"code":"dataset.missing","error":true,"message":"Not found"}`, want: ErrFormat, says: "Not found"},
		{name: "a list nested without end", data: `[{"a":` + strings.Repeat("[", 100_000), want: ErrTooLarge},
		{name: "arrays nested without end", data: strings.Repeat("[", 1<<20), want: ErrTooLarge},
		{name: "more columns than a list has", data: `[{` + manyMembers(maxColumns+1) + `}]`, want: ErrTooLarge},
		{name: "a text without end", data: `[{"a":"` + strings.Repeat("x", maxRecordBytes+1<<20) + `"}]`, want: ErrTooLarge},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := refusal("", []byte(test.data), test.o)
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want %v that says %q", err, test.want, test.says)
			}
		})
	}
}

func manyMembers(n int) string {
	var members []string
	for i := range n {
		members = append(members, `"c`+strings.Repeat("x", i%7)+string(rune('a'+i%26))+strings.Repeat("y", i/26)+`":1`)
	}
	return strings.Join(members, ",")
}
