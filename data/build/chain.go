package main

import "github.com/paulmach/orb"

// chain puts lines end to end wherever exactly two of them meet. The atlases break their lines at every
// corner of a county: whole ones are fewer, and can be simplified further.
func chain(lines []orb.LineString) []orb.LineString {
	c := chainer{lines: lines, used: make([]bool, len(lines)), ends: map[orb.Point][]int{}}
	for i, line := range lines {
		c.ends[line[0]] = append(c.ends[line[0]], i)
		c.ends[line[len(line)-1]] = append(c.ends[line[len(line)-1]], i)
	}
	var all []orb.LineString
	for i, line := range lines {
		if len(c.ends[line[0]]) != 2 || len(c.ends[line[len(line)-1]]) != 2 {
			all = c.begin(all, i)
		}
	}
	for i := range lines {
		all = c.begin(all, i) // what is left are rings
	}
	return all
}

type chainer struct {
	lines []orb.LineString
	used  []bool
	ends  map[orb.Point][]int // the lines that begin or end at a place
}

// begin adds the chain that begins with a line, if that is in none yet. It begins at the end of the line
// that nothing continues.
func (c *chainer) begin(all []orb.LineString, i int) []orb.LineString {
	if c.used[i] {
		return all
	}
	line := c.take(i)
	if len(c.ends[line[0]]) == 2 {
		line.Reverse()
	}
	for {
		next := c.next(line[len(line)-1])
		if next < 0 {
			break
		}
		part := c.take(next)
		if part[0] != line[len(line)-1] {
			part.Reverse()
		}
		line = append(line, part[1:]...)
	}
	return append(all, line)
}

func (c *chainer) take(i int) orb.LineString {
	c.used[i] = true
	return c.lines[i].Clone()
}

// next is the line that continues one which ends at p, or -1.
func (c *chainer) next(p orb.Point) int {
	if len(c.ends[p]) != 2 {
		return -1
	}
	for _, i := range c.ends[p] {
		if !c.used[i] {
			return i
		}
	}
	return -1
}
