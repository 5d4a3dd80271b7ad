package ingest

import (
	"strings"
	"testing"

	"carrypoint/internal/record"
)

func TestHowLongTheMailTakesIsProposedByItsHeading(t *testing.T) {
	for _, test := range []struct {
		name, header, text string
		proposed           string
	}{
		{"one word", "Wait", "5 to 7 business days", `wait = "Wait"`},
		{"as the old form of HSDS names it", "service.wait_time", "about 2 weeks", `wait = "service.wait_time"`},
		{"times of delivery are not opening hours", "Delivery times", "3 days", `wait = "Delivery times"`},
		{"in a longer heading", "Typical turnaround", "one week", `wait = "Typical turnaround"`},
		{"an answer is no length of time", "Wait list", "yes", ""},
		{"other times are hours", "Times", "Monday to Friday 9am to 5pm", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			table := &record.Table{Format: "csv", Header: []string{"Name", test.header}, Records: func(yield func(record.Record, error) bool) {
				yield(record.Record{Row: 1, Values: []string{"Example by Mail", test.text}}, nil)
			}}
			text, _, err := DraftMapping(table, &Mapping{Name: "example"})
			if err != nil {
				t.Fatal(err)
			}
			var proposed string
			for line := range strings.Lines(text) {
				if strings.HasPrefix(line, colWait.String()+" ") {
					proposed = strings.TrimSpace(line)
				}
			}
			if proposed != test.proposed {
				t.Errorf("proposed %q, want %q, in\n%s", proposed, test.proposed, text)
			}
		})
	}
}
