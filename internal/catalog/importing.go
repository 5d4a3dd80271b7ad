package catalog

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"carrypoint/internal/record"
	"carrypoint/internal/site"
)

// An Input says where the drafts of a run come from.
type Input struct {
	File    string   // what was read, for people
	SHA256  string   // of its bytes
	Address string   // where it came from; a file's path, or a URL
	Header  []string // names of the record's values
	// Findings gives, once all drafts were read, what was found on the file as a whole.
	Findings func() []record.Finding
}

// commitEvery is after how many records a run is written through. One
// transaction of a million would hold the log of all of them.
const commitEvery = 20_000

// Import makes a run: it writes what the drafts of a source say, and how that
// differs from what is listed, and changes nothing that is listed. An error of
// the drafts ends it, and nothing of the run is left but its number. While one
// import is at work another gives ErrBusy.
func (c *Catalog) Import(ctx context.Context, s Source, in Input, act Act, drafts iter.Seq2[record.Draft, error]) (*Run, error) {
	done, err := c.lockImports()
	if err != nil {
		return nil, err
	}
	defer done()
	run, err := c.begin(ctx, s, in, act)
	if err != nil {
		return nil, fmt.Errorf("beginning a run of %s: %w", s.ID, err)
	}
	i, err := c.newImporter(ctx, run)
	if err == nil {
		err = i.readAll(drafts, in.Findings)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("run %d of %s was given up: %w", run.ID, s.ID, c.explained(err)), c.drop(context.WithoutCancel(ctx), run))
	}
	return run, nil
}

// begin writes the run's own row.
func (c *Catalog) begin(ctx context.Context, s Source, in Input, act Act) (run *Run, err error) {
	header, err := json.Marshal(in.Header)
	if err != nil {
		return nil, err
	}
	err = c.write(ctx, func(tx *sql.Tx) error {
		if err := dropUnfinished(ctx, tx, s.ID); err != nil {
			return err
		}
		revision, err := c.register(ctx, tx, s)
		if err != nil {
			return err
		}
		made, err := tx.ExecContext(ctx, `INSERT INTO run (source, state, revision, file, sha256, address, publisher, licence, redistribute, header, made_at, made_by)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, s.ID, Reading, revision, in.File, in.SHA256, in.Address,
			s.Publisher, s.Licence, string(s.Redistribute), string(header), c.stamp(), act.Who)
		if err != nil {
			return err
		}
		id, err := made.LastInsertId()
		if err != nil {
			return err
		}
		run, err = findRun(ctx, tx, int(id))
		return err
	})
	return run, err
}

// drop removes what a run that was not finished has written.
func (c *Catalog) drop(ctx context.Context, run *Run) error {
	return c.write(ctx, func(tx *sql.Tx) error { return dropUnfinished(ctx, tx, run.Source) })
}

// dropUnfinished removes the runs of a source that a crash cut off. They were
// never shown to anybody, so nothing is lost with them.
func dropUnfinished(ctx context.Context, tx *sql.Tx, source string) error {
	const unfinished = " WHERE run IN (SELECT id FROM run WHERE source = ? AND state = ?)"
	for _, table := range []string{"version", "absence", "rejected", "finding"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+unfinished, source, Reading); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM run WHERE source = ? AND state = ?", source, Reading)
	return err
}

// A known is a site of the source as the catalog has it.
type known struct {
	site    string
	key     string // of its record, as it was last listed
	version int64  // 0 where it is not listed
	digest  int64
	missing string // since when; empty where it is not missing
	since   int64  // the run that marked it as missing
	seen    bool   // the run holds it
	never   bool   // it was never listed: its id may still be another
}

// An importer reads one run.
type importer struct {
	c     *Catalog
	ctx   context.Context
	run   *Run
	known map[string]*known // by the record's key
	ids   *mint
	// unreadable are the sites whose rows the run in force could not read either.
	unreadable map[string]bool
	tally      tally
	near       *neighbours
	pending    []record.Draft // new to the catalog, and perhaps a known site under another key
	renamed    bool           // a site that was never listed got another id
	sites      []string       // the site of each row that was let in, by the row's number
	w          *writer
}

func (c *Catalog) newImporter(ctx context.Context, run *Run) (*importer, error) {
	i := &importer{c: c, ctx: ctx, run: run, known: map[string]*known{}, tally: tally{phones: map[string]int{}, oldPhones: map[string]int{}, rewritten: map[site.Facet]int{}}}
	i.run.Counts.Findings = map[string]int{}
	err := each(ctx, c.db, `SELECT s.id, s.record, s.missing_since, s.missing_run, s.listed_since = '', coalesce(v.id, 0), coalesce(v.digest, 0)
		FROM site s LEFT JOIN version v ON v.id = s.version WHERE s.source = ?
		ORDER BY s.version IS NOT NULL, s.listed_since <> ''`, []any{run.Source}, func(rows *sql.Rows) error {
		k := new(known)
		if err := rows.Scan(&k.site, &k.key, &k.missing, &k.since, &k.never, &k.version, &k.digest); err != nil {
			return err
		}
		i.known[k.key] = k // a listed site comes last, and counts before one that a dry run made of its key
		if k.version != 0 {
			i.tally.listed++
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if i.unreadable, err = c.unreadable(ctx, run.Source); err != nil {
		return nil, err
	}
	if i.ids, err = c.newMint(ctx); err != nil {
		return nil, err
	}
	i.near, err = c.newNeighbours(ctx, run.Source)
	return i, err
}

// unreadable lists the sites whose rows the run in force could not read: that
// they can't be read this time either is nothing new.
func (c *Catalog) unreadable(ctx context.Context, source string) (map[string]bool, error) {
	all := map[string]bool{}
	err := each(ctx, c.db, `SELECT site FROM absence WHERE kind = ? AND run =
		(SELECT id FROM run WHERE source = ? AND state = ? ORDER BY applied_seq DESC LIMIT 1)`, []any{unreadable, source, Applied},
		func(rows *sql.Rows) error {
			var id string
			err := rows.Scan(&id)
			all[id] = true
			return err
		})
	return all, err
}

// maxPending is how many new records are kept back until it is known which
// listed sites the run lacks. More new ones are a new dataset, not renamed rows.
const maxPending = 50_000

func (i *importer) readAll(drafts iter.Seq2[record.Draft, error], ofFile func() []record.Finding) (err error) {
	if i.w, err = newWriter(i.ctx, i.c); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, i.w.close()) }()
	for d, err := range drafts {
		if err != nil {
			return err
		}
		if err := i.draft(&d); err != nil {
			return fmt.Errorf("row %d: %w", d.Record.Row, err)
		}
	}
	if err := i.settlePending(); err != nil {
		return err
	}
	if err := i.absences(); err != nil {
		return err
	}
	if ofFile != nil {
		if err := i.findings(&record.Draft{Findings: ofFile()}, ""); err != nil {
			return err
		}
	}
	return i.finish()
}

// draft takes one record.
func (i *importer) draft(d *record.Draft) error {
	if err := i.w.roll(commitEvery); err != nil {
		return err
	}
	i.run.Counts.Records++
	judge(d)
	k := i.known[d.Key]
	switch {
	case d.Rejected:
		return i.rejected(d, k)
	case k != nil && k.seen:
		d.Findings = append(d.Findings, record.Finding{Code: "duplicate_key", Error: true, Row: d.Record.Row,
			Text: "another row of the file names the same record; only the first was read"})
		return i.rejected(d, nil)
	case k != nil && !k.never:
		return i.again(d, k)
	case i.tally.listed > 0 && len(i.pending) < maxPending:
		i.pending = append(i.pending, kept(d))
		if k == nil {
			k = &known{never: true}
			i.known[d.Key] = k
		}
		k.seen = true // a second row of this key is a duplicate
		return nil
	}
	return i.firstTime(d, k)
}

// judge keeps out what may never be published, whatever else is right with it:
// one such site would stop every publication.
func judge(d *record.Draft) {
	if d.Rejected {
		return
	}
	s := d.Site
	if s.ID == "" {
		s.ID = d.Slug // it gets its own later
	}
	if err := s.Publishable(); err != nil {
		code := "not_publishable"
		switch {
		case errors.Is(err, site.ErrPrivate):
			code = record.NotPublic
		case s.Status != site.Active:
			code = record.NotActive
		}
		d.Findings = slices.DeleteFunc(d.Findings, func(f record.Finding) bool { return f.Code == code })
		d.Findings = append(d.Findings, record.Finding{Code: code, Error: true, Row: d.Record.Row, Text: err.Error()})
		d.Rejected = true
	}
}

// firstTime takes a record that was never listed: one that an earlier run, which
// is not in force, gave an id to, or one that the catalog has never seen.
func (i *importer) firstTime(d *record.Draft, k *known) error {
	if k != nil && k.site != "" {
		return i.again(d, k)
	}
	return i.fresh(d)
}

// kept is a draft that outlives its turn: readers use a record's values again.
func kept(d *record.Draft) record.Draft {
	clone := *d
	clone.Record.Values = slices.Clone(d.Record.Values)
	return clone
}

// rejected notes a row that is kept out. A listed site that it is about is not
// missing: it is withdrawn where the source says so, else it stays as it was.
func (i *importer) rejected(d *record.Draft, k *known) error {
	i.run.Counts.Rejected++
	if err := i.w.rejected(i.run.ID, d); err != nil {
		return err
	}
	id := ""
	if k != nil && !k.seen {
		k.seen, id = true, k.site
		if err := i.lost(d, k); err != nil {
			return err
		}
	}
	return i.findings(d, id)
}

func (i *importer) lost(d *record.Draft, k *known) error {
	if k.version == 0 {
		return nil
	}
	if !i.unreadable[k.site] {
		i.tally.removed++
	}
	kind := unreadable
	if d.Withdrawn() {
		kind = withdrawn
		i.run.Counts.Withdrawn++
	}
	return i.w.absence(i.run.ID, kind, k)
}

// fresh takes a record that the catalog has never seen.
func (i *importer) fresh(d *record.Draft) error {
	id, err := i.ids.next(d)
	if errors.Is(err, ErrTaken) {
		d.Findings = append(d.Findings, record.Finding{Code: "id_taken", Error: true, Row: d.Record.Row, Column: "id", Value: d.Site.ID, Text: err.Error()})
		return i.rejected(d, nil)
	}
	if err != nil {
		return err
	}
	if err := i.w.site(id, i.run.Source, d.Key); err != nil {
		return err
	}
	i.known[d.Key] = &known{site: id, seen: true}
	d.Site.ID = id
	i.run.Counts.New++
	return i.listNew(d)
}

// again takes a record that the catalog knows by its key.
func (i *importer) again(d *record.Draft, k *known) error {
	k.seen = true
	if k.never {
		if err := i.nameAgain(d, k); err != nil {
			return err
		}
	}
	d.Site.ID = k.site
	if k.missing != "" {
		if err := i.w.absence(i.run.ID, back, k); err != nil {
			return err
		}
	}
	if k.version == 0 {
		i.run.Counts.New++ // minted by a run that is not in force
		return i.listNew(d)
	}
	doc, digest, err := document(&d.Site)
	if err != nil {
		return err
	}
	if digest == k.digest && d.Key == k.key {
		i.run.Counts.Unchanged++
		i.count(&d.Site, &d.Site)
		return i.told(d)
	}
	before, err := i.w.doc(k.version)
	if err != nil {
		return err
	}
	i.tally.compare(before, &d.Site)
	i.count(before, &d.Site)
	kind := kindChanged
	if len(site.Differences(before, &d.Site)) == 0 {
		kind = kindReread // the same facts: of a newer date, under another key, or read otherwise
		i.run.Counts.Unchanged++
	} else {
		i.run.Counts.Changed++
	}
	return i.versionOf(d, kind, k, doc, digest)
}

// nameAgain gives a site that was never listed the id that it would get now: the
// mapping of an earlier try may have been wrong, and nobody has seen the id.
func (i *importer) nameAgain(d *record.Draft, k *known) error {
	if i.ids.fits(k.site, d) {
		return nil
	}
	delete(i.ids.taken, k.site)
	id, err := i.ids.next(d)
	if err != nil {
		return err
	}
	old := k.site
	k.site, i.renamed = id, true
	return i.w.exec("UPDATE site SET id = ? WHERE id = ?", id, old)
}

// count takes the phone numbers of a listed site, before and after.
func (i *importer) count(before, after *site.Site) {
	i.tally.phone(after)
	if len(before.Phones) > 0 {
		i.tally.oldPhones[before.Phones[0].Dial]++
	}
}

// listNew writes the version of a site that is not listed.
func (i *importer) listNew(d *record.Draft) error {
	doc, digest, err := document(&d.Site)
	if err != nil {
		return err
	}
	i.tally.phone(&d.Site)
	return i.versionOf(d, kindNew, nil, doc, digest)
}

func (i *importer) versionOf(d *record.Draft, kind string, k *known, doc string, digest int64) error {
	if err := i.w.version(i.run.ID, d, kind, k, doc, digest); err != nil {
		return err
	}
	return i.told(d)
}

// told writes what was found on a row that was let in, and which site of another
// source may be the same place.
func (i *importer) told(d *record.Draft) error {
	i.remember(d)
	if other := i.near.same(&d.Site); other != "" {
		i.run.Counts.Findings[DuplicateSite]++
		f := record.Finding{Code: DuplicateSite, Row: d.Record.Row, Text: fmt.Sprintf("it may be the same place as %s, which another source lists", other)}
		if err := i.w.finding(i.run.ID, f, d.Site.ID, other); err != nil {
			return err
		}
	}
	return i.findings(d, d.Site.ID)
}

// remember keeps which site a row is, for later rows that may be the same place.
func (i *importer) remember(d *record.Draft) {
	for len(i.sites) <= d.Record.Row {
		i.sites = append(i.sites, "")
	}
	i.sites[d.Record.Row] = d.Site.ID
}

// siteOf is the site of an earlier row; empty for none.
func (i *importer) siteOf(row int) string {
	if row <= 0 || row >= len(i.sites) {
		return ""
	}
	return i.sites[row]
}

func (i *importer) findings(d *record.Draft, id string) error {
	for _, f := range d.Findings {
		i.run.Counts.Findings[f.Code]++
		if err := i.w.finding(i.run.ID, f, id, i.siteOf(f.Other)); err != nil {
			return err
		}
	}
	return nil
}

// settlePending finds, for records under new keys, the listed sites that the run
// would lack: a name put right or a row renumbered is not a place closed and another opened.
func (i *importer) settlePending() error {
	old, err := i.unseen()
	if err != nil {
		return err
	}
	renamed := pair(i.pending, old)
	for n := range i.pending {
		d := &i.pending[n]
		if err := i.w.roll(commitEvery); err != nil {
			return err
		}
		take := i.firstTime
		k := i.known[d.Key]
		if renamed[n] != nil {
			take, k = i.again, renamed[n]
		}
		if err := take(d, k); err != nil {
			return fmt.Errorf("row %d: %w", d.Record.Row, err)
		}
	}
	return nil
}

// unseen reads the listed sites that the run has not held so far, unless no
// record waits for one.
func (i *importer) unseen() ([]candidate, error) {
	if len(i.pending) == 0 {
		return nil, nil
	}
	var all []candidate
	for _, k := range i.known {
		if k.seen || k.version == 0 {
			continue
		}
		doc, err := i.w.doc(k.version)
		if err != nil {
			return nil, err
		}
		all = append(all, candidate{k, doc})
	}
	slices.SortFunc(all, func(a, b candidate) int { return strings.Compare(a.known.site, b.known.site) })
	return all, nil
}

// absences notes the listed sites that the run does not hold.
func (i *importer) absences() error {
	keys := slices.Sorted(maps.Keys(i.known))
	for _, key := range keys {
		k := i.known[key]
		if k.seen || k.version == 0 {
			continue
		}
		i.run.Counts.Missing++
		if k.missing != "" {
			continue // since an earlier run; nothing new is known of it
		}
		i.tally.removed++
		if err := i.w.absence(i.run.ID, missing, k); err != nil {
			return err
		}
	}
	return nil
}

// finish makes the run whole.
func (i *importer) finish() error {
	oldAddress, err := i.w.addressInForce(i.run.Source)
	if err != nil {
		return err
	}
	i.tally.fresh = i.run.Counts.New
	i.run.Reasons, i.run.State = i.tally.reasons(oldAddress, i.run.address), Ready
	if i.run.Reasons == nil {
		i.run.Reasons = []Reason{}
	}
	if i.renamed {
		if err := i.w.outdate(i.run); err != nil {
			return err
		}
	}
	return i.w.finish(i.run)
}
