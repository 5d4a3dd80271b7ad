package main

import (
	"fmt"

	"carrypoint/internal/help"
)

// An emergencyNumber is that of the emergency services of the country that a site is
// for; empty for the number in the data.
type emergencyNumber string

// UnmarshalText takes a number that emergency services have, and no other.
func (n *emergencyNumber) UnmarshalText(text []byte) error {
	if !help.IsEmergencyNumber(string(text)) {
		return fmt.Errorf("%q is no number of emergency services; they have three digits, such as 112", text)
	}
	*n = emergencyNumber(text)
	return nil
}
