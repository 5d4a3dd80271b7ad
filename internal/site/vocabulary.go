package site

import "slices"

// A Kind is the way in which a site reaches people.
type Kind string

// The kinds. Place and MobileStop have a position; the others have none and
// are found by state, never by distance.
const (
	Place      Kind = "place"
	MobileStop Kind = "mobile_stop"
	MailOrder  Kind = "mail_order"
	PhoneText  Kind = "phone_text"
	Delivery   Kind = "delivery"
)

// Kinds lists every kind.
func Kinds() []Kind { return []Kind{Place, MobileStop, MailOrder, PhoneText, Delivery} }

// Visited says whether a person goes there.
func (k Kind) Visited() bool { return k == Place || k == MobileStop }

// A Type is what sort of place a site is.
type Type string

// The types. PrivateResidence and Correctional are known only to be refused.
const (
	VendingMachine        Type = "vending_machine"
	Box                   Type = "box"
	Pharmacy              Type = "pharmacy"
	SSP                   Type = "ssp" // syringe services programme
	HealthDepartment      Type = "health_department"
	Clinic                Type = "clinic"
	Hospital              Type = "hospital"
	Treatment             Type = "treatment"
	RecoveryCentre        Type = "recovery_centre"
	CommunityOrg          Type = "community_org"
	DropInShelter         Type = "drop_in_shelter"
	WarmingStation        Type = "warming_station"
	Library               Type = "library"
	FireStation           Type = "fire_station"
	Police                Type = "police"
	EMS                   Type = "ems"
	SchoolCollege         Type = "school_college"
	GovernmentOffice      Type = "government_office"
	Business              Type = "business"
	TransitStation        Type = "transit_station"
	ParkCampground        Type = "park_campground"
	RestStop              Type = "rest_stop"
	MobileVan             Type = "mobile_van"
	SupervisedConsumption Type = "supervised_consumption"
	Faith                 Type = "faith"
	MailOrderService      Type = "mail_order"
	Hotline               Type = "hotline"
	Event                 Type = "event"
	Other                 Type = "other"
	Correctional          Type = "correctional"
	PrivateResidence      Type = "private_residence"
)

// Types lists every type that may be published.
func Types() []Type {
	return []Type{
		VendingMachine, Box, Pharmacy, SSP, HealthDepartment, Clinic, Hospital, Treatment, RecoveryCentre,
		CommunityOrg, DropInShelter, WarmingStation, Library, FireStation, Police, EMS, SchoolCollege,
		GovernmentOffice, Business, TransitStation, ParkCampground, RestStop, MobileVan,
		SupervisedConsumption, Faith, MailOrderService, Hotline, Event, Other,
	}
}

// Known says whether the type is one of the vocabulary, published or refused.
func (t Type) Known() bool {
	return slices.Contains(Types(), t) || t == Correctional || t == PrivateResidence
}

// ownHours are the types whose listed hours are the hours in which supplies
// are handed out, because handing out is what the site does. Everywhere else
// the hours are taken to be the building's until a source says otherwise.
var ownHours = []Type{VendingMachine, Box, Pharmacy, SSP, MobileVan, MailOrderService, Hotline, Event, SupervisedConsumption}

// A Cost is what a person pays.
type Cost string

// The costs.
const (
	CostUnknown     Cost = ""
	Free            Cost = "free"
	Paid            Cost = "paid"
	InsuranceOrPaid Cost = "insurance_or_paid"
)

// Costs lists every cost but the unknown one.
func Costs() []Cost { return []Cost{Free, Paid, InsuranceOrPaid} }

// An IDRule is what a person must show.
type IDRule string

// The rules.
const (
	IDUnknown  IDRule = ""
	NoID       IDRule = "none"
	AnyID      IDRule = "any_id"
	StudentID  IDRule = "student_id"
	HealthCard IDRule = "health_card"
	ZIPOnly    IDRule = "zip_only" // the machine or the staff ask for a ZIP code and nothing else
)

// IDRules lists every rule but the unknown one.
func IDRules() []IDRule { return []IDRule{NoID, AnyID, StudentID, HealthCard, ZIPOnly} }

// A Status is whether a site is in use.
type Status string

// The statuses; the first four are HSDS's own. Only active sites are published.
const (
	Active            Status = "active"
	Inactive          Status = "inactive"
	Defunct           Status = "defunct"
	TemporarilyClosed Status = "temporarily closed"
	Planned           Status = "planned"
)

// Statuses lists every status.
func Statuses() []Status { return []Status{Active, Inactive, Defunct, TemporarilyClosed, Planned} }

// A Check is who confirmed a site, and how.
type Check string

// The ways of checking.
const (
	BySource Check = "source" // an official live feed, not a re-import of an old file
	ByPhone  Check = "phone"
	ByVisit  Check = "visit"
	ByHost   Check = "host"
)

// Checks lists every way of checking.
func Checks() []Check { return []Check{BySource, ByPhone, ByVisit, ByHost} }
