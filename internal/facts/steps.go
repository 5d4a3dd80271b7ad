package facts

import "strconv"

// Steps are what to do when someone may be overdosing, in one sentence each.
func (t Teller) Steps() []string {
	var all []string
	for i := 1; t.Say.Has("overdose.do." + strconv.Itoa(i)); i++ {
		all = append(all, t.Say.T("overdose.do."+strconv.Itoa(i)))
	}
	return all
}
