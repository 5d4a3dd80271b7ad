package fetch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"
)

// file fetches an address that answers with the dataset itself.
func (v *visit) file(ctx context.Context, address *url.URL) (*Answer, error) {
	sent, err := v.shelf.part()
	if err != nil {
		return nil, err
	}
	d := &download{visit: v, url: address, conditions: v.conditions(), to: sent}
	if err := d.run(ctx); err != nil {
		return nil, errors.Join(err, discard(sent))
	}
	if d.unchanged {
		return v.shelf.same(), discard(sent)
	}
	plain, l, err := v.unpackFile(sent, d.begun)
	if err != nil {
		return nil, err
	}
	l.Host, l.Format = host(address), fileFormat(d.begun, address)
	l.ETag, l.LastModified = d.begun.Get("ETag"), d.begun.Get("Last-Modified")
	l.LastEdit, _ = http.ParseTime(l.LastModified) // zero where it says nothing
	if d.openEnded {
		l.Notes = append(l.Notes, "The server did not say how long the file is: if it was cut off, nothing shows it.")
	}
	return v.shelf.put(plain, l)
}

// conditions ask for the file only if it is not the kept one.
func (v *visit) conditions() headers {
	h := headers{}
	if kept := v.shelf.kept; kept != nil {
		if kept.ETag != "" {
			h["If-None-Match"] = kept.ETag
		}
		if kept.LastModified != "" {
			h["If-Modified-Since"] = kept.LastModified
		}
	}
	return h
}

// unpackFile gives the file as it was before it was compressed for the way.
// The file as it was sent is then gone.
func (v *visit) unpackFile(sent *os.File, h http.Header) (*os.File, label, error) {
	plain, err := v.shelf.part()
	if err != nil {
		return nil, label{}, errors.Join(err, discard(sent))
	}
	l, err := v.copyPlain(plain, sent, h)
	err = errors.Join(err, discard(sent))
	if err != nil {
		return nil, label{}, errors.Join(err, discard(plain))
	}
	return plain, l, nil
}

func (v *visit) copyPlain(to, sent *os.File, h http.Header) (label, error) {
	if _, err := sent.Seek(0, io.SeekStart); err != nil {
		return label{}, fmt.Errorf("reading the dataset: %w", err)
	}
	from, err := unpack(h, sent, v.client.limits.bytes)
	if err != nil {
		return label{}, badlyPacked(err)
	}
	hash, head := sha256.New(), &head{}
	size, err := io.Copy(io.MultiWriter(to, hash, head), from)
	if err != nil {
		return label{}, badlyPacked(err)
	}
	if err := head.check(); err != nil {
		return label{}, err
	}
	return label{Fetched: v.client.options.Now().UTC(), SHA256: hex.EncodeToString(hash.Sum(nil)), Size: size}, nil
}

func badlyPacked(err error) error {
	if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrNotDataset) {
		return err
	}
	return fmt.Errorf("unpacking the dataset: %w", err)
}

// A head is the beginning of a file: enough to tell a web page.
type head struct{ text []byte }

const headLength = 512

func (h *head) Write(b []byte) (int, error) {
	h.text = append(h.text, b[:min(len(b), headLength-len(h.text))]...)
	return len(b), nil
}

// check refuses what a vanished or closed dataset often answers with, and all
// that has nothing in it.
func (h *head) check() error {
	switch {
	case len(withoutSpace(h.text)) == 0:
		return fmt.Errorf("%w: it is empty", ErrNotDataset)
	case isPage(h.text):
		return fmt.Errorf("%w: it is a web page; the dataset may have moved or ask for a login; %s", ErrNotDataset, findAgain)
	}
	return nil
}

// isPage knows a web page by its beginning, whatever type it is sent as.
func isPage(body []byte) bool {
	text := bytes.ToLower(withoutSpace(body[:min(len(body), headLength)]))
	return bytes.HasPrefix(text, []byte("<!doctype html")) || bytes.HasPrefix(text, []byte("<html"))
}

func withoutSpace(text []byte) []byte {
	return bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff")))
}

// formats by their media types, and by the ends of names.
var (
	formatOfType = map[string]string{
		"text/csv":                             "csv",
		"text/tab-separated-values":            "tsv",
		"application/geo+json":                 formatGeoJSON,
		"application/vnd.geo+json":             formatGeoJSON,
		"application/vnd.google-earth.kml+xml": "kml",
		"application/vnd.google-earth.kmz":     "kmz",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
	}
	formatOfName = map[string]string{
		".csv": "csv", ".tsv": "tsv", ".geojson": formatGeoJSON, ".json": formatJSON,
		".kml": "kml", ".kmz": "kmz", ".xlsx": "xlsx", ".zip": "zip",
	}
)

// fileFormat guesses by what the server says, then by the address. Types such
// as text/plain say nothing.
func fileFormat(h http.Header, address *url.URL) string {
	if kind, _, err := mime.ParseMediaType(h.Get("Content-Type")); err == nil && formatOfType[kind] != "" {
		return formatOfType[kind]
	}
	return formatOfName[strings.ToLower(path.Ext(address.Path))]
}
