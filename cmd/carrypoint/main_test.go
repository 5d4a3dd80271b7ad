package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

// TestMain clears the variables of flags: those of whoever runs the tests must
// not change what they say.
func TestMain(m *testing.M) {
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "CARRYPOINT_") {
			_ = os.Unsetenv(name) // a name that is there can be unset
		}
	}
	code := m.Run()
	_ = os.RemoveAll(binaryFolder()) // the system clears its folder of temporary files too
	os.Exit(code)
}

// monday is ten in the morning in California, on a day without a holiday.
var monday = time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)

// An ending is what a command left behind.
type ending struct {
	code     int
	out, log string
}

// command runs a command in this process, at the same moment each time.
func command(args ...string) ending {
	var out, log bytes.Buffer
	code := run(world{context.Background(), &out, &log, func() time.Time { return monday }}, args)
	return ending{code, out.String(), log.String()}
}

// wantSentence fails unless a command failed with one line that says all of this.
func wantSentence(t *testing.T, got ending, code int, says ...string) {
	t.Helper()
	if got.code != code || got.out != "" {
		t.Errorf("code %d, want %d; it printed %q", got.code, code, got.out)
	}
	if !strings.HasPrefix(got.log, "carrypoint: ") || strings.Count(got.log, "\n") != 1 {
		t.Errorf("no sentence of one line: %q", got.log)
	}
	for _, part := range says {
		if !strings.Contains(got.log, part) {
			t.Errorf("it says %q and not %q", got.log, part)
		}
	}
}

func TestAWrongCommandLineIsRefusedWithASentence(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		says []string
	}{
		"an unknown flag":                {[]string{"serve", "--bogus"}, []string{"unknown flag --bogus", "carrypoint --help"}},
		"an unknown flag and no command": {[]string{"--bogus"}, []string{"unknown flag --bogus"}},
		"a flag with a slip":             {[]string{"find", "94103", "--limt", "3"}, []string{"did you mean", "--limit"}},
		"an unknown command":             {[]string{"bogus"}, []string{"bogus"}},
		"no text to find":                {[]string{"find"}, []string{"<text>"}},
		"edition without a verb":         {[]string{"edition"}, []string{"build", "verify", "show"}},
		"a build without a folder":       {[]string{"edition", "build"}, []string{"--dir"}},
		"a build into no name":           {[]string{"edition", "build", "--dir", ""}, []string{"--dir is empty", "name the folder"}},
		"an unknown need":                {[]string{"find", "94103", "--need", "narcan"}, []string{`"narcan" is no supply`, "naloxone", "fentanyl_test_strips", "drug_checking"}},
		"one unknown need of two":        {[]string{"find", "94103", "--need", "naloxone,strips"}, []string{`"strips" is no supply`}},
		"a limit of none":                {[]string{"find", "94103", "--limit", "0"}, []string{"--limit is 0", "1 to 1000"}},
		"a limit of too many":            {[]string{"find", "94103", "--limit", "1001"}, []string{"--limit is 1001", "1 to 1000"}},
		"a limit in words":               {[]string{"find", "94103", "--limit", "ten"}, []string{"--limit", `"ten"`}},
		"a moment that is none":          {[]string{"hours", "24/7", "--at", "noon"}, []string{"--at", `"noon"`, "2026-11-23T10:00"}},
		"a day that does not exist":      {[]string{"hours", "24/7", "--at", "2026-02-30T10:00"}, []string{"--at"}},
		"a country without holidays":     {[]string{"hours", "24/7", "--country", "MX"}, []string{"--country", "US", "CA", "MX"}},
	} {
		t.Run(name, func(t *testing.T) { wantSentence(t, command(c.args...), exitUsage, c.says...) })
	}
}

func TestAWrongVariableIsRefusedByItsName(t *testing.T) {
	for name, c := range map[string]struct{ variable, value string }{
		"a limit in words":      {"CARRYPOINT_LIMIT", "ten"},
		"a need that is none":   {"CARRYPOINT_NEED", "narcan"},
		"a yes that is neither": {"CARRYPOINT_JSON", "perhaps"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(c.variable, c.value)
			wantSentence(t, command("find", "94103"), exitUsage, c.variable, c.value)
		})
	}
}

func TestFlagsAreReadFromVariables(t *testing.T) {
	t.Setenv("CARRYPOINT_JSON", "true")
	t.Setenv("CARRYPOINT_AT", "2026-12-25T10:00")
	t.Setenv("CARRYPOINT_COUNTRY", "CA")
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"all from variables":           {[]string{"hours", "Mon-Fri 9-5; closed on holidays"}, `"open":"closed"}`},
		"a flag is above its variable": {[]string{"hours", "Mon-Fri 9-5; closed on holidays", "--at", "2026-11-23T10:00"}, `"open":"open"}`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := command(c.args...); got.code != 0 || !strings.HasSuffix(got.out, c.want+"\n") {
				t.Errorf("got %+v, want %s", got, c.want)
			}
		})
	}
}

func TestHelpNamesEveryCommandAndTheVariables(t *testing.T) {
	for _, c := range []struct {
		args []string
		want []string
	}{
		{[]string{"--help"}, []string{"serve", "find <text>", "place <text>", "hours <text>", "edition build", "edition verify", "edition show", "keys new", "version"}},
		{[]string{"serve", "--help"}, []string{"$CARRYPOINT_ADDR", "$CARRYPOINT_DIR", "$CARRYPOINT_LANG", "$CARRYPOINT_TITLE", "$CARRYPOINT_VERIFY_KEY", "$CARRYPOINT_POLICY"}},
	} {
		got := command(c.args...)
		if got.code != 0 {
			t.Errorf("%v: code %d", c.args, got.code)
		}
		for _, part := range c.want {
			if !strings.Contains(got.out, part) {
				t.Errorf("%v does not tell of %s", c.args, part)
			}
		}
	}
}

func TestVersion(t *testing.T) {
	if got := command("version"); got.code != 0 || !strings.HasPrefix(got.out, "carrypoint ") || !strings.Contains(got.out, "go1.") {
		t.Errorf("got %+v", got)
	}
}

// A lost page is a writer that takes nothing.
type lost struct{}

func (lost) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

func TestAnAnswerThatCanNotBeWrittenIsAFailure(t *testing.T) {
	for _, args := range [][]string{{"hours", "24/7"}, {"hours", "24/7", "--json"}, {"version"}} {
		var log bytes.Buffer
		code := run(world{context.Background(), lost{}, &log, time.Now}, args)
		wantSentence(t, ending{code: code, log: log.String()}, exitFailed, "the answer could not be written", "no space left")
	}
}
