package main

import "testing"

func TestHoursInJSON(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"a week":              {"Mon-Fri 9-5", `{"status":"scheduled","rules":[{"days":["mo","tu","we","th","fr"],"opens":"09:00","closes":"17:00"}],"open":"open"}`},
		"some weeks":          {"1st and 3rd Mon 9am-5pm", `{"status":"scheduled","rules":[{"days":["mo"],"opens":"09:00","closes":"17:00","nth":[1,3]}],"open":"closed"}`},
		"the last, midnight":  {"last Friday 5pm-midnight", `{"status":"scheduled","rules":[{"days":["fr"],"opens":"17:00","closes":"24:00","nth":[-1]}],"open":"closed"}`},
		"into the next day":   {"Friday 10pm-2am", `{"status":"scheduled","rules":[{"days":["fr"],"opens":"22:00","closes":"02:00"}],"open":"closed"}`},
		"a split day":         {"Mon 9am-12pm and 1pm-5pm", `{"status":"scheduled","rules":[{"days":["mo"],"opens":"09:00","closes":"12:00"},{"days":["mo"],"opens":"13:00","closes":"17:00"}],"open":"open"}`},
		"always":              {"24/7", `{"status":"always_open","rules":[],"open":"open"}`},
		"by appointment":      {"by appointment only", `{"status":"by_appointment","rules":[],"open":"unknown"}`},
		"a call is needed":    {"call for hours", `{"status":"call_first","rules":[],"open":"unknown"}`},
		"nothing about hours": {"purple monkey", `{"status":"unknown","rules":[],"open":"unknown"}`},
		"nothing at all":      {"", `{"status":"unknown","rules":[],"open":"unknown"}`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := command("hours", c.text, "--at", "2026-11-23T10:00", "--json"); got != (ending{0, c.want + "\n", ""}) {
				t.Errorf("got  %+v\nwant %s", got, c.want)
			}
		})
	}
}

func TestHoursInWords(t *testing.T) {
	for text, want := range map[string]string{
		"Mon-Fri 9-5":             "scheduled, open at Monday 10:00\n  mo tu we th fr 09:00 to 17:00\n",
		"1st and 3rd Mon 9am-5pm": "scheduled, closed at Monday 10:00\n  mo 09:00 to 17:00, of the month only [1 3] (-1 is the last)\n",
		"Mon 9-5 May to Sep":      "scheduled, closed at Monday 10:00\n  mo 09:00 to 17:00, from 05-01 to 09-30\n",
		"24/7":                    "always_open, open at Monday 10:00\n",
	} {
		if got := command("hours", text, "--at", "2026-11-23T10:00"); got != (ending{0, want, ""}) {
			t.Errorf("%s: got %+v\nwant %s", text, got, want)
		}
	}
}

func TestWithoutAMomentHoursAreAskedOfNow(t *testing.T) {
	want := ending{0, "always_open, open at " + monday.Format("Monday 15:04") + "\n", ""}
	if got := command("hours", "24/7"); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
