package fetch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// A view is what a Socrata site says of a dataset. Some sites say nothing.
type view struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Updated *json.Number `json:"rowsUpdatedAt"` // in seconds
	ViewAt  *json.Number `json:"viewLastModified"`
}

func (v view) edited() time.Time {
	if v.Updated == nil {
		return time.Time{}
	}
	if seconds, err := v.Updated.Int64(); err == nil && seconds > 0 && seconds < 1e11 {
		return time.Unix(seconds, 0).UTC()
	}
	return time.Time{}
}

// stamp is the same as long as nobody changes the rows; empty where the site
// does not say.
func (v view) stamp() string {
	if v.edited().IsZero() {
		return ""
	}
	stamp := v.Updated.String()
	if v.ViewAt != nil {
		stamp += "-" + v.ViewAt.String()
	}
	return stamp
}

// view asks about the dataset. Where a site keeps that to itself the rows may
// be open all the same.
func (v *visit) view(ctx context.Context, a socrataAddress) (about view, err error) {
	err = v.ask(ctx, a.about(), v.token(a), func(body []byte) (err error) {
		about, err = parseView(body)
		return err
	})
	if errors.Is(err, ErrGone) || errors.Is(err, ErrForbidden) {
		return view{}, nil // the rows will say the same, or not
	}
	if err == nil && about.ID != "" && about.ID != a.id {
		err = fmt.Errorf("%w: asked for %s, it answers about %q; %s", ErrGone, a.id, said(about.ID), findAgain)
	}
	return about, err
}

func parseView(body []byte) (view, error) {
	var about view
	if err := parseSocrataBody(body, &about); err != nil {
		return view{}, err
	}
	about.Name = said(about.Name)
	return about, nil
}
