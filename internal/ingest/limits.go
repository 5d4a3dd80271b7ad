package ingest

// Bounds on what a reader accepts. A dataset that passes one of them is not a
// list of sites but a mistake or an attack.
const (
	// MaxBytes holds about a million rows, far above any list of sites.
	MaxBytes = 1 << 30
	// maxColumns is ten times the widest real file we have read.
	maxColumns = 400
	// maxFieldRunes holds the longest real field (an HTML table) four times over.
	maxFieldRunes = 8_000
	// maxNameRunes keeps a page of ten results small; real names stop near 120.
	maxNameRunes = 300
)
