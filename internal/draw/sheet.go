package draw

// A basemap has several sheets of the same lines, each eight times coarser than the one before and cut
// into cells, so that a picture of a town and one of a continent both read a few cells.
const (
	sheets    = 3
	cellSteps = 1 << 11 // width of a cell in steps of its own sheet
	coarser   = 8       // how many steps of a sheet make one of the next
)

// overlap is by how many steps a filled piece reaches beyond its cell, so that no seam shows between two.
const overlap = 4

// stepOf is the step of a sheet in steps of the finest.
func stepOf(sheet int) int {
	step := 1
	for range sheet {
		step *= coarser
	}
	return step
}

// cellsAcross is how many cells a sheet has from west to east, and from north to south. It is a power of
// two.
func cellsAcross(sheet int) int { return world / (cellSteps * stepOf(sheet)) }

// firstCell is the number of the first cell of a sheet; the cells of all sheets are numbered in one row.
func firstCell(sheet int) int {
	first := 0
	for s := range sheet {
		first += cellsAcross(s) * cellsAcross(s)
	}
	return first
}

// cellEdge is what a cell may hold: itself and its overlap.
var cellEdge = box{-overlap, -overlap, cellSteps + overlap, cellSteps + overlap}

// coarsestPixels is how large a step may become in the picture. A sheet is left for a finer one where its
// steps would show.
const coarsestPixels = 0.6

// sheet is the coarsest sheet that is fine enough for the frame.
func (f frame) sheet() int {
	s := 0
	for s+1 < sheets && float64(stepOf(s+1))*f.perStep <= coarsestPixels {
		s++
	}
	return s
}
