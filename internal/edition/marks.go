package edition

import (
	"slices"

	"carrypoint/internal/hours"
	"carrypoint/internal/nearest"
	"carrypoint/internal/site"
)

// The bits of a site in the index: first one for each supply, then these, then
// one for each type and each kind. With them the index passes over whole
// regions that have nothing of what is asked, and most filters need no look at
// a site at all.
const (
	traitFree = iota
	traitNoID
	traitStepFree
	traitHours // hours of its own that can be read: it may be open, some time
	traits
)

func supplyMark(code site.Code) nearest.Marks { return 1 << slices.Index(site.Codes(), code) }

func traitMark(bit int) nearest.Marks { return 1 << (len(site.Codes()) + bit) }

func typeMark(t site.Type) nearest.Marks { return traitMark(traits + slices.Index(site.Types(), t)) }

func kindMark(k site.Kind) nearest.Marks {
	return traitMark(traits + len(site.Types()) + slices.Index(site.Kinds(), k))
}

// marksOf are the bits of a site.
func marksOf(s *site.Site) nearest.Marks {
	marks := typeMark(s.Type) | kindMark(s.Kind)
	for _, code := range site.Codes() {
		if s.Supplies.Has(code) == site.Yes {
			marks |= supplyMark(code)
		}
	}
	for bit, has := range [traits]bool{
		traitFree:     freeAnswer(s) == site.Yes,
		traitNoID:     idAnswer(s) == site.Yes,
		traitStepFree: s.StepFree == site.Yes,
		traitHours:    hasHours(s),
	} {
		if has {
			marks |= traitMark(bit)
		}
	}
	return marks
}

func hasHours(s *site.Site) bool {
	status := s.Hours.Schedule.Status
	return s.HoursScope() == site.ScopeSupply && (status == hours.Scheduled || status == hours.AlwaysOpen)
}

// possible are the sites that the filter may let in, if what is not known of
// them is a yes.
func (f *Filter) possible() nearest.Filter {
	var index nearest.Filter
	for _, code := range f.Need {
		index.All |= supplyMark(code)
	}
	var types, kinds nearest.Marks
	for _, t := range f.Types {
		types |= typeMark(t)
	}
	for _, k := range f.Kinds {
		kinds |= kindMark(k)
	}
	for _, group := range []nearest.Marks{types, kinds} {
		if group != 0 {
			index.Any = append(index.Any, group)
		}
	}
	return index
}

// certain are those of them that have a mark for all that marks can answer.
func (f *Filter) certain() nearest.Filter {
	index := f.possible()
	for bit, asked := range [traits]bool{traitFree: f.Free, traitNoID: f.NoID, traitStepFree: f.StepFree, traitHours: f.Open} {
		if asked {
			index.All |= traitMark(bit)
		}
	}
	return index
}
