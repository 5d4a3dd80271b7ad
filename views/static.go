package views

import _ "embed"

// Style is what every page has. A page is given one style sheet, Style and what
// it needs of the others, inlined and allowed there by its hash. Classes of the
// map are styled by the package that draws it. None has comments, which every
// page would carry.
//
//go:embed static/style.css
var Style string

// ListStyle follows it on pages of places, lists and forms. Links to a map app
// (geo:) are not shown on an iPhone, nor where a pointer can hover: what is there
// has no use for them.
//
//go:embed static/lists.css
var ListStyle string

// HelpStyle follows it on the pages of steps, which must be small.
//
//go:embed static/help.css
var HelpStyle string

// Script finds the phone's position when asked, and sorts a list by the exact
// distance on the phone. No page needs it.
//
//go:embed static/here.js
var Script string

// RunStyle is the style sheet of a run's report, which stands in a file alone.
//
//go:embed static/run.css
var RunStyle string

// SheetStyle is the style sheet of what is printed: black on white whatever the
// screen. What depends on the paper and on the list is added to it.
//
//go:embed static/sheet.css
var SheetStyle string
