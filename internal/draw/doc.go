// Package draw draws as SVG, and the sign of the site as a PNG too. Its schematic maps have coast, state and county lines, numbered pins, names of
// towns, circles of distance and a scale bar. A map needs no script, no font and no second answer. Its QR
// codes are for paper.
//
// It owns the file of the basemap (Outline writes it, OpenBasemap reads it), the projection, and how things
// find room in a picture. It knows no sites, no gazetteer and no language: every word in a picture is
// passed in. Places are longitude first, in degrees; lengths are metres; sizes are CSS pixels.
//
// Colours are presentation attributes, so that a picture is right without a style sheet, and classes, so
// that one may say otherwise:
//
//	m        the picture
//	m-water  m-land  m-join  m-county  m-state  m-coast  the ground
//	m-ring   m-far   circle of distance, and its text
//	m-from   m-dot   where distances are measured from
//	m-name   names of towns, and the text of the scale bar
//	m-scale  the scale bar
//	m-pin    m-num   a pin, and the number on it
//	m-area   m-vague m-vnum  halo, disc and number of a pin whose spot is not known
package draw

// Style is what a page with a map puts into its style sheet: a map is never wider than the page, and dark
// on a dark screen. Forced colours are kept off, for they would take the colour from the names but not from
// what is behind them.
const Style = `.m{max-width:100%;height:auto;forced-color-adjust:none}` +
	`@media screen and (prefers-color-scheme:dark){` +
	`.m-water{fill:#16242e}.m-land,.m-vague{fill:#2b2c2f}.m-join{stroke:#2b2c2f}.m-county{stroke:#404247}.m-state{stroke:#84807a}.m-coast{stroke:#54819c}` +
	`.m-name,.m-far{fill:#ece9e3}.m-name,.m-far,.m-pin{stroke:#1b1c1e}.m-scale{stroke:#ece9e3}` +
	`.m-ring,.m-from{stroke:#9db8ff}.m-from,.m-dot{fill:#9db8ff}` +
	`.m-pin,.m-area,.m-vnum{fill:#f3a6c8}.m-vague{stroke:#f3a6c8}.m-num{fill:#2b0618}}`
