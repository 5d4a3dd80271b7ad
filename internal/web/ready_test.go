package web

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"carrypoint/internal/edition"
)

// published makes a folder with a publication of the invented sites.
func published(t *testing.T, s *Server) (dir, id string) {
	t.Helper()
	dir = t.TempDir()
	w, err := edition.Create(dir, edition.Meta{Title: "test", Made: noon})
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range s.Editions.Edition().Sites() {
		if err := w.AddSite(&one); err != nil {
			t.Fatal(err)
		}
	}
	if id, err = w.Finish(); err != nil {
		t.Fatal(err)
	}
	if _, err := edition.Publish(dir, id, nil, noon); err != nil {
		t.Fatal(err)
	}
	return dir, id
}

// TestReadySaysWhatIsServedAndWhatIsRefused harms the folder before a server
// begins with it. Its answer is for everybody: it names no file.
func TestReadySaysWhatIsServedAndWhatIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		harm   func(dir, id string) error
		status int
		text   string // ID stands for the edition
	}{
		"nothing is wrong": {func(string, string) error { return nil }, http.StatusOK, "ready: edition ID, publication 1\n"},
		"a site is hidden": {func(dir, _ string) error {
			_, err := edition.Hide(dir, nil, noon, "us-oh-example")
			return err
		}, http.StatusOK, "ready: edition ID, publication 1, 1 hidden\n"},
		"what is in force is damaged": {func(dir, _ string) error {
			return os.WriteFile(filepath.Join(dir, "current"), []byte("x"), 0o644)
		}, http.StatusOK, "ready: edition ID, publication 1\nthe publication in force was refused: it is not whole\n"},
		"so is the list of hidden sites": {func(dir, _ string) error {
			return os.WriteFile(filepath.Join(dir, "hidden"), []byte("x"), 0o644)
		}, http.StatusOK, "ready: edition ID, publication 1\nthe list of hidden sites was refused: it is not whole\n"},
		"the only edition is gone": {func(dir, id string) error {
			return os.Remove(filepath.Join(dir, "editions", id+".sqlite"))
		}, http.StatusServiceUnavailable, "not ready: no edition could be opened\npublication 1 was refused: its file is not there\n"},
	} {
		t.Run(name, func(t *testing.T) {
			s := *invented() // which other tests share
			dir, id := published(t, &s)
			if err := c.harm(dir, id); err != nil {
				t.Fatal(err)
			}
			s.Editions = &edition.Follower{Dir: dir}
			_ = s.Editions.Begin() // what it tells of is for the log
			answer := httptest.NewRecorder()
			s.Handler().ServeHTTP(answer, httptest.NewRequest("GET", "/readyz", nil))
			want := strings.ReplaceAll(c.text, "ID", id[:12])
			if answer.Code != c.status || answer.Body.String() != want || strings.Contains(answer.Body.String(), dir) {
				t.Errorf("status %d, %q; want %d, %q", answer.Code, answer.Body, c.status, want)
			}
		})
	}
}
