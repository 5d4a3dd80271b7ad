package web

import (
	"net/http"
	"regexp"
	"testing"
)

var scriptPath = regexp.MustCompile(`<script[^>]* src="([^"]+)"`)

func TestThePagesAskForLittleScript(t *testing.T) {
	h := invented().Handler()
	asked := 0
	for _, path := range []string{"/", "/near/45402", "/site/us-oh-alder-machine", "/overdose", "/strips", "/print/us/oh/dayton", "/print/us/oh/dayton/list", "/languages"} {
		sent := 0
		for _, found := range scriptPath.FindAllStringSubmatch(fetch(t, h, path).html, -1) {
			script := fetch(t, h, found[1])
			if script.status != http.StatusOK || script.header.Get("Content-Encoding") != "gzip" {
				t.Errorf("%s asks for %s: %d, encoded as %q", path, found[1], script.status, script.header.Get("Content-Encoding"))
			}
			sent += script.sent
			asked++
		}
		if sent > maxScriptBytes {
			t.Errorf("%s asks for %d bytes of script, at most %d may be", path, sent, maxScriptBytes)
		}
	}
	if asked == 0 {
		t.Error("no page asks for a script: then this test is of no use")
	}
}
