package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// written is a file of a text.
func written(t *testing.T, name, text string) (file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestServingFollowsTheOperatorsRules hides what was checked in 2020, and keeps
// its own page.
func TestServingFollowsTheOperatorsRules(t *testing.T) {
	list := written(t, "sites.csv", "id,name,region,country,city,postal_code,checked_on\n"+
		"us-ca-example-old,Example Old Box,CA,US,San Francisco,94103,2020-01-01\n"+
		"us-ca-example-new,Example New Box,CA,US,San Francisco,94103,\n")
	dir := folderOf(t, list)
	for _, c := range []struct {
		name   string
		args   []string
		listed bool
		says   string
	}{
		{"nothing is hidden by itself", nil, true, "Not checked since January 2020."},
		{"the operator may hide", []string{"--policy", written(t, "rules.toml", "hide_after_days = 540\n")}, false, "1 place was left out by a rule of this site: not checked for more than 540 days."},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := start(t, append([]string{"--dir", dir}, c.args...)...)
			page := server.get(t, "/near/94103")
			if strings.Contains(page.body, "Example Old Box") != c.listed || !strings.Contains(page.body, "Example New Box") || !strings.Contains(page.body, c.says) {
				t.Errorf("the list has status %d and says:\n%s", page.status, page.body)
			}
			own := server.get(t, "/site/us-ca-example-old")
			if own.status != 200 || strings.Contains(own.body, "We could not confirm this place") == c.listed {
				t.Errorf("its own page has status %d and says:\n%s", own.status, own.body)
			}
		})
	}
}
