package edition

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"carrypoint/internal/site"
)

// readImage opens what Build made.
func readImage(image []byte) (e *Edition, err error) {
	err = connected(inMemory, func(conn *sql.Conn) error {
		err := conn.Raw(func(driver any) error {
			return driver.(interface{ Deserialize([]byte) error }).Deserialize(image)
		})
		if err != nil {
			return err
		}
		e, err = read(conn)
		return err
	})
	return e, err
}

// readFile opens the same from a file, page by page: a large edition is in
// memory once and not three times.
func readFile(path string) (e *Edition, err error) {
	err = connected(ofFile(path), func(conn *sql.Conn) error {
		e, err = read(conn)
		return err
	})
	return e, err
}

// read gives back what was built, with the sites in the order of their ids.
func read(conn *sql.Conn) (*Edition, error) {
	meta, err := readMeta(conn)
	if err != nil {
		return nil, err
	}
	if err := intact(conn); err != nil {
		return nil, err
	}
	sites, err := readSites(conn, meta.Sites)
	return &Edition{Meta: meta, sites: sites}, err
}

func readMeta(conn *sql.Conn) (Meta, error) {
	ctx := context.Background()
	var application, version int
	if err := conn.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application); err != nil {
		return Meta{}, err
	}
	if err := conn.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return Meta{}, err
	}
	if application != applicationID || version != formatVersion {
		return Meta{}, fmt.Errorf("it is not an edition of format %d", formatVersion)
	}
	var value string
	if err := conn.QueryRowContext(ctx, "SELECT value FROM meta WHERE key = 'edition'").Scan(&value); err != nil {
		return Meta{}, err
	}
	var meta Meta
	return meta, json.Unmarshal([]byte(value), &meta)
}

// intact asks the database for faults of its own.
func intact(conn *sql.Conn) error {
	var answer string
	if err := conn.QueryRowContext(context.Background(), "PRAGMA integrity_check(1)").Scan(&answer); err != nil {
		return err
	}
	if strings.Contains(answer, "unable to get the page. error code=") { // so it tells of a disk that failed
		return fmt.Errorf("%w: %s", errNotRead, answer)
	}
	if answer != "ok" {
		return errors.New(answer)
	}
	return nil
}

// eachSite gives the document of every site to f, in the order of their ids. It
// may change neither of them nor keep them.
func eachSite(conn *sql.Conn, f func(id, doc []byte) error) (err error) {
	rows, err := conn.QueryContext(context.Background(), "SELECT id, doc FROM site ORDER BY id")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var id, doc sql.RawBytes
	for rows.Next() {
		if err := rows.Scan(&id, &doc); err != nil {
			return err
		}
		if err := f(id, doc); err != nil {
			return err
		}
	}
	return rows.Err()
}

func readSites(conn *sql.Conn, want int) ([]site.Site, error) {
	var count int // once around, so that the list of sites is not grown and copied
	if err := conn.QueryRowContext(context.Background(), "SELECT count(*) FROM site").Scan(&count); err != nil {
		return nil, err
	}
	if count != want {
		return nil, fmt.Errorf("it says %d sites and holds %d", want, count)
	}
	return decodeSites(conn, make([]site.Site, count))
}

// decodeSites fills sites. Decoding is most of the work of opening an edition:
// every processor takes part in it.
func decodeSites(conn *sql.Conn, sites []site.Site) ([]site.Site, error) {
	full, failed := make(chan *batch, runtime.GOMAXPROCS(0)), make(chan error, runtime.GOMAXPROCS(0))
	var decoding sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		decoding.Go(func() { failed <- decodeInto(sites, full) })
	}
	b := newBatch(0)
	err := eachSite(conn, func(id, doc []byte) error {
		if b.first+b.len() == len(sites) {
			return errors.New("its list of sites is longer than it counts")
		}
		if b.add(string(id), doc); b.full() {
			full <- b
			b = newBatch(b.first + batchSites)
		}
		return nil
	})
	if err == nil && b.first+b.len() < len(sites) {
		err = errors.New("its list of sites is shorter than it counts")
	}
	full <- b
	close(full)
	decoding.Wait()
	close(failed)
	for wrong := range failed {
		err = errors.Join(err, wrong)
	}
	return sites, err
}

// decodeInto decodes batch after batch into the places of their sites, and says
// what was wrong first.
func decodeInto(sites []site.Site, full <-chan *batch) (err error) {
	for b := range full {
		for i := 0; i < b.len() && err == nil; i++ {
			err = decode(b.ids[i], b.doc(i), &sites[b.first+i])
		}
		batches.Put(b)
	}
	return err
}

// decode reads the document of a site that may be published.
func decode(id string, doc []byte, s *site.Site) error {
	if err := json.Unmarshal(doc, s); err != nil {
		return fmt.Errorf("site %q: %w", id, err)
	}
	if s.ID != id {
		return fmt.Errorf("site %q says that it is %q", id, s.ID)
	}
	if err := s.Publishable(); err != nil {
		return fmt.Errorf("site %q may not be published: %w", id, err)
	}
	return nil
}
