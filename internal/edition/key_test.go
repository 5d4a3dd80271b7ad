package edition

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAKeyIsMadeKeptAndRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "steward.key")
	made, err := CreateKey(path, "steward.example.org")
	must(t, err)
	read, err := ReadKey(path)
	must(t, err)
	if read.Public != made.Public || !strings.HasPrefix(made.Public, "steward.example.org+") {
		t.Errorf("made %s, read %s", made.Public, read.Public)
	}
	for file, mode := range map[string]fs.FileMode{path: 0o600, path + ".pub": 0o644} {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != mode {
			t.Errorf("the rights of %s are %v, %v", file, info.Mode(), err)
		}
	}
	sealed, err := seal("a line\n", read)
	must(t, err)
	for _, from := range []string{made.Public, path + ".pub"} {
		keys, err := ReadVerifiers(from)
		must(t, err)
		if _, err := unseal(sealed, keys); err != nil {
			t.Errorf("verifying by %s: %v", from, err)
		}
	}
}

func TestAKeyReplacesNoFile(t *testing.T) {
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken")
	must(t, os.WriteFile(taken, []byte("mine"), 0o600))
	must(t, os.WriteFile(filepath.Join(dir, "half.pub"), []byte("mine"), 0o600))
	for _, name := range []string{"taken", "half"} {
		if _, err := CreateKey(filepath.Join(dir, name), "steward"); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if left := names(t, dir); len(left) != 3 {
		t.Errorf("it left %q", left)
	}
}

func TestWhatIsNoKey(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "key")
	key, err := CreateKey(path, "steward")
	must(t, err)
	secret, err := os.ReadFile(path)
	must(t, err)
	for name, content := range map[string]string{
		"nothing": "", "text": "hello\n", "a public key": key.Public, "half a key": string(secret[:len(secret)/2]),
	} {
		t.Run(name, func(t *testing.T) {
			wrong := filepath.Join(t.TempDir(), "wrong")
			must(t, os.WriteFile(wrong, []byte(content), 0o600))
			if _, err := ReadKey(wrong); err == nil || strings.Contains(err.Error(), "PRIVATE") {
				t.Errorf("got %v", err)
			}
		})
	}
	for name, wrong := range map[string]string{"nothing": "", "a private key itself": string(secret), "text": "hello", "a private key": path, "no file": filepath.Join(dir, "gone")} {
		if _, err := ReadVerifiers(wrong); err == nil || strings.Contains(err.Error(), "PRIVATE") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for _, name := range []string{"", "two words", "a+b", "a\nb"} {
		if _, err := CreateKey(filepath.Join(dir, "never"), name); err == nil {
			t.Errorf("a key was made of the name %q", name)
		}
	}
}
