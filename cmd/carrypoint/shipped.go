package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"path"
	"sync"
	"time"

	"carrypoint/data"
	"carrypoint/internal/draw"
	"carrypoint/internal/edition"
	"carrypoint/internal/gazetteer"
	"carrypoint/internal/help"
	"carrypoint/internal/ingest"
	"carrypoint/internal/site"
	"carrypoint/internal/web"
	"carrypoint/internal/words"
)

// What ships inside the binary, by its path in package data.
const (
	sitesFile   = "sites/points.csv"
	placesFile  = "gazetteer/places.tsv.gz"
	basemapFile = "basemap/basemap.bin.gz"
	policyFile  = "policy/freshness.toml"
	wordsFolder = "words"
)

func shipped[T any](file string, read func([]byte) (T, error)) (T, error) {
	var none T
	content, err := fs.ReadFile(data.Files, file)
	if err != nil {
		return none, fmt.Errorf("the data inside this binary: %w", err)
	}
	v, err := read(content)
	if err != nil {
		return none, fmt.Errorf("the data inside this binary: %s: %w", file, err)
	}
	return v, nil
}

// shippedPlaces is opened once in a process: it never changes and opening it is
// most of the work of a command.
var shippedPlaces = sync.OnceValues(func() (*gazetteer.Gazetteer, error) {
	return shipped(placesFile, func(b []byte) (*gazetteer.Gazetteer, error) { return gazetteer.Open(bytes.NewReader(b)) })
})

func shippedBasemap() (*draw.Basemap, error) {
	return shipped(basemapFile, func(b []byte) (*draw.Basemap, error) { return draw.OpenBasemap(bytes.NewReader(b)) })
}

// shippedHelp is the book with the number to call; with its own where none was given.
func shippedHelp(catalog *words.Catalog, number emergencyNumber, log *slog.Logger) (*help.Book, error) {
	book, err := help.Open(data.Files)
	if err != nil {
		return nil, fmt.Errorf("the data inside this binary: %w", err)
	}
	settle(book, catalog, log)
	if number == "" {
		return book, nil
	}
	return book, book.Call(string(number))
}

// settle takes away what was signed before its words were changed, and says so.
func settle(book *help.Book, catalog *words.Catalog, log *slog.Logger) {
	for _, lapsed := range book.Settle(words.Master, catalog.Language(words.Master).T) {
		log.Warn(lapsed.String())
	}
}

func shippedPolicy() (site.Policy, error) {
	return shipped(policyFile, func(b []byte) (site.Policy, error) { return web.ReadPolicy(bytes.NewReader(b), site.Policy{}) })
}

func shippedWords() (*words.Catalog, error) {
	folder, err := fs.Sub(data.Files, wordsFolder)
	if err != nil {
		return nil, err
	}
	return words.Load(folder)
}

// shippedEdition builds the edition of the sites inside the binary, through the
// same reader and the same format that any dataset goes through. Its date is
// that of the dataset, so that every start gives the same edition.
func shippedEdition(places *gazetteer.Gazetteer) (*edition.Edition, error) {
	image, err := shipped(sitesFile, func(b []byte) ([]byte, error) {
		dataset, err := ingest.CSV(bytes.NewReader(b), ingest.Places{Gazetteer: places})
		if err != nil {
			return nil, err
		}
		made, err := shippedDate(sitesFile)
		if err != nil {
			return nil, err
		}
		return edition.Build(edition.Meta{Title: "carrypoint starter dataset", Made: made}, dataset.Sites)
	})
	if err != nil {
		return nil, err
	}
	return edition.Open(image)
}

// shippedDate is the date of a file of package data, from the manifest.
func shippedDate(file string) (time.Time, error) {
	items, err := data.Manifest()
	if err != nil {
		return time.Time{}, err
	}
	for _, item := range items {
		if item.Path == file {
			return time.Parse(time.DateOnly, item.Date)
		}
	}
	return time.Time{}, fmt.Errorf("the manifest does not name %s", file)
}

// credits are the datasets that ship with the site, for its About page.
func credits() ([]web.Credit, error) {
	items, err := data.Manifest()
	if err != nil {
		return nil, err
	}
	var all []web.Credit
	for _, item := range items {
		all = append(all, web.Credit{Name: path.Dir(item.Path), Date: item.Date})
	}
	return all, nil
}

func shippedFile(file string) (fs.File, error) { return data.Files.Open(file) }
