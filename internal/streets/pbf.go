package streets

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zlib"
	"google.golang.org/protobuf/encoding/protowire"
)

// Bounds on the blocks of an .osm.pbf file: those of the format.
const (
	maxBlockHeader = 64 << 10
	maxBlock       = 32 << 20
)

// A pbfNode is a point of OpenStreetMap; a pbfWay a line or an outline, by the ids of its points.
type pbfNode struct {
	id       int64
	lon, lat float64
	tags     pbfTags
}

type pbfWay struct {
	refs []int64 // the next way overwrites them
	tags pbfTags
}

// A pbfVisitor is told what is in a file. What is nil is left out, and costs little. An error ends the reading.
type pbfVisitor struct {
	node     func(pbfNode) error
	way      func(pbfWay) error
	relation func(pbfTags) error
}

// pbfTags are the tags of one object: pairs of places in the texts of its block.
type pbfTags struct {
	texts [][]byte
	pairs []uint64
}

// get gives the value of a tag, or "".
func (t pbfTags) get(key string) string {
	for i := 0; i+1 < len(t.pairs); i += 2 {
		if k, v := t.pairs[i], t.pairs[i+1]; k < uint64(len(t.texts)) && v < uint64(len(t.texts)) && string(t.texts[k]) == key {
			return string(t.texts[v])
		}
	}
	return ""
}

var errPBF = errors.New("the file is damaged: it is no .osm.pbf")

// A pbfReader reads one block after the other. It is written here and not taken from a library, because a
// damaged file must be an error and not the end of the process.
type pbfReader struct {
	in      *bufio.Reader
	done    int64 // bytes
	block   []byte
	raw     bytes.Buffer
	texts   [][]byte
	numbers [4][]int64
	pairs   []uint64
}

// readPBF tells a visitor what is in a file. After each block it says how many bytes are done.
func readPBF(ctx context.Context, in io.Reader, v pbfVisitor, after func(done int64)) error {
	r := &pbfReader{in: bufio.NewReaderSize(in, 1<<16)}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		kind, data, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch kind {
		case "OSMHeader":
			err = checkHeader(data)
		case "OSMData":
			err = r.primitives(data, v)
		}
		if err != nil {
			return err
		}
		after(r.done)
	}
}

// next reads a block. Only the very end of a file is io.EOF.
func (r *pbfReader) next() (kind string, data []byte, err error) {
	var size [4]byte
	if _, err := io.ReadFull(r.in, size[:]); err != nil {
		if errors.Is(err, io.EOF) && r.done == 0 {
			return "", nil, errPBF
		}
		return "", nil, err
	}
	length := binary.BigEndian.Uint32(size[:])
	if length > maxBlockHeader {
		return "", nil, errPBF
	}
	header, err := r.read(int(length))
	if err != nil {
		return "", nil, err
	}
	var dataSize uint64
	if err := fieldsOf(header, func(f field) {
		switch f.number {
		case 1:
			kind = string(f.bytes)
		case 3:
			dataSize = f.value
		}
	}); err != nil {
		return "", nil, err
	}
	if dataSize > maxBlock {
		return "", nil, errPBF
	}
	blob, err := r.read(int(dataSize))
	if err != nil {
		return "", nil, err
	}
	r.done += int64(len(size)) + int64(length) + int64(dataSize)
	data, err = r.inflate(blob)
	return kind, data, err
}

func (r *pbfReader) read(n int) ([]byte, error) {
	if cap(r.block) < n {
		r.block = make([]byte, n)
	}
	r.block = r.block[:n]
	if _, err := io.ReadFull(r.in, r.block); err != nil {
		return nil, fmt.Errorf("the file is not whole: %w", io.ErrUnexpectedEOF)
	}
	return r.block, nil
}

// inflate gives the data of a blob.
func (r *pbfReader) inflate(blob []byte) ([]byte, error) {
	var raw, packed []byte
	other := false
	if err := fieldsOf(blob, func(f field) {
		switch f.number {
		case 1:
			raw = f.bytes
		case 3:
			packed = f.bytes
		case 4, 5, 6, 7:
			other = true
		}
	}); err != nil {
		return nil, err
	}
	switch {
	case other:
		return nil, errors.New("the file is packed in a way that is not read; write it again with: osmium cat IN.osm.pbf -o OUT.osm.pbf")
	case packed == nil:
		return raw, nil
	}
	unpacked, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("%w (%v)", errPBF, err)
	}
	r.raw.Reset()
	if n, err := r.raw.ReadFrom(io.LimitReader(unpacked, maxBlock+1)); err != nil || n > maxBlock {
		return nil, errPBF
	}
	return r.raw.Bytes(), nil
}

// features that a file may need of its reader.
var pbfFeatures = map[string]bool{"OsmSchema-V0.6": true, "DenseNodes": true, "HistoricalInformation": true}

func checkHeader(data []byte) error {
	var unknown string
	err := fieldsOf(data, func(f field) {
		if f.number == 4 && !pbfFeatures[string(f.bytes)] {
			unknown = string(f.bytes)
		}
	})
	if err == nil && unknown != "" {
		return fmt.Errorf("the file needs %q, which is not read", unknown)
	}
	return err
}

// A field is one of a message: a number, or bytes.
type field struct {
	number protowire.Number
	value  uint64
	bytes  []byte
}

// fieldsOf goes through the fields of a message. Those of fixed length are left out: the format has none.
func fieldsOf(message []byte, f func(field)) error {
	for len(message) > 0 {
		number, kind, n := protowire.ConsumeTag(message)
		if n < 0 {
			return errPBF
		}
		message = message[n:]
		one := field{number: number}
		switch kind {
		case protowire.VarintType:
			one.value, n = protowire.ConsumeVarint(message)
		case protowire.BytesType:
			one.bytes, n = protowire.ConsumeBytes(message)
		default:
			n = protowire.ConsumeFieldValue(number, kind, message)
		}
		if n < 0 {
			return errPBF
		}
		message = message[n:]
		f(one)
	}
	return nil
}

// A scale turns the whole numbers of a block into degrees.
type scale struct{ granularity, lon, lat int64 }

func (s scale) degrees(offset, units int64) float64 {
	return float64(offset+s.granularity*units) / 1e9
}

// primitives reads a block of nodes, ways and relations.
func (r *pbfReader) primitives(data []byte, v pbfVisitor) error {
	r.texts = r.texts[:0]
	s := scale{granularity: 100}
	var groups [][]byte
	var inner error
	err := fieldsOf(data, func(f field) {
		switch f.number {
		case 1:
			inner = errors.Join(inner, fieldsOf(f.bytes, func(f field) {
				if f.number == 1 {
					r.texts = append(r.texts, f.bytes)
				}
			}))
		case 2:
			groups = append(groups, f.bytes)
		case 17:
			s.granularity = int64(f.value)
		case 19:
			s.lat = int64(f.value)
		case 20:
			s.lon = int64(f.value)
		}
	})
	if err := errors.Join(err, inner); err != nil {
		return errPBF
	}
	for _, group := range groups {
		if err := r.group(group, s, v); err != nil {
			return err
		}
	}
	return nil
}

func (r *pbfReader) group(group []byte, s scale, v pbfVisitor) error {
	var inner error
	err := fieldsOf(group, func(f field) {
		if inner != nil {
			return
		}
		switch {
		case f.number == 1 && v.node != nil:
			inner = r.node(f.bytes, s, v.node)
		case f.number == 2 && v.node != nil:
			inner = r.denseNodes(f.bytes, s, v.node)
		case f.number == 3 && v.way != nil:
			inner = r.way(f.bytes, v.way)
		case f.number == 4 && v.relation != nil:
			inner = r.relation(f.bytes, v.relation)
		}
	})
	return errors.Join(inner, err)
}

func (r *pbfReader) node(message []byte, s scale, visit func(pbfNode) error) error {
	var n pbfNode
	var keys, values []byte
	err := fieldsOf(message, func(f field) {
		switch f.number {
		case 1:
			n.id = protowire.DecodeZigZag(f.value)
		case 2:
			keys = f.bytes
		case 3:
			values = f.bytes
		case 8:
			n.lat = s.degrees(s.lat, protowire.DecodeZigZag(f.value))
		case 9:
			n.lon = s.degrees(s.lon, protowire.DecodeZigZag(f.value))
		}
	})
	if err != nil {
		return err
	}
	if n.tags, err = r.tags(keys, values); err != nil {
		return err
	}
	return visit(n)
}

// denseNodes reads nodes whose ids, points and tags stand in a row each, as steps from one to the next.
func (r *pbfReader) denseNodes(message []byte, s scale, visit func(pbfNode) error) error {
	var packed [4][]byte // ids, latitudes, longitudes, tags
	err := fieldsOf(message, func(f field) {
		switch f.number {
		case 1:
			packed[0] = f.bytes
		case 8:
			packed[1] = f.bytes
		case 9:
			packed[2] = f.bytes
		case 10:
			packed[3] = f.bytes
		}
	})
	if err != nil {
		return err
	}
	for i, bytes := range packed {
		if r.numbers[i], err = numbersOf(r.numbers[i][:0], bytes); err != nil {
			return err
		}
	}
	ids, lats, lons, tags := r.numbers[0], r.numbers[1], r.numbers[2], r.numbers[3]
	if len(lats) != len(ids) || len(lons) != len(ids) {
		return errPBF
	}
	var id, lat, lon int64
	for i := range ids {
		id += protowire.DecodeZigZag(uint64(ids[i]))
		lat += protowire.DecodeZigZag(uint64(lats[i]))
		lon += protowire.DecodeZigZag(uint64(lons[i]))
		r.pairs = r.pairs[:0]
		for len(tags) > 1 && tags[0] != 0 {
			r.pairs = append(r.pairs, uint64(tags[0]), uint64(tags[1]))
			tags = tags[2:]
		}
		if len(tags) > 0 {
			tags = tags[1:] // the end of this node's
		}
		n := pbfNode{id: id, lon: s.degrees(s.lon, lon), lat: s.degrees(s.lat, lat), tags: pbfTags{r.texts, r.pairs}}
		if err := visit(n); err != nil {
			return err
		}
	}
	return nil
}

func (r *pbfReader) way(message []byte, visit func(pbfWay) error) error {
	var keys, values, refs []byte
	err := fieldsOf(message, func(f field) {
		switch f.number {
		case 2:
			keys = f.bytes
		case 3:
			values = f.bytes
		case 8:
			refs = f.bytes
		}
	})
	if err != nil {
		return err
	}
	w := pbfWay{}
	if w.tags, err = r.tags(keys, values); err != nil {
		return err
	}
	if r.numbers[0], err = numbersOf(r.numbers[0][:0], refs); err != nil {
		return err
	}
	w.refs = r.numbers[0]
	ref := int64(0)
	for i, step := range w.refs {
		ref += protowire.DecodeZigZag(uint64(step))
		w.refs[i] = ref
	}
	return visit(w)
}

func (r *pbfReader) relation(message []byte, visit func(pbfTags) error) error {
	var keys, values []byte
	err := fieldsOf(message, func(f field) {
		switch f.number {
		case 2:
			keys = f.bytes
		case 3:
			values = f.bytes
		}
	})
	if err != nil {
		return err
	}
	tags, err := r.tags(keys, values)
	if err != nil {
		return err
	}
	return visit(tags)
}

// tags reads the keys and values of one object. The next one overwrites them.
func (r *pbfReader) tags(keys, values []byte) (pbfTags, error) {
	r.pairs = r.pairs[:0]
	for len(keys) > 0 && len(values) > 0 {
		key, n := protowire.ConsumeVarint(keys)
		value, m := protowire.ConsumeVarint(values)
		if n < 0 || m < 0 {
			return pbfTags{}, errPBF
		}
		keys, values = keys[n:], values[m:]
		r.pairs = append(r.pairs, key, value)
	}
	if len(keys) != len(values) {
		return pbfTags{}, errPBF
	}
	return pbfTags{r.texts, r.pairs}, nil
}

// numbersOf reads packed numbers.
func numbersOf(numbers []int64, packed []byte) ([]int64, error) {
	for len(packed) > 0 {
		v, n := protowire.ConsumeVarint(packed)
		if n < 0 {
			return nil, errPBF
		}
		numbers = append(numbers, int64(v))
		packed = packed[n:]
	}
	return numbers, nil
}
