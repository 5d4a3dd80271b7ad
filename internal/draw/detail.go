package draw

// groundPoints is how many points the ground has at most. Of a page of ten results, which is 8 KB
// compressed, the map has 2 KB, of which pins and names take more than half and a point up to four bytes.
const groundPoints = 200

// unseen2 is twice the area, in square CSS pixels, by which a picture may differ from the basemap without
// being seen.
const unseen2 = 2

// How many ranks a picture may be coarser than that before it is better without the lines of counties,
// and then without those of states: a net of lines with holes misleads, and the coast needs their room.
const (
	coarseForCounties = 3
	coarseForStates   = 12
)

// A census is how many points have a rank.
type census [kept + 1]int

// focus finds the rank from which the picture has room for points, and what it is better without.
func (g *ground) focus(first int) {
	g.count(first)
	least := g.least()
	g.omitted = [kinds]bool{}
	if g.detail = g.most(least); g.detail > least+coarseForCounties {
		g.omitted[County] = true
		g.detail = g.most(least)
	}
	if g.detail > least+coarseForStates {
		g.omitted[State] = true
		g.detail = g.most(least)
	}
}

// least is the rank below which nothing is seen.
func (g *ground) least() uint8 {
	step := g.scale()
	return min(kept, rankOf(int64(unseen2/(step*step)))+1)
}

// most is the lowest rank, but not below least, from which there is room for all points. There is for
// those of the highest rank: they are few.
func (g *ground) most(least uint8) uint8 {
	room := groundPoints
	for rank := uint8(kept); rank > least; rank-- {
		for kind := range g.census {
			if !g.omitted[kind] {
				room -= g.census[kind][rank-1] * price[kind]
			}
		}
		if room < 0 {
			return rank
		}
	}
	return least
}

// price is what a point counts. A coast runs along the land or the water, and compresses to little beside
// it; nothing repeats the other lines.
var price = [kinds]int{Land: 1, Water: 1, County: 2, State: 2, Coast: 1, Join: 1}

// count counts the points in the view.
func (g *ground) count(first int) {
	clear(g.census[:])
	for _, c := range g.cells {
		seen := c.steps(g.view, g.scale())
		for i := c.first; i < c.end; i++ {
			if layer := int(g.pieces[i].layer); layer >= first {
				g.census[g.layers[layer]].add(g.pointsOf(i), g.ranksOf(i), seen)
			}
		}
	}
}

// add counts the points of a piece that are seen, and one more for where the pen sets down.
func (c *census) add(points []near, ranks []uint8, seen box) {
	var highest uint8
	for i, p := range points {
		if seen.holds(point{int32(p.x), int32(p.y)}) {
			c[ranks[i]]++
			highest = max(highest, ranks[i])
		}
	}
	c[highest]++
}
