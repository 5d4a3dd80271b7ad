package help

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"carrypoint/internal/site"
)

var today = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func TestATextSaysItselfThatItIsOld(t *testing.T) {
	for _, test := range []struct {
		name   string
		review Review
		old    bool
	}{
		{"reviewed this year", Review{ReviewedBy: "Example Person, nurse", ReviewedOn: "2026-01-02", AgainAfter: 365}, false},
		{"reviewed on the last day that counts", Review{ReviewedBy: "Example Person, nurse", ReviewedOn: "2025-11-24", AgainAfter: 365}, false},
		{"reviewed a day earlier", Review{ReviewedBy: "Example Person, nurse", ReviewedOn: "2025-11-23", AgainAfter: 365}, true},
		{"a review that is to come is none", Review{ReviewedBy: "Example Person, nurse", ReviewedOn: "2027-01-01", AgainAfter: 365}, true},
		{"old sources with a new review", Review{AsOf: "2020", ReviewedBy: "Example Person, nurse", ReviewedOn: "2026-11-01", AgainAfter: 365}, false},
		{"nobody reviewed it, and its sources are new", Review{AsOf: "2026-11", AgainAfter: 365}, false},
		{"nobody reviewed it, and its sources are old", Review{AsOf: "2024", AgainAfter: 365}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.review.Old(today); got != test.old {
				t.Errorf("old: %v", got)
			}
		})
	}
}

func TestWhatIsOldStaysOld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.IntRange(1, mostDays).Draw(t, "age")
		on := today.AddDate(0, 0, -rapid.IntRange(0, 5000).Draw(t, "reviewed days ago"))
		r := Review{ReviewedBy: "x", ReviewedOn: site.Date(on.Format(time.DateOnly)), AgainAfter: days}
		later := today.AddDate(0, 0, rapid.IntRange(0, 5000).Draw(t, "later"))
		if r.Old(today) && !r.Old(later) {
			t.Errorf("%+v grows young", r)
		}
	})
}
