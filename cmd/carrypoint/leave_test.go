package main

import (
	"strings"
	"testing"
)

func TestTheWayOutLeadsToAPageOfAnotherSite(t *testing.T) {
	for address, good := range map[string]bool{
		"https://www.weather.gov/": true, "https://example.org/weather?in=here": true,
		"": false, "/": false, "weather.gov": false, "http://example.org/": false, "javascript:alert(1)": false, "https://": false, "https://name@example.org/": false,
	} {
		err := leadsAway(address)
		if good != (err == nil) {
			t.Errorf("%q: %v", address, err)
		}
		if err != nil && !strings.Contains(err.Error(), "--leave-to") {
			t.Errorf("%q: the error does not say what to change: %v", address, err)
		}
	}
}

func TestACodeOnPaperLeadsToASite(t *testing.T) {
	for address, good := range map[string]bool{
		"": true, "https://example.org": true, "https://example.org/": true, "https://example.org/supplies": true, "http://10.0.0.7:8080": true,
		"example.org": false, "/": false, "https://": false, "ftp://example.org": false, "https://name@example.org": false, "https://example.org/?a=b": false, "https://example.org/#here": false,
	} {
		err := isSite(address)
		if good != (err == nil) {
			t.Errorf("%q: %v", address, err)
		}
		if err != nil && !strings.Contains(err.Error(), "--url") {
			t.Errorf("%q: the error does not say what to change: %v", address, err)
		}
	}
}
