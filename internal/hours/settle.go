package hours

// settle reads the intervals of one day. They are written in order and don't
// overlap, so a sure one decides about an unsure neighbour: in "7-8:20 and
// 3:20-6" the first can't be in the evening.
func settle(list []interval) ([]Span, bool) {
	options := make([][]reading, len(list))
	anySure := false
	for i, next := range list {
		options[i] = next.readings()
		if sure := only(options[i], func(r reading) bool { return r.sure }); len(sure) == 1 {
			options[i], anySure = sure, true
		}
	}
	var spans []Span
	if !anySure || inOrder(options, 0, nil, &spans) != 1 {
		return nil, false
	}
	return spans, true
}

func only(list []reading, is func(reading) bool) []reading {
	var some []reading
	for _, r := range list {
		if is(r) {
			some = append(some, r)
		}
	}
	return some
}

// inOrder counts the ways to read all intervals one after the other in a day
// that ends at midnight, or in the night after it. The last way is kept.
func inOrder(options [][]reading, after Minute, chosen []Span, kept *[]Span) int {
	at := len(chosen)
	if at == len(options) {
		*kept = append([]Span(nil), chosen...)
		return 1
	}
	ways := 0
	for _, r := range options[at] {
		end := r.span.Opens + r.span.length()
		if r.span.Opens >= after && (end <= dayEnd || at == len(options)-1) {
			ways += inOrder(options, end, append(chosen, r.span), kept)
		}
	}
	return ways
}
