//go:build race

package web

// raceDetector says that everything takes several times as long as it does.
const raceDetector = true
