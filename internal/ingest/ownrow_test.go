package ingest

import (
	"errors"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"carrypoint/internal/site"
)

// TestASiteAsARowOfItsOwnFormIsTheSameSite takes the law through every site
// that ships.
func TestASiteAsARowOfItsOwnFormIsTheSameSite(t *testing.T) {
	f, err := os.Open("../../data/sites/points.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	known := Places{Gazetteer: places()}
	data, err := CSV(f, known)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range data.Sites {
		s.Wait = "5 to 7 business days" // which none of them says
		table, err := OwnTable(&s, nil)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ReadDataset(table, known, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]site.Site{s}, again.Sites); diff != "" {
			t.Errorf("%s: %s", s.ID, diff)
		}
	}
}

func TestAnUnknownColumnIsNamed(t *testing.T) {
	var unknown *UnknownColumnError
	for _, name := range []string{"telephone", "full_address", ""} {
		if _, err := OwnTable(&site.Site{}, map[string]string{name: "x"}); !errors.As(err, &unknown) || unknown.Name != name {
			t.Errorf("%q gave %v", name, err)
		}
	}
}
