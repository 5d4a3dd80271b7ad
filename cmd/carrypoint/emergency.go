package main

import (
	"fmt"

	"carrypoint/internal/help"
)

// An emergencyNumber is that of the emergency services of the country that a site is
// for; empty for the number in the data.
type emergencyNumber string

// UnmarshalText takes a number that emergency services may have, and no other text; an
// empty variable of the environment is none.
func (n *emergencyNumber) UnmarshalText(text []byte) error {
	if len(text) > 0 && !help.IsEmergencyNumber(string(text)) {
		return fmt.Errorf("%q cannot be a number of emergency services; write its digits alone, two to four, such as 112", text)
	}
	*n = emergencyNumber(text)
	return nil
}
