package main

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// visitors is how many people ask at the same time: enough to keep every
// processor of a small machine busy.
const visitors = 8

// A crowd asks for page after page and counts. Every answer but a whole page is
// a failure.
type crowd struct {
	address string
	asked   atomic.Int64

	mutex   sync.Mutex
	serving []string // what /readyz said, each once
}

// paths are pages of each kind. The last is a form that is sent.
var paths = []string{"/near/94103", "/readyz", "/us/ca/san-francisco", "/", "/us/ca", "/near/10001", "/overdose", "/near"}

// visit asks for n pages and returns when all are answered.
func (c *crowd) visit(t *testing.T, n int64) {
	c.until(t, func() bool { return c.asked.Load() >= n })
}

// until asks until enough says so.
func (c *crowd) until(t *testing.T, enough func() bool) {
	t.Helper()
	var all sync.WaitGroup
	for visitor := range visitors {
		all.Go(func() {
			client := &http.Client{Transport: &http.Transport{}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			defer client.CloseIdleConnections()
			for i := visitor; !enough(); i++ {
				c.asked.Add(1)
				if err := c.ask(client, paths[i%len(paths)]); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

func (c *crowd) ask(client *http.Client, path string) error {
	url, want, ask := "http://"+c.address+path, http.StatusOK, client.Get
	if path == "/near" {
		want, ask = http.StatusSeeOther, func(url string) (*http.Response, error) {
			return client.Post(url, "application/x-www-form-urlencoded", strings.NewReader("q=94103"))
		}
	}
	response, err := ask(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if response.StatusCode != want {
		return fmt.Errorf("%s: status %d, want %d", path, response.StatusCode, want)
	}
	if path == "/readyz" {
		c.heard(string(body))
	} else if want == http.StatusOK && !strings.Contains(string(body), "</html>") {
		return fmt.Errorf("%s: half a page", path)
	}
	return nil
}

func (c *crowd) heard(ready string) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if !slices.Contains(c.serving, ready) {
		c.serving = append(c.serving, ready)
	}
}
