package edition

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// keepEditions is how many editions a folder keeps to go back to: ten days, with
// one a day.
const keepEditions = 10

// tidy removes from a data folder what crashes left, and the editions that no
// longer can be gone back to: all but the one in force and the last ones
// published. One that was built a moment ago is about to be published, and stays.
func tidy(dir string, inForce Publication) error {
	all, _ := Publications(dir, nil) // by any key; what can't be read tells of no edition
	keep := []string{inForce.Edition}
	newest := map[string]Publication{}
	for _, p := range slices.Backward(all) {
		newest[p.Edition] = p
	}
	for _, p := range all {
		if len(keep) < keepEditions && !slices.Contains(keep, p.Edition) {
			keep = append(keep, p.Edition)
		}
	}
	folder := filepath.Join(dir, editionsFolder)
	entries, err := os.ReadDir(folder)
	failed := []error{err}
	for _, entry := range entries {
		id := idOfPath(entry.Name())
		if filepath.Ext(entry.Name()) != extension || !editionID.MatchString(id) || slices.Contains(keep, id) {
			continue
		}
		if path := filepath.Join(folder, entry.Name()); !justBuilt(path, publicationPath(dir, newest[id].Seq)) {
			failed = append(failed, gone(os.Remove(path)))
		}
	}
	return errors.Join(append(failed, removeUnfinished(dir))...)
}

// justBuilt says whether an edition was built a moment ago and, since then, not
// published.
func justBuilt(path, publication string) bool {
	built, err := os.Stat(path)
	if err != nil || time.Since(built.ModTime()) > asideTimeout {
		return false
	}
	published, err := os.Stat(publication)
	return err != nil || built.ModTime().After(published.ModTime())
}

// gone makes no error of a file that somebody else has removed.
func gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
