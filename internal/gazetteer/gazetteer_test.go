package gazetteer

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// shippedFile is the file that ships with the site.
var shippedFile = sync.OnceValue(func() []byte {
	content, err := os.ReadFile(filepath.Join("..", "..", "data", "gazetteer", "places.tsv.gz"))
	if err != nil {
		panic(err)
	}
	return content
})

// shipped is the gazetteer of that file, opened once for all tests.
var shipped = sync.OnceValue(func() *Gazetteer {
	g, err := Open(bytes.NewReader(shippedFile()))
	if err != nil {
		panic(err)
	}
	return g
})

func TestPrecisionsAreOrdered(t *testing.T) {
	for i, p := range precisions {
		if p.Rank() != i {
			t.Errorf("%s has rank %d, want %d", p, p.Rank(), i)
		}
		if got := Exact.Coarser(p); got != p {
			t.Errorf("of exact and %s, %s is the coarser", p, got)
		}
	}
	if got := AtState.Coarser("guessed"); got != "guessed" {
		t.Errorf("an unknown word is finer than a state: %s", got)
	}
}

// mostBytes is what an open gazetteer may hold: a site runs on small machines.
const mostBytes = 25 << 20

func TestAnOpenGazetteerIsSmall(t *testing.T) {
	content := shippedFile()
	before := liveBytes()
	g, err := Open(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	held := liveBytes() - before
	runtime.KeepAlive(g)
	if t.Logf("it holds %.1f MB", float64(held)/1e6); held > mostBytes {
		t.Errorf("it holds %d bytes, at most %d may be", held, mostBytes)
	}
}
