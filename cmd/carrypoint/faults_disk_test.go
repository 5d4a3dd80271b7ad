//go:build unix

package main

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// canNotGrow is a full disk for whoever may not mount one: a file may grow to
// some length, at which writing fails.
func canNotGrow(t *testing.T, n int) {
	random := choices(t)
	v := newVictim(t, t.TempDir())
	began, failed := time.Now(), 0
	for i := range n {
		blocks := 1 << random.IntN(longestInBlocks)
		step := steps[i%len(steps)]
		got, last := v.bring(v.edit(), harm{step: step, under: []string{"sh", "-c", `ulimit -f "$0" && exec "$@"`, fmt.Sprint(blocks)}})
		if got.code != 0 {
			failed++
			v.saidWhy(got, last, step, "file too large", "disk i/o error", "disk is full")
		}
		v.stands()
	}
	if failed == 0 {
		t.Error("no file came to its limit")
	}
	v.recovers()
	t.Logf("%d limits in %s: %d steps failed and said why", n, time.Since(began).Round(time.Second), failed)
}

// longestInBlocks is the power of two above the longest file of a step, in blocks
// of ulimit, which have 512 bytes.
const longestInBlocks = 11

// saidWhy fails the test unless it was the harmed step that failed, with a
// sentence that names the cause by one of some words.
func (v *victim) saidWhy(got ending, step, harmed string, words ...string) {
	v.t.Helper()
	if step != harmed && harmed != "" {
		v.t.Errorf("%s failed, and nothing was done to it: %+v", step, got)
		return
	}
	wellSaid := (got.code == exitFailed || got.code == exitUsage) && strings.Contains(got.log, "carrypoint: ") && strings.Count(got.log, "\n") == 1
	for _, w := range words {
		if wellSaid && strings.Contains(strings.ToLower(got.log), w) {
			return
		}
	}
	v.t.Errorf("%s failed without a sentence that names the cause (%q): %+v", step, words, got)
}
