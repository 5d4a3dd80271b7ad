package streets

import (
	"testing"

	"pgregory.net/rapid"
)

func TestHouseNumbersAreRead(t *testing.T) {
	for text, want := range map[string]number{
		"1": {n: 1}, "123": {n: 123}, "0123": {n: 123}, "123a": {n: 123, tail: "a"}, "123-a": {n: 123, tail: "a"}, "123bis": {n: 123, tail: "bis"},
		"123 1/2": {n: 123, tail: "1/2"}, "12-34": {head: "12-", n: 34}, "12-04": {head: "12-", n: 4}, "012-34": {head: "12-", n: 34},
		"12-34a": {head: "12-", n: 34, tail: "a"}, "n6w23001": {head: "n6w", n: 23001}, "w12345": {head: "w", n: 12345}, "a-12": {head: "a-", n: 12},
	} {
		if got, ok := parseNumber(text); !ok || got != want {
			t.Errorf("%q is %+v, %v; want %+v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "a", "main", "5th", "1st", "22nd", "3rd", "1234567890", "12345678901234567", "1-2-3", "-5", "12-", "1/2", "123 1/5", "123 main", "highway12", "12abcd", "12.5"} {
		if got, ok := parseNumber(text); ok {
			t.Errorf("%q is %+v, but it is no house number", text, got)
		}
	}
}

func mustNumber(t interface{ Fatalf(string, ...any) }, text string) number {
	n, ok := parseNumber(text)
	if !ok {
		t.Fatalf("%q is no house number", text)
	}
	return n
}

func TestARangeHoldsItsNumbersAndNoOthers(t *testing.T) {
	for _, c := range []struct {
		name, from, to, number string
		along                  float64
		holds                  bool
	}{
		{"the first", "101", "199", "101", 0, true},
		{"the last", "101", "199", "199", 1, true},
		{"one in the middle", "100", "200", "150", 0.5, true},
		{"one of the other side", "101", "199", "150", 0, false},
		{"one too small", "101", "199", "99", 0, false},
		{"one too large", "101", "199", "201", 0, false},
		{"falling numbers", "199", "101", "191", 8.0 / 98, true},
		{"a range of one", "7", "7", "7", 0.5, true},
		{"odd and even", "1", "100", "50", 49.0 / 99, true},
		{"a hyphen where there is none", "101", "199", "1-51", 0, false},
		{"of Queens", "12-01", "12-49", "12-25", 0.5, true},
		{"of Queens without its hyphen", "12-01", "12-49", "1225", 0, false},
		{"of Queens, another block", "12-01", "12-49", "13-25", 0, false},
		{"of Queens, over two blocks", "12-01", "13-99", "13-01", 100.0 / 198, true},
		{"of Queens, past two blocks", "12-01", "13-49", "13-51", 0, false},
		{"of Queens, a part that is too long", "12-01", "13-49", "12-151", 0, false},
		{"on a grid", "n6w23001", "n6w23099", "n6w23001", 0, true},
		{"on another grid", "n6w23001", "n6w23099", "n7w23001", 0, false},
		{"what stands behind does not count", "101", "199", "101a", 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, ok := spanOf(mustNumber(t, c.from), mustNumber(t, c.to))
			if !ok {
				t.Fatalf("%s to %s is no range", c.from, c.to)
			}
			along, holds := s.holds(mustNumber(t, c.number))
			if holds != c.holds || holds && along != c.along {
				t.Errorf("%s in %s to %s: %v, %v; want %v, %v", c.number, c.from, c.to, along, holds, c.along, c.holds)
			}
		})
	}
	for _, c := range [][2]string{{"12-34", "101"}, {"n6w1", "n7w99"}, {"a1", "99"}} {
		if s, ok := spanOf(mustNumber(t, c[0]), mustNumber(t, c[1])); ok {
			t.Errorf("%v is the range %+v, but they do not compare", c, s)
		}
	}
}

// someNumber draws a house number.
var someNumber = rapid.Custom(func(t *rapid.T) number {
	return number{
		head: rapid.SampledFrom([]string{"", "", "", "12-", "13-", "n6w", "w"}).Draw(t, "head"), n: rapid.Int64Range(0, 99_999).Draw(t, "n"),
		tail: rapid.SampledFrom([]string{"", "", "a", "bis"}).Draw(t, "tail"),
	}
})

func TestAHouseNumberIsReadAsItIsShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := someNumber.Draw(t, "number")
		if got, ok := parseNumber(x.String()); !ok || got != x {
			t.Fatalf("%q is read as %+v, %v; it is %+v", x.String(), got, ok, x)
		}
	})
}

func TestWhatARangeHoldsLiesBetweenItsEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, to, x := someNumber.Draw(t, "from"), someNumber.Draw(t, "to"), someNumber.Draw(t, "x")
		s, ok := spanOf(from, to)
		if !ok {
			return
		}
		along, holds := s.holds(x)
		if holds && !(0 <= along && along <= 1) {
			t.Fatalf("%+v holds %+v at %v", s, x, along)
		}
		back, _ := spanOf(to, from)
		if _, again := back.holds(x); s.both && again != holds {
			t.Fatalf("%+v holds %+v in one direction only", s, x)
		}
	})
}
