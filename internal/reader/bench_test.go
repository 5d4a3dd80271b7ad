package reader

import (
	"fmt"
	"strings"
	"testing"
)

func BenchmarkCSV100000Rows(b *testing.B) {
	data := newLoop(100_000)
	b.SetBytes(data.size())
	b.ReportAllocs()
	for b.Loop() {
		table, err := Open("list.csv", data, data.size(), Options{})
		if err != nil {
			b.Fatal(err)
		}
		for r, err := range table.Records {
			if err != nil || r.Fault != "" {
				b.Fatal(err, r.Fault)
			}
		}
	}
}

func BenchmarkGeoJSON10000Features(b *testing.B) {
	benchmarkText(b, collection(strings.Split(strings.Repeat(feature(boxHere, `{"name":"Example Box","address":"1 Main St","hours":"9-5"}`)+"\n", 10_000), "\n")[:10_000]...))
}

func BenchmarkKML10000Placemarks(b *testing.B) {
	benchmarkText(b, kml(strings.Repeat(`<Placemark><name>A</name><description><![CDATA[<table><tr><td><b>City: </b>Exampletown</td></tr></table>]]></description>`+pointHere+`</Placemark>`, 10_000)))
}

func BenchmarkXLSX10000Rows(b *testing.B) {
	rows := [][]any{{"name", "address", "city", "zip", "lat", "lon"}}
	for i := range 10_000 {
		rows = append(rows, []any{fmt.Sprintf("Box %d", i), fmt.Sprintf("%d Main St", i), "Exampletown", "02134", 39.7, -84.2})
	}
	benchmarkText(b, string(bookOf(b, sheetOf{"Sites", rows})))
}

func benchmarkText(b *testing.B, data string) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if err := refusal("", []byte(data), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
