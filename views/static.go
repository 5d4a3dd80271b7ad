package views

import _ "embed"

// Style is what every page has. A page is given this with what it needs of the
// others, inlined and allowed there by its hash. Classes of the map are styled by
// the package that draws it. None has comments, which every page would carry.
//
//go:embed static/style.css
var Style string

// StyleRTL follows them on pages that run from right to left. Text of a dataset
// may be English there: each such text finds its own direction, and none turns
// the numbers and points beside it round.
//
//go:embed static/rtl.css
var StyleRTL string

// StyleLists follows it on pages of places, lists and forms. Links to a map app
// (geo:) are not shown on an iPhone, nor where a pointer can hover: what is there
// has no use for them.
//
//go:embed static/lists.css
var StyleLists string

// StyleHelp follows it on the pages of steps, which must be small.
//
//go:embed static/help.css
var StyleHelp string

// StyleMore is what the list of results has no use for: that page is the largest,
// and the one that is asked for most. Every other page but those of steps has it too.
//
//go:embed static/more.css
var StyleMore string

// Script is what only a phone can do. Words stand before it when it is sent. No
// page needs it.
//
//go:embed static/phone.js
var Script string

// Worker keeps the steps for when there is no connection, and a list when somebody
// asks. What it keeps stands before it when it is sent.
//
//go:embed static/worker.js
var Worker string

// NoWorker takes the place of a worker that the operator no longer wants: it
// removes what that one kept, and itself.
//
//go:embed static/noworker.js
var NoWorker string

// RunStyle is the style sheet of a run's report, which stands in a file alone.
//
//go:embed static/run.css
var RunStyle string

// SheetStyle is the style sheet of what is printed: black on white whatever the
// screen. What depends on the paper and on the list is added to it.
//
//go:embed static/sheet.css
var SheetStyle string
