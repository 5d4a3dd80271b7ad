package ingest

// Bounds on what is accepted. What passes one of them is not a list of sites
// but a mistake or an attack.
const (
	// MaxBytes holds about a million rows, far above any list of sites.
	MaxBytes = 1 << 30
	// maxMappingBytes is fifty times the longest mapping of the sources that were read.
	maxMappingBytes = 256 << 10
	// maxColumns is ten times the widest real file we have read.
	maxColumns = 400
	// maxFieldRunes holds the longest real field (an HTML table) four times over.
	maxFieldRunes = 8_000
	// maxNameRunes keeps a page of ten results small; real names stop near 120.
	maxNameRunes = 300
	// maxSlug keeps an id in one line of a terminal.
	maxSlug = 100
	// maxKey bounds what names a record; what is longer is cut and closed with its hash.
	maxKey = 200
	// maxCached is how many texts each worker remembers having read: hours and
	// towns repeat within a file, and a file of a million different ones must
	// not fill the memory.
	maxCached = 20_000
	// maxPhones is how many phone numbers are counted: one that stands on most
	// rows is among the first of them.
	maxPhones = 100_000
	// batchRows is how many rows a worker takes at once: enough that handing them
	// over costs nothing, few enough that they take no memory.
	batchRows = 256
)
