package main

import (
	"context"
	"math/rand/v2"
	"os"
	"sync"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// A disk holds the files that were opened since it was mounted.
type disk struct {
	mutex     sync.Mutex
	files     map[uint64]*file // by the number of the file in the folder
	leak      int
	random    *rand.Rand
	forgetful bool
}

// A file is one file: as programs see it, and as the disk has it.
type file struct {
	disk *disk
	held *os.File // open for as long as this process is: a file may lose its name and go on

	mutex sync.Mutex
	seen  []byte
}

// A handle is a file that a program has opened.
type handle struct{ *file }

var (
	_ fs.FileReader    = handle{}
	_ fs.FileWriter    = handle{}
	_ fs.FileFsyncer   = handle{}
	_ fs.FileFlusher   = handle{}
	_ fs.FileGetattrer = handle{}
)

// open gives the file of a path. A file that was just made has nothing in it,
// also where its number was another one's before.
func (d *disk) open(path string, made bool) (*file, error) {
	held, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	number, err := numberOf(held)
	if err != nil {
		return nil, err
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if f := d.files[number]; f != nil && !made {
		return f, held.Close()
	}
	seen, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f := &file{disk: d, held: held, seen: seen}
	d.files[number] = f
	return f, nil
}

func numberOf(f *os.File) (uint64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Sys().(*syscall.Stat_t).Ino, nil
}

// size says how long programs see the file of a number.
func (d *disk) size(number, onDisk uint64) uint64 {
	d.mutex.Lock()
	f := d.files[number]
	d.mutex.Unlock()
	if f == nil {
		return onDisk
	}
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return uint64(len(f.seen))
}

// leaks says whether a write reaches the disk by itself.
func (d *disk) leaks() bool {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.random.IntN(100) < d.leak
}

// resize is a change of length, which lasts as little as a write.
func (f *file) resize(size uint64) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.grow(size)
	f.seen = f.seen[:size]
}

// grow makes a file at least so long.
func (f *file) grow(size uint64) {
	if more := int(size) - len(f.seen); more > 0 {
		f.seen = append(f.seen, make([]byte, more)...)
	}
}

func (h handle) Read(_ context.Context, into []byte, from int64) (fuse.ReadResult, syscall.Errno) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if from >= int64(len(h.seen)) {
		return fuse.ReadResultData(nil), 0
	}
	return fuse.ReadResultData(into[:copy(into, h.seen[from:])]), 0
}

func (h handle) Write(_ context.Context, data []byte, at int64) (uint32, syscall.Errno) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.grow(uint64(at) + uint64(len(data)))
	copy(h.seen[at:], data)
	if h.disk.leaks() {
		if _, err := h.held.WriteAt(data, at); err != nil {
			return 0, fs.ToErrno(err)
		}
	}
	return uint32(len(data)), 0
}

// Fsync brings the file to the disk. What is there already is written over by
// the same bytes, so that a cut in the middle takes nothing away.
func (h handle) Fsync(context.Context, uint32) syscall.Errno {
	if h.disk.forgetful {
		return 0
	}
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if _, err := h.held.WriteAt(h.seen, 0); err != nil {
		return fs.ToErrno(err)
	}
	return fs.ToErrno(h.held.Truncate(int64(len(h.seen))))
}

// Flush is what closing a file does. It makes nothing safe.
func (handle) Flush(context.Context) syscall.Errno { return 0 }

// Getattr tells of a file also when it has no name any more.
func (h handle) Getattr(_ context.Context, out *fuse.AttrOut) syscall.Errno {
	var state syscall.Stat_t
	if err := syscall.Fstat(int(h.held.Fd()), &state); err != nil {
		return fs.ToErrno(err)
	}
	out.FromStat(&state)
	h.mutex.Lock()
	defer h.mutex.Unlock()
	out.Size = uint64(len(h.seen))
	return 0
}
