package streets

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
)

// Streets is an open street file. It may be used by many at once.
type Streets struct {
	db                 *sql.DB
	inPostcode, inTown *sql.Stmt
	postcodes          map[string]bool // those of which streets are known
	towns              map[string]bool // those that have streets without a postal code, by name and region
	failure            failure
}

// Open opens a street file to look addresses up. A file that is not there is fs.ErrNotExist.
func Open(path string) (*Streets, error) {
	s, err := open(path)
	if err != nil {
		return nil, fmt.Errorf("opening the street file %s: %w", path, err)
	}
	return s, nil
}

func open(path string) (*Streets, error) {
	if err := isFile(path); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", readOnly(path))
	if err != nil {
		return nil, err
	}
	s := &Streets{db: db, postcodes: map[string]bool{}, towns: map[string]bool{}}
	if err := s.begin(context.Background()); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func isFile(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		return &fs.PathError{Op: "open", Path: path, Err: errors.New("it is not a file")}
	}
	return err
}

func (s *Streets) begin(ctx context.Context) (err error) {
	if err := verifyFormat(ctx, s.db); err != nil {
		return err
	}
	if s.inPostcode, err = s.db.PrepareContext(ctx, inPostcode); err != nil {
		return damaged(err)
	}
	if s.inTown, err = s.db.PrepareContext(ctx, inTown); err != nil {
		return damaged(err)
	}
	if err := s.readAreas(ctx); err != nil {
		return damaged(err)
	}
	return nil
}

func (s *Streets) readAreas(ctx context.Context) (err error) {
	rows, err := s.db.QueryContext(ctx, allAreas)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var postcode, town, region string
		if err := rows.Scan(&postcode, &town, &region); err != nil {
			return err
		}
		if postcode != "" {
			s.postcodes[postcode] = true
		} else {
			s.towns[town+"|"+region] = true
		}
	}
	return rows.Err()
}

// Close closes the file. If the disk or the file failed a look-up since it was opened, Close says so: such an
// address was answered as not found.
func (s *Streets) Close() error {
	return errors.Join(s.failure.first(), s.db.Close())
}

// A failure keeps the first error of many look-ups.
type failure struct {
	mu  sync.Mutex
	err error
}

func (f *failure) keep(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.err = fmt.Errorf("looking up a street: %w", err)
	}
}

func (f *failure) first() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.err
}

// in looks for the streets of a core where an address is: in its postal code, and in its town those without
// one. If no street of the postal code is known, all streets of the town count.
func (s *Streets) in(a Address, core string) []located {
	p := a.place()
	var found []located
	if s.postcodes[p.postcode] {
		found = s.read(s.inPostcode, core, p.postcode, p.region, p.country)
	}
	if p.town != "" && p.region != "" && (!s.postcodes[p.postcode] || s.towns[p.town+"|"+p.region]) {
		found = append(found, s.read(s.inTown, core, p.town, p.region, p.country, s.postcodes[p.postcode])...)
	}
	return found
}

func (s *Streets) read(look *sql.Stmt, args ...any) []located {
	found, err := readStreets(look, args)
	if err != nil {
		s.failure.keep(err)
		return nil
	}
	return found
}

func readStreets(look *sql.Stmt, args []any) (found []located, err error) {
	rows, err := look.Query(args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var postcode, city, name string
		var packed []byte
		if err := rows.Scan(&postcode, &city, &name, &packed); err != nil {
			return nil, err
		}
		one, err := unpack(name, packed)
		if err != nil {
			return nil, err
		}
		found = append(found, located{street: one, name: parseName(name), area: cmp.Or(postcode, city)})
	}
	return found, rows.Err()
}
