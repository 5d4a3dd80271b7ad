// Powerfs is a disk whose power can be cut: a folder, mounted elsewhere, that
// keeps what is written to a file in the memory of this process until the file is
// synced. Killing this process with SIGKILL is the cut, and the folder then holds
// what a disk would. Names are changed at once, which is the order that hurts
// most: a file that was not synced before it got its name is empty.
//
//	powerfs [-leak PERCENT] [-forgetful] FOLDER MOUNTPOINT
//
// It needs /dev/fuse and the right to mount.
package main

import (
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("powerfs: ")
	leak := flag.Int("leak", 0, "how many of a hundred writes reach the disk at once, as on a disk that is busy writing when the power goes")
	seed := flag.Uint64("seed", 1, "what chooses these writes")
	forgetful := flag.Bool("forgetful", false, "forget what is synced too: whoever trusts such a disk must lose something")
	flag.Parse()
	if flag.NArg() != 2 {
		log.Fatal("usage: powerfs [-leak PERCENT] [-forgetful] FOLDER MOUNTPOINT")
	}
	d := &disk{files: map[uint64]*file{}, leak: *leak, random: rand.New(rand.NewPCG(*seed, 0)), forgetful: *forgetful}
	if err := d.serve(flag.Arg(0), flag.Arg(1)); err != nil {
		log.Fatal(err)
	}
}

// serve mounts a folder, says so, and returns when it is unmounted.
func (d *disk) serve(folder, mountpoint string) error {
	loopback, err := fs.NewLoopbackRoot(folder)
	if err != nil {
		return err
	}
	root := &node{loopback.(*fs.LoopbackNode), d}
	root.RootData.RootNode = root
	server, err := fs.Mount(mountpoint, root, &fs.Options{MountOptions: fuse.MountOptions{
		FsName: "powerfs", Name: "powerfs", DirectMountStrict: true,
		ExplicitDataCacheControl: true, // nobody but the kernel changes a file
	}})
	if err != nil {
		return fmt.Errorf("mounting %s: %w", mountpoint, err)
	}
	fmt.Fprintln(os.Stdout, "mounted")
	server.Wait()
	return nil
}
