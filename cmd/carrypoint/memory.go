package main

import (
	"runtime"
	"runtime/debug"
)

// memoryAim is what the process should stay under, so that the site of a whole
// country runs on the smallest machine that can be hired, of 256 MB. It leaves
// room for the program itself, which does not count here.
const memoryAim = 112 << 20

// settleMemory gives back what opening an edition took, and has the garbage
// collected sooner near memoryAim. Data that leaves less than a third of that to
// pages gets half its size for them: collecting all the time would serve nobody.
func settleMemory() {
	debug.FreeOSMemory()
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	debug.SetMemoryLimit(max(memoryAim, int64(now.HeapAlloc)*3/2))
}
