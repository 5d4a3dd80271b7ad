package main

import (
	"context"
	"path/filepath"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

// A node is a name of the folder, passed through but for the bytes of files and
// their number.
type node struct {
	*fs.LoopbackNode
	disk *disk
}

var (
	_ fs.NodeWrapChilder    = (*node)(nil)
	_ fs.NodeOpener         = (*node)(nil)
	_ fs.NodeCreater        = (*node)(nil)
	_ fs.NodeLookuper       = (*node)(nil)
	_ fs.NodeGetattrer      = (*node)(nil)
	_ fs.NodeSetattrer      = (*node)(nil)
	_ fs.NodeStatxer        = (*node)(nil)
	_ fs.NodeCopyFileRanger = (*node)(nil)
)

// WrapChild makes a node of each name below.
func (n *node) WrapChild(_ context.Context, below fs.InodeEmbedder) fs.InodeEmbedder {
	return &node{below.(*fs.LoopbackNode), n.disk}
}

func (n *node) path() string { return filepath.Join(n.RootData.Path, n.Path(n.Root())) }

func (n *node) Open(_ context.Context, flags uint32) (fs.FileHandle, uint32, syscall.Errno) {
	f, err := n.disk.open(n.path(), false)
	if err != nil {
		return nil, 0, fs.ToErrno(err)
	}
	if flags&syscall.O_TRUNC != 0 {
		f.resize(0)
	}
	return handle{f}, 0, 0
}

func (n *node) Create(ctx context.Context, name string, flags, mode uint32, out *fuse.EntryOut) (*fs.Inode, fs.FileHandle, uint32, syscall.Errno) {
	made := true
	inode, through, _, failed := n.LoopbackNode.Create(ctx, name, flags|syscall.O_EXCL, mode, out)
	if failed == syscall.EEXIST && flags&syscall.O_EXCL == 0 { // somebody else was first
		made = false
		inode, through, _, failed = n.LoopbackNode.Create(ctx, name, flags&^syscall.O_TRUNC, mode, out)
	}
	if failed != 0 {
		return nil, nil, 0, failed
	}
	f, err := n.disk.open(filepath.Join(n.path(), name), made)
	if closed := through.(fs.FileReleaser).Release(ctx); err != nil || closed != 0 {
		return nil, nil, 0, syscall.EIO
	}
	if flags&syscall.O_TRUNC != 0 {
		f.resize(0)
	}
	out.Size = n.disk.size(out.Ino, out.Size)
	return inode, handle{f}, 0, 0
}

func (n *node) Lookup(ctx context.Context, name string, out *fuse.EntryOut) (*fs.Inode, syscall.Errno) {
	inode, failed := n.LoopbackNode.Lookup(ctx, name, out)
	if failed == 0 {
		out.Size = n.disk.size(out.Ino, out.Size)
	}
	return inode, failed
}

func (n *node) Getattr(ctx context.Context, f fs.FileHandle, out *fuse.AttrOut) syscall.Errno {
	failed := n.LoopbackNode.Getattr(ctx, f, out)
	if failed == 0 {
		out.Size = n.disk.size(out.Ino, out.Size)
	}
	return failed
}

func (n *node) Setattr(ctx context.Context, f fs.FileHandle, in *fuse.SetAttrIn, out *fuse.AttrOut) syscall.Errno {
	if size, ok := in.GetSize(); ok {
		opened, isOpen := f.(handle)
		if !isOpen {
			known, err := n.disk.open(n.path(), false)
			if err != nil {
				return fs.ToErrno(err)
			}
			opened = handle{known}
		}
		opened.resize(size)
		in.Valid &^= fuse.FATTR_SIZE
	}
	failed := n.LoopbackNode.Setattr(ctx, f, in, out)
	if failed == 0 {
		out.Size = n.disk.size(out.Ino, out.Size)
	}
	return failed
}

// Statx is left to Getattr, which knows how long a file is.
func (*node) Statx(context.Context, fs.FileHandle, uint32, uint32, *fuse.StatxOut) syscall.Errno {
	return syscall.ENOSYS
}

// CopyFileRange is left to reading and writing.
func (*node) CopyFileRange(context.Context, fs.FileHandle, uint64, *fs.Inode, fs.FileHandle, uint64, uint64, uint64) (uint32, syscall.Errno) {
	return 0, syscall.ENOSYS
}
