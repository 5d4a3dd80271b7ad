package fetch

import (
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A siteServer plays a Socrata site with one dataset.
type siteServer struct {
	id     string
	rows   int
	most   int   // rows an answer has at most
	edited int64 // seconds; 0 for a site that does not say

	// A lie answers in its place; it gets what an honest site would say.
	lie    func(path string, q url.Values, honest string) string
	asked  []url.Values
	tokens []string
}

const resource = "/resource/abcd-1234.json"

func honestSite(rows int) *siteServer {
	return &siteServer{id: "abcd-1234", rows: rows, most: 10, edited: oneEdit / 1000}
}

func (s *siteServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	s.asked = append(s.asked, q)
	s.tokens = append(s.tokens, r.Header.Get("X-App-Token"))
	answer := s.answer(r.URL.Path, q)
	if s.lie != nil {
		answer = s.lie(r.URL.Path, q, answer)
	}
	if code, body, ok := strings.Cut(answer, " "); ok && len(code) == 3 { // "404 …" is a status
		n, _ := strconv.Atoi(code)
		w.WriteHeader(n)
		answer = body
	}
	_, _ = io.WriteString(w, answer)
}

func (s *siteServer) answer(path string, q url.Values) string {
	switch {
	case path == "/api/views/"+s.id+".json":
		edited := ""
		if s.edited > 0 {
			edited = fmt.Sprintf(`,"rowsUpdatedAt":%d`, s.edited)
		}
		return fmt.Sprintf(`{"id":%q,"name":"Example sites"%s}`, s.id, edited)
	case path != "/resource/"+s.id+".json":
		return `404 {"code":"dataset.missing","error":true,"message":"Not found"}`
	case q.Get("$select") == "count(*)":
		return fmt.Sprintf(`[{"count":"%d"}]`, s.rows)
	}
	from, _ := strconv.Atoi(q.Get("$offset"))
	limit, _ := strconv.Atoi(q.Get("$limit"))
	return rowsOf(min(from, s.rows), min(from+min(limit, s.most), s.rows))
}

func rowsOf(from, to int) string {
	var all []string
	for i := from; i < to; i++ {
		all = append(all, fmt.Sprintf(`{"name":"Example House %d","location":{"latitude":"41.5","longitude":"-72.5"}}`, i))
	}
	return "[" + strings.Join(all, "\n,") + "]"
}

// wantRows fails unless a file has the rows from 0 on, in order.
func wantRows(t *testing.T, text string, n int) {
	t.Helper()
	var rows []struct {
		Name     string `json:"name"`
		Location map[string]string
	}
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		t.Fatalf("it is not JSON: %v\n%.300s", err, text)
	}
	if len(rows) != n {
		t.Fatalf("it has %d rows, want %d", len(rows), n)
	}
	for i, row := range rows {
		if row.Name != fmt.Sprintf("Example House %d", i) || row.Location["latitude"] != "41.5" {
			t.Fatalf("row %d is %v", i, row)
		}
	}
}

func TestADatasetIsReadWhole(t *testing.T) {
	for _, n := range []int{0, 1, 9, 10, 11, 95} {
		server := honestSite(n)
		s := httptest.NewServer(server)
		defer s.Close()
		a, text := newBench(t, "", s).get(t, ProtocolSocrata, s.URL+resource)
		wantRows(t, text, n)
		if a.Format != "json" || a.Name != "Example sites" || a.LastEdit.Unix() != oneEdit/1000 {
			t.Errorf("the answer is %+v", a)
		}
		for _, q := range server.asked {
			if q.Has("$offset") && (q.Get("$order") != ":id" || q.Get("$limit") == "") {
				t.Errorf("it was asked for %v", q)
			}
		}
		if (n == 0) != (len(a.Notes) == 1) {
			t.Errorf("with %d rows the notes are %q", n, a.Notes)
		}
	}
}

func TestLiesOfASite(t *testing.T) {
	onPage := func(answer func(from int) string) func(string, url.Values, string) string {
		return func(_ string, q url.Values, honest string) string {
			if !q.Has("$offset") {
				return honest
			}
			from, _ := strconv.Atoi(q.Get("$offset"))
			return answer(from)
		}
	}
	onCount := func(answer string) func(string, url.Values, string) string {
		return func(_ string, q url.Values, honest string) string {
			if q.Has("$select") {
				return answer
			}
			return honest
		}
	}
	onView := func(answer string) func(string, url.Values, string) string {
		return func(path string, _ url.Values, honest string) string {
			if strings.HasPrefix(path, "/api/") {
				return answer
			}
			return honest
		}
	}
	for name, c := range map[string]struct {
		lie  func(string, url.Values, string) string
		want error // nil: it is read whole all the same
		says string
	}{
		"it repeats the same page":         {onPage(func(int) string { return rowsOf(0, 10) }), ErrUnreliable, "from number 11, it gives those again"},
		"it shrinks its page":              {onPage(func(from int) string { return rowsOf(from, min(from+4, 25)) }), nil, ""},
		"it ignores the limit":             {onPage(func(from int) string { return rowsOf(from, 25) }), nil, ""},
		"it loses the end":                 {onPage(func(from int) string { return rowsOf(from, min(from+10, 20)) }), ErrUnreliable, "has 25 rows, and gives 20"},
		"it gives more than it counts":     {onPage(func(from int) string { return rowsOf(from, 30) }), ErrUnreliable, "has 25 rows, and gives 30"},
		"it counts too many":               {onCount(`[{"count":"26"}]`), ErrUnreliable, "has 26 rows, and gives 25"},
		"it counts in another column":      {onCount(`[{"count_1":25}]`), nil, ""},
		"it does not count":                {onCount(`[]`), ErrNotDataset, "gives no number"},
		"it counts less than nothing":      {onCount(`[{"count":"-1"}]`), ErrNotDataset, "gives no number"},
		"it counts the stars":              {onCount(`[{"count":"4000000000"}]`), ErrTooLarge, "at most 2000000"},
		"it gives an object":               {onPage(func(int) string { return `{"rows":[]}` }), ErrNotDataset, "not what a Socrata site answers"},
		"it gives nothing":                 {onPage(func(int) string { return `null` }), ErrNotDataset, "not even an empty list"},
		"it gives lists":                   {onPage(func(int) string { return `[[1,2]]` }), ErrNotDataset, "row 1 of a page is not an object"},
		"it gives half a page":             {onPage(func(int) string { return `[{"name":"Exam` }), ErrNotDataset, "not what a Socrata site answers"},
		"it asks for a login":              {onPage(func(int) string { return "\n<!doctype HTML><title>Sign in</title>" }), ErrNotDataset, "web page"},
		"it keeps what it says to itself":  {onView(`403 {"code":"permission_denied","error":true,"message":"no"}`), nil, ""},
		"it knows of no view":              {onView(`404 {"code":"not_found","error":true,"message":"Cannot find view"}`), nil, ""},
		"it answers about another dataset": {onView(`{"id":"wxyz-9876","name":"Other"}`), ErrGone, `asked for abcd-1234, it answers about "wxyz-9876"`},
		"its dataset is missing": {func(string, url.Values, string) string {
			return `404 {"errorCode":"dataset.missing","message":"Not found"}`
		}, ErrGone, "look for its new address"},
		"its dataset is missing, with a 200": {func(string, url.Values, string) string {
			return `{"errorCode":"dataset.missing","message":"Not found"}`
		}, ErrGone, "dataset.missing"},
		"it is private": {func(string, url.Values, string) string {
			return `403 {"code":"permission_denied","error":true,"message":"You must be logged in"}`
		}, ErrForbidden, "You must be logged in"},
		"it is private, with a 200": {func(string, url.Values, string) string {
			return `{"code":"permission_denied","error":true,"message":"no"}`
		}, ErrForbidden, "open dataset"},
		"it throttles":                        {onPage(func(int) string { return `429 {"code":"too_many","error":true,"message":"Throttled"}` }), ErrUnavailable, "Throttled"},
		"it is never ready":                   {onPage(func(int) string { return `202 {}` }), ErrUnavailable, "tried 5 times"},
		"it does not understand the question": {onPage(func(int) string { return `400 {"code":"query.soql.no-such-column","message":"No such column: typ"}` }), ErrNotDataset, "No such column"},
		"it fails inside a good answer":       {onPage(func(int) string { return `{"code":"internal","error":true,"message":"oh"}` }), ErrNotDataset, `error "internal"`},
	} {
		t.Run(name, func(t *testing.T) {
			server := honestSite(25)
			server.lie = c.lie
			s := httptest.NewServer(server)
			defer s.Close()
			folder := t.TempDir()
			b := newBench(t, folder, s)
			if c.want == nil {
				_, text := b.get(t, ProtocolSocrata, s.URL+resource)
				wantRows(t, text, 25)
				return
			}
			b.refuses(t, ProtocolSocrata, s.URL+resource, c.want, c.says)
			if left := filesOf(t, folder); len(left) > 0 {
				t.Error("left behind:", left)
			}
		})
	}
}

func TestAnUneditedDatasetIsNotReadAgain(t *testing.T) {
	for name, c := range map[string]struct {
		change    func(s *siteServer)
		reads     bool
		unchanged bool
	}{
		"nothing happened":             {func(*siteServer) {}, false, true},
		"an edit":                      {func(s *siteServer) { s.edited++; s.rows++ }, true, false},
		"an edit that changes nothing": {func(s *siteServer) { s.edited++ }, true, true},
		"it does not say any more":     {func(s *siteServer) { s.edited = 0; s.rows-- }, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			server := honestSite(25)
			s := httptest.NewServer(server)
			defer s.Close()
			b := newBench(t, t.TempDir(), s)
			b.get(t, ProtocolSocrata, s.URL+resource)
			c.change(server)
			server.asked = nil
			a, text := b.get(t, ProtocolSocrata, s.URL+resource)
			wantRows(t, text, server.rows)
			if (len(server.asked) > 1) != c.reads || a.NotModified != c.unchanged {
				t.Errorf("it was asked %d times, and not modified is %v", len(server.asked), a.NotModified)
			}
		})
	}
}

func TestADatasetThatIsEditedWhileItIsRead(t *testing.T) {
	for name, c := range map[string]struct {
		edits int
		want  error
	}{
		"once":   {1, nil},
		"always": {99, ErrUnreliable},
	} {
		t.Run(name, func(t *testing.T) {
			server := honestSite(25)
			done := 0
			server.lie = func(_ string, q url.Values, honest string) string {
				if q.Get("$offset") == "10" && done < c.edits {
					done++
					server.edited++
					server.rows--
				}
				return honest
			}
			s := httptest.NewServer(server)
			defer s.Close()
			b := newBench(t, "", s)
			if c.want != nil {
				b.refuses(t, ProtocolSocrata, s.URL+resource, c.want, "3 times")
				return
			}
			_, text := b.get(t, ProtocolSocrata, s.URL+resource)
			wantRows(t, text, server.rows)
		})
	}
}

func TestATokenIsSentWhereNobodyCanReadIt(t *testing.T) {
	for name, c := range map[string]struct {
		secure bool
		want   string
	}{
		"over https": {true, "example-token"},
		"over http":  {false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			server := honestSite(3)
			s := httptest.NewUnstartedServer(server)
			if c.secure {
				s.StartTLS()
			} else {
				s.Start()
			}
			defer s.Close()
			b := newBench(t, "", s)
			b.options.AppToken = "example-token"
			if c.secure {
				b.transport.TLSClientConfig = s.Client().Transport.(*http.Transport).TLSClientConfig.Clone()
				b.transport.TLSClientConfig.RootCAs = certificatesOf(s)
			}
			b.get(t, ProtocolSocrata, s.URL+resource)
			if slices.ContainsFunc(server.tokens, func(got string) bool { return got != c.want }) {
				t.Errorf("the tokens sent are %q", server.tokens)
			}
		})
	}
}

func certificatesOf(s *httptest.Server) *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(s.Certificate())
	return pool
}

func TestSocrataAddresses(t *testing.T) {
	for name, c := range map[string]struct {
		address, id, where string
	}{
		"a resource":              {"https://data.example.org/resource/abcd-1234.json", "abcd-1234", ""},
		"a resource as CSV":       {"https://data.example.org/resource/abcd-1234.csv", "abcd-1234", ""},
		"a short address":         {"https://data.example.org/d/abcd-1234", "abcd-1234", ""},
		"a view":                  {"https://data.example.org/api/views/abcd-1234", "abcd-1234", ""},
		"a download":              {"https://data.example.org/api/views/abcd-1234/rows.csv?accessType=DOWNLOAD", "abcd-1234", ""},
		"a page of a browser":     {"https://data.example.org/Health-Care/Example-Sites/abcd-1234/about_data", "abcd-1234", ""},
		"a name that looks so":    {"https://data.example.org/Health/code-blue/abcd-1234", "abcd-1234", ""},
		"some of the rows":        {"https://data.example.org/resource/abcd-1234.json?$where=kind=%27box%27&$limit=5", "abcd-1234", "kind='box'"},
		"a part by another way":   {"https://data.example.org/resource/abcd-1234.json?kind=box", "", ""},
		"a token":                 {"https://data.example.org/resource/abcd-1234.json?$$app_token=x", "", ""},
		"no id":                   {"https://data.example.org/browse", "", ""},
		"an id that is too long":  {"https://data.example.org/resource/abcd-12345.json", "", ""},
		"an id in capitals":       {"https://data.example.org/resource/ABCD-1234.json", "", ""},
		"an id in the query only": {"https://data.example.org/browse?id=abcd-1234", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			u, err := parseAddress(c.address)
			if err != nil {
				t.Fatal(err)
			}
			a, err := parseSocrata(u)
			if (err == nil) != (c.id != "") {
				t.Fatalf("it gives %v", err)
			}
			if err == nil && (a.id != c.id || a.where != c.where || a.site.String() != "https://data.example.org") {
				t.Errorf("it asks for %q at %s where %q", a.id, a.site, a.where)
			}
		})
	}
}

func TestAPartOfADatasetIsCountedAsAPart(t *testing.T) {
	server := honestSite(25)
	s := httptest.NewServer(server)
	defer s.Close()
	newBench(t, "", s).get(t, ProtocolSocrata, s.URL+resource+"?$where="+url.QueryEscape("kind='box'"))
	for _, q := range server.asked {
		if (q.Has("$offset") || q.Has("$select")) && q.Get("$where") != "kind='box'" {
			t.Errorf("it was asked for %v", q)
		}
	}
}

func TestRowsOfMoreThanIsRead(t *testing.T) {
	server := honestSite(25)
	s := httptest.NewServer(server)
	defer s.Close()
	folder := t.TempDir()
	b := newBench(t, folder, s)
	b.limits.bytes = 1000
	b.refuses(t, ProtocolSocrata, s.URL+resource, ErrTooLarge, "more than 1000 bytes")
	if left := filesOf(t, folder); len(left) > 0 {
		t.Error("left behind:", left)
	}
}

// A page is unpacked within bounds too.
func TestABombForAPage(t *testing.T) {
	bomb := packed(strings.Repeat(" ", 2<<20))
	s := serve(t, encoded("gzip", string(bomb)))
	newBench(t, "", s).refuses(t, ProtocolSocrata, s.URL+resource, ErrTooLarge, "more than")
}
