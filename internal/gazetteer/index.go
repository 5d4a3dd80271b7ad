package gazetteer

import (
	"cmp"
	"slices"
	"strings"
)

// A manner says how a name names a place.
type manner uint8

const (
	byName     manner = iota
	byCode            // "CA" for California
	byBareName        // "Cook" for Cook County
)

// A target is a place that a name may mean.
type target struct {
	record int32
	how    manner
}

// A name is one name of one place, in the form of Key.
type name struct {
	key string
	target
}

// An index finds places by their names.
type index struct {
	keys    []string // ascending, each once
	first   []uint32 // where the targets of a key begin; one more than there are keys
	targets []target
	words   []tail   // the later words of keys, ascending by text
	grams   trigrams // of keys
}

// A tail is what a key holds from a later word on: "francisco" of "san francisco".
type tail struct {
	key uint32
	at  uint32
}

func newIndex(names []name) index {
	slices.SortFunc(names, func(a, b name) int {
		return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(a.record, b.record), cmp.Compare(a.how, b.how))
	})
	// "Ciudad Juárez" and "Cd Juárez" are one key of one place: it is meant once.
	names = slices.CompactFunc(names, func(a, b name) bool { return a.key == b.key && a.record == b.record })
	var x index
	for i, n := range names {
		if i == 0 || n.key != names[i-1].key {
			x.keys = append(x.keys, n.key)
			x.first = append(x.first, uint32(i))
		}
		x.targets = append(x.targets, n.target)
	}
	x.first = append(x.first, uint32(len(names)))
	x.words = tails(x.keys)
	x.grams = newTrigrams(x.keys)
	return x
}

// leastTail is the shortest tail worth finding: "of" and "city" say too little.
const leastTail = 5

func tails(keys []string) []tail {
	var all []tail
	for k, key := range keys {
		for at := 1; at+leastTail <= len(key); at++ {
			if key[at-1] == ' ' {
				all = append(all, tail{uint32(k), uint32(at)})
			}
		}
	}
	slices.SortFunc(all, func(a, b tail) int { return strings.Compare(keys[a.key][a.at:], keys[b.key][b.at:]) })
	return all
}

// find is the number of a key.
func (x *index) find(key string) (int, bool) { return slices.BinarySearch(x.keys, key) }

// of are the targets of a key.
func (x *index) of(key int) []target { return x.targets[x.first[key]:x.first[key+1]] }

// beginning calls yield with every key that begins with prefix.
func (x *index) beginning(prefix string, yield func(key int)) {
	first, _ := x.find(prefix)
	for i := first; i < len(x.keys) && strings.HasPrefix(x.keys[i], prefix); i++ {
		yield(i)
	}
}

// ending calls yield with every key that ends with these whole words, after others.
func (x *index) ending(words string, yield func(key int)) {
	first, _ := slices.BinarySearchFunc(x.words, words, func(t tail, words string) int {
		return strings.Compare(x.keys[t.key][t.at:], words)
	})
	for i := first; i < len(x.words) && x.keys[x.words[i].key][x.words[i].at:] == words; i++ {
		yield(int(x.words[i].key))
	}
}
