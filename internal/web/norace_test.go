//go:build !race

package web

// raceDetector says that everything takes as long as it does.
const raceDetector = false
