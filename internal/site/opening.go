package site

import (
	"slices"
	"time"

	"carrypoint/internal/hours"
)

// MaxHoursAgeDays is how old listed hours may be and still say open or closed.
// OpenStreetMap's editors ask again after a year; so do we (security.md 6).
const MaxHoursAgeDays = 365

// A Doubt is why it can't be said whether a site is open.
type Doubt string

// The doubts, in the order in which they are looked for.
const (
	NoDoubt        Doubt = ""
	NoHours        Doubt = "no_hours"       // none are listed
	NotSupplyHours Doubt = "building_hours" // they are the building's, not the supply's
	NotReadable    Doubt = "not_readable"   // the text could not be read with certainty
	Appointment    Doubt = "by_appointment"
	TooOld         Doubt = "too_old" // listed more than a year ago, or nobody knows when
	OnHoliday      Doubt = "holiday" // a public holiday, and nobody says what happens then
	NoTimeZone     Doubt = "no_time_zone"
)

// An Opening is whether a site is open at a moment, when it closes or opens
// next, and why that can't be said where it can't.
type Opening struct {
	hours.Moment
	Doubt Doubt
}

// HoursScope is whose hours these are: what the source said, or what the type
// of the site implies.
func (s *Site) HoursScope() Scope {
	switch {
	case s.Hours.Scope != ScopeUnknown:
		return s.Hours.Scope
	case slices.Contains(ownHours, s.Type):
		return ScopeSupply
	}
	return ScopeBuilding
}

// OpenAt decides whether the site is open at now, in its own zone. It says open
// or closed only when the hours are the supply's own, were read with certainty
// and are at most MaxHoursAgeDays old; zone is nil where it is not known, and what
// never closes is open by every clock.
func (s *Site) OpenAt(now time.Time, zone *time.Location) Opening {
	if doubt := s.hoursDoubt(now, zone); doubt != NoDoubt {
		return Opening{Moment: hours.Moment{State: hours.NotKnown}, Doubt: doubt}
	}
	if zone != nil {
		now = now.In(zone)
	}
	opening := Opening{Moment: s.Hours.Schedule.At(now, s.Address.Country)}
	switch {
	case opening.State != hours.NotKnown:
	case opening.Holiday != "":
		opening.Doubt = OnHoliday
	default:
		opening.Doubt = NotReadable
	}
	return opening
}

func (s *Site) hoursDoubt(now time.Time, zone *time.Location) Doubt {
	age, dated := s.Hours.AsOf.AgeDays(now)
	switch status := s.Hours.Schedule.Status; {
	case s.Hours.Raw == "" && (status == "" || status == hours.Unknown):
		return NoHours
	case status == hours.ByAppointment:
		return Appointment
	case status != hours.Scheduled && status != hours.AlwaysOpen:
		return NotReadable
	case s.HoursScope() != ScopeSupply:
		return NotSupplyHours
	case !dated || age > MaxHoursAgeDays:
		return TooOld
	case zone == nil && status != hours.AlwaysOpen:
		return NoTimeZone
	}
	return NoDoubt
}
