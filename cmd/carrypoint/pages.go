package main

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"path"
	"strings"
	"time"

	"carrypoint/internal/edition"
	"carrypoint/internal/gazetteer"
	"carrypoint/internal/help"
	"carrypoint/internal/ingest"
	"carrypoint/internal/site"
	"carrypoint/internal/web"
	"carrypoint/internal/words"
)

type pagesCommand struct {
	Addr     string `default:"127.0.0.1:8081" help:"Address and port to listen on."`
	Chromium string `placeholder:"FILE" help:"Chromium that makes the PDF files; without it, the one on PATH."`

	EmergencyNumber emergencyNumber `placeholder:"112" help:"Number of the emergency services that pages and sheets say to call; without it, 911."`
}

// madeUp is what the pages are shown with: places, phone lines and laws that there
// are none of, and the list of pages.
//
//go:embed pages
var madeUp embed.FS

// shownAt is when all pages are shown, so that they are the same on every day:
// ten on a Tuesday morning in Ohio, where most of the made-up places are.
var shownAt = time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)

// hiddenAfter days without a check a made-up place is in no list, so that pages
// have something to say of that.
const hiddenAfter = 540

// Run serves every page until it is told to stop.
func (c *pagesCommand) Run(w world) error {
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{ReplaceAttr: hourly}))
	server, err := c.server(w, log)
	if err != nil {
		return err
	}
	return untilTold(w, c.Addr, c.Chromium, server, func(_ context.Context, at net.Addr) {
		fmt.Fprintf(w.out, "carrypoint shows every page at http://%s%s\n", at, web.GalleryPath)
	})
}

// server is the site as it ships, with made-up data in place of its own.
func (c *pagesCommand) server(w world, log *slog.Logger) (*web.Server, error) {
	w.now = func() time.Time { return shownAt }
	s, err := (&serveCommand{Lang: "en", Title: "made-up data", LeaveTo: "https://example.org/", Offline: true, EmergencyNumber: c.EmergencyNumber}).server(w, log)
	if err != nil {
		return nil, err
	}
	s.Policy.HideAfterDays = hiddenAfter
	if s.Gallery, err = inMadeUp("pages.tsv", func(b []byte) (web.Gallery, error) { return web.ReadGallery(bytes.NewReader(b)) }); err != nil {
		return nil, err
	}
	if s.Help.Lines, err = inMadeUp("lines.toml", help.ReadLines); err != nil {
		return nil, err
	}
	if err = madeUpLaw(&s.Help.Law); err != nil {
		return nil, err
	}
	settle(s.Help, s.Words, log)
	madeUpReviews(s.Help.Guides, s.Words)
	e, err := madeUpEdition(s.Places)
	if err != nil {
		return nil, err
	}
	s.Editions.Serve(e)
	return s, nil
}

func inMadeUp[T any](file string, read func([]byte) (T, error)) (T, error) {
	var none T
	content, err := madeUp.ReadFile(path.Join("pages", file))
	if err != nil {
		return none, err
	}
	v, err := read(content)
	if err != nil {
		return none, fmt.Errorf("the made-up data inside this binary: %s: %w", file, err)
	}
	return v, nil
}

// madeUpLaw puts laws that there are none of in the place of all laws.
func madeUpLaw(law *help.Law) error {
	files, err := fs.Glob(madeUp, "pages/law/*.toml")
	if err != nil {
		return err
	}
	law.Places = map[string]help.Place{}
	for _, file := range files {
		name := path.Base(file)
		if law.Places[strings.TrimSuffix(name, ".toml")], err = inMadeUp("law/"+name, help.ReadPlace); err != nil {
			return err
		}
	}
	return nil
}

// madeUpReviews has one guide that was reviewed lately, one that was reviewed too
// long ago, and a translation that somebody checked. Nobody answers for the others,
// as it is today.
func madeUpReviews(guides map[string]help.Guide, all *words.Catalog) {
	review := func(name string, on site.Date) {
		g := guides[name]
		g.ReviewedBy, g.ReviewedOn, g.ReviewedWords = "Example Nurse", on, g.Sum(all.Language(words.Master).T)
		guides[name] = g
	}
	review("strips", "2026-11-10")
	review("go", "2025-09-15")
	all.Language("fr").Review = words.Review{Reviewer: "Example Translator", On: "2026-11-10"}
}

// madeUpEdition has places of every kind and of every age. What no file of sites
// says, because the catalog does, is said here.
func madeUpEdition(places *gazetteer.Gazetteer) (*edition.Edition, error) {
	dataset, err := inMadeUp("sites.csv", func(b []byte) (*ingest.Dataset, error) {
		return ingest.CSV(bytes.NewReader(b), ingest.Places{Gazetteer: places})
	})
	if err != nil {
		return nil, err
	}
	dayton, _ := places.Area("us", "oh", "dayton")
	for i := range dataset.Sites {
		switch s := &dataset.Sites[i]; s.ID {
		case "us-oh-aspen-fresh":
			s.Devices, s.Source.Licence = 3, "CC BY 4.0"
		case "us-oh-elder-missing":
			s.MissingSince = "2026-11-20"
		case "us-oh-fig-area":
			withhold(s, site.RevealArea, dayton)
		case "us-oh-grape-contact":
			withhold(s, site.RevealContact, dayton)
		}
	}
	image, err := edition.Build(edition.Meta{Title: "made-up data", Made: shownAt.Truncate(24 * time.Hour)}, dataset.Sites)
	if err != nil {
		return nil, err
	}
	return edition.Open(image)
}

func withhold(s *site.Site, reveal site.Reveal, town gazetteer.Place) {
	s.Consent.Position = reveal
	s.Withhold(site.Position{Point: town.Point, Precision: site.AtTown, Of: town.Name})
}
