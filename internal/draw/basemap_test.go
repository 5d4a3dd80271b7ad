package draw

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/paulmach/orb"
)

func unpacked(t testing.TB) []byte {
	t.Helper()
	content, err := island().Encode()
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheSameOutlineMakesTheSameBytes(t *testing.T) {
	a, errA := island().Encode()
	b, errB := island().Encode()
	if errA != nil || errB != nil || !bytes.Equal(a, b) {
		t.Errorf("the two differ, or failed: %v, %v", errA, errB)
	}
}

func TestADamagedBasemapIsRefused(t *testing.T) {
	good := unpacked(t)
	uvarints := func(values ...uint64) []byte {
		b := []byte(magic)
		for _, v := range values {
			b = binary.AppendUvarint(b, v)
		}
		return b
	}
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"another file":                     {[]byte("PK\x03\x04"), "does not begin"},
		"an empty file":                    {nil, "does not begin"},
		"its first half":                   {good[:len(good)/2], "EOF"},
		"something after the end":          {append(bytes.Clone(good), 0), "follows the last sheet"},
		"more known bounds than can be":    {uvarints(65), "known bounds: 65 is more than 64"},
		"no layers":                        {uvarints(0, 0), "no layers"},
		"more layers than can be":          {uvarints(0, 17), "layers: 17 is more than 16"},
		"a layer of no kind":               {uvarints(0, 1, 6), "kind of layer: 6 is more than 5"},
		"more cells than a sheet has":      {uvarints(0, 1, 0, 65537), "cells: 65537 is more than 65536"},
		"a cell beyond the sheet":          {uvarints(0, 1, 0, 2, 65535, 0, 1, 0), "next cell"},
		"the same cell twice":              {uvarints(0, 1, 0, 2, 7, 0, 0, 0), "next cell: 7 after 7"},
		"a piece of a layer that is not":   {uvarints(0, 1, 0, 1, 0, 1, 1), "layer: 1 is more than 0"},
		"more points than may be held":     {uvarints(0, 1, 0, 1, 0, 1, 0, 1<<20+1), "points: 1048577"},
		"a point outside of its cell":      {uvarints(0, 1, 0, 1, 0, 1, 0, 1, 2*3000, 0), "outside of its cell"},
		"a step wider than any cell":       {uvarints(0, 1, 0, 1, 0, 1, 0, 1, 2*5000, 0), "a difference of 5000"},
		"a number that never ends":         {append(uvarints(0), bytes.Repeat([]byte{0xFF}, 20)...), "overflows"},
		"fewer sheets than there ought be": {uvarints(0, 1, 0, 0, 0), "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := parse(bytes.NewReader(c.content))
			if b != nil || !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("parse = %v, %v; want %q", b, err, c.want)
			}
		})
	}
	t.Run("not compressed", func(t *testing.T) {
		if _, err := OpenBasemap(bytes.NewReader(good)); !errors.Is(err, ErrDamaged) {
			t.Errorf("OpenBasemap = %v", err)
		}
	})
	t.Run("compressed, without its last bytes", func(t *testing.T) {
		packed, err := pack(good)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := OpenBasemap(bytes.NewReader(packed[:len(packed)-6])); !errors.Is(err, ErrDamaged) {
			t.Errorf("OpenBasemap = %v", err)
		}
	})
}

// FuzzOpenBasemap reads any bytes as a basemap. What can be read can be drawn.
func FuzzOpenBasemap(f *testing.F) {
	good := unpacked(f)
	f.Add(good)
	f.Add(good[:len(good)/3])
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, content []byte) {
		b, err := parse(bytes.NewReader(content))
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Fatalf("an error without a meaning: %v", err)
			}
			return
		}
		for _, reach := range []float64{0.1, 10, 80} {
			m := Map{Width: 360, Height: 300, Pins: pins(orb.Point{-45 - reach, 35}, orb.Point{-45 + reach, 35})}
			elements(t, new(canvas).draw(nil, b, &m))
		}
	})
}
