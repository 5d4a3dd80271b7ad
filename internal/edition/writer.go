package edition

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"carrypoint/internal/site"
)

// A Writer makes an edition in a file, of any number of sites, one by one. Every
// document is decoded and judged by the same rules as when a server opens it,
// beside the writing. End it with Finish or Abort. It is for one goroutine.
type Writer struct {
	dir  string
	meta Meta
	file file // written by the database, by its name

	db      *database
	in      *inserter
	written hash.Hash // of all that went in, in order

	batch   *checking
	last    string         // id of the last site
	added   int            // sites
	judge   chan *checking // to all processors
	insert  chan *checking // the same ones, in order
	working sync.WaitGroup
	wrong   atomic.Pointer[error] // what is wrong first; nothing is inserted after it
}

// A checking is a batch on its way: first judged, by any processor, then
// inserted, in order.
type checking struct {
	*batch
	docs   []string // as they go into the edition
	wrong  error
	judged chan struct{}
}

// Create begins an edition in a data folder, aside. It first removes what
// earlier builds left when they crashed.
func Create(dir string, meta Meta) (*Writer, error) { return create(dir, meta, onDisk) }

func create(dir string, meta Meta, c creator) (*Writer, error) {
	if err := meta.check(); err != nil {
		return nil, err
	}
	folder := filepath.Join(dir, editionsFolder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, fmt.Errorf("making the folder of editions: %w", err)
	}
	if err := removeUnfinished(dir); err != nil {
		return nil, err
	}
	f, err := c.aside(folder)
	if err != nil {
		return nil, fmt.Errorf("beginning an edition: %w", err)
	}
	w := &Writer{dir: dir, meta: meta, file: f, written: sha256.New()}
	if err := w.begin(); err != nil {
		return nil, fmt.Errorf("beginning an edition: %w", errors.Join(onItsDisk(err), w.Abort()))
	}
	return w, nil
}

func (w *Writer) begin() (err error) {
	if w.db, err = connect(newFile(w.file.Name())); err != nil {
		return err
	}
	if w.in, err = newInserter(w.db.Conn); err != nil {
		return err
	}
	processors := runtime.GOMAXPROCS(0)
	w.judge, w.insert = make(chan *checking, processors), make(chan *checking, 2*processors)
	for range processors {
		w.working.Go(func() {
			for b := range w.judge {
				b.check()
			}
		})
	}
	w.working.Go(w.insertAll)
	w.batch = newChecking()
	return nil
}

func newChecking() *checking { return &checking{batch: newBatch(0), judged: make(chan struct{})} }

// Add adds a site by its JSON document, which is copied. Ids must rise. The
// document goes in as this binary writes it: what is no field of a site is left
// out. An error may be of a site before; the edition can then only be aborted.
func (w *Writer) Add(id string, doc []byte) error {
	if wrong := w.wrong.Load(); wrong != nil {
		return *wrong
	}
	if id <= w.last {
		err := fmt.Errorf("site %q comes after %q: ids must rise, each once", id, w.last)
		w.fail(err)
		return err
	}
	w.last = id
	w.added++
	if w.batch.add(id, doc); w.batch.full() {
		w.send()
	}
	return nil
}

// AddSite adds a site. Ids must rise.
func (w *Writer) AddSite(s *site.Site) error {
	doc, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("site %q: %w", s.ID, err)
	}
	return w.Add(s.ID, doc)
}

func (w *Writer) send() {
	w.insert <- w.batch
	w.judge <- w.batch
	w.batch = newChecking()
}

func (w *Writer) fail(err error) { w.wrong.CompareAndSwap(nil, &err) }

// check judges every site of the batch, up to the first that is wrong.
func (b *checking) check() {
	defer close(b.judged)
	for i, id := range b.ids {
		var s site.Site
		if b.wrong = decode(id, b.doc(i), &s); b.wrong != nil {
			return
		}
		doc, err := docOf(&s)
		if b.wrong = err; err != nil {
			return
		}
		b.docs = append(b.docs, doc)
	}
}

// insertAll inserts batches until there are no more, or one is wrong.
func (w *Writer) insertAll() {
	for b := range w.insert {
		<-b.judged
		if b.wrong != nil {
			w.fail(b.wrong)
		}
		for i := 0; i < b.len() && w.wrong.Load() == nil; i++ {
			if err := w.in.add(b.ids[i], b.docs[i]); err != nil {
				w.fail(onItsDisk(err))
			}
			sumSite(w.written, b.ids[i], b.docs[i])
		}
		batches.Put(b.batch)
	}
}

// sumSite adds a site to a sum, so that no two lists of sites give the same.
func sumSite[T string | []byte](sum hash.Hash, id, doc T) {
	var lengths [8]byte
	binary.BigEndian.PutUint32(lengths[:4], uint32(len(id)))
	binary.BigEndian.PutUint32(lengths[4:], uint32(len(doc)))
	for _, part := range [][]byte{lengths[:], []byte(id), []byte(doc)} {
		_, _ = sum.Write(part) // a sum takes everything
	}
}

// finishWorking ends the goroutines, after what they were given.
func (w *Writer) finishWorking() {
	if w.batch == nil {
		return
	}
	w.send()
	close(w.insert)
	close(w.judge)
	w.batch = nil
	w.working.Wait()
}

// Finish verifies what was written, reading it back, makes it safe, and gives it
// its name: the hash of its bytes. It is not the current edition by that.
func (w *Writer) Finish() (id string, err error) {
	w.finishWorking()
	if wrong := w.wrong.Load(); wrong != nil {
		err = *wrong
	} else {
		err = w.complete()
	}
	if err == nil {
		id, err = w.name()
	}
	if err != nil {
		return "", fmt.Errorf("building an edition of %d sites: %w", w.added, errors.Join(onItsDisk(err), w.Abort()))
	}
	return id, nil
}

func (w *Writer) complete() error {
	if w.added == 0 {
		return errors.New("it has none, and would replace a list by nothing")
	}
	if err := w.in.finish(w.meta); err != nil {
		return err
	}
	if err := w.close(); err != nil {
		return err
	}
	if err := forgetWriting(w.file); err != nil {
		return err
	}
	return connected(ofFile(w.file.Name()), w.verify)
}

// forgetWriting clears in the header what depends on how the file was written
// and not on what it holds: the counters of changes, and the version of SQLite.
// In memory there are none of them.
func forgetWriting(f file) error {
	_, first := f.WriteAt(make([]byte, 4), 24)
	_, second := f.WriteAt(make([]byte, 8), 92)
	return errors.Join(first, second)
}

// verify reads back what was written. Its documents were judged on their way;
// that they are the same says their sum.
func (w *Writer) verify(conn *sql.Conn) error {
	meta, err := readMeta(conn)
	if err != nil {
		return err
	}
	if err := intact(conn); err != nil {
		return err
	}
	read, count := sha256.New(), 0
	err = eachSite(conn, func(id, doc []byte) error {
		sumSite(read, id, doc)
		count++
		return nil
	})
	if err != nil {
		return err
	}
	if count != w.added || meta.Sites != count || !bytes.Equal(read.Sum(nil), w.written.Sum(nil)) {
		return fmt.Errorf("%w: what was read back is not what was written", ErrDamaged)
	}
	return nil
}

// name hashes the file and gives it its name.
func (w *Writer) name() (id string, err error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, w.file); err != nil {
		return "", err
	}
	id = hex.EncodeToString(sum.Sum(nil))
	path := editionPath(w.dir, id)
	if there, err := fileID(path); err == nil && there == id {
		now := time.Now() // so that nobody takes it for one that was forgotten
		return id, errors.Join(os.Chtimes(path, now, now), w.Abort())
	}
	if err := settle(w.file, 0o444); err != nil {
		return "", err
	}
	if err := os.Rename(w.file.Name(), path); err != nil {
		return "", err
	}
	w.file = nil
	return id, syncFolder(filepath.Dir(path))
}

func (w *Writer) close() error {
	if w.db == nil {
		return nil
	}
	db := w.db
	w.db = nil
	if w.in != nil && w.in.tx != nil {
		_ = w.in.tx.Rollback() // after a commit it does nothing
	}
	return db.Close()
}

// Abort gives up the edition and leaves no trace of it. After Finish it does
// nothing.
func (w *Writer) Abort() error {
	w.fail(errors.New("the edition was given up"))
	w.finishWorking()
	err := w.close()
	if w.file != nil {
		_ = w.file.Close() // it may be closed already, and nobody will read it
		err = errors.Join(err, drop(w.file))
		w.file = nil
	}
	return err
}
