package site

import (
	"errors"
	"fmt"
)

// ErrPrivate says that a site must not be published.
var ErrPrivate = errors.New("not for the public")

// Publishable tells why a site may not be in an edition, or nil. Private homes,
// prisons, places that are not open to the public and places that are not in
// use stay out; a place to visit needs a region at the least.
func (s *Site) Publishable() error {
	switch {
	case s.ID == "" || s.Name == "":
		return errors.New("a site needs an id and a name")
	case s.Type == PrivateResidence || s.Type == Correctional:
		return fmt.Errorf("%w: a %s is never listed", ErrPrivate, s.Type)
	case s.PublicAccess == No:
		return fmt.Errorf("%w: its source says so", ErrPrivate)
	case s.Status != Active:
		return fmt.Errorf("not in use: status %q", s.Status)
	case s.Address.Country == "" || s.Address.Region == "":
		return errors.New("a site needs a country and a state or province")
	}
	return nil
}
