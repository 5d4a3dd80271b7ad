package web

import (
	"strconv"

	"carrypoint/internal/edition"
	"carrypoint/internal/words"
	"carrypoint/views"
)

// checkedWithin are the ages in days that the page about the data counts by.
// They are the same everywhere, whatever the operator's rules, so that two sites
// can be compared.
var checkedWithin = []int{90, 180, 365}

// checks say how many of all places were checked, and how long ago.
func (t *tongue) checks(e *edition.Edition) views.Section {
	now, all := t.Now(), e.Len()
	section := views.Section{Heading: t.say.T("about.checked"), Paragraphs: append([]string{t.say.T("about.checked_means")}, t.rankRules()...)}
	item := func(text string) { section.Items = append(section.Items, text) }
	share := func(key string, n int, pairs ...string) string {
		return t.say.T(key, append(pairs, "n", t.say.Number(n), "all", t.say.Number(all), "share", t.share(n, all))...)
	}
	for _, days := range checkedWithin {
		item(share("about.checked_within", e.CheckedWithin(days, now), "days", strconv.Itoa(days)))
	}
	longest := checkedWithin[len(checkedWithin)-1]
	item(share("about.checked_longer", e.Checked(now)-e.CheckedWithin(longest, now)))
	item(share("about.checked_never", all-e.Checked(now)))
	if median, ok := e.MedianAge(now); ok {
		item(t.say.N("about.checked_median", max(1, median))) // what was checked today was checked in the last day
	}
	if hidden := e.Hidden(t.Policy, now); hidden > 0 {
		item(t.hiddenText(hidden))
	}
	return section
}

// rankRules say what an old check does to a place in a list.
func (t *tongue) rankRules() []string {
	var rules []string
	if metres := float64(t.Policy.RankBehindMetres); metres > 0 {
		miles, _ := t.say.Length(metres, words.Miles, 0.1)
		kilometres, _ := t.say.Length(metres, words.Kilometres, 0.1)
		rules = append(rules, t.say.T("about.checked_behind", "days", strconv.Itoa(t.Policy.RankBehindAfterDays), "miles", miles, "kilometres", kilometres))
	}
	return append(rules, t.say.T("about.checked_older", "days", strconv.Itoa(t.Policy.OlderAfterDays), "heading", t.say.T("older.heading")))
}

// share is a part of a whole in whole percent. Few are never said to be none,
// and nearly all never to be all.
func (t *tongue) share(n, all int) string {
	if all == 0 {
		return t.say.T("percent.whole", "n", "0")
	}
	percent := (200*n + all) / (2 * all) // rounded to the nearest
	switch {
	case n > 0 && percent == 0:
		return t.say.T("percent.less")
	case n < all && percent == 100:
		return t.say.T("percent.more")
	}
	return t.say.T("percent.whole", "n", strconv.Itoa(percent))
}
