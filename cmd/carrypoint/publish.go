package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"carrypoint/internal/catalog"
	"carrypoint/internal/edition"
	"carrypoint/internal/gazetteer"
	"carrypoint/internal/site"
)

// A publishing is what an edition is made with.
type publishing struct {
	Title string `default:"carrypoint" help:"What the edition is called."`
	signing
}

// A signing is the key that publications are signed with.
type signing struct {
	Key string `help:"File of the private key to sign with; without it nothing is signed."`
}

type publishCommand struct {
	desk
	publishing
}

// errNothing says that there is nothing to publish.
var errNothing = errors.New("nothing in the catalog may be published")

// Run makes an edition of everything that is in force, and switches to it.
func (c *publishCommand) Run(w world) error {
	return c.with(w, func(cat *catalog.Catalog) error {
		p, err := c.publish(w, cat, c.Dir)
		if err != nil {
			return err
		}
		if c.JSON {
			return printJSON(w, p)
		}
		fmt.Fprintf(w.out, "edition %.12s: %d places; it is publication %d of %s\n", p.Edition, p.Sites, p.Seq, c.Dir)
		return nil
	})
}

// publish builds, checks, signs and switches. What was in force stays where
// anything fails.
func (c publishing) publish(w world, cat *catalog.Catalog, dir string) (edition.Publication, error) {
	key, err := signingKey(c.Key)
	if err != nil {
		return edition.Publication{}, err
	}
	id, listing, err := c.build(w, cat, dir)
	if err != nil {
		return edition.Publication{}, fmt.Errorf("%w; what %s publishes is as it was", err, dir)
	}
	p, err := edition.Publish(dir, id, key, w.now())
	if err != nil && p.Seq == 0 {
		return p, err
	}
	return p, errors.Join(err, cat.Published(w.ctx, catalog.Act{Who: "publish"}, listing, strconv.FormatInt(p.Seq, 10)))
}

// build makes an edition of what the catalog lists, and leaves it aside. The
// listing is closed.
func (c publishing) build(w world, cat *catalog.Catalog, dir string) (id string, listing *catalog.Listing, err error) {
	places, err := shippedPlaces()
	if err != nil {
		return "", nil, err
	}
	if listing, err = cat.Listing(w.ctx, middleOf(places)); err != nil {
		return "", nil, err
	}
	defer func() { err = errors.Join(err, listing.Close()) }()
	id, err = c.write(w, listing, dir)
	return id, listing, err
}

func (c publishing) write(w world, listing *catalog.Listing, dir string) (id string, err error) {
	n, err := listing.Len(w.ctx)
	switch {
	case err != nil:
		return "", err
	case n == 0:
		return "", errNothing
	}
	out, err := edition.Create(dir, edition.Meta{Title: c.Title, Made: w.now().UTC().Truncate(time.Second)})
	if err != nil {
		return "", err
	}
	bar := newProgress(w, "places written", int64(n))
	defer bar.end()
	err = listing.Each(w.ctx, func(id string, doc []byte) error {
		bar.add(1)
		return out.Add(id, doc)
	})
	if err != nil {
		return "", errors.Join(err, out.Abort())
	}
	return out.Finish()
}

// middleOf gives the middle of a site's town, for one whose spot is not shown.
func middleOf(places *gazetteer.Gazetteer) func(*site.Site) site.Position {
	return func(s *site.Site) site.Position {
		town, ok := places.Area(strings.ToLower(s.Address.Country), strings.ToLower(s.Address.Region), s.Address.Town)
		if s.Address.Town == "" || !ok {
			return site.Position{}
		}
		return site.Position{Point: town.Point, Precision: site.AtTown, Of: town.Name}
	}
}
