package edition

import (
	"slices"
	"time"

	"carrypoint/internal/hours"
	"carrypoint/internal/site"
)

// A Filter is what a person asks of a site. The zero value asks nothing.
type Filter struct {
	Need     []site.Code // every one of them
	Free     bool
	NoID     bool      // a ZIP code alone is not an ID
	Open     bool      // open at OpenAt, or at OpenOn
	OpenAt   time.Time // any zone; with Open
	OpenOn   *Weekly   // of the seven days that begin with that of OpenAt
	Kinds    []site.Kind
	Types    []site.Type
	Language string // BCP 47
	StepFree bool
	Within   Area // only sites that lie in it; the zero value is anywhere
}

// A Weekly is a time of the week, by the clock where the site is.
type Weekly struct {
	Day    time.Weekday
	Minute int // since midnight
}

// A Question is one thing that a filter asks and that may be unknown of a site.
type Question string

// The questions, in the order in which pages tell of them.
const (
	AskOpen     Question = "open"
	AskFree     Question = "free"
	AskID       Question = "id"
	AskLanguage Question = "language"
	AskStepFree Question = "step_free"
)

// Questions lists them.
func Questions() []Question { return []Question{AskOpen, AskFree, AskID, AskLanguage, AskStepFree} }

// asks says whether the filter asks anything that may be unknown of a site.
func (f *Filter) asks() bool {
	return f.Free || f.NoID || f.Open || f.Language != "" || f.StepFree
}

// looks says whether it asks anything that no mark answers.
func (f *Filter) looks() bool { return f.Open || f.Language != "" }

// Keeps says whether a site meets the filter. Where it does not only because
// something is unknown, doubt is the first question that has no answer.
func (f *Filter) Keeps(s *site.Site, zone *time.Location) (keep bool, doubt Question) {
	for _, need := range f.Need {
		if s.Supplies.Has(need) != site.Yes {
			return false, ""
		}
	}
	if len(f.Kinds) > 0 && !slices.Contains(f.Kinds, s.Kind) || len(f.Types) > 0 && !slices.Contains(f.Types, s.Type) {
		return false, ""
	}
	for _, question := range Questions() {
		switch f.answer(question, s, zone) {
		case site.No:
			return false, ""
		case site.Unknown:
			if doubt == "" {
				doubt = question
			}
		}
	}
	return doubt == "", doubt
}

// answer is what is known of one question; what was not asked is a yes.
func (f *Filter) answer(question Question, s *site.Site, zone *time.Location) site.Answer {
	switch {
	case question == AskOpen && f.Open:
		return openAnswer(s.OpenAt(f.moment(zone), zone).State)
	case question == AskFree && f.Free:
		return freeAnswer(s)
	case question == AskID && f.NoID:
		return idAnswer(s)
	case question == AskLanguage && f.Language != "":
		return answerOf(len(s.Languages) == 0, slices.Contains(s.Languages, f.Language))
	case question == AskStepFree && f.StepFree:
		return s.StepFree
	}
	return site.Yes
}

func freeAnswer(s *site.Site) site.Answer {
	return answerOf(s.Cost == site.CostUnknown, s.Cost == site.Free)
}

// idAnswer says whether one gets by without an ID.
func idAnswer(s *site.Site) site.Answer {
	return answerOf(s.IDRequired == site.IDUnknown, s.IDRequired == site.NoID || s.IDRequired == site.ZIPOnly)
}

// moment is the instant that is asked about. "Friday at 6pm" means 6pm where the
// site is, and today where it is Friday there.
func (f *Filter) moment(zone *time.Location) time.Time {
	if f.OpenOn == nil {
		return f.OpenAt
	}
	now := f.OpenAt
	if zone != nil {
		now = now.In(zone)
	}
	days := (int(f.OpenOn.Day-now.Weekday()) + 7) % 7
	return time.Date(now.Year(), now.Month(), now.Day()+days, 0, f.OpenOn.Minute, 0, 0, now.Location())
}

func openAnswer(state hours.State) site.Answer {
	return answerOf(state == hours.NotKnown, state == hours.Open)
}

func answerOf(unknown, yes bool) site.Answer {
	switch {
	case unknown:
		return site.Unknown
	case yes:
		return site.Yes
	}
	return site.No
}
