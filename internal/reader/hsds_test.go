package reader

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

const hsdsService = `{"id":"s1","name":"Free naloxone","status":"active","organization":{"id":"o1","name":"Example County","phones":[{"number":"555-555-0199"}]},
	"contacts":[{"name":"Jane Example","phones":[{"number":"555-555-0198"}]}],
	"attributes":[{"taxonomy_term":{"id":"t1","code":"naloxone_nasal","name":"Nasal naloxone"}}],
	"cost_options":[{"option":"free"}],
	"service_at_locations":[
		{"id":"sal1","location":{"id":"l1","name":"Example Library","latitude":39.7,"longitude":-84.2,"accessibility":[{"description":"ramp"}],
			"addresses":[{"address_type":"postal","address_1":"PO Box 1"},{"address_type":"physical","address_1":"1 Main St","city":"Exampletown","postal_code":"02134"}],
			"schedules":[{"freq":"WEEKLY","byday":"MO,TU","opens_at":"08:00","closes_at":"20:00"}]},
			"phones":[{"number":"555-555-0101","extension":7},{"number":"555-555-0102","type":"fax"}],
			"schedules":[{"freq":"WEEKLY","byday":"FR","opens_at":"09:00:00","closes_at":"12:00:00"}]},
		{"id":"sal2","location":{"id":"l2","name":"Example Van","latitude":100,"longitude":101}}]}`

var hsdsWant = map[string]string{
	"service.name": "Free naloxone", "service.status": "active", "organization.name": "Example County", "location.name": "Example Library",
	"address.address_1": "1 Main St", "address.city": "Exampletown", "address.postal_code": "02134", "phone.number": "555-555-0101 ext. 7",
	"schedule": "Fr 09:00-12:00", "location.schedule": "Mo,Tu 08:00-20:00", "taxonomy_term": "naloxone_nasal", "cost_option": "free", "accessibility": "ramp",
}

func TestAServiceBecomesARecordForEachPlace(t *testing.T) {
	for name, data := range map[string]string{
		"alone":            hsdsService,
		"in a list":        "[" + hsdsService + "]",
		"in a page":        `{"total_items":1,"total_pages":1,"contents":[` + hsdsService + `]}`,
		"pages":            `{"contents":[` + hsdsService + `]}` + "\n" + `{"contents":[]}`,
		"under its name":   `{"services":[` + hsdsService + `]}`,
		"of organizations": `[{"id":"o1","name":"Example County","phones":[{"number":"555-555-0199"}],"services":[` + hsdsService + `]}]`,
	} {
		t.Run(name, func(t *testing.T) {
			table, records := read(t, "", data, Options{Format: HSDS})
			if table.Format != HSDS || len(records) != 2 {
				t.Fatalf("%s with %d records", table.Format, len(records))
			}
			got := map[string]string{}
			for column := range hsdsWant {
				got[column] = value(t, table, records[0], column)
			}
			if diff := cmp.Diff(hsdsWant, got); diff != "" {
				t.Error(diff)
			}
			if records[0].ID != "sal1" || !near(records[0].Point, orb.Point{-84.2, 39.7}) {
				t.Errorf("id %q at %v", records[0].ID, records[0].Point)
			}
			if records[1].Point != nil || value(t, table, records[1], "location.latitude") != "100" || value(t, table, records[1], "phone.number") != "555-555-0199" {
				t.Errorf("the second is %v", records[1])
			}
			if all := strings.Join(slices.Concat(table.Header, records[0].Values, records[1].Values), "|"); strings.Contains(all, "Jane") || strings.Contains(all, "0198") {
				t.Error("the name of a person got through")
			}
		})
	}
}

func TestHSDSIsKnownByItsMembers(t *testing.T) {
	at := `{"id":"sal1","service":{"id":"s1","name":"Naloxone"},"location":{"id":"l1","name":"Library","latitude":1,"longitude":2}}`
	for name, data := range map[string]string{
		"a service":             hsdsService,
		"services":              "[" + hsdsService + "]",
		"a page of services":    `{"contents":[` + hsdsService + `]}`,
		"a service at a place":  at,
		"services at places":    "[" + at + "]",
		"a location":            `[{"id":"l1","location_type":"physical","name":"Library","latitude":1,"longitude":2,"addresses":[]}]`,
		"a service without one": `[{"id":"s1","name":"Line","organization":{"id":"o1","name":"Example"},"phones":[{"number":"555-0100"}]}]`,
	} {
		table, records := read(t, "", data, Options{})
		if table.Format != HSDS || len(records) == 0 {
			t.Errorf("%s was read as %s with %d records", name, table.Format, len(records))
		}
	}
	if table, _ := read(t, "", `[{"service":"naloxone","location":"library","name":"A"}]`, Options{}); table.Format != JSON {
		t.Errorf("a plain list was read as %s", table.Format)
	}
	if err := refusal("", []byte(`{"contents":[]}`), Options{Format: HSDS}); !errors.Is(err, ErrEmpty) {
		t.Errorf("got %v", err)
	}
	if err := refusal("", []byte(`[7]`), Options{Format: HSDS}); !errors.Is(err, ErrFormat) {
		t.Errorf("got %v", err)
	}
}

func TestATabularPackage(t *testing.T) {
	data := archiveOf(t,
		"package/datapackage.json", "{}",
		"package/organizations.csv", "id,name\no1,Example County\n",
		"package/services.csv", "id,organization_id,name,status\ns1,o1,Free naloxone,active\ns2,o1,Example line,active\n",
		"package/locations.csv", "id,name,latitude,longitude\nl1,Example Library,39.7,-84.2\nl2,Example Store,,\n",
		"package/service_at_locations.csv", "id,service_id,location_id\nsal1,s1,l1\n",
		"package/addresses.csv", "id,location_id,address_type,address_1,city,postal_code\na0,l1,postal,PO Box 1,,\na1,l1,physical,1 Main St,Exampletown,02134\n",
		"package/phones.csv", "id,service_id,service_at_location_id,number,extension\np1,,sal1,555-555-0101,7\np2,s2,,555-555-0102,\n",
		"package/schedules.csv", "id,service_at_location_id,location_id,freq,byday,opens_at,closes_at\nx1,sal1,,WEEKLY,FR,09:00,12:00\nx2,,l1,WEEKLY,\"MO,TU\",08:00,20:00\n",
		"package/cost_options.csv", "id,service_id,option\nc1,s1,free\n",
		"package/accessibility.csv", "id,location_id,description\nac1,l1,ramp\n",
		"package/attributes.csv", "id,link_id,taxonomy_term_id,link_entity\nat1,s1,t1,service\n",
		"package/taxonomy_terms.csv", "id,code,name\nt1,naloxone_nasal,Nasal naloxone\n",
		"package/contacts.csv", "id,service_id,name\nk1,s1,Jane Example\n",
		"package/languages.csv", "id,service_id,code\n",
	)
	table, records := read(t, "hsds.zip", string(data), Options{})
	if table.Format != HSDS || len(records) != 3 {
		t.Fatalf("%s with records %v", table.Format, records)
	}
	got := map[string]string{}
	for column := range hsdsWant {
		got[column] = value(t, table, records[0], column)
	}
	if diff := cmp.Diff(hsdsWant, got); diff != "" {
		t.Error(diff)
	}
	if records[0].ID != "sal1" || !near(records[0].Point, orb.Point{-84.2, 39.7}) {
		t.Errorf("id %q at %v", records[0].ID, records[0].Point)
	}
	if records[1].ID != "s2" || value(t, table, records[1], "phone.number") != "555-555-0102" {
		t.Errorf("a service without a place: %v", records[1])
	}
	if records[2].ID != "l2" || records[2].Point != nil {
		t.Errorf("a place without a service: %v", records[2])
	}
	if strings.Contains(strings.Join(records[0].Values, "|"), "Jane") {
		t.Error("the name of a person got through")
	}
}

func TestSchedulesInWords(t *testing.T) {
	for _, test := range []struct {
		schedule map[string]any
		want     string
	}{
		{map[string]any{"freq": "WEEKLY", "byday": "MO,WE", "opens_at": "09:00", "closes_at": "17:00"}, "Mo,We 09:00-17:00"},
		{map[string]any{"freq": "MONTHLY", "byday": "2TU,-1FR", "opens_at": "09:00Z", "closes_at": "17:00:00"}, "Tu[2],Fr[-1] 09:00-17:00"},
		{map[string]any{"freq": "MONTHLY", "bymonthday": "15", "opens_at": "09:00", "closes_at": "17:00"}, "09:00-17:00 (on day 15 of the month) (monthly)"},
		{map[string]any{"freq": "WEEKLY", "byday": "MO", "interval": "2", "opens_at": "09:00", "closes_at": "17:00"}, "Mo 09:00-17:00 (every 2 times)"},
		{map[string]any{"freq": "WEEKLY", "byday": "MO", "valid_from": "2026-01-01", "valid_to": "2026-02-01", "opens_at": "09:00", "closes_at": "17:00"}, "Mo 09:00-17:00 (from 2026-01-01) (until 2026-02-01)"},
		{map[string]any{"byday": "MO", "opens_at": "09:00", "closes_at": "17:00", "description": "by appointment"}, "Mo 09:00-17:00 (by appointment)"},
		{map[string]any{"description": "Mondays in the morning"}, "Mondays in the morning"},
		{map[string]any{"opens_at": "nine", "closes_at": "17:00"}, ""},
		{map[string]any{}, ""},
	} {
		if got := scheduleText(test.schedule); got != test.want {
			t.Errorf("%v became %q, want %q", test.schedule, got, test.want)
		}
	}
}
