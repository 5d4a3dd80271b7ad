package pdf

import (
	"fmt"
	"os/exec"
)

// names are what distributions call the browser.
var names = []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome"}

// Find says where the browser is: at the path that was given, else the first on PATH that has one of its
// names. Where there is none the error is ErrNone.
func Find(path string) (string, error) {
	if path != "" {
		found, err := exec.LookPath(path)
		if err != nil {
			return "", fmt.Errorf("%w (%w)", ErrNone, err)
		}
		return found, nil
	}
	for _, name := range names {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	return "", ErrNone
}
