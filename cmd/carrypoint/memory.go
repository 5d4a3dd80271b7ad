package main

import (
	"runtime"
	"runtime/debug"
)

// memoryAim is what the process should stay under, so that the site of a whole
// country runs on the smallest machine that can be hired, of 256 MB. It leaves
// room for the program itself, which does not count here.
const memoryAim = 120 << 20

// settleMemory gives back what opening an edition took, and has the garbage
// collected sooner near memoryAim. Data that needs more than that gets as much
// room again for its pages: collecting all the time would serve nobody.
func settleMemory() {
	debug.FreeOSMemory()
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	debug.SetMemoryLimit(max(memoryAim, 2*int64(now.HeapAlloc)))
}
