package gazetteer

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A query is a line of testdata/queries.tsv.
type query struct {
	text, want string
	flags      []string
}

func queries(t testing.TB) []query {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "queries.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var all []query
	for line := range strings.Lines(string(content)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := append(strings.Split(strings.TrimSuffix(line, "\n"), "\t"), "", "")
		all = append(all, query{cells[0], cells[1], strings.Fields(cells[2])})
	}
	return all
}

// named is a place as the file of queries has it.
func named(p Place) string {
	if p.Kind == Point {
		return "point"
	}
	return p.Name + "|" + p.Region
}

// leastRight is the part of the queries that must be right at the first place. All must be among the first
// five, and what is no place must lead nowhere.
const leastRight = 0.98

func TestWhatPeopleTypeIsFound(t *testing.T) {
	g := shipped()
	asked, right := 0, 0
	for _, q := range queries(t) {
		answer := g.Resolve(q.text)
		var names []string
		for _, p := range answer.Places {
			names = append(names, named(p))
		}
		if q.want == "-" {
			if len(names) > 0 {
				t.Errorf("%q is no place, but leads to %v", q.text, names)
			}
			continue
		}
		asked++
		switch place := slices.Index(names, q.want); {
		case place == 0:
			right++
		case place > 0 && place < 5:
			t.Logf("%q: %s is only number %d of %v", q.text, q.want, place+1, names)
		default:
			t.Errorf("%q: %s is not among the first five of %v", q.text, q.want, names)
		}
		if answer.Part != slices.Contains(q.flags, "part") {
			t.Errorf("%q: part is %v", q.text, answer.Part)
		}
		if slices.Contains(q.flags, "ask") && !answer.Ask || slices.Contains(q.flags, "near") && !answer.Near {
			t.Errorf("%q: ask is %v and near is %v, want %v", q.text, answer.Ask, answer.Near, q.flags)
		}
	}
	t.Logf("%d of %d are right at the first place", right, asked)
	if float64(right) < leastRight*float64(asked) {
		t.Errorf("only %d of %d are right at the first place", right, asked)
	}
}

func TestWhatIsClearIsNotAsked(t *testing.T) {
	for _, text := range []string{
		"portland", "columbus", "new york", "chicago", "los angeles", "san francisco", "sacramento", "houston", "quebec", "ohio", "dc",
		"94103", "springfield il", "king county", "the bronx", "nyc", "montreal", "san diego",
	} {
		if answer := shipped().Resolve(text); answer.Ask || answer.Near || answer.Part {
			t.Errorf("%q: %+v", text, answer)
		}
	}
}

func TestWhatIsAmbiguousIsAsked(t *testing.T) {
	for _, text := range []string{
		"springfield", "washington", "columbia", "aurora", "arlington", "rochester", "jackson", "london", "washington county", "glendale",
	} {
		if answer := shipped().Resolve(text); !answer.Ask || len(answer.Places) < 2 {
			t.Errorf("%q: %+v", text, answer)
		}
	}
}

func TestAStateComesSecondAfterTheCityOfItsName(t *testing.T) {
	places := shipped().Resolve("new york").Places
	if len(places) < 2 || places[0].Slug != "new-york-city" || places[1].Kind != State {
		t.Errorf("%v", places)
	}
}

func TestWhatNobodyTypesIsNoPlace(t *testing.T) {
	for name, text := range map[string]string{
		"ten thousand characters":  strings.Repeat("chicago ", 1250),
		"a name and many spaces":   "chicago" + strings.Repeat(" ", maxRunes),
		"a zero":                   "chicago\x00",
		"a control character":      "chi\x1bcago",
		"a byte that is no letter": "chicago\xff",
		"only invisible marks":     "\u200f\u202e\u00ad",
	} {
		t.Run(name, func(t *testing.T) {
			if answer := shipped().Resolve(text); !cmp.Equal(answer, Answer{}) {
				t.Errorf("it leads to %+v", answer)
			}
		})
	}
}

func TestInvisibleMarksDoNotMatter(t *testing.T) {
	for plain, marked := range map[string]string{
		"chicago":     "\u200fchicago\u200f",
		"94103":       "\u206694103\u2069",
		"40.7, -74":   "\u200e40.7,\u200e -74",
		"springfield": "spring\u00adfield",
	} {
		if diff := cmp.Diff(shipped().Resolve(plain), shipped().Resolve(marked)); diff != "" {
			t.Errorf("%q: %s", marked, diff)
		}
	}
}

func TestWhatIsAskedHasTheLargestFirst(t *testing.T) {
	places := shipped().Resolve("springfield").Places
	if !slices.IsSortedFunc(places, func(a, b Place) int { return b.Population - a.Population }) {
		t.Errorf("%v", places)
	}
}

func ExampleGazetteer_Resolve() {
	for _, text := range []string{"94103", "san fransisco", "springfield", "1200 market st san francisco", "tenderloin"} {
		answer := shipped().Resolve(text)
		if len(answer.Places) == 0 {
			fmt.Printf("%s: no place\n", text)
			continue
		}
		p := answer.Places[0]
		fmt.Printf("%s: %s, %s (ask %v, part %v, near %v)\n", text, p.Name, p.Region, answer.Ask, answer.Part, answer.Near)
	}
	// Output:
	// 94103: 94103, CA (ask false, part false, near false)
	// san fransisco: San Francisco, CA (ask false, part false, near true)
	// springfield: Springfield, MO (ask true, part false, near false)
	// 1200 market st san francisco: San Francisco, CA (ask false, part true, near false)
	// tenderloin: no place
}
