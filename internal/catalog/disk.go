package catalog

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
)

// errFull is the system's own word for a full disk.
var errFull = syscall.ENOSPC

// tryFolder writes into the catalog's folder and takes it away again, to learn
// from the system why the database could not: its own errors don't tell.
func (c *Catalog) tryFolder() error {
	f, err := os.CreateTemp(filepath.Dir(c.path), ".try-*")
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, 1<<16))
	return errors.Join(err, f.Sync(), f.Close(), os.Remove(f.Name()))
}
