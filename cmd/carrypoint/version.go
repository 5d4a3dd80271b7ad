package main

import (
	"fmt"
	"runtime/debug"
)

type versionCommand struct{}

// Run prints the version that the build recorded.
func (versionCommand) Run(w world) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return fmt.Errorf("this build recorded no version")
	}
	version, revision := info.Main.Version, ""
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			revision = " " + s.Value
		}
	}
	if version == "" {
		version = "(devel)"
	}
	_, err := fmt.Fprintf(w.out, "carrypoint %s%s, %s\n", version, revision, info.GoVersion)
	return err
}
