package reader

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"carrypoint/internal/record"
)

// readHSDS reads the JSON of Human Services Data 3.0: services, locations,
// organizations or services at locations, each with what belongs to it inside,
// as one object, a list, or a page of an API.
func readHSDS(t *text) (*record.Table, error) {
	return gather(HSDS, func(g *gathering) error {
		return eachDocument(t, func(j *jsonReader, token json.Token) error {
			return hsdsValue(j, token, g)
		})
	}, nil)
}

// hsdsLists are the members under which a document may hold its list.
var hsdsLists = []string{"contents", "services", "locations", "organizations", "service_at_locations"}

func hsdsValue(j *jsonReader, token json.Token, g *gathering) error {
	if token == json.Delim('[') {
		return j.elements(func(token json.Token) error {
			defer j.in.mark()
			return hsdsObject(j, token, g)
		})
	}
	return hsdsObject(j, token, g)
}

// hsdsObject reads one object whole: what belongs to a service stands on both
// sides of its places.
func hsdsObject(j *jsonReader, token json.Token, g *gathering) error {
	if token != json.Delim('{') {
		return fmt.Errorf("%w: its HSDS has a value that is no object", ErrFormat)
	}
	object := map[string]any{}
	err := j.members(func(name string, token json.Token) error {
		// A list that stands first is the document itself, and may be long.
		if token == json.Delim('[') && slices.Contains(hsdsLists, name) && (len(object) == 0 || name == "contents") {
			return hsdsValue(j, token, g)
		}
		v, err := j.value(token)
		object[name] = v
		return err
	})
	if err != nil {
		return err
	}
	if object["id"] == nil { // no object of HSDS, but one that holds a list of them
		for _, name := range hsdsLists {
			for _, inner := range objectsIn(object, name) {
				if err := hsdsItems(inner, g); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return hsdsItems(object, g)
}

// hsdsItems visits the places of an object, by what kind of object it is.
func hsdsItems(object map[string]any, g *gathering) error {
	service, _ := object["service"].(map[string]any)
	location, _ := object["location"].(map[string]any)
	switch {
	case service != nil || location != nil:
		return hsdsVisit(g, offer{at: object, service: service, location: location})
	case object["latitude"] != nil || object["location_type"] != nil || object["addresses"] != nil:
		return hsdsVisit(g, offer{location: object})
	case object["services"] != nil:
		return organizationItems(object, g)
	}
	organization, _ := object["organization"].(map[string]any)
	return serviceItems(object, organization, g)
}

func organizationItems(organization map[string]any, g *gathering) error {
	for _, service := range objectsIn(organization, "services") {
		if err := serviceItems(service, organization, g); err != nil {
			return err
		}
	}
	return nil
}

// serviceItems visits each place of a service. A service without one, such as a
// phone line, is an item too.
func serviceItems(service, organization map[string]any, g *gathering) error {
	places := objectsIn(service, "service_at_locations")
	if len(places) == 0 {
		return hsdsVisit(g, offer{service: service, organization: organization})
	}
	for _, at := range places {
		location, _ := at["location"].(map[string]any)
		if err := hsdsVisit(g, offer{at: at, service: service, location: location, organization: organization}); err != nil {
			return err
		}
	}
	return nil
}

// An offer is one service at one place, with what HSDS says of both. Parts that
// are not there are nil.
type offer struct {
	at, service, location, organization map[string]any
}

func hsdsVisit(g *gathering, o offer) error {
	if o.organization == nil {
		o.organization, _ = o.service["organization"].(map[string]any)
	}
	it := o.item()
	return g.visit(&it)
}

// item flattens an offer. Lists of people ("contacts") are left out on purpose:
// no name of a person is needed to find a place.
func (o offer) item() item {
	var it item
	for _, part := range []struct {
		name   string
		object map[string]any
	}{{"organization", o.organization}, {"service", o.service}, {"location", o.location}, {"service_at_location", o.at}} {
		scalars(&it, part.name, part.object)
	}
	scalars(&it, "address", address(o.location))
	it.set("phone.number", phones(o.at, o.service, o.location, o.organization))
	it.set("schedule", schedules(o.at, o.service))
	it.set("location.schedule", schedules(o.location))
	it.set("language", each(language, o.at, o.service, o.location))
	it.set("cost_option", each(cost, o.service))
	it.set("accessibility", each(accessibility, o.location))
	it.set("taxonomy_term", each(term, o.at, o.service))
	it.at = o.point()
	for _, object := range []map[string]any{o.at, o.service, o.location} {
		if it.id = plain(object["id"]); it.id != "" {
			break
		}
	}
	return it
}

// scalars makes a column of every plain member of an object, in a fixed order.
func scalars(it *item, prefix string, object map[string]any) {
	var names []string
	for name, v := range object {
		switch v.(type) {
		case map[string]any, []any:
		default:
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		it.set(prefix+"."+name, plain(object[name]))
	}
}

// point is the place in degrees; nil where it is impossible, as in the example
// of the standard itself (latitude 100). The columns keep what was written.
func (o offer) point() *orb.Point {
	lat, err := strconv.ParseFloat(plain(o.location["latitude"]), 64)
	lon, err2 := strconv.ParseFloat(plain(o.location["longitude"]), 64)
	if err != nil || err2 != nil || !finite(lat, lon) || lat > quarter || lat < -quarter || lon > fullCircle || lon < -fullCircle {
		return nil
	}
	return &orb.Point{lon, lat}
}

// address is the first that is not for letters only, else the first.
func address(location map[string]any) map[string]any {
	all := objectsIn(location, "addresses")
	for _, a := range all {
		if plain(a["address_type"]) != "postal" {
			return a
		}
	}
	if len(all) > 0 {
		return all[0]
	}
	return nil
}

// phones are those of the first part that has any: what is nearest to the
// service at the place is the right number to call.
func phones(parts ...map[string]any) string {
	for _, part := range parts {
		if found := each(phone, part); found != "" {
			return found
		}
	}
	return ""
}

func schedules(parts ...map[string]any) string {
	for _, part := range parts {
		if found := each(schedule, part); found != "" {
			return found
		}
	}
	return ""
}

// A detail is how the objects of one list are put in words.
type detail struct {
	list string
	text func(map[string]any) string
}

var (
	phone         = detail{"phones", phoneText}
	schedule      = detail{"schedules", scheduleText}
	language      = detail{"languages", func(o map[string]any) string { return firstOf(o, "code", "name", "language") }}
	cost          = detail{"cost_options", costText}
	accessibility = detail{"accessibility", func(o map[string]any) string { return firstOf(o, "description", "details", "accessibility") }}
	term          = detail{"attributes", termText}
)

// each puts the details of some parts one after the other, each once.
func each(d detail, parts ...map[string]any) string {
	var texts []string
	for _, part := range parts {
		for _, object := range objectsIn(part, d.list) {
			if text := strings.TrimSpace(d.text(object)); text != "" && !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
	}
	return strings.Join(texts, "; ")
}

func phoneText(o map[string]any) string {
	number, extension := plain(o["number"]), plain(o["extension"])
	if plain(o["type"]) == "fax" {
		return ""
	}
	if number != "" && extension != "" {
		return number + " ext. " + extension
	}
	return number
}

func costText(o map[string]any) string {
	if text := firstOf(o, "option", "amount_description"); text != "" {
		return text
	}
	return strings.TrimSpace(plain(o["amount"]) + " " + plain(o["currency"]))
}

func termText(o map[string]any) string {
	term, _ := o["taxonomy_term"].(map[string]any)
	if text := firstOf(term, "code", "name"); text != "" {
		return text
	}
	return firstOf(o, "label", "value")
}

func firstOf(o map[string]any, names ...string) string {
	for _, name := range names {
		if text := plain(o[name]); text != "" {
			return text
		}
	}
	return ""
}

// objectsIn is the objects of a list that is a member of another.
func objectsIn(o map[string]any, name string) []map[string]any {
	list, _ := o[name].([]any)
	var objects []map[string]any
	for _, v := range list {
		if object, ok := v.(map[string]any); ok {
			objects = append(objects, object)
		}
	}
	return objects
}
