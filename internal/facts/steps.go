package facts

import "strconv"

// Steps are what to do when someone may be overdosing, in one sentence each.
func (t Teller) Steps() []string { return t.Numbered("overdose.do") }

// Numbered are the messages KEY.1, KEY.2 and so on, until a number is missing.
func (t Teller) Numbered(key string) []string {
	var all []string
	for i := 1; t.Say.Has(key + "." + strconv.Itoa(i)); i++ {
		all = append(all, t.Say.T(key+"."+strconv.Itoa(i)))
	}
	return all
}
