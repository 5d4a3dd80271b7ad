//go:build faults

package main

import (
	"bufio"
	"cmp"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"carrypoint/internal/edition"
)

// These faults take long and need more than Go: "make faults" runs them. What is
// missing fails them, because nobody asks for them by the way.

func TestFilesThatCanNotGrowHarmNothing(t *testing.T) { canNotGrow(t, times(t, "FAULTS_LIMITS", 30)) }

func TestADiskThatMayOnlyBeReadHarmsNothing(t *testing.T) {
	dir, ok := smallDisk(t, "64m")
	if !ok {
		t.Fatal("this needs the right to mount")
	}
	v := newVictim(t, dir)
	run := v.run
	remount(t, dir, syscall.MS_RDONLY)
	for _, args := range [][]string{{"import", v.edit(), "--source", filepath.Join(v.desk.dir, sourcesFolder, "county.toml")}, {"undo", "1"}, {"publish"}, {"rollback"}} {
		v.saidWhy(v.command(harm{}, args...), args[0], "", "choose a folder on another one")
		v.published()
	}
	if late := start(t, "--dir", dir).get(t, "/readyz"); late.status != 200 || late.body != v.server.get(t, "/readyz").body {
		t.Errorf("a server that begins on a disk that may only be read says %+v", late)
	}
	remount(t, dir, 0)
	if v.run != run {
		t.Errorf("run %d came in force", v.run)
	}
	v.stands()
	v.recovers()
}

func remount(t *testing.T, dir string, flags uintptr) {
	t.Helper()
	if err := syscall.Mount("carrypoint-test", dir, "tmpfs", syscall.MS_REMOUNT|flags, ""); err != nil {
		t.Fatal(err)
	}
}

// calls are those of the system by which a command touches a disk.
var calls = []string{"openat", "open", "write", "pwrite64", "pread64", "fsync", "ftruncate", "fchmod", "renameat", "unlink", "unlinkat", "mkdirat"}

// TestACallThatFailsHarmsNothing lets strace make one call of the system fail,
// of all that a step makes.
func TestACallThatFailsHarmsNothing(t *testing.T) {
	n, random := times(t, "FAULTS_INJECTIONS", 200), choices(t)
	if _, err := exec.LookPath("strace"); err != nil {
		t.Fatal("this needs strace: ", err)
	}
	v := newVictim(t, t.TempDir())
	trace := filepath.Join(t.TempDir(), "trace")
	made := map[string]map[string]int{}
	for _, step := range steps {
		v.must(v.bring(v.edit(), harm{step: step, under: strace(trace, calls, "")}))
		made[step] = countedCalls(t, trace)
	}
	v.stands()
	began, failed, hit := time.Now(), map[string]int{}, map[string]int{}
	for i := range n {
		step := steps[i%len(steps)]
		of := slices.Sorted(maps.Keys(made[step]))
		call := of[i/len(steps)%len(of)]
		cause := []string{"EIO", "ENOSPC"}[random.IntN(2)]
		inject := fmt.Sprintf("inject=%s:error=%s:when=%d", call, cause, 1+random.IntN(made[step][call]))
		got, last := v.bring(v.edit(), harm{step: step, under: strace(trace, []string{call}, inject)})
		was := wasInjected(t, trace)
		if was {
			hit[call]++
		}
		if got.code != 0 {
			failed[call]++
		}
		if mute := call == "write" && got.log == ""; got.code != 0 && !mute { // what it had to say could not be written
			v.saidWhy(got, last, step, "input/output error", "i/o error", "no space left on device", "disk is full", "unable to open database file",
				"malformed", "readonly database") // so the database calls a page, and a file, that it could not open
			if !was {
				t.Errorf("%s failed by itself: %+v", last, got)
			}
		}
		if v.stands(); t.Failed() {
			t.Fatalf("%s, %s: %+v", step, inject, got)
		}
	}
	left := v.recovers()
	t.Logf("%d runs under strace in %s: a call failed in %d %v, of which the step failed in %d %v and tolerated it in the others; leftovers removed %d",
		n, time.Since(began).Round(time.Second), total(hit), hit, total(failed), failed, left)
}

func strace(trace string, calls []string, inject string) []string {
	line := []string{"strace", "-f", "-qq", "--seccomp-bpf", "-o", trace, "-e", "trace=" + strings.Join(calls, ",")}
	if inject != "" {
		line = append(line, "-e", inject)
	}
	return line
}

var tracedCall = regexp.MustCompile(`(?m)^(\d+) +(\w+)\(`)

// countedCalls counts each call in the thread that made it most often: strace
// counts in each thread anew.
func countedCalls(t *testing.T, trace string) map[string]int {
	t.Helper()
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	inThread, most := map[string]int{}, map[string]int{}
	for _, match := range tracedCall.FindAllStringSubmatch(string(text), -1) {
		inThread[match[0]]++
		most[match[2]] = max(most[match[2]], inThread[match[0]])
	}
	return most
}

func wasInjected(t *testing.T, trace string) bool {
	t.Helper()
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(text), "(INJECTED)")
}

// powerOn mounts a disk whose power can be cut, and gives what cuts it.
func powerOn(t *testing.T, disk, mountpoint string, flags ...string) (cut func()) {
	t.Helper()
	program := cmp.Or(os.Getenv("FAULTS_POWERFS"), "powerfs")
	power := exec.Command(program, append(flags, disk, mountpoint)...)
	power.Stderr = os.Stderr
	out, err := power.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := power.Start(); err != nil {
		t.Fatalf("%v; FAULTS_POWERFS says where the program of tests/faults/powerfs is", err)
	}
	cut = sync.OnceFunc(func() {
		_ = power.Process.Kill() // it has ended where this fails
		_ = power.Wait()         // it was killed
		if err := syscall.Unmount(mountpoint, syscall.MNT_DETACH); err != nil {
			t.Error("unmounting: ", err)
		}
	})
	t.Cleanup(cut)
	if said, err := bufio.NewReader(out).ReadString('\n'); err != nil || said != "mounted\n" {
		t.Fatalf("the disk says %q, %v", said, err)
	}
	return cut
}

// TestAPowerCutHarmsNothing cuts the power at a random moment: while a step is at
// work, which then fails, or a moment after it was killed. In half of the rounds
// some of what was not synced has reached the disk, and some has not. A server
// whose disk goes in the middle of a look answers from the edition that it has.
func TestAPowerCutHarmsNothing(t *testing.T) {
	n, random := times(t, "FAULTS_POWER_CUTS", 80), choices(t)
	disk, mountpoint := t.TempDir(), t.TempDir()
	cut := powerOn(t, disk, mountpoint)
	v := newVictim(t, mountpoint)
	cut()
	began, first, finished, lost := time.Now(), v.publication, 0, map[string]int{}
	for i := range n {
		cut := powerOn(t, disk, mountpoint, "-leak", fmt.Sprint(i%2*30), "-seed", fmt.Sprint(random.Uint32()))
		v.dir = mountpoint
		step, file := steps[i%len(steps)], v.edit()
		usual := v.took[step]
		after := 1 + time.Duration(random.Int64N(int64(usual+usual/8)))
		h := harm{step: step, kill: after}
		if i/len(steps)%2 == 0 {
			h = harm{}
			for _, s := range steps[:i%len(steps)] {
				after += v.took[s]
			}
			time.AfterFunc(after, cut)
		}
		got, last := v.bring(file, h)
		cut()
		if got.code == 0 {
			finished++
		} else {
			lost[last]++
		}
		v.dir = disk
		v.whole()
		v.catalogued()
	}
	v.dir = mountpoint
	powerOn(t, disk, mountpoint)
	left := v.recovers()
	t.Logf("%d power cuts in %s: %d valid, in the middle of %v, after all was done %d; %d publications; leftovers removed %d",
		n, time.Since(began).Round(time.Second), n, lost, finished, v.publication-first, left)
}

// TestAForgetfulDiskIsNoticed cuts the power of a disk that syncs nothing: were
// it not noticed, the test before would prove nothing.
func TestAForgetfulDiskIsNoticed(t *testing.T) {
	n, broken := times(t, "FAULTS_MUTANTS", 10), 0
	for range n {
		disk, mountpoint := t.TempDir(), t.TempDir()
		cut := powerOn(t, disk, mountpoint, "-forgetful")
		v := &victim{t: t, dir: mountpoint, desk: newDesk(t), took: map[string]time.Duration{}}
		v.must(v.bring(v.edit(), harm{}))
		v.published()
		cut()
		if _, err := edition.Current(disk, nil); err != nil {
			broken++
		}
	}
	t.Logf("%d power cuts without a sync: %d broken", n, broken)
	if broken < n {
		t.Errorf("%d of %d power cuts without a sync left a whole edition", n-broken, n)
	}
}

// TestAServerGetsOverADiskThatFailsForAMoment lets the first reads of a server
// fail, as they do when a disk comes back after a cut, or a network is late. The
// edition is whole, and is to be served as soon as it can be read.
func TestAServerGetsOverADiskThatFailsForAMoment(t *testing.T) {
	v := &victim{t: t, dir: t.TempDir(), desk: newDesk(t), took: map[string]time.Duration{}}
	v.must(v.bring(v.edit(), harm{}))
	id := v.whole()
	line := append(strace(filepath.Join(t.TempDir(), "trace"), []string{"pread64"}, "inject=pread64:error=EIO:when=1..4"), binary(t), "serve", "--addr", "127.0.0.1:0", "--dir", v.dir)
	server := exec.Command(line[0], line[1:]...)
	server.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // strace leaves its child alive
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-server.Process.Pid, syscall.SIGKILL)
		_ = server.Wait() // it was killed
	})
	said, _ := bufio.NewReader(out).ReadString('\n')
	address := firstLine.FindStringSubmatch(said)
	if address == nil {
		t.Fatalf("it began with %q", said)
	}
	var got reply
	for range 150 {
		if got = get(t, "http://"+address[3]+"/readyz"); strings.HasPrefix(got.body, "ready: edition "+id) {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("its disk is well again, and it says %+v", got)
}
