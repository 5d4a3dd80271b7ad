package ingest

import (
	"fmt"
	"strings"

	"carrypoint/internal/site"
)

// phones reads the numbers of a row.
func phones(r *row) []site.Phone {
	text := r.get(colPhone)
	if text == "" {
		return nil
	}
	numbers := splitPhones(text)
	if len(numbers) > 1 && !r.plan.own {
		r.warn("phone_many", colPhone, fmt.Sprintf("%d numbers stand in one field; they were parted", len(numbers)))
	}
	all := make([]site.Phone, 0, len(numbers))
	for _, number := range numbers {
		p := site.ParsePhone(number)
		if vanity(number) {
			r.warn("phone_vanity", colPhone, fmt.Sprintf("%q spells its number in letters", number))
		}
		if p.Dial == "" {
			r.warn("phone_not_readable", colPhone, fmt.Sprintf("%q is not one number of ten digits or a short code; it is shown without a link", number))
		}
		all = append(all, p)
	}
	return all
}

// splitPhones parts numbers that stand in one field: by ";", by "or", and by a
// comma or a stroke where a whole number stands on both sides.
func splitPhones(text string) []string {
	text = strings.ReplaceAll(text, " or ", ";")
	for _, mark := range []string{",", "/", " and ", "&"} {
		if before, after, ok := strings.Cut(text, mark); ok && digits(before) >= 10 && digits(after) >= 10 {
			text = strings.ReplaceAll(text, mark, ";")
		}
	}
	return items(text)
}

func digits(text string) int {
	n := 0
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			n++
		}
	}
	return n
}

// vanity says whether a number is spelled: "800WEGMANS". Words behind a whole
// number ("ext. 12", "option 2") are none.
func vanity(number string) bool {
	if digits(number) < 3 || digits(number) > 7 {
		return false
	}
	letters := 0
	for i := range len(number) {
		if c := number[i] | 0x20; c >= 'a' && c <= 'z' {
			letters++
		}
	}
	return letters >= 3 && letters+digits(number) >= 10 && !strings.Contains(strings.TrimSpace(number), " ")
}
