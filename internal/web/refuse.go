package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"carrypoint/internal/site"
	"carrypoint/views"
)

// noContext is what pages render with: they take nothing from a request.
var noContext = context.Background()

// A Refusal is an error that a person may be told of, in their own language.
type Refusal struct {
	Status int
	Key    string // of the message
}

func (e *Refusal) Error() string { return fmt.Sprintf("%d: %s", e.Status, e.Key) }

func refusal(status int, key string) error { return &Refusal{status, key} }

// refuse turns an error into its page. What is not a refusal is logged, and the
// person is told only that something went wrong.
func (t *tongue) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var refused *Refusal
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &refused):
	case errors.As(err, &tooLarge):
		refused = &Refusal{http.StatusRequestEntityTooLarge, "error.too_large"}
	case errors.Is(err, site.ErrNotFound):
		refused = &Refusal{http.StatusNotFound, "error.no_site"}
	default:
		t.Log.Error("a page failed", keyRoute, r.Pattern, keyError, err)
		t.fail(w)
		return
	}
	if err := t.render(w, refused.Status, cachePrivate, views.TextPage(t.refused(refused))); err != nil {
		t.Log.Error("the page of an error failed", keyRoute, r.Pattern, keyError, err)
		t.fail(w)
	}
}

func (t *tongue) refused(e *Refusal) views.Text {
	form := t.form("", asked{})
	return views.Text{
		Page:      t.newPage(t.say.T(e.Key+".heading"), ""),
		Emergency: t.emergencyLinks(),
		Heading:   t.say.T(e.Key + ".heading"),
		Lead:      t.say.T(e.Key+".text", "number", t.EmergencyNumber()),
		Form:      &form,
	}
}

// failure renders the page of an error that nothing more can be said of, once
// and at the start, so that it cannot fail later.
func (t *tongue) failure() []byte {
	page := t.refused(&Refusal{http.StatusInternalServerError, "error.failed"})
	return renderNow(views.TextPage(page))
}

func (t *tongue) fail(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusInternalServerError)
	_, _ = w.Write(t.failed) // the person has gone: there is nobody to tell
}
