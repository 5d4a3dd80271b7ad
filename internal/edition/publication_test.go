package edition

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"
)

func anyPublication(t *rapid.T) Publication {
	moment := func(name string) time.Time {
		return time.Unix(rapid.Int64Range(0, 4e9).Draw(t, name), rapid.Int64Range(0, 999_999_999).Draw(t, name+" fraction")).UTC()
	}
	return Publication{
		Seq: rapid.Int64Range(1, 1<<40).Draw(t, "seq"), Edition: rapid.StringMatching(`[0-9a-f]{64}`).Draw(t, "edition"),
		Bytes: rapid.Int64Range(1, maxBytes).Draw(t, "bytes"), Sites: rapid.IntRange(0, 1e7).Draw(t, "sites"),
		Made: moment("made"), Published: moment("published"), Again: rapid.Int64Range(0, 1<<40).Draw(t, "again"),
		Title: rapid.StringMatching(`[ -~äöü“”]{0,60}`).Draw(t, "title"),
	}
}

func TestAPublicationComesOutOfItsText(t *testing.T) {
	key := newKey(t, "steward.example.org")
	rapid.Check(t, func(t *rapid.T) {
		want := anyPublication(t)
		for _, k := range []*Key{nil, key} {
			sealed, err := seal(want.text(), k)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := openPublication(sealed, k.keys()); err != nil || got != want {
				t.Fatalf("got %+v, %v, want %+v", got, err, want)
			}
		}
	})
}

// TestEveryChangeOfAPublicationIsFound flips bytes of signed and of unsigned
// ones, and cuts them short at every place.
func TestEveryChangeOfAPublicationIsFound(t *testing.T) {
	key := newKey(t, "steward")
	p := publish(t, t.TempDir(), 10)
	for name, k := range map[string]*Key{"unsigned": nil, "signed": key} {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(4, 5))
			sealed, err := seal(p.text(), k)
			must(t, err)
			for range 400 {
				damaged := []byte(string(sealed))
				harm(random, damaged)
				if got, err := openPublication(damaged, k.keys()); err == nil {
					t.Fatalf("a flipped byte gave %+v:\n%s", got, damaged)
				}
			}
			for end := range sealed {
				if got, err := openPublication(sealed[:end], k.keys()); err == nil {
					t.Fatalf("%d of %d bytes gave %+v", end, len(sealed), got)
				}
			}
		})
	}
}

// harm flips one byte, but for the last letter of a signature: two of its bits stand
// for nothing, and no reader looks at them (RFC 4648, 3.5).
func harm(random *rand.Rand, file []byte) {
	spare := bytes.LastIndexByte(file, '=') - 1
	at := random.IntN(len(file))
	for at == spare {
		at = random.IntN(len(file))
	}
	file[at] ^= byte(1 + random.IntN(255))
}

func TestAPublicationIsRefusedWithItsReason(t *testing.T) {
	key, other := newKey(t, "steward"), newKey(t, "other")
	text := publish(t, t.TempDir(), 10).text()
	sealed := func(text string, k *Key) []byte {
		b, err := seal(text, k)
		must(t, err)
		return b
	}
	for name, c := range map[string]struct {
		sealed []byte
		keys   note.Verifiers
		want   error
	}{
		"signed by the key":                     {sealed(text, key), key.keys(), nil},
		"signed, and nobody asks":               {sealed(text, key), nil, nil},
		"signed by another key, nobody asks":    {sealed(text, other), nil, nil},
		"unsigned":                              {sealed(text, nil), key.keys(), ErrUnsigned},
		"signed by another key":                 {sealed(text, other), key.keys(), ErrForeign},
		"signed by one of two that are known":   {sealed(text, other), twoKeys(t, key, other), nil},
		"the signature of another text":         {append(sealed("x\n", nil)[:0:0], swapSignature(t, sealed(text, key), sealed(strings.Replace(text, "seq 1", "seq 9", 1), nil))...), key.keys(), ErrNotWhole},
		"nothing":                               {nil, nil, ErrNotWhole},
		"text of another kind":                  {sealed("carrypoint hidden 1\nseq 1\n", nil), nil, ErrNotWhole},
		"a line twice":                          {sealed(text+"title test\n", nil), nil, ErrNotWhole},
		"a line too few":                        {sealed(strings.Replace(text, "again 0\n", "", 1), nil), nil, ErrNotWhole},
		"a number written otherwise":            {sealed(strings.Replace(text, "seq 1\n", "seq 01\n", 1), nil), nil, ErrNotWhole},
		"a number of nought":                    {sealed(strings.Replace(text, "seq 1\n", "seq 0\n", 1), nil), nil, ErrNotWhole},
		"a number below nought":                 {sealed(strings.Replace(text, "sites 10\n", "sites -1\n", 1), nil), nil, ErrNotWhole},
		"the path of a file for an edition":     {sealed(strings.Replace(text, "edition ", "edition ../../", 1), nil), nil, ErrNotWhole},
		"an edition larger than any":            {sealed(strings.Replace(text, "bytes ", "bytes 99999", 1), nil), nil, ErrNotWhole},
		"a form that this binary does not know": {sealed(strings.Replace(text, "publication 1", "publication 2", 1), nil), nil, ErrNotWhole},
	} {
		t.Run(name, func(t *testing.T) {
			if p, err := openPublication(c.sealed, c.keys); !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
				t.Errorf("got %+v, %v, want %v", p, err, c.want)
			}
		})
	}
}

func twoKeys(t *testing.T, keys ...*Key) note.Verifiers {
	t.Helper()
	var lines []string
	for _, key := range keys {
		lines = append(lines, key.Public)
	}
	path := filepath.Join(t.TempDir(), "keys")
	must(t, os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o644))
	verifiers, err := ReadVerifiers(path)
	must(t, err)
	return verifiers
}

// swapSignature puts the signature of one text under another.
func swapSignature(t *testing.T, signed, unsigned []byte) []byte {
	t.Helper()
	_, signature, found := strings.Cut(string(signed), "\n\n")
	if !found {
		t.Fatal("it is not signed")
	}
	return []byte(string(unsigned) + "\n" + signature)
}

func FuzzPublication(f *testing.F) {
	key := newKey(f, "steward")
	p := publish(f, f.TempDir(), 3)
	for _, k := range []*Key{nil, key} {
		sealed, err := seal(p.text(), k)
		must(f, err)
		f.Add(sealed)
	}
	f.Add([]byte(publicationWord + "\n\n\n"))
	f.Fuzz(func(t *testing.T, sealed []byte) {
		if p, err := openPublication(sealed, nil); err == nil && !strings.HasPrefix(string(sealed), p.text()) {
			t.Errorf("%q is read as %+v", sealed, p)
		}
		if _, err := openPublication(sealed, key.keys()); err == nil {
			if _, err := openPublication(sealed, nil); err != nil {
				t.Error("signed is less than unsigned:", err)
			}
		}
		if p, err := parsePublication(string(sealed)); err == nil && p.text() != string(sealed) {
			t.Errorf("%q is read as %+v", sealed, p)
		}
	})
}
