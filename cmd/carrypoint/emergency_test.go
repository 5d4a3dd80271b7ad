package main

import (
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"carrypoint/internal/web"
)

// american is the number of the United States, by itself and not in a longer one.
var american = regexp.MustCompile(`(^|[^0-9-])911([^0-9-]|$)`)

func TestOneFlagSaysWhomASiteSaysToCall(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	for name, server := range map[string]func(emergencyNumber) (*web.Server, error){
		"serve": func(n emergencyNumber) (*web.Server, error) {
			return (&serveCommand{Lang: "en", EmergencyNumber: n}).server(world{now: time.Now}, log)
		},
		"pages": func(n emergencyNumber) (*web.Server, error) {
			return (&pagesCommand{EmergencyNumber: n}).server(world{}, log)
		},
	} {
		for number, calls := range map[emergencyNumber]string{"": "tel:911", "112": "tel:112"} {
			t.Run(name+" "+calls, func(t *testing.T) {
				s, err := server(number)
				if err != nil {
					t.Fatal(err)
				}
				w := httptest.NewRecorder()
				s.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/overdose", nil))
				page := w.Body.String()
				if !strings.Contains(page, calls) || american.MatchString(page) != (number == "") {
					t.Errorf("the steps do not call %s, or another", calls)
				}
			})
		}
	}
}

func TestAnEmptyVariableIsNoNumber(t *testing.T) {
	t.Setenv("CARRYPOINT_EMERGENCY_NUMBER", "")
	file := filepath.Join(t.TempDir(), "cards.html")
	if got := command("print", "45402", "--older", "--format", "cards", "-o", file); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	if !strings.Contains(string(read(t, file)), "Call 911") {
		t.Error("the sheet does not name the number in the data")
	}
}

func TestASheetNamesTheNumberThatItIsGiven(t *testing.T) {
	for _, format := range []string{"list", "cards", "zine", "tearoff", "poster"} {
		file := filepath.Join(t.TempDir(), format+".html")
		got := command("print", "45402", "--older", "--format", format, "--lang", "en,es", "--emergency-number", "112", "-o", file)
		if got.code != 0 {
			t.Fatalf("%+v", got)
		}
		if page := string(read(t, file)); !strings.Contains(page, "Call 112") || american.MatchString(page) {
			t.Errorf("%s: the sheet does not name 112, or another number", format)
		}
	}
}

func TestANumberThatNoEmergencyServicesHaveIsRefused(t *testing.T) {
	for _, number := range []string{"1", "11222", "555-0100", "none"} {
		for _, args := range [][]string{{"serve"}, {"pages"}, {"print", "45402"}} {
			wantSentence(t, command(append(args, "--emergency-number", number)...), exitUsage, "--emergency-number", number, "two to four")
		}
	}
}
