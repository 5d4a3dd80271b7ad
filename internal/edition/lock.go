package edition

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// lockName is the file that whoever changes what a folder has in force holds.
// It is empty, and stays.
const lockName = ".lock"

// lockWait is how long somebody else may hold it. A publication takes seconds,
// with the hash of a large edition.
const lockWait = 60_000 // milliseconds

// locked runs f while nobody else does so in the same folder. The lock is that
// of the database: it is the same on every system, and ends with the process.
func locked(dir string, f func() error) error {
	path := filepath.Join(dir, lockName)
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return connected(named(path, fmt.Sprintf("mode=rw&_pragma=busy_timeout(%d)", lockWait)), func(conn *sql.Conn) error {
		ctx := context.Background()
		if _, err := conn.ExecContext(ctx, "BEGIN EXCLUSIVE"); err != nil {
			return fmt.Errorf("%s is being changed by another program; try again when it has ended: %w", dir, onItsDisk(err))
		}
		err := f()
		_, unlock := conn.ExecContext(ctx, "ROLLBACK") // of nothing
		return errors.Join(err, unlock)
	})
}
