package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestLongWorkTellsPlainLinesWhereThereIsNoTerminal(t *testing.T) {
	at := monday
	var log bytes.Buffer
	p := newProgress(world{context.Background(), nil, &log, func() time.Time { return at }}, "rows read", -1)
	for range 40 {
		at = at.Add(time.Second)
		p.add(timeEvery)
	}
	p.end()
	if want := "rows read: 10240\nrows read: 20480\nrows read: 30720\nrows read: 40960\n"; log.String() != want {
		t.Errorf("it told %q, want %q", log.String(), want)
	}
}

func TestWorkThatEndsSoonTellsNothing(t *testing.T) {
	var log bytes.Buffer
	p := newProgress(world{context.Background(), nil, &log, func() time.Time { return monday }}, "rows read", -1)
	p.add(100_000)
	p.end()
	if log.Len() > 0 {
		t.Errorf("it told %q", log.String())
	}
}

func TestABackupIsACatalogThatCanBeUsed(t *testing.T) {
	d := newDesk(t)
	d.applied(d.boxes(1, 3))
	other := t.TempDir()
	d.plain("backup", filepath.Join(other, "catalog.sqlite"))
	if got := command("publish", "--dir", other); got.code != 0 || !strings.Contains(got.out, "3 places") {
		t.Errorf("code %d: %s%s", got.code, got.out, got.log)
	}
	wantSentence(t, command("backup", filepath.Join(other, "catalog.sqlite"), "--dir", d.dir), exitFailed, "is there already")
}
