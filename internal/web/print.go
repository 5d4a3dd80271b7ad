package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"carrypoint/internal/gazetteer"
	"carrypoint/internal/pdf"
	"carrypoint/internal/sheet"
)

// maxPrinting sheets are laid out or waited for at the same time. The largest takes a
// second and a hundred megabytes, and its PDF half a minute: whoever prints must leave
// room for who looks for a place.
const maxPrinting = 16

// printing answers below /print: the settings of a sheet, the sheet, or its PDF.
func (t *tongue) printing(w http.ResponseWriter, r *http.Request) error {
	if !t.printers.take() {
		return printBusy(w)
	}
	defer t.printers.leave()
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return refusal(http.StatusBadRequest, "error.form")
	}
	area, file := splitFormat(r.PathValue("area"))
	place, ok := t.placeAt(area)
	if !ok {
		return refusal(http.StatusNotFound, "error.no_area")
	}
	if file != "" {
		query.Set("format", strings.TrimSuffix(file, pdfSuffix))
	}
	p, err := t.printingOf(query, place)
	if err != nil {
		return err
	}
	switch isPicked := area == pickedPath; {
	case isPicked && len(p.IDs) == 0:
		return refusal(http.StatusBadRequest, "error.pick")
	case !isPicked && len(p.IDs) > 0:
		return refusal(http.StatusBadRequest, "error.print")
	}
	switch {
	case file == "":
		return t.printSettings(w, p)
	case strings.HasSuffix(file, pdfSuffix):
		return t.printPDF(w, r, p)
	}
	return t.printSheet(w, r, p)
}

// splitFormat parts "us/oh/dayton/cards.pdf" into the area, "/us/oh/dayton", and
// the sheet. No area has the name of a format: a test looks.
func splitFormat(path string) (area, file string) {
	i := strings.LastIndexByte(path, '/')
	last := path[i+1:]
	if sheet.Format(strings.TrimSuffix(last, pdfSuffix)).Known() && i >= 0 {
		return "/" + path[:i], last
	}
	return "/" + path, ""
}

// placeAt finds the area of a path, as the pages of areas have it. What was picked
// by hand has no place.
func (t *tongue) placeAt(path string) (gazetteer.Place, bool) {
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	switch {
	case path == pickedPath:
		return gazetteer.Place{}, true
	case len(parts) == 2 && parts[0] == "near":
		place, ok := t.Places.Postcode(parts[1])
		return place, ok && place.Name == parts[1]
	case (len(parts) == 2 || len(parts) == 3) && (parts[0] == "us" || parts[0] == "ca"):
		return t.Places.Area(parts[0], parts[1], strings.Join(parts[2:], ""))
	}
	return gazetteer.Place{}, false
}

// printSheet is the page that a browser prints. Its style has the title in it, so
// it is allowed by a hash of its own.
func (t *tongue) printSheet(w http.ResponseWriter, r *http.Request, p Printing) error {
	paper, err := t.Paper(p, t.address(r))
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Security-Policy", contentPolicy(paper.Style))
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", p.Languages[0])
	h.Set("Cache-Control", cacheArea)
	_, _ = w.Write(paper.HTML) // the person has gone: there is nobody to tell
	return nil
}

// pdfWriteTimeout is for a list of thousands of places, which takes a browser half
// a minute to print, on a slow line.
const pdfWriteTimeout = 3 * time.Minute

// printPDF is the same as a file. It is the same for everyone who asks on a day, and
// is made once.
func (t *tongue) printPDF(w http.ResponseWriter, r *http.Request, p Printing) error {
	if t.PDFs == nil {
		return refusal(http.StatusNotFound, "print.none")
	}
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(pdfWriteTimeout)) // a recorder of a test has none
	site := t.address(r)
	file, err := t.PDFs.Get(r.Context(), t.printKey(p, site), func() ([]byte, error) {
		paper, err := t.Paper(p, site)
		return paper.HTML, err
	})
	switch {
	case errors.Is(err, pdf.ErrBusy), errors.Is(err, pdf.ErrSlow):
		return printBusy(w)
	case errors.Is(err, pdf.ErrTooLarge):
		return refusal(http.StatusRequestEntityTooLarge, "print.large")
	case errors.Is(err, context.Canceled): // the person has gone: there is nobody to tell
		return nil
	case err != nil:
		return fmt.Errorf("printing a sheet: %w", err)
	}
	h := w.Header()
	h.Set("Content-Type", "application/pdf")
	h.Set("Content-Disposition", `inline; filename="`+p.FileName()+`"`)
	h.Set("Cache-Control", cacheText)
	_, _ = w.Write(file) // the person has gone: there is nobody to tell
	return nil
}

// printBusy asks to come back in a minute.
func printBusy(w http.ResponseWriter) error {
	w.Header().Set("Retry-After", "60")
	return refusal(http.StatusServiceUnavailable, "print.busy")
}

// FileName is what a sheet is called as a file: "us-oh-dayton-cards.pdf".
func (p *Printing) FileName() string {
	name := strings.ReplaceAll(strings.Trim(areaPath(p.Place), "/"), "/", "-")
	if name == "" {
		name = strings.Trim(pickedPath, "/")
	}
	return name + "-" + string(p.Format) + pdfSuffix
}

// printKey names a sheet with all that it depends on: what was chosen, the address
// in its code, what is served and what is hidden of it, and the day that is on it.
func (t *tongue) printKey(p Printing, site string) string {
	now := t.Editions.State()
	return strings.Join([]string{
		site, p.path(), string(p.Format), string(p.Paper), strings.Join(p.Languages, ","), p.values("").Encode(),
		now.Edition.ID, fmt.Sprint(now.Hiding.IDs), t.Now().Format(time.DateOnly),
	}, "|")
}

// address is the public address of the site: what the operator says, else what the
// request was sent to.
func (t *tongue) address(r *http.Request) string {
	if t.Address != "" {
		return strings.TrimSuffix(t.Address, "/")
	}
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}
