package streets

// maxRow is how far apart the numbers of "154-164 Delaine Street" may be. Further, the first is a unit.
const maxRow = 100

// house finds the house of a reading in the streets of one name.
func house(r reading, streets []located, unitFirst bool) (Spot, bool) {
	if len(r.numbers) != 1 {
		return row(r.numbers, streets)
	}
	if spot, ok := houseAt(r.numbers[0], streets); ok || r.second == nil {
		return spot, ok
	}
	second, okSecond := houseAt(*r.second, streets)
	if r.first == nil || unitFirst && okSecond {
		return second, okSecond
	}
	first, okFirst := houseAt(*r.first, streets)
	switch gap := r.second.n - r.first.n; {
	case okFirst && okSecond && 0 < gap && gap <= maxRow:
		return agreed([]Spot{first, second}, rowMetres)
	case okFirst && okSecond:
		return agreed([]Spot{first, second}, agreeMetres)
	case okFirst:
		return first, gap <= maxRow // "1234-2": the unit stands behind
	}
	return second, okSecond
}

// row finds the first of several houses that stand near each other.
func row(numbers []number, streets []located) (Spot, bool) {
	var found []Spot
	for _, x := range numbers {
		if spot, ok := houseAt(x, streets); ok {
			found = append(found, spot)
		}
	}
	return agreed(found, rowMetres)
}

// houseAt finds one house number: as a door that is known, in a range, or as the door without what stands
// behind its number. Where numbers have hyphens, it may have been written without.
func houseAt(x number, streets []located) (Spot, bool) {
	found := doorsAt(x, streets)
	if len(found) == 0 {
		found = rangesAt(x, streets)
	}
	if len(found) == 0 && x.tail != "" {
		found = doorsAt(x.plain(), streets)
	}
	if len(found) == 0 {
		if y, ok := x.split(); ok {
			found = append(doorsAt(y, streets), rangesAt(y, streets)...)
		}
	}
	return agreed(found, agreeMetres)
}

func doorsAt(x number, streets []located) []Spot {
	var found []Spot
	text := x.String()
	for _, one := range streets {
		for _, d := range one.doors {
			if d.number == text {
				found = append(found, one.spot(d.point, x))
			}
		}
	}
	return found
}

func rangesAt(x number, streets []located) []Spot {
	var found []Spot
	for _, one := range streets {
		for _, s := range one.spans {
			along, ok := s.holds(x)
			if !ok {
				continue
			}
			if line, err := unpackLine(one.lines[s.line]); err == nil {
				found = append(found, one.spot(houseOn(line, along, s.side), x))
			}
		}
	}
	return found
}

func (l located) spot(p [2]float64, x number) Spot {
	return Spot{Point: p, Precision: AtAddress, Matched: x.String() + " " + l.street.name + ", " + l.area}
}
