package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"testing"
)

// What may be resident, so that the site runs on the smallest machine that can
// be hired.
const (
	maxResident = 150 << 20
	visits      = 2000
)

var resident = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)

func residentBytes(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	line := resident.FindSubmatch(status)
	if line == nil {
		t.Fatalf("no VmRSS in %s", status)
	}
	kilobytes, err := strconv.Atoi(string(line[1]))
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes << 10
}

func TestServingStaysSmall(t *testing.T) {
	server := start(t)
	fresh := residentBytes(t, server.Process.Pid)
	crowd := &crowd{address: server.address}
	crowd.visit(t, visits)
	used := residentBytes(t, server.Process.Pid)
	t.Logf("resident memory: %d MB at start, %d MB after %d requests", fresh>>20, used>>20, visits)
	if used > maxResident {
		t.Errorf("resident memory is %d bytes, more than %d", used, maxResident)
	}
}
