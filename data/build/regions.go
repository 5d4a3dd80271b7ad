package main

import (
	_ "embed"
	"fmt"
	"strings"
)

//go:embed regions.tsv
var regionsFile string

//go:embed aliases.tsv
var aliasesFile string

// A regionRow is a row of regions.tsv.
type regionRow struct{ country, code, number, name, also string }

// An aliasRow is a row of aliases.tsv.
type aliasRow struct{ country, region, town, also string }

func regionRows() ([]regionRow, error) {
	var all []regionRow
	err := rows("regions.tsv", regionsFile, 5, func(c []string) { all = append(all, regionRow{c[0], c[1], c[2], c[3], c[4]}) })
	return all, err
}

func aliasRows() ([]aliasRow, error) {
	var all []aliasRow
	err := rows("aliases.tsv", aliasesFile, 4, func(c []string) { all = append(all, aliasRow{c[0], c[1], c[2], c[3]}) })
	return all, err
}

// rows reads lines whose columns are parted by tabs. Those that begin with "#" are remarks.
func rows(file, text string, columns int, row func(cells []string)) error {
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) < columns {
			return fmt.Errorf("%s: line %d has %d columns and not %d", file, number, len(cells), columns)
		}
		row(cells)
	}
	return nil
}
