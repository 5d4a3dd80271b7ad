package fetch

import "time"

// Bounds on what a publisher's server may cost. They are far above every real
// list of sites; what passes one of them is a mistake or an attack.
const (
	// maxBytes is what the readers accept: about a million rows. It bounds the
	// bytes as sent and the bytes unpacked, each for itself.
	maxBytes = 1 << 30
	// maxPage holds one answer of a server that pages. The largest real page,
	// 2,000 features with polygons, is about 10 MB.
	maxPage = 64 << 20
	// maxRatio is how many times its size an answer may unpack to. A sheet of
	// repeated words reaches 50; a bomb reaches 1,000.
	maxRatio = 200
	// ratioFrom is where the ratio begins to count: less is harmless.
	ratioFrom = 8 << 20
	// maxFeatures is twice the largest dataset that carrypoint is built for.
	maxFeatures = 2_000_000
	// maxHeader is several times the headers of any real answer.
	maxHeader = 64 << 10
	// maxAddress is what browsers and servers agree on.
	maxAddress = 2_000
)

const (
	// maxStall is how long a server may say nothing.
	maxStall = 30 * time.Second
	// maxTotal is how long one dataset may take, pauses included. It ends a
	// server that always says one byte more.
	maxTotal = 15 * time.Minute
	// dialTimeout is for one address of a host, and for its handshake.
	dialTimeout = 10 * time.Second
	// maxTries is how often a request is sent that fails for a reason that may
	// pass; the pauses between add up to about half a minute.
	maxTries = 5
	// maxResumes is how often a download may go on after a cut: one of the
	// largest size over a link that is cut every 10 MB.
	maxResumes = 100
	// firstPause and maxPause bound the pauses, before jitter.
	firstPause = time.Second
	maxPause   = 30 * time.Second
	// maxRetryAfter is the longest pause that a server may ask for.
	maxRetryAfter = 2 * time.Minute
	// maxRedirects: from http to https, and to a path with a slash.
	maxRedirects = 3
	// maxRereads is how often a dataset that is edited while it is read is
	// begun again.
	maxRereads = 3
	// keptFor is how long the word of a server that nothing has changed is
	// taken. After that the dataset is read whole, changed or not: there are
	// servers that say so for ever.
	keptFor = 30 * 24 * time.Hour
	// partAge is how old an unfinished file is before it is taken for one that
	// a crash left behind.
	partAge = 24 * time.Hour
)

// limits are the bounds that a test must be able to reach.
type limits struct {
	bytes, page  int64
	stall, total time.Duration
}

var production = limits{bytes: maxBytes, page: maxPage, stall: maxStall, total: maxTotal}
