package web

import (
	"errors"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/paulmach/orb"

	"carrypoint/internal/edition"
	"carrypoint/internal/site"
)

// Limits on what a search may hold.
const (
	// maxText is longer than any address; more is not a place.
	maxText = 200
	// maxPage keeps the work of deep pages small: nobody walks past the
	// two-hundredth nearest place.
	maxPage = 20
	// pageSize fits a page of results with its map into one small answer.
	pageSize = 10
	// maxDecimals of a device's position: 0.01 degree is about a kilometre. A
	// phone that sends more has told us where it stands, and we don't want to know.
	maxDecimals = 2
)

// A search is what a person asked, checked. It holds where they are: nothing of
// it may outlive the request.
type search struct {
	text   string     // as typed, without control characters
	device *orb.Point // rounded on the phone; nil without one
	page   int        // from 1
	keep   bool       // the list is read on another day: it never says what is open now
	asked  asked
}

// asked is the part of a search that may stand in a URL: the filters.
type asked struct {
	need     []site.Code
	free     bool
	noID     bool
	open     string // "", "now" or "at"
	day      time.Weekday
	minute   int // since midnight, with open "at"
	kind     site.Kind
	typ      site.Type
	language string
	stepFree bool
}

// spoken are the languages that can be asked for: those that sources name most.
var spoken = []string{"en", "es", "fr", "zh", "vi", "ko", "ru", "ar", "pt", "ht", "tl", "pa", "so", "hmn", "ase"}

// needs are the supplies that can be asked for with one tick.
var needs = []site.Code{site.Naloxone, site.FentanylTestStrips, site.XylazineTestStrips, site.Syringes}

// parseSearch reads the form of a POST. The errors are refusals.
func parseSearch(r *http.Request) (search, error) {
	switch err := r.ParseForm(); {
	case errors.As(err, new(*http.MaxBytesError)):
		return search{}, err
	case err != nil:
		return search{}, refusal(http.StatusBadRequest, "error.form")
	}
	return searchOf(r.PostForm)
}

func searchOf(form url.Values) (search, error) {
	s := search{page: 1}
	var err error
	if s.text, err = typed(form.Get("q")); err != nil {
		return search{}, err
	}
	if s.device, err = position(form.Get("lat"), form.Get("lon")); err != nil {
		return search{}, err
	}
	s.asked, err = askedOf(form)
	return s, err
}

// typed cleans what was typed: characters that can't be seen go, the rest stays.
func typed(text string) (string, error) {
	if !utf8.ValidString(text) {
		return "", refusal(http.StatusBadRequest, "error.form")
	}
	if utf8.RuneCountInString(text) > maxText {
		return "", refusal(http.StatusBadRequest, "error.long")
	}
	visible := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, text)
	return strings.Join(strings.Fields(visible), " "), nil
}

// position reads a device's rounded position, in degrees.
func position(latText, lonText string) (*orb.Point, error) {
	if latText == "" && lonText == "" {
		return nil, nil
	}
	lat, latOK := degrees(latText, 90)
	lon, lonOK := degrees(lonText, 180)
	if !latOK || !lonOK {
		return nil, refusal(http.StatusBadRequest, "error.position")
	}
	return &orb.Point{lon, lat}, nil
}

func degrees(text string, most float64) (float64, bool) {
	_, decimals, _ := strings.Cut(text, ".")
	v, err := strconv.ParseFloat(text, 64)
	plain := strings.Trim(text, "+-.0123456789") == ""
	return v, err == nil && plain && len(decimals) <= maxDecimals && math.Abs(v) <= most
}

// askedOf reads the filters of a form or of a query; a word that is not one of
// them is refused, so that nobody trusts a filter that does nothing.
func askedOf(form url.Values) (asked, error) {
	a := asked{
		free: form.Get("free") == "1", noID: form.Get("id") == "none", stepFree: form.Get("step_free") == "1",
		open: form.Get("open"), kind: site.Kind(form.Get("kind")), typ: site.Type(form.Get("type")), language: form.Get("spoken"),
	}
	for _, word := range form["need"] {
		if code := site.Code(word); !slices.Contains(a.need, code) {
			a.need = append(a.need, code)
		}
	}
	if a.open == "at" && form.Get("time") == "" {
		return asked{}, refusal(http.StatusBadRequest, "error.time")
	}
	if a.open == "at" {
		a.day, a.minute = weekday(form.Get("day")), clock(form.Get("time"))
	}
	if !a.known(form) {
		return asked{}, refusal(http.StatusBadRequest, "error.filter")
	}
	return a, nil
}

func (a asked) known(form url.Values) bool {
	unknownNeed := slices.ContainsFunc(a.need, func(c site.Code) bool { return !c.Known() })
	return !unknownNeed &&
		slices.Contains([]string{"", "1"}, form.Get("free")) &&
		slices.Contains([]string{"", "none"}, form.Get("id")) &&
		slices.Contains([]string{"", "1"}, form.Get("step_free")) &&
		slices.Contains([]string{"", "now", "at"}, a.open) &&
		(a.open != "at" || a.day >= 0 && a.minute >= 0) &&
		(a.kind == "" || slices.Contains(site.Kinds(), a.kind)) &&
		(a.typ == "" || slices.Contains(site.Types(), a.typ)) &&
		(a.language == "" || slices.Contains(spoken, a.language))
}

// weekday reads "0" for Sunday to "6"; anything else is below nought.
func weekday(text string) time.Weekday {
	if len(text) == 1 && text[0] >= '0' && text[0] <= '6' {
		return time.Weekday(text[0] - '0')
	}
	return -1
}

// clock reads "18:00" as minutes since midnight; anything else is -1.
func clock(text string) int {
	t, err := time.Parse("15:04", text)
	if err != nil {
		return -1
	}
	return t.Hour()*60 + t.Minute()
}

// pageOf reads a page number; one that is not is the first.
func pageOf(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxPage {
		return 1
	}
	return n
}

// filter is what the edition is asked.
func (a asked) filter(now time.Time) edition.Filter {
	f := edition.Filter{Need: a.need, Free: a.free, NoID: a.noID, Language: a.language, StepFree: a.stepFree}
	if a.kind != "" {
		f.Kinds = []site.Kind{a.kind}
	}
	if a.typ != "" {
		f.Types = []site.Type{a.typ}
	}
	switch a.open {
	case "now":
		f.Open, f.OpenAt = true, now
	case "at":
		f.Open, f.OpenAt, f.OpenOn = true, now, &edition.Weekly{Day: a.day, Minute: a.minute}
	}
	return f
}

// query writes the filters for a URL: "" or "?need=…".
func (a asked) query() string { return queryOf(a.values()) }

func queryOf(v url.Values) string {
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}

func (a asked) values() url.Values {
	v := url.Values{}
	for _, code := range a.need {
		v.Add("need", string(code))
	}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("free", oneIf(a.free))
	set("step_free", oneIf(a.stepFree))
	if a.noID {
		v.Set("id", "none")
	}
	set("open", a.open)
	if a.open == "at" {
		v.Set("day", strconv.Itoa(int(a.day)))
		v.Set("time", clockText(a.minute))
	}
	set("kind", string(a.kind))
	set("type", string(a.typ))
	set("spoken", a.language)
	return v
}

func oneIf(yes bool) string {
	if yes {
		return "1"
	}
	return ""
}

func clockText(minute int) string {
	return time.Date(2000, 1, 1, minute/60, minute%60, 0, 0, time.UTC).Format("15:04")
}
