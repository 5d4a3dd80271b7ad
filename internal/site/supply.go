package site

import "slices"

// A Code names one kind of thing that is handed out. Codes are stable; their
// labels are translated elsewhere.
type Code string

// The supplies, with the words of the field. Naloxone alone means that the
// source does not say which form.
const (
	Naloxone              Code = "naloxone"
	NaloxoneNasal         Code = "naloxone_nasal"
	NaloxoneNasal3mg      Code = "naloxone_nasal_3mg"
	NaloxoneNasal4mg      Code = "naloxone_nasal_4mg"
	NaloxoneNasal8mg      Code = "naloxone_nasal_8mg"
	NaloxoneIM            Code = "naloxone_im"
	Nalmefene             Code = "nalmefene"
	FentanylTestStrips    Code = "fentanyl_test_strips"
	XylazineTestStrips    Code = "xylazine_test_strips"
	MedetomidineStrips    Code = "medetomidine_test_strips"
	BenzoNitazeneStrips   Code = "benzo_nitazene_test_strips"
	DrugChecking          Code = "drug_checking"
	Syringes              Code = "syringes"
	SyringeDisposal       Code = "syringe_disposal"
	InjectionKit          Code = "injection_kit"
	SmokingKit            Code = "smoking_kit"
	SnortingKit           Code = "snorting_kit"
	WoundCare             Code = "wound_care"
	Condoms               Code = "condoms"
	HygieneKit            Code = "hygiene_kit"
	Menstrual             Code = "menstrual"
	HIVHCVTest            Code = "hiv_hcv_test"
	CovidTest             Code = "covid_test"
	RescueMask            Code = "rescue_mask"
	DrugDeactivationPouch Code = "drug_deactivation_bag"
)

// Codes lists every supply in the order in which pages name them: what stops
// or foresees an overdose first.
func Codes() []Code {
	return []Code{
		Naloxone, NaloxoneNasal, NaloxoneNasal4mg, NaloxoneNasal3mg, NaloxoneNasal8mg, NaloxoneIM, Nalmefene,
		FentanylTestStrips, XylazineTestStrips, MedetomidineStrips, BenzoNitazeneStrips, DrugChecking,
		RescueMask, Syringes, SyringeDisposal, InjectionKit, SmokingKit, SnortingKit, WoundCare,
		Condoms, HygieneKit, Menstrual, HIVHCVTest, CovidTest, DrugDeactivationPouch,
	}
}

// Known says whether the code is one of the vocabulary.
func (c Code) Known() bool { return slices.Contains(Codes(), c) }

// Naloxone says whether the code is naloxone in any form.
func (c Code) Naloxone() bool {
	switch c {
	case Naloxone, NaloxoneNasal, NaloxoneNasal3mg, NaloxoneNasal4mg, NaloxoneNasal8mg, NaloxoneIM:
		return true
	}
	return false
}

// Meets says whether handing out c answers a need for need. Naloxone of any
// form meets a need for naloxone; a stated dose meets a need for the nasal
// form; nothing else stands in for anything.
func (c Code) Meets(need Code) bool {
	switch need {
	case Naloxone:
		return c.Naloxone()
	case NaloxoneNasal:
		return c == NaloxoneNasal || c == NaloxoneNasal3mg || c == NaloxoneNasal4mg || c == NaloxoneNasal8mg
	}
	return c == need
}

// A Supply is one kind of thing at one site, with what is known of it.
type Supply struct {
	Code   Code   `json:"code"`
	Status Answer `json:"status"`
	// AsOf is the day on which the status was true, as far as anyone said.
	AsOf Date `json:"as_of,omitempty"`
	// By is how somebody asked about it on that day; empty where it is only listed.
	By Check `json:"by,omitempty"`
}

// Supplies is what is known of what a site hands out. A code that is not in it
// is unknown: no list that we know of says "no strips".
type Supplies []Supply

// Has tells whether the site hands out what is needed.
func (l Supplies) Has(need Code) Answer {
	answer := Unknown
	for _, s := range l {
		switch {
		case s.Code.Meets(need) && s.Status == Yes:
			return Yes
		case s.Code == need && s.Status == No:
			answer = No
		}
	}
	return answer
}
