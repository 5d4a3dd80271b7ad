package reader

// Bounds on what is read. What passes one of them is not a list of sites but a
// mistake or an attack.
const (
	// MaxBytes holds some millions of rows, far above any list of sites. It
	// bounds a file, and what an archive unpacks to.
	MaxBytes = 1 << 30
	// maxRatio is three times what the emptiest real table packs to, and a third
	// of what deflate can reach: only what was made to burst is above.
	maxRatio = 300
	// ratioFloor leaves small files alone: they do no harm at any ratio.
	ratioFloor = 16 << 20
	// maxEntries is ten times the icons of the richest map archive.
	maxEntries = 10_000
	// maxDirectory holds the names of maxEntries files; an archive of a million
	// is known by it before its names are kept.
	maxDirectory = 2 << 20
	// maxHeld bounds what must be in memory whole: an unpacked workbook, the
	// tables of an HSDS package.
	maxHeld = 256 << 20
	// maxWorkbook is the packed size of a workbook; a million rows take about half.
	maxWorkbook = 64 << 20
	// maxTags is of half a million different texts in a workbook; the library
	// makes a hundred bytes and more of the shortest.
	maxTags = 2_000_000
	// maxSheetTags is of about seven million cells, a minute of work for the library.
	maxSheetTags = 20_000_000
	// maxColumns is ten times the widest real file.
	maxColumns = 1_000
	// maxRows is five times the largest list that is promised to work.
	maxRows = 5_000_000
	// maxRowBytes bounds a row of CSV or a line of JSON Lines; the longest real one has 12 KB.
	maxRowBytes = 1 << 20
	// maxFieldBytes bounds one value; the longest real one is an HTML table of 4 KB.
	maxFieldBytes = 256 << 10
	// maxRecordBytes bounds one record with its geometry: a coast has some megabytes.
	maxRecordBytes = 16 << 20
	// maxDepth is five times the nesting of the deepest real JSON.
	maxDepth = 64
	// headBytes is enough to know a format by.
	headBytes = 64 << 10
)
