package ingest

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"carrypoint/internal/site"
)

// date reads a date; one that lies in the future can't be true and is dropped.
func date(r *row, c column) site.Date {
	text := r.get(c)
	if text == "" {
		return ""
	}
	d, err := readDate(text, r.plan.own)
	if err != nil {
		r.warn("bad_date", c, err.Error())
		return ""
	}
	if future(d, r.plan.now) {
		r.warn("date_in_future", c, "it lies in the future; it was not used")
		return ""
	}
	return d
}

// readDate reads 2026-11-24, 2026-11 and 2026; and in the files of others also
// a date with a time, 11/24/2026, and the milliseconds of ArcGIS.
func readDate(text string, strict bool) (site.Date, error) {
	d, err := site.ParseDate(text)
	if err == nil || strict {
		return d, err
	}
	if len(text) > 10 && (text[10] == 'T' || text[10] == ' ') {
		if d, err := site.ParseDate(text[:10]); err == nil {
			return d, nil
		}
	}
	if milliseconds, err := strconv.ParseInt(text, 10, 64); err == nil && len(text) >= 12 && len(text) <= 13 {
		return site.Date(time.UnixMilli(milliseconds).UTC().Format(time.DateOnly)), nil
	}
	day, _, _ := strings.Cut(text, " ")
	if t, err := time.Parse("1/2/2006", day); err == nil {
		return site.Date(t.Format(time.DateOnly)), nil
	}
	return "", fmt.Errorf("%q is not a date like 2026-11-24, 2026-11, 2026 or 11/24/2026", text)
}

// future says whether a date lies after tomorrow, which is today somewhere. A
// month or a year counts from its first day.
func future(d site.Date, now time.Time) bool {
	if now.IsZero() {
		return false
	}
	start, ok := d.Start()
	return ok && start.After(now.AddDate(0, 0, 1))
}
