package fetch

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// batchSize is how many features are asked for by their numbers at a time, so
// that an address stays under the 2,000 characters that every server takes.
const batchSize = 100

// batches reads a layer of a server that has no pages: all numbers first, then
// the features by their numbers.
func (g *gathering) batches(ctx context.Context) error {
	count, err := g.count(ctx)
	if err != nil {
		return err
	}
	ids, err := g.ids(ctx)
	if err != nil {
		return err
	}
	if len(ids) != count {
		return fmt.Errorf("%w: it says that the layer has %d features, and numbers %d", ErrUnreliable, count, len(ids))
	}
	for batch := range slices.Chunk(ids, min(batchSize, g.layer.pageSize())) {
		p, err := g.page(ctx, url.Values{"objectIds": {joined(batch)}})
		if err != nil {
			return err
		}
		if err := g.checkBatch(batch, p); err != nil {
			return err
		}
		if err := g.add(p, g.out.rows); err != nil {
			return err
		}
	}
	return g.checkCount(count)
}

// ids are the numbers of all features, in order.
func (g *gathering) ids(ctx context.Context) (ids []int64, err error) {
	var column string
	u := g.address.query(url.Values{"f": {"json"}, "where": {g.address.where}, "returnIdsOnly": {"true"}})
	err = g.visit.ask(ctx, u, nil, func(body []byte) (err error) {
		column, ids, err = parseIDs(body)
		return err
	})
	if err != nil {
		return nil, err
	}
	if g.layer.objectID() == "" {
		g.layer.ObjectIDField = column
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// checkBatch compares what was asked for with what came.
func (g *gathering) checkBatch(asked []int64, p *featurePage) error {
	came := map[string]bool{}
	for _, f := range p.features {
		came[f.id] = true
	}
	missing := 0
	for _, id := range asked {
		if !came[strconv.FormatInt(id, 10)] {
			missing++
		}
	}
	switch {
	case missing > 0:
		return fmt.Errorf("%w: asked for %d features by their numbers, it leaves out %d", ErrUnreliable, len(asked), missing)
	case len(p.features) > len(asked):
		return fmt.Errorf("%w: asked for %d features by their numbers, it gives %d", ErrUnreliable, len(asked), len(p.features))
	}
	return nil
}

func joined(ids []int64) string {
	texts := make([]string, len(ids))
	for i, id := range ids {
		texts[i] = strconv.FormatInt(id, 10)
	}
	return strings.Join(texts, ",")
}
