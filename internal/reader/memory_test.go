package reader

import (
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// peakDuring is how many bytes of live memory some work adds at most, as far as
// a look every few milliseconds can see.
func peakDuring(work func()) uint64 {
	defer debug.SetGCPercent(debug.SetGCPercent(5)) // garbage is not what is looked for
	runtime.GC()
	before := inUse()
	var peak atomic.Uint64
	done := make(chan struct{})
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
				if now := inUse(); now > peak.Load() {
					peak.Store(now)
				}
			}
		}
	}()
	work()
	close(done)
	<-stopped
	if peak.Load() < before {
		return 0
	}
	return peak.Load() - before
}

// allocatedBy is how many bytes some work takes in all, what it gives back included.
func allocatedBy(work func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
