package catalog

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the database to the newest form, each step in a transaction of
// its own. A database of a newer program is refused.
func (c *Catalog) migrate() error {
	steps, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	ctx := context.Background()
	var done int
	if err := c.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&done); err != nil {
		return err
	}
	if done > len(steps) {
		return fmt.Errorf("it was written by a newer carrypoint (form %d, this one knows %d); use that one", done, len(steps))
	}
	for _, step := range steps[done:] {
		if err := c.migrateBy(ctx, step); err != nil {
			return fmt.Errorf("%s: %w", step, err)
		}
	}
	return nil
}

func (c *Catalog) migrateBy(ctx context.Context, step string) error {
	statements, err := fs.ReadFile(migrations, step)
	if err != nil {
		return err
	}
	number, _, _ := strings.Cut(strings.TrimPrefix(step, "migrations/"), "_")
	n, err := strconv.Atoi(number)
	if err != nil {
		return err
	}
	return c.write(ctx, func(tx *sql.Tx) error {
		var done int // another process may have been here since
		if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&done); err != nil || done >= n {
			return err
		}
		_, err := tx.ExecContext(ctx, string(statements)+fmt.Sprintf("PRAGMA user_version=%d;", n))
		return err
	})
}
