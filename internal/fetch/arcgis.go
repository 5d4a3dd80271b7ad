package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"strings"
)

// An arcgisAddress is a layer of an ArcGIS server, or a service whose layers
// are not known yet.
type arcgisAddress struct {
	at    *url.URL // without a query
	layer bool
	where string // which of the layer's features are wanted
}

// everything is how a query asks for all features.
const everything = "1=1"

// arcgisPath is what the servers' addresses have in common, pasted from a
// browser or not: …/FeatureServer, …/MapServer/3, …/FeatureServer/0/query.
var arcgisPath = regexp.MustCompile(`(?i)^(.*/(?:FeatureServer|MapServer))(?:/([0-9]{1,9}))?(?:/query)?/*$`)

// forUs are the parts of a pasted query that say how an answer should look;
// they are asked for again, in carrypoint's own way.
var forUs = map[string]bool{
	"f": true, "outfields": true, "outsr": true, "returngeometry": true, "resultoffset": true, "resultrecordcount": true,
	"orderbyfields": true, "resulttype": true, "cachehint": true, "sqlformat": true,
}

func parseArcGIS(u *url.URL) (arcgisAddress, error) {
	match := arcgisPath.FindStringSubmatch(u.Path)
	if match == nil {
		return arcgisAddress{}, fmt.Errorf("%w: an ArcGIS address has …/FeatureServer/0 or …/MapServer/0 in it", ErrAddress)
	}
	a := arcgisAddress{at: &url.URL{Scheme: u.Scheme, Host: u.Host, Path: match[1]}, where: everything}
	if match[2] != "" {
		a = a.of(match[2])
	}
	for name, values := range u.Query() {
		switch lower := strings.ToLower(name); {
		case lower == "where" && values[0] != "":
			a.where = values[0]
		case lower == "token":
			return arcgisAddress{}, fmt.Errorf("%w: it holds a token, which is somebody's own and ends soon; only open layers are fetched", ErrAddress)
		case values[0] != "" && lower != "where" && !forUs[lower]:
			return arcgisAddress{}, fmt.Errorf("%w: of a query, only \"where\" is understood, not %q", ErrAddress, said(name))
		}
	}
	return a, nil
}

// of is the address of one layer of the service.
func (a arcgisAddress) of(id string) arcgisAddress {
	at := *a.at
	at.Path += "/" + id
	return arcgisAddress{at: &at, layer: true, where: a.where}
}

// about asks what is at the address.
func (a arcgisAddress) about() *url.URL {
	u := *a.at
	u.RawQuery = url.Values{"f": {"json"}}.Encode()
	return &u
}

// query asks for features.
func (a arcgisAddress) query(what url.Values) *url.URL {
	u := *a.at
	u.Path += "/query"
	u.RawQuery = what.Encode()
	return &u
}

// arcgis fetches all features of a layer.
func (v *visit) arcgis(ctx context.Context, address *url.URL) (*Answer, error) {
	a, err := parseArcGIS(address)
	if err != nil {
		return nil, err
	}
	if !a.layer {
		if a, err = v.onlyLayer(ctx, a); err != nil {
			return nil, err
		}
	}
	l, err := v.layer(ctx, a)
	if err != nil {
		return nil, err
	}
	if kept := v.shelf.kept; kept != nil && kept.Stamp != "" && kept.Stamp == l.stamp() {
		return v.shelf.same(), nil
	}
	look := func() (*layer, error) { return v.layer(ctx, a) }
	read := func(l *layer) (*os.File, label, error) { return v.readLayer(ctx, a, l) }
	return steady(v.shelf, l, look, read)
}

// onlyLayer is the layer of a service that has one. Of several, a person
// chooses: the wrong one can look right.
func (v *visit) onlyLayer(ctx context.Context, a arcgisAddress) (arcgisAddress, error) {
	var layers []layerName
	err := v.ask(ctx, a.about(), nil, func(body []byte) (err error) {
		layers, err = parseService(body)
		return err
	})
	switch {
	case err != nil:
		return a, err
	case len(layers) == 0:
		return a, fmt.Errorf("%w: the service has no layer; %s", ErrGone, findAgain)
	case len(layers) > 1:
		return a, fmt.Errorf("%w: the service has %d layers: %s; add the number of the right one to the address, as in %s/%d",
			ErrAddress, len(layers), listed(layers), a.at, layers[0].ID)
	}
	return a.of(fmt.Sprint(layers[0].ID)), nil
}

func (v *visit) layer(ctx context.Context, a arcgisAddress) (l *layer, err error) {
	err = v.ask(ctx, a.about(), nil, func(body []byte) (err error) {
		l, err = parseLayer(body)
		return err
	})
	return l, err
}

// readLayer reads a layer in the form that it is best at. A server that ignores
// the wish for degrees is asked again in Esri's own form, which says what the
// numbers are.
func (v *visit) readLayer(ctx context.Context, a arcgisAddress, l *layer) (*os.File, label, error) {
	form := formEsri
	if l.givesGeoJSON() {
		form = formGeoJSON
	}
	part, what, err := v.gather(ctx, a, l, form)
	if form == formGeoJSON && errors.Is(err, ErrProjected) {
		return v.gather(ctx, a, l, formEsri)
	}
	return part, what, err
}

// gather reads a layer in one form, into one file.
func (v *visit) gather(ctx context.Context, a arcgisAddress, l *layer, form form) (*os.File, label, error) {
	part, err := v.shelf.part()
	if err != nil {
		return nil, label{}, err
	}
	g := &gathering{visit: v, address: a, layer: l, form: form, out: newMerger(part, v.client.limits.bytes), seen: map[string]bool{}}
	if err := g.run(ctx); err != nil {
		return nil, label{}, errors.Join(err, discard(part))
	}
	return part, label{
		Host: host(a.at), Fetched: v.client.options.Now().UTC(), Format: form.name,
		SHA256: g.out.sum(), Size: g.out.size,
		Name: l.Name, Stamp: l.stamp(), LastEdit: l.edited(), Notes: append(g.notes, l.notes()...),
	}, nil
}
