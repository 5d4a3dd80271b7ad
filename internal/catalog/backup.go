package catalog

import (
	"context"
	"fmt"
	"os"
)

// Backup writes a whole copy of the catalog into a new file, while it is in use.
func (c *Catalog) Backup(ctx context.Context, path string) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%w: %s is there already; choose a new name, such as one with today's date", ErrState, path)
	}
	if _, err := c.db.ExecContext(ctx, "VACUUM INTO ?", path); err != nil {
		return fmt.Errorf("copying the catalog to %s: %w", path, err)
	}
	return nil
}
