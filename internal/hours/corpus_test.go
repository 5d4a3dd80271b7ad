package hours

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// published are the distinct texts of the published lists that the reader was
// made for, by the first 12 hex digits of their SHA-256. The corpus may not be
// copied here, so it is read where it lies; points.csv ships with us.
func published(t *testing.T) map[string]string {
	t.Helper()
	corpus := filepath.Join("..", "..", "..", "shared", "data", "hours_corpus.tsv")
	data, err := os.ReadFile(corpus)
	if err != nil {
		t.Skipf("the corpus of published hours is not here, so what is read of it can't be checked: %v", err)
	}
	texts := map[string]string{}
	add := func(text string) {
		if text != "" {
			sum := sha256.Sum256([]byte(text))
			texts[hex.EncodeToString(sum[:])[:12]] = text
		}
	}
	unescape := strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\r`, "\r")
	for _, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")[1:] {
		add(unescape.Replace(strings.SplitN(line, "\t", 3)[2]))
	}
	points, err := os.Open(filepath.Join("..", "..", "data", "sites", "points.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer points.Close()
	rows, err := csv.NewReader(points).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := slices.Index(rows[0], "hours_raw")
	for _, row := range rows[1:] {
		add(row[column])
	}
	return texts
}

// testLines are the lines of a file in testdata.
func testLines(t *testing.T, name string) []string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}

// canonical writes a schedule on one line: "scheduled mo-fr 09:00-17:00; th[1,3]
// 14:00-17:00; 05-01/09-30 sa 10:00-14:00; ph closed". Three days in a row and
// more are a range.
func canonical(s Schedule) string {
	var parts []string
	for _, r := range s.Rules {
		part := dayRanges(r.Days)
		if len(r.Nth) > 0 {
			part += strings.ReplaceAll(fmt.Sprint(r.Nth), " ", ",")
		}
		if !r.From.IsZero() {
			part = fmt.Sprintf("%s/%s %s", r.From, r.To, part)
		}
		parts = append(parts, fmt.Sprintf("%s %s-%s", part, r.Opens, r.Closes))
	}
	if s.Holidays != "" {
		part := "ph " + string(s.Holidays)
		for _, h := range s.HolidayHours {
			part += fmt.Sprintf(" %s-%s", h.Opens, h.Closes)
		}
		parts = append(parts, part)
	}
	for _, e := range s.Exceptions {
		part := "on " + e.Holiday
		if e.Holiday == "" {
			part = fmt.Sprintf("on %s/%s", e.From, e.To)
		}
		if e.Year != 0 {
			part += fmt.Sprint(" of ", e.Year)
		}
		for _, h := range e.Hours {
			part += fmt.Sprintf(" %s-%s", h.Opens, h.Closes)
		}
		parts = append(parts, part)
	}
	return strings.TrimSpace(string(s.Status) + " " + strings.Join(parts, "; "))
}

func dayRanges(days Days) string {
	var parts []string
	for i := 0; i < 7; i++ {
		run := 0
		for i+run < 7 && days&(1<<(i+run)) != 0 {
			run++
		}
		switch {
		case run >= 3:
			parts = append(parts, dayCodes[i]+"-"+dayCodes[i+run-1])
			i += run - 1
		case run > 0:
			parts = append(parts, dayCodes[i])
		}
	}
	return strings.Join(parts, ",")
}

// isRead reports whether the text was read, rightly or wrongly.
func (s Schedule) isRead() bool { return s.Status != CallFirst && s.Status != Unknown }

// The sample is every fifth of the distinct texts in the order of their SHA-256,
// the first 150. The second column is what a person reads:
// statuses that mean the same to a visitor stand with a bar.
func TestNothingOfTheHandCheckedSampleIsReadWrong(t *testing.T) {
	texts := published(t)
	seen, right, notRead := 0, 0, 0
	for _, line := range testLines(t, "hand_checked.tsv") {
		key, want, _ := strings.Cut(line, "\t")
		text, ok := texts[key]
		if !ok {
			continue // a text that the lists no longer have
		}
		seen++
		s := Parse(text)
		switch got := canonical(s); {
		case slices.Contains(strings.Split(want, "/"), got) || got == want:
			right++
		case !s.isRead() && !strings.HasPrefix(want, "call_first") && !strings.HasPrefix(want, "unknown"):
			notRead++
			t.Logf("%s is %q and is not read (%s)", key, want, got)
		default:
			t.Errorf("%s: %q is read %q, a person reads %q", key, text, got, want)
		}
	}
	t.Logf("%d texts: %d right, %d not read, the rest wrong", seen, right, notRead)
	if seen < 140 {
		t.Errorf("only %d texts of the sample were found", seen)
	}
}

// readable.txt has the texts that a person reads with certainty, including those
// that the reader does not read.
func TestNineOfTenReadableTextsAreRead(t *testing.T) {
	texts := published(t)
	readable := testLines(t, "readable.txt")
	found, read := 0, 0
	for _, key := range readable {
		text, ok := texts[key]
		if !ok {
			continue
		}
		found++
		if s := Parse(text); s.isRead() {
			read++
		} else {
			t.Logf("not read: %q", text)
		}
	}
	for key, text := range texts {
		if s := Parse(text); s.isRead() && !slices.Contains(readable, key) {
			t.Errorf("%q is read %q, and a person would not be sure", text, canonical(s))
		}
	}
	share := float64(read) / float64(found)
	t.Logf("%d texts, %d readable, %d read: %.1f %%", len(texts), found, read, 100*share)
	if share < 0.9 {
		t.Errorf("the share read is %.3f", share)
	}
}
