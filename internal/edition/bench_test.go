package edition

import (
	"encoding/json"
	"fmt"
	"runtime"
	"testing"
	"time"
)

// documents gives the JSON of n sites, one after the other, without holding them.
func documents(t testing.TB, n int, f func(id string, doc []byte)) {
	t.Helper()
	some := invented(1000, ohio)
	for i := range n {
		s := some[i%len(some)]
		s.ID = fmt.Sprintf("us-oh-example-%07d", i)
		doc, err := json.Marshal(&s)
		must(t, err)
		f(s.ID, doc)
	}
}

// BenchmarkPublish writes, verifies, hashes and publishes an edition and opens it
// as a server does, and tells how long each takes and how much memory was needed
// for all but the last.
func BenchmarkPublish(b *testing.B) {
	for _, n := range []int{30_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				benchmarkPublish(b, n)
			}
		})
	}
}

func benchmarkPublish(b *testing.B, n int) {
	dir := b.TempDir()
	began, peak := time.Now(), uint64(0)
	lap := func(what string) {
		b.ReportMetric(time.Since(began).Seconds(), what+"-s")
		began = time.Now()
	}
	w, err := Create(dir, Meta{Title: "test", Made: monday})
	must(b, err)
	documents(b, n, func(id string, doc []byte) {
		must(b, w.Add(id, doc))
		if w.added%100_000 == 0 {
			peak = max(peak, systemBytes())
		}
	})
	w.finishWorking()
	lap("build")
	must(b, w.complete())
	lap("verify")
	id, err := w.name()
	must(b, err)
	lap("hash")
	peak = max(peak, systemBytes())
	p, err := Publish(dir, id, nil, monday)
	must(b, err)
	lap("publish")
	f := &Follower{Dir: dir}
	must(b, f.Begin())
	lap("open")
	if f.State().Publication != p || f.Edition().Len() != n {
		b.Errorf("it serves %+v", f.State().Publication)
	}
	b.ReportMetric(float64(peak>>20), "MB")
}

// systemBytes is the memory that Go has from the system.
func systemBytes() uint64 {
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	return now.Sys
}

// BenchmarkHide30k hides a site of a large edition.
func BenchmarkHide30k(b *testing.B) {
	e, _ := built(b, invented(30_000, ohio))
	for b.Loop() {
		if _, err := e.Without([]string{"us-oh-example-000007"}); err != nil {
			b.Fatal(err)
		}
	}
}
