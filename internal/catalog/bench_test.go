package catalog

import (
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"testing"
	"time"

	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

// many gives n drafts without holding them.
func many(n int) iter.Seq2[record.Draft, error] {
	return func(yield func(record.Draft, error) bool) {
		for i := range n {
			if !yield(box(i+1), nil) {
				return
			}
		}
	}
}

// BenchmarkRun makes, applies and lists a first run, and makes one more of the
// same file. The time of each step is a metric, in nanoseconds a site.
func BenchmarkRun(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint(n, " sites"), func(b *testing.B) {
			for b.Loop() {
				c, err := Open(filepath.Join(b.TempDir(), Name), time.Now)
				if err != nil {
					b.Fatal(err)
				}
				step := func(name string, f func() error) {
					began := time.Now()
					if err := f(); err != nil {
						b.Fatal(name, err)
					}
					b.ReportMetric(float64(time.Since(began).Nanoseconds())/float64(n), "ns/site-"+name)
				}
				run := new(Run)
				step("import", func() (err error) {
					run, err = c.Import(ctx, county, Input{Address: county.Address}, steward, many(n))
					return err
				})
				step("apply", func() error { _, err := c.Apply(ctx, run.ID, steward, false); return err })
				step("list", func() error {
					l, err := c.Listing(ctx, func(*site.Site) site.Position { return site.Position{} })
					if err != nil {
						return err
					}
					return errors.Join(l.Each(ctx, func(string, []byte) error { return nil }), l.Close())
				})
				step("again", func() error {
					_, err := c.Import(ctx, county, Input{Address: county.Address}, steward, many(n))
					return err
				})
				if err := c.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
