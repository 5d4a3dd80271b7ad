-- The stewards' database. Times are UTC in RFC 3339, days are ISO dates.
-- Nothing here is deleted: what no longer holds has an end, with who, when and why.

-- A source is one publisher's dataset. Its revision rises with everything that
-- is applied or undone, so that a run made before can be told from one made after.
CREATE TABLE source (
  id           TEXT NOT NULL PRIMARY KEY,
  publisher    TEXT NOT NULL,
  address      TEXT NOT NULL,
  licence      TEXT NOT NULL,
  redistribute TEXT NOT NULL,
  revision     INTEGER NOT NULL DEFAULT 0,
  fetched_at   TEXT NOT NULL DEFAULT ''
);

-- A run is one import of one source. What its mapping says of the source is in
-- force with the run, and not before.
CREATE TABLE run (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  source     TEXT NOT NULL REFERENCES source (id),
  state      TEXT NOT NULL,
  revision   INTEGER NOT NULL,
  file       TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  address    TEXT NOT NULL,
  publisher  TEXT NOT NULL,
  licence    TEXT NOT NULL,
  redistribute TEXT NOT NULL,
  header     TEXT NOT NULL,
  made_at    TEXT NOT NULL,
  made_by    TEXT NOT NULL,
  counts     TEXT NOT NULL DEFAULT '{}',
  reasons    TEXT NOT NULL DEFAULT '[]',
  applied_seq INTEGER NOT NULL DEFAULT 0,
  applied_at TEXT NOT NULL DEFAULT '',
  applied_by TEXT NOT NULL DEFAULT '',
  undone_at  TEXT NOT NULL DEFAULT '',
  undone_by  TEXT NOT NULL DEFAULT ''
);
CREATE INDEX run_source ON run (source, id);

-- A site is an identity: minted once, for one record of one source, and from the
-- day on which it is first listed it is so for ever. Without a version it is not listed.
CREATE TABLE site (
  id            TEXT NOT NULL PRIMARY KEY,
  source        TEXT NOT NULL REFERENCES source (id),
  record        TEXT NOT NULL,
  version       INTEGER,
  listed_since  TEXT NOT NULL DEFAULT '',
  missing_since TEXT NOT NULL DEFAULT '',
  missing_run   INTEGER NOT NULL DEFAULT 0,
  merged_into   TEXT NOT NULL DEFAULT '',
  hidden_since  TEXT NOT NULL DEFAULT ''
);
CREATE INDEX site_source ON site (source, record);

-- A version is what one run read of one site: the record word for word, and the
-- site's document. before is the version that it takes the place of.
CREATE TABLE version (
  id     INTEGER NOT NULL PRIMARY KEY,
  run    INTEGER NOT NULL REFERENCES run (id),
  line   INTEGER NOT NULL,
  site   TEXT NOT NULL,
  record TEXT NOT NULL,
  kind   TEXT NOT NULL,
  before INTEGER,
  digest INTEGER NOT NULL,
  raw    TEXT NOT NULL,
  doc    TEXT NOT NULL
);
CREATE INDEX version_run ON version (run, site);

-- An absence is a listed site that a run does not list: missing, or withdrawn
-- or not readable with the row that says so. It keeps what to put back.
CREATE TABLE absence (
  run            INTEGER NOT NULL REFERENCES run (id),
  site           TEXT NOT NULL,
  kind           TEXT NOT NULL,
  before         INTEGER,
  missing_before TEXT NOT NULL DEFAULT '',
  missing_run_before INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run, site)
);

-- A rejected row, word for word but for what must never be kept.
CREATE TABLE rejected (
  run  INTEGER NOT NULL REFERENCES run (id),
  line INTEGER NOT NULL,
  raw  TEXT NOT NULL,
  why  TEXT NOT NULL,
  PRIMARY KEY (run, line)
);

CREATE TABLE finding (
  id    INTEGER NOT NULL PRIMARY KEY,
  run   INTEGER NOT NULL REFERENCES run (id),
  line  INTEGER NOT NULL,
  site  TEXT NOT NULL,
  other TEXT NOT NULL,
  code  TEXT NOT NULL,
  error INTEGER NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  words TEXT NOT NULL
);
CREATE INDEX finding_run ON finding (run, code);

-- A decision is a steward's word on a finding. It holds for the same finding in
-- every later run.
CREATE TABLE decision (
  id      INTEGER NOT NULL PRIMARY KEY,
  site    TEXT NOT NULL,
  other   TEXT NOT NULL,
  code    TEXT NOT NULL,
  field   TEXT NOT NULL,
  value   TEXT NOT NULL,
  verdict TEXT NOT NULL,
  why     TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL
);
CREATE INDEX decision_site ON decision (site, other, code, field, value);

-- What a steward put right. It holds until its source itself changes the facet.
CREATE TABLE correction (
  id        INTEGER NOT NULL PRIMARY KEY,
  site      TEXT NOT NULL REFERENCES site (id),
  facet     TEXT NOT NULL,
  value     TEXT NOT NULL,
  day       TEXT NOT NULL,
  why       TEXT NOT NULL,
  made_by   TEXT NOT NULL,
  made_at   TEXT NOT NULL,
  ended_at  TEXT NOT NULL DEFAULT '',
  ended_run INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX correction_site ON correction (site);

-- That somebody asked, on a day, about one facet, and was told so.
CREATE TABLE verification (
  id        INTEGER NOT NULL PRIMARY KEY,
  site      TEXT NOT NULL REFERENCES site (id),
  facet     TEXT NOT NULL,
  value     TEXT NOT NULL,
  day       TEXT NOT NULL,
  method    TEXT NOT NULL,
  made_by   TEXT NOT NULL,
  made_at   TEXT NOT NULL,
  ended_at  TEXT NOT NULL DEFAULT '',
  ended_run INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX verification_site ON verification (site);

-- How much of a site may be shown, and where. The newest counts.
CREATE TABLE consent (
  id      INTEGER NOT NULL PRIMARY KEY,
  site    TEXT NOT NULL REFERENCES site (id),
  reveal  TEXT NOT NULL,
  not_in  TEXT NOT NULL,
  why     TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at TEXT NOT NULL
);
CREATE INDEX consent_site ON consent (site);

-- Who did what, when and why. Of a publication, holds is the last event before
-- its list was read: what was done after it is not in it.
CREATE TABLE event (
  id      INTEGER NOT NULL PRIMARY KEY,
  at      TEXT NOT NULL,
  who     TEXT NOT NULL,
  what    TEXT NOT NULL,
  subject TEXT NOT NULL,
  why     TEXT NOT NULL,
  holds   INTEGER NOT NULL DEFAULT 0
);
