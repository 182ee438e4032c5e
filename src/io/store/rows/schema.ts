import type { Migration } from "../../sqlite/migrate.ts";

/** "hook" in ASCII: marks a file as hookcli's. */
export const APPLICATION_ID = 0x686f6f6b;

/** The comments are part of the schema: SQLite keeps them, and `docs/store.md` is generated from them. */
const version1 = `
CREATE TABLE sessions (
  -- One run of a command that writes here.
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  command TEXT NOT NULL, -- listen, replay
  pid INTEGER NOT NULL,
  process_mark TEXT NOT NULL, -- start time of the process as the system tells it; tells it from a later one with its pid
  started_at_ms INTEGER NOT NULL,
  seen_at_ms INTEGER NOT NULL, -- last time it told that it could write
  ended_at_ms INTEGER, -- NULL: still runs, or was killed
  first_delivery_id INTEGER NOT NULL, -- its deliveries have this id or a greater one
  capture_url TEXT, -- NULL: does not listen
  targets TEXT NOT NULL, -- JSON array of URLs, in the order given
  directory TEXT NOT NULL -- where it was started
) STRICT;

CREATE TABLE requests (
  -- One inbound HTTP request as captured.
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- what people type; never used again
  session_id INTEGER NOT NULL,
  received_at_ms INTEGER NOT NULL, -- epoch milliseconds, when the head was complete
  receive_ms REAL NOT NULL, -- from the complete head to the last byte of the body
  remote_address TEXT NOT NULL,
  origin TEXT NOT NULL, -- capture: over the capture port
  method TEXT NOT NULL,
  target TEXT NOT NULL, -- as it stood in the request line; one character a byte (latin-1)
  http_version TEXT NOT NULL,
  headers BLOB NOT NULL, -- 'Name: value' lines ended by CR LF: order, case, repeats and bytes as they came
  trailers BLOB, -- the same for trailers; NULL: none
  body_size INTEGER NOT NULL, -- bytes stored
  body_file TEXT, -- name in the body folder; NULL: in request_bodies (nowhere, if the size is 0)
  completeness TEXT NOT NULL, -- complete, truncated, partial, malformed
  refusal_status INTEGER, -- set where hookcli answered by itself and forwarded nothing
  refusal_code TEXT,
  refusal_reason TEXT,
  reply_status INTEGER, -- what the sender was told where nothing was forwarded or a fault decided it; 0: nothing; otherwise see deliveries
  reply_note TEXT
) STRICT;

CREATE INDEX requests_by_body_file ON requests (body_file) WHERE body_file IS NOT NULL;

CREATE TABLE request_bodies (
  -- Bodies up to 1 MiB, apart from the rows that lists scan.
  request_id INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE deliveries (
  -- One request on its way to one target.
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- shown as d17
  request_id INTEGER NOT NULL,
  session_id INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  url TEXT NOT NULL, -- posted to
  cause TEXT NOT NULL, -- forward, replay
  status TEXT NOT NULL, -- pending, delivered, failed
  running_number INTEGER, -- the attempt on the wire, written before the wire is touched; NULL: none
  running_since_ms INTEGER,
  reply_status INTEGER, -- what the sender was told, on the delivery that decided it; NULL: nothing (yet), or another decided
  reply_note TEXT -- where the reply is not simply the target's response
) STRICT;
CREATE INDEX deliveries_by_request ON deliveries (request_id);

CREATE TABLE attempts (
  -- One HTTP try of a delivery, written when it has ended.
  delivery_id INTEGER NOT NULL,
  number INTEGER NOT NULL, -- from 1
  started_at_ms INTEGER NOT NULL,
  duration_ms REAL, -- NULL: interrupted
  sent_headers BLOB, -- NULL: interrupted
  outcome TEXT NOT NULL, -- response, no-response, interrupted
  reason TEXT, -- of no-response: refused, timeout, reset, ...
  detail TEXT, -- of no-response: addresses tried, what the peer sent
  status INTEGER, -- of response
  status_text TEXT,
  response_headers BLOB,
  response_size INTEGER, -- of the whole body, bytes
  response_stored INTEGER, -- how many of them are stored
  response_file TEXT, -- name in the body folder; NULL: in response_body
  response_body BLOB, -- up to 1 MiB; last, so that reading the rest of the row never touches it
  PRIMARY KEY (delivery_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_by_response_file ON attempts (response_file) WHERE response_file IS NOT NULL;

CREATE TABLE changes (
  -- What changed, in order, written in the transaction of the change: how one process sees another's writes.
  seq INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, -- delivery: one that was not simply forwarded was settled
  row_id INTEGER NOT NULL
) STRICT;

CREATE TRIGGER delivery_settled AFTER UPDATE OF status ON deliveries WHEN new.cause <> 'forward'
BEGIN INSERT INTO changes (kind, row_id) VALUES ('delivery', new.id); END;
`;

const version2 = `
ALTER TABLE requests ADD COLUMN event_id TEXT /* the provider's own id of the event; NULL: it names none */;
ALTER TABLE requests ADD COLUMN event_type TEXT /* as the provider writes it */;
ALTER TABLE requests ADD COLUMN parent_id INTEGER /* the request that this one was edited from */;
CREATE INDEX requests_by_event_id ON requests (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX requests_by_event_type ON requests (event_type) WHERE event_type IS NOT NULL;
CREATE INDEX attempts_in_trouble ON attempts (status, delivery_id)
  WHERE status IS NULL OR status < 200 OR status > 299;

CREATE TABLE pruned_events (
  -- Ids of events whose requests were removed, for as long as their provider may still repeat them.
  event_id TEXT PRIMARY KEY,
  received_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

const version3 = `
ALTER TABLE requests ADD COLUMN provider TEXT /* who sent it, as far as it can be told */;
ALTER TABLE requests ADD COLUMN scheme TEXT /* the rule by which it was judged */;
ALTER TABLE requests ADD COLUMN attempt_number INTEGER /* as the provider counts its attempts, from 1; NULL: it does not say */;
ALTER TABLE requests ADD COLUMN verdict TEXT /* verified, stale, future, mismatch, missing-header, malformed-header, unsigned, no-secret, unjudged; NULL: never judged */;
ALTER TABLE requests ADD COLUMN signed_at_ms INTEGER /* the time that was signed; NULL: none */;
ALTER TABLE requests ADD COLUMN secret_name TEXT /* where the secret comes from under which the signature holds */;
ALTER TABLE requests ADD COLUMN occurrence INTEGER /* how many requests with its provider and event id had come by then, itself included; NULL: it names no event, was made by a person, or came before this was counted */;
CREATE INDEX requests_with_failed_signature ON requests (id)
  WHERE verdict IN ('stale', 'future', 'mismatch', 'missing-header', 'malformed-header');
CREATE INDEX requests_that_repeat ON requests (id) WHERE occurrence > 1;
ALTER TABLE pruned_events ADD COLUMN provider TEXT /* as with requests */;
ALTER TABLE pruned_events ADD COLUMN occurrence INTEGER /* of the newest that was removed; NULL: it was not counted */;
`;

const version4 = `
ALTER TABLE requests ADD COLUMN occurred_at_ms INTEGER /* when the event happened, as its provider says; NULL: it does not */;
ALTER TABLE requests ADD COLUMN object_id TEXT /* what the event is about, by the provider's own id; NULL: it names none */;
ALTER TABLE requests ADD COLUMN overtaken_by INTEGER /* a request of the same provider about the same object that came before and tells of a later event; NULL: none had come */;
CREATE INDEX requests_by_object ON requests (object_id, occurred_at_ms)
  WHERE object_id IS NOT NULL AND occurred_at_ms IS NOT NULL;
CREATE INDEX requests_out_of_order ON requests (id) WHERE overtaken_by IS NOT NULL;
`;

const version5 = `
CREATE TABLE links (
  -- Connections that a listener has opened to another listener of this store: how a request that comes back is recognised.
  ends TEXT PRIMARY KEY, -- 127.0.0.1:51234>127.0.0.1:4400
  session_id INTEGER NOT NULL, -- opened it
  trail TEXT NOT NULL -- JSON array of sessions that what comes over it has been through
) STRICT, WITHOUT ROWID;
`;

/** Two providers may give two events the same id. */
const version6 = `
ALTER TABLE pruned_events RENAME TO pruned_events_before;
CREATE TABLE pruned_events (
  -- Events whose requests were removed, for as long as their provider may still repeat them.
  provider TEXT NOT NULL DEFAULT '', -- as with requests; empty: it could not be told
  event_id TEXT NOT NULL,
  received_at_ms INTEGER NOT NULL,
  occurrence INTEGER, -- of the newest that was removed; NULL: it was not counted
  PRIMARY KEY (provider, event_id)
) STRICT, WITHOUT ROWID;
INSERT INTO pruned_events (provider, event_id, received_at_ms, occurrence)
  SELECT coalesce(provider, ''), event_id, received_at_ms, occurrence FROM pruned_events_before;
DROP TABLE pruned_events_before;
`;

/**
 * Numbers count on from the ids of requests; whoever follows a store begins anew, so that what was there is not kept. A
 * trigger notes that a delivery is over, so that a process of the version before, which still runs, notes it too.
 */
const version7 = `
DROP TRIGGER delivery_settled;
DROP TABLE changes;
CREATE TABLE changes (
  -- What happened after a request was stored, in order, written in the transaction of the change: how one process sees another's writes. Some 10,000 rows stay. A request and the deliveries stored with it have none: its id tells of them.
  seq INTEGER PRIMARY KEY, -- the newest request's id at that time and the number of rows written by then, added up
  newest_request_id INTEGER NOT NULL, -- at that time
  kind TEXT NOT NULL, -- request: what its sender was told; removed: a request with all that belongs to it; delivery: added to a request, or an attempt of it began or ended; settled: a delivery is over
  row_id INTEGER NOT NULL -- of the request or the delivery
) STRICT;
CREATE TRIGGER changes_are_forgotten AFTER INSERT ON changes WHEN (new.seq - new.newest_request_id) % 256 = 0
BEGIN
  DELETE FROM changes WHERE seq IN (SELECT seq FROM changes ORDER BY seq LIMIT 512)
    AND seq - newest_request_id <= new.seq - new.newest_request_id - 10000;
END;
CREATE TRIGGER delivery_settled AFTER UPDATE OF status ON deliveries
BEGIN
  INSERT INTO changes (seq, newest_request_id, kind, row_id) SELECT written + 1 + newest, newest, 'settled', new.id FROM
    (SELECT coalesce((SELECT seq - newest_request_id FROM changes ORDER BY seq DESC LIMIT 1), 0) AS written,
      coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'requests'), 0) AS newest);
END;
`;

/** Never edited once released; the place in the list is the version it starts from. */
export const migrations: readonly Migration[] = [version1, version2, version3, version4, version5, version6, version7];
