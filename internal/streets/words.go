package streets

import "strings"

// spelled reads a table of spellings: on each line the word, and then its other spellings.
func spelled(table string) map[string]string {
	words := map[string]string{}
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		for _, spelling := range fields {
			words[spelling] = fields[0]
		}
	}
	return words
}

// directions are the words that stand before or behind the name of a street, in English, Spanish and French.
var directions = spelled(`n north no norte nord
s south so sur sud
e east este est
w west oeste ouest
ne northeast noreste nordeste
nw northwest noroeste nordouest
se southeast sureste sudeste sudest
sw southwest suroeste sudoeste sudouest`)

// typesBehind are the words that end the name of a street, with the abbreviations of the US Postal Service, of
// Canada Post and those that the Census has besides.
var typesBehind = spelled(`alley allee ally aly
anex annex annx anx
arcade arc
autoroute aut
avenue av ave aven avenu avn avnue
bayou bayoo byu
beach bch
bend bnd
bluff bluf blf
bluffs blfs
bottom bot bottm btm
boulevard blvd boul boulv bd
branch br brnch
bridge brdge brg
brook brk
brooks brks
burg bg
bypass byp bypa bypas byps
camp cp cmp
canyon canyn cnyn cyn
cape cpe
causeway causwa cswy
center cen cent centr centre cnter cntr ctr
circle cir circ circl crcl crcle
cliff clf
cliffs clfs
club clb
common cmn
commons cmns
concourse conc
corner cor
corners cors
corridor
course crse
court ct crt
courts cts
cove cv
coves cvs
creek crk
crescent cres crsent crsnt
crest crst
crossing crssng xing
crossroad xrd
curve curv
dale dl
dam dm
divide div dv dvd
drive dr driv drv
drives drs
estate est
estates ests
expressway exp expr express expw expy
extension ext extn extnsn
fall
falls fls
ferry frry fry
field fld
fields flds
flat flt
flats flts
ford frd
forest forests frst
forge forg frg
fork frk
forks frks
freeway freewy frway frwy fwy
garden gardn grden grdn gdn
gardens gdns grdns
gate
gateway gatewy gatway gtway gtwy
glen gln
grade
green grn
grove grov grv
harbor harb harbr hbr hrbor harbour
haven hvn
heights ht hts
highway highwy hiway hiwy hway hwy
hill hl
hills hls
hollow hllw hollows holw holws
inlet inlt
island islnd is
islands islnds iss
isle isles
junction jct jction jctn junctn juncton
key ky
keys kys
knoll knl knol
knolls knls
lake lk
lakes lks
land
landing lndg lndng
lane ln
light lgt
loaf lf
lock lck
locks lcks
lodge ldg ldge lodg
loop loops
mall mal
manor mnr
manors mnrs
meadow mdw
meadows mdws medows
mews
mill ml
mills mls
mission missn mssn msn
motorway mtwy
mount mt mnt
mountain mntain mntn mountin mtin mtn
neck nck
orchard orch orchrd
oval ovl
overpass opas
park prk
parks
parkway parkwy pkway pkwy pky parkways pkwys
pass
passage psge
path paths
pike pikes
pine pne
pines pnes
place pl
plain pln
plains plns
plaza plz plza
point pt
points pts
port prt
ports prts
prairie pr prr
promenade prom
quay
radial rad radiel radl
ramp
ranch ranches rnch rnchs
rapid rpd
rapids rpds
rest rst
ridge rdg rdge
ridges rdgs
river riv rvr rivr
road rd
roads rds
route rte rt
row
run
shoal shl
shoals shls
shore shoar shr
shores shoars shrs
skyway skwy
spring spg spng sprng
springs spgs spngs sprngs
spur spurs
square sq sqr sqre squ
squares sqrs sqs
station sta statn stn
stravenue stra strav straven stravn strvn strvnue
stream streme strm
street st str strt
streets sts
summit smt sumit sumitt
terrace ter terr
thoroughfare thfr
throughway trwy thruway thwy
townline tline
trace traces trce
track tracks trak trk trks
trail trails trl trls
tunnel tunel tunl tunls tunnels tunnl
turnpike trnpk turnpk tpke
underpass upas
union un
valley vally vlly vly
valleys vlys
viaduct vdct via viadct
view vw
views vws
village vill villag villg villiage vlg
villages vlgs
ville vl
vista vis vist vst vsta
walk walks
wall
way wy
ways
well wl
wells wls
wharf`)

// typesBefore are the words that begin the name of a street in Spanish, in French, and in "Avenue B".
var typesBefore = spelled(`calle cll c
avenue av ave avenida avda avnda
boulevard blvd boul bd bulevar
calzada
callejon cjon
camino cam cmno
carretera carr
cerrada
chemin ch
cote
drive dr
highway hwy
impasse
lane ln
montee
paseo pso
passage
pasaje pje
place pl
plaza plz
privada
promenade prom
rang
road rd
route rte
rue
ruelle
sentier
vereda ver
via`)

// inside are the words within a name that are written in two ways, besides the types.
var inside = spelled(`saint sainte ste sta
mount mt
fort ft
junior jr
senior sr
general gen
president pres
martinlutherking mlk`)

// ordinals are the words of "Twenty First Street". A number that is a word of its own is written in figures,
// without its ending: "5th Ave" is also written "5 Ave".
var ordinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
	"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60,
	"seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
	"primera": 1, "segunda": 2, "tercera": 3, "premiere": 1, "deuxieme": 2, "troisieme": 3,
}

// tens begin an ordinal of two words.
var tens = map[string]int{
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

// ordinalEndings stand behind figures, in English and in French.
var ordinalEndings = []string{"st", "nd", "rd", "th", "eme", "er", "re", "e"}

// units are the words that begin the part of an address within its house.
var units = map[string]bool{
	"apt": true, "apartment": true, "unit": true, "suite": true, "ste": true, "rm": true, "room": true, "bldg": true, "building": true,
	"fl": true, "floor": true, "lot": true, "spc": true, "space": true, "trlr": true, "trailer": true, "dept": true, "ofc": true,
	"office": true, "ph": true, "penthouse": true, "slip": true, "hngr": true, "hangar": true, "bureau": true, "appt": true, "app": true,
	"apto": true, "depto": true, "local": true, "piso": true, "#": true, "units": true, "apts": true,
	"suites": true, "stes": true, "rooms": true, "rms": true, "floors": true,
}

// unitsAlone need no number behind them.
var unitsAlone = map[string]bool{
	"rear": true, "front": true, "frnt": true, "bsmt": true, "basement": true, "lobby": true, "lbby": true, "upper": true, "uppr": true,
	"lower": true, "lowr": true, "upstairs": true, "downstairs": true, "penthouse": true, "fl": true, "floor": true,
}

// countings are the house numbers that are written as words: "One Main Street".
var countings = map[string]int64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}
