package main

import (
	"bytes"
	"debug/elf"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
)

// maxBinary is what the issue allows, so that it fits the smallest machines.
const maxBinary = 40 << 20

var binaryFolder = sync.OnceValue(func() string {
	dir, err := os.MkdirTemp("", "carrypoint-binary-")
	if err != nil {
		panic(err)
	}
	return dir
})

// release is the binary as it is released, built once.
var release = sync.OnceValues(func() (string, error) {
	path := filepath.Join(binaryFolder(), "carrypoint")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, said)
	}
	return path, nil
})

func binary(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: the released binary is not built")
	}
	path, err := release()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// runBinary runs a command in a process of its own.
func runBinary(t *testing.T, args ...string) ending {
	t.Helper()
	var out, log bytes.Buffer
	cmd := exec.Command(binary(t), args...)
	cmd.Stdout, cmd.Stderr = &out, &log
	err := cmd.Run()
	if exited := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exited) {
		t.Fatal(err)
	}
	return ending{cmd.ProcessState.ExitCode(), out.String(), log.String()}
}

func TestTheBinaryIsSmallAndStatic(t *testing.T) {
	path := binary(t)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("the binary has %.1f MB", float64(info.Size())/(1<<20))
	if info.Size() > maxBinary {
		t.Errorf("the binary has %d bytes, more than %d", info.Size(), maxBinary)
	}
	file, err := elf.Open(path)
	if err != nil {
		t.Skipf("binaries of %s are not ELF files: whether it is static is looked at elsewhere", runtime.GOOS)
	}
	defer file.Close()
	if slices.ContainsFunc(file.Progs, func(p *elf.Prog) bool { return p.Type == elf.PT_INTERP }) {
		t.Error("the binary asks for a dynamic linker")
	}
}
