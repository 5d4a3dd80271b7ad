package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"carrypoint/internal/edition"
)

// keyFile makes a key and gives its file, and its public text.
func keyFile(t *testing.T) (file, public string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "steward.key")
	got := command("keys", "new", "steward.example.org", "--out", file)
	if got.code != 0 || !strings.HasPrefix(got.out, "steward.example.org+") {
		t.Fatalf("%+v", got)
	}
	return file, strings.TrimSpace(got.out)
}

func TestAKeyIsMadeOnce(t *testing.T) {
	file, public := keyFile(t)
	wantSentence(t, command("keys", "new", "steward.example.org", "--out", file), exitFailed, file, "file exists")
	wantSentence(t, command("keys", "new", "two words", "--out", file+"2"), exitFailed, "is no name for a key")
	kept, err := os.ReadFile(file + ".pub")
	if err != nil || string(kept) != public+"\n" {
		t.Errorf("the public key is %q, %v; it printed %q", kept, err, public)
	}
}

func TestAnEditionIsVerifiedByItsSignature(t *testing.T) {
	file, public := keyFile(t)
	_, other := keyFile(t)
	signed, unsigned := t.TempDir(), folderOf(t, sites)
	if got := command("edition", "build", sites, "--dir", signed, "--key", file); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	for name, c := range map[string]struct {
		dir, key string
		says     string // "" where all is well
	}{
		"signed by the key":      {signed, public, ""},
		"the key is in a file":   {signed, file + ".pub", ""},
		"nobody asks":            {signed, "", ""},
		"signed by another key":  {signed, other, "it is signed by another key"},
		"not signed at all":      {unsigned, public, "it is not signed"},
		"a key that is no key":   {signed, "hello", "no public key"},
		"the private key itself": {signed, file, "no public key"},
	} {
		t.Run(name, func(t *testing.T) {
			got := command("edition", "verify", "--dir", c.dir, "--verify-key", c.key)
			if c.says == "" && got.code != 0 {
				t.Errorf("got %+v", got)
			}
			if c.says != "" {
				wantSentence(t, got, exitFailed, c.says)
			}
		})
	}
	wantSentence(t, command("edition", "build", sites, "--dir", signed, "--title", "unsigned"), exitFailed, "is signed", "--key")
	wantSentence(t, command("edition", "build", sites, "--dir", signed, "--key", file+".pub"), exitFailed, "holds no private key")
}

// TestAServerTakesOnlyWhatItsKeySigned follows a folder into which somebody
// without the key publishes, and hides a site.
func TestAServerTakesOnlyWhatItsKeySigned(t *testing.T) {
	file, public := keyFile(t)
	key, err := edition.ReadKey(file)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if got := command("edition", "build", sites, "--dir", dir, "--key", file); got.code != 0 {
		t.Fatalf("%+v", got)
	}
	t.Setenv("CARRYPOINT_VERIFY_KEY", public)
	server := serveHere(t, dir)
	before := server.ready(t)
	current := filepath.Join(dir, "current")
	signed, err := os.ReadFile(current)
	if err != nil {
		t.Fatal(err)
	}
	remove(t, current) // which would ask for the key
	rebuilt(t, dir, "unsigned")
	server.wantSaid(t, before+"the publication in force was refused: it is not signed\n")
	replace(t, current, signed)
	server.wantSaid(t, before)
	const hidden = "us-ca-example-box"
	if got := get(t, "http://"+server.address+"/site/"+hidden); got.status != 200 {
		t.Fatalf("before it is hidden: status %d", got.status)
	}
	if _, err := edition.Hide(dir, key, time.Now(), hidden); err != nil {
		t.Fatal(err)
	}
	server.wantSaid(t, strings.TrimSpace(before)+", 1 hidden\n")
	if got := get(t, "http://"+server.address+"/site/"+hidden); got.status != 404 {
		t.Errorf("after it was hidden: status %d", got.status)
	}
	for _, path := range []string{"/near/94103", "/us/ca/san-francisco", "/us/ca"} {
		if got := get(t, "http://"+server.address+path); got.status != 200 || strings.Contains(got.body, hidden) {
			t.Errorf("%s still has it, or fails: status %d", path, got.status)
		}
	}
}

// wantSaid waits until the server says this of itself.
func (s *served) wantSaid(t *testing.T, want string) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if s.ready(t) == want {
			return
		}
	}
	t.Errorf("it says %q and not %q; its log: %s", s.ready(t), want, s.log)
}
