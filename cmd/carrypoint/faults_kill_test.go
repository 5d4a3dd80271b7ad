package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"carrypoint/internal/catalog"
)

func TestWhoeverIsKilledOnTheWayToThePublicHarmsNothing(t *testing.T) {
	n, random := times(t, "FAULTS_KILLS", 3), choices(t)
	v := newVictim(t, t.TempDir())
	began, finished, killed := time.Now(), 0, map[string]int{}
	for i := 0; total(killed) < n && i < 4*n; i++ { // some end before they are killed
		step := steps[total(killed)%len(steps)]
		usual := v.took[step]
		got, last := v.bring(v.edit(), harm{step: step, kill: 1 + time.Duration(random.Int64N(int64(usual+usual/8)))})
		switch {
		case got.code == 0:
			finished++
		case got.code == -1 && last == step:
			killed[step]++
		default:
			t.Errorf("%s failed by itself: %+v", last, got)
		}
		v.stands()
	}
	left := v.recovers()
	t.Logf("%d kills in %s: %v, and %d finished before they were killed; leftovers removed %d",
		total(killed), time.Since(began).Round(time.Second), killed, finished, left)
	if total(killed) < n {
		t.Errorf("%d of %d could be killed in time", total(killed), n)
	}
}

func total(counts map[string]int) (n int) {
	for _, count := range counts {
		n += count
	}
	return n
}

// TestAWriterThatIsKilled is no test but the process that the next one kills: a
// steward who works without pause, and says of each act when it is done.
func TestAWriterThatIsKilled(t *testing.T) {
	dir := os.Getenv("FAULTS_WRITER_DIR")
	if dir == "" {
		return
	}
	first, err := strconv.Atoi(os.Getenv("FAULTS_WRITER_FIRST"))
	if err != nil {
		t.Fatal(err)
	}
	d, ids := countyDesk{t, dir}, strings.Fields(os.Getenv("FAULTS_WRITER_SITES"))
	end := time.Now().Add(writerTime)
	for n := first; time.Now().Before(end); n++ {
		fmt.Printf("done %s %d\n", d.act(ids, n), n)
	}
}

// writerTime is more than the writer is left alive.
const writerTime = time.Minute

// act does the nth act of a steward.
func (d countyDesk) act(ids []string, n int) (what string) {
	d.t.Helper()
	id, why := ids[n%len(ids)], fmt.Sprint("act ", n)
	switch {
	case n%8 == 7:
		run := d.imported(d.boxes(1, 100, func(_ int, row []string) { row[7] = fmt.Sprintf("Mon-Fri 9:%02dam-5pm", n/8%60) }))
		d.run("apply", fmt.Sprint(run.Run), "--confirm", "--why", why)
		return "apply"
	case n%2 == 0:
		d.run("verify", id, "--by", "phone", "--on", "2026-11-20", "--facts", "hours", "--why", why)
		return "verify"
	}
	d.run("correct", id, "phone="+phoneOf(n), "--why", why)
	return "correct"
}

// phoneOf is a number that no box has and no act before has given.
func phoneOf(n int) string { return fmt.Sprintf("555-555-%04d", 5000+n%5000) }

func TestWhatAStewardWasToldIsDoneOutlivesAKill(t *testing.T) {
	n, random := times(t, "FAULTS_WRITES", 3), choices(t)
	d := newDesk(t)
	d.applied(d.boxes(1, 100))
	d.published()
	server := start(t, "--dir", d.dir)
	newGuard(t, server.address)
	v := &victim{t: t, dir: d.dir, desk: d}
	ids := d.ids()
	began, acts, next := time.Now(), []string{}, 0
	for i := range n {
		var done []string
		done, next = v.killAWriter(ids, next, time.Duration(random.Int64N(int64(500*time.Millisecond))), i%5 == 2)
		acts = append(acts, done...)
		v.catalogued()
		v.remembers(acts, ids)
	}
	d.published()
	t.Logf("%d kills of a writer in %s: %d acts were said to be done", n, time.Since(began).Round(time.Second), len(acts))
}

// killAWriter lets a steward work, and kills them a while after the first act
// that was done, or after they began. It gives what was done, and the number of
// an act that was not begun.
func (v *victim) killAWriter(ids []string, first int, after time.Duration, atOnce bool) (done []string, next int) {
	v.t.Helper()
	writer := exec.Command(os.Args[0], "-test.run=^TestAWriterThatIsKilled$")
	writer.Env = append(os.Environ(), "FAULTS_WRITER_DIR="+v.dir, fmt.Sprint("FAULTS_WRITER_FIRST=", first), "FAULTS_WRITER_SITES="+strings.Join(ids, " "))
	out, err := writer.StdoutPipe()
	if err != nil {
		v.t.Fatal(err)
	}
	writer.Stderr = writer.Stdout
	if err := writer.Start(); err != nil {
		v.t.Fatal(err)
	}
	if atOnce {
		time.AfterFunc(after, func() { _ = writer.Process.Kill() }) // it has ended where this fails
	}
	timer := time.AfterFunc(writerTime, func() { _ = writer.Process.Kill() })
	defer timer.Stop()
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if err == io.EOF { // what is not a whole line was not said
			break
		}
		act, said := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "done ")
		if err != nil || !said {
			v.t.Errorf("the writer said %q, %v", line, err)
			continue
		}
		if done = append(done, act); len(done) == 1 && !atOnce {
			time.AfterFunc(after, func() { _ = writer.Process.Kill() }) // as above
		}
	}
	if err := writer.Wait(); err == nil {
		v.t.Error("the writer ended by itself")
	}
	return done, first + len(done) + 1 // one more may have been done, and not been told
}

// remembers fails the test unless every act that was told is in the log of the
// catalog, and what the log tells of was done whole.
func (v *victim) remembers(acts, ids []string) {
	v.t.Helper()
	c, err := catalog.Existing(filepath.Join(v.dir, catalog.Name), time.Now)
	if err != nil {
		v.t.Fatal(err)
	}
	defer c.Close()
	events, err := c.Events(v.t.Context(), "")
	if err != nil {
		v.t.Fatal(err)
	}
	var logged []string
	count, corrected := map[string]int{}, map[string]int{}
	for _, e := range events {
		number, ours := strings.CutPrefix(e.Why, "act ")
		if !ours {
			continue
		}
		logged = append(logged, e.What+" "+number)
		count[e.What]++
		if e.What == "correct" {
			corrected[e.Subject], _ = strconv.Atoi(number)
		}
	}
	for _, act := range acts {
		if !slices.Contains(logged, act) {
			v.t.Errorf("%q was said to be done, and is lost", act)
		}
	}
	for what, query := range map[string]string{
		"verify":  "SELECT count(*) / 2 FROM verification", // of the site, and of its hours
		"correct": "SELECT count(*) FROM correction",
		"apply":   "SELECT count(*) - 1 FROM run WHERE state = 'applied'", // the first was before
	} {
		if rows := v.ask(query); rows != fmt.Sprint(count[what]) {
			v.t.Errorf("the log tells of %d times %s, and there are %s", count[what], what, rows)
		}
	}
	for _, id := range ids {
		s, err := c.Site(v.t.Context(), id)
		if err != nil {
			v.t.Fatal(err)
		}
		if n := corrected[id]; n > 0 && (len(s.Phones) == 0 || !strings.HasSuffix(s.Phones[0].Dial, phoneOf(n)[len("555-555-"):])) {
			v.t.Errorf("%s was corrected to %s, and has %+v", id, phoneOf(n), s.Phones)
		}
	}
}
