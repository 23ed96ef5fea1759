#include "server/store/migrations.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/check.hpp"

// Each column stands on a line of its own: projection_tables() reads them from here.
namespace kenpin::store {
namespace {

constexpr const char* truth = R"(
CREATE TABLE event (
  site TEXT NOT NULL,
  position BIGINT NOT NULL,
  device TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  worker TEXT NOT NULL,
  scanner TEXT NOT NULL,
  device_ms BIGINT NOT NULL,
  server_ms BIGINT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  projected BIGINT NOT NULL,
  PRIMARY KEY (site, position)
);
CREATE UNIQUE INDEX event_identity ON event (site, device, epoch, seq);
CREATE TABLE device_cursor (
  site TEXT NOT NULL,
  device TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  last_seq BIGINT NOT NULL,
  last_hash TEXT NOT NULL,
  last_server_ms BIGINT NOT NULL,
  PRIMARY KEY (site, device, epoch)
);
CREATE TABLE day_head (
  site TEXT NOT NULL,
  day TEXT NOT NULL,
  upto_position BIGINT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (site, day)
);
CREATE TABLE own_epoch (
  site TEXT NOT NULL,
  device TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  PRIMARY KEY (site, device)
);
)";

constexpr const char* orders = R"(
CREATE TABLE order_head (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  order_id TEXT NOT NULL,
  shop TEXT NOT NULL,
  number_in_shop TEXT NOT NULL,
  ordered_ms BIGINT NOT NULL,
  wished_day TEXT,
  wished_slot TEXT NOT NULL,
  is_gift BIGINT NOT NULL,
  shipping BIGINT NOT NULL,
  fee BIGINT NOT NULL,
  discount BIGINT NOT NULL,
  total BIGINT NOT NULL,
  buyer_text TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  received_ms BIGINT NOT NULL,
  PRIMARY KEY (site, owner, order_id)
);
CREATE UNIQUE INDEX order_head_id ON order_head (site, order_id);
CREATE TABLE order_line (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  order_id TEXT NOT NULL,
  line BIGINT NOT NULL,
  sku TEXT NOT NULL,
  qty BIGINT NOT NULL,
  unit_price BIGINT NOT NULL,
  tax_rate_percent BIGINT NOT NULL,
  name TEXT NOT NULL,
  ship_to BIGINT NOT NULL,
  PRIMARY KEY (site, owner, order_id, line)
);
CREATE TABLE order_refused (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  position BIGINT NOT NULL,
  shop TEXT NOT NULL,
  number_in_shop TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  received_file TEXT NOT NULL,
  PRIMARY KEY (site, owner, position)
);
CREATE TABLE shipment (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  shipment TEXT NOT NULL,
  shop TEXT NOT NULL,
  ship_to BIGINT NOT NULL,
  carrier TEXT NOT NULL,
  service TEXT NOT NULL,
  way TEXT NOT NULL,
  covers TEXT NOT NULL,
  ship_day TEXT NOT NULL,
  ship_day_reason TEXT NOT NULL,
  pieces BIGINT NOT NULL,
  buyer_text TEXT NOT NULL,
  ordered_ms BIGINT NOT NULL,
  work TEXT NOT NULL,
  waybill TEXT NOT NULL,
  stock TEXT NOT NULL,
  list TEXT NOT NULL,
  slot BIGINT NOT NULL,
  tote TEXT NOT NULL,
  bench TEXT NOT NULL,
  planned_ms BIGINT NOT NULL,
  verified_ms BIGINT NOT NULL,
  shipped_ms BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (site, owner, shipment)
);
CREATE UNIQUE INDEX shipment_id ON shipment (site, shipment);
CREATE INDEX shipment_work ON shipment (site, work);
CREATE INDEX shipment_list ON shipment (site, list);
CREATE INDEX shipment_tote ON shipment (site, tote);
CREATE TABLE shipment_order (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  shipment TEXT NOT NULL,
  order_id TEXT NOT NULL,
  PRIMARY KEY (site, owner, shipment, order_id)
);
CREATE INDEX shipment_of_order ON shipment_order (site, order_id);
CREATE TABLE shipment_line (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  shipment TEXT NOT NULL,
  line BIGINT NOT NULL,
  order_id TEXT NOT NULL,
  order_line BIGINT NOT NULL,
  sku TEXT NOT NULL,
  qty BIGINT NOT NULL,
  reserved BIGINT NOT NULL,
  shelved BIGINT NOT NULL,
  taken BIGINT NOT NULL,
  verified BIGINT NOT NULL,
  PRIMARY KEY (site, owner, shipment, line)
);
CREATE TABLE hold (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  shipment TEXT NOT NULL,
  reason TEXT NOT NULL,
  since_ms BIGINT NOT NULL,
  PRIMARY KEY (site, owner, shipment, reason)
);
CREATE TABLE piece (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  shipment TEXT NOT NULL,
  piece BIGINT NOT NULL,
  tracking TEXT,
  state TEXT NOT NULL,
  closed BIGINT NOT NULL,
  closed_ms BIGINT NOT NULL,
  closed_by TEXT NOT NULL,
  PRIMARY KEY (site, owner, shipment, piece)
);
CREATE TABLE paper (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  shipment TEXT NOT NULL,
  piece BIGINT NOT NULL,
  paper TEXT NOT NULL,
  copy BIGINT NOT NULL,
  state TEXT NOT NULL,
  printer TEXT NOT NULL,
  reason TEXT NOT NULL,
  changed_ms BIGINT NOT NULL,
  PRIMARY KEY (site, owner, shipment, piece, paper, copy)
);
CREATE TABLE waybill (
  site TEXT NOT NULL,
  tracking TEXT NOT NULL,
  owner TEXT NOT NULL,
  shipment TEXT NOT NULL,
  way TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (site, tracking)
);
CREATE INDEX waybill_of_shipment ON waybill (site, owner, shipment);
CREATE TABLE report (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  shipment TEXT NOT NULL,
  shop TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_try_ms BIGINT NOT NULL,
  reason TEXT NOT NULL,
  accepted_ms BIGINT NOT NULL,
  PRIMARY KEY (site, owner, shipment)
);
CREATE INDEX report_due ON report (site, state, next_try_ms);
)";

constexpr const char* stock = R"(
CREATE TABLE stock (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  sku TEXT NOT NULL,
  location TEXT NOT NULL,
  lot TEXT NOT NULL,
  expiry TEXT,
  on_hand BIGINT NOT NULL,
  shelved BIGINT NOT NULL,
  PRIMARY KEY (site, owner, sku, location, lot)
);
CREATE INDEX stock_at ON stock (site, location);
CREATE TABLE stock_total (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  sku TEXT NOT NULL,
  received BIGINT NOT NULL,
  written_off BIGINT NOT NULL,
  on_hand BIGINT NOT NULL,
  in_work BIGINT NOT NULL,
  shipped BIGINT NOT NULL,
  reserved BIGINT NOT NULL,
  PRIMARY KEY (site, owner, sku)
);
CREATE TABLE stock_movement (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  position BIGINT NOT NULL,
  no BIGINT NOT NULL,
  sku TEXT NOT NULL,
  lot TEXT NOT NULL,
  from_place TEXT NOT NULL,
  to_place TEXT NOT NULL,
  qty BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (site, owner, position, no)
);
CREATE INDEX stock_movement_sku ON stock_movement (site, owner, sku);
CREATE TABLE shelf_allocation (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  shipment TEXT NOT NULL,
  line BIGINT NOT NULL,
  list TEXT NOT NULL,
  list_line BIGINT NOT NULL,
  sku TEXT NOT NULL,
  location TEXT NOT NULL,
  lot TEXT NOT NULL,
  left_to_take BIGINT NOT NULL,
  PRIMARY KEY (site, owner, shipment, line, list, list_line)
);
)";

constexpr const char* work = R"(
CREATE TABLE pick_list (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  list TEXT NOT NULL,
  bench TEXT NOT NULL,
  state TEXT NOT NULL,
  started_ms BIGINT NOT NULL,
  finished_ms BIGINT NOT NULL,
  lease_device TEXT NOT NULL,
  lease_until_ms BIGINT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (site, owner, list)
);
CREATE UNIQUE INDEX pick_list_id ON pick_list (site, list);
CREATE INDEX pick_list_state ON pick_list (site, state);
CREATE TABLE list_slot (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  list TEXT NOT NULL,
  slot BIGINT NOT NULL,
  shipment TEXT NOT NULL,
  tote TEXT NOT NULL,
  PRIMARY KEY (site, owner, list, slot)
);
CREATE INDEX list_slot_tote ON list_slot (site, tote);
CREATE TABLE pick_line (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  list TEXT NOT NULL,
  line BIGINT NOT NULL,
  shipment TEXT NOT NULL,
  shipment_line BIGINT NOT NULL,
  slot BIGINT NOT NULL,
  location TEXT NOT NULL,
  sku TEXT NOT NULL,
  lot TEXT NOT NULL,
  qty BIGINT NOT NULL,
  in_hand BIGINT NOT NULL,
  in_slot BIGINT NOT NULL,
  location_confirmed BIGINT NOT NULL,
  PRIMARY KEY (site, owner, list, line)
);
CREATE INDEX pick_line_shipment ON pick_line (site, owner, shipment);
CREATE TABLE running_number (
  site TEXT NOT NULL,
  name TEXT NOT NULL,
  used BIGINT NOT NULL,
  PRIMARY KEY (site, name)
);
)";

constexpr const char* floor_state = R"(
CREATE TABLE device_worker (
  site TEXT NOT NULL,
  device TEXT NOT NULL,
  worker TEXT NOT NULL,
  since_ms BIGINT NOT NULL,
  PRIMARY KEY (site, device)
);
CREATE TABLE printer_state (
  site TEXT NOT NULL,
  printer TEXT NOT NULL,
  state TEXT NOT NULL,
  device TEXT NOT NULL,
  changed_ms BIGINT NOT NULL,
  PRIMARY KEY (site, printer)
);
CREATE TABLE error_caught (
  site TEXT NOT NULL,
  position BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  device TEXT NOT NULL,
  worker TEXT NOT NULL,
  place TEXT NOT NULL,
  refusal TEXT NOT NULL,
  was_read TEXT NOT NULL,
  wanted TEXT NOT NULL,
  list TEXT NOT NULL,
  shipment TEXT NOT NULL,
  sku TEXT NOT NULL,
  PRIMARY KEY (site, position)
);
CREATE INDEX error_caught_at ON error_caught (site, at_ms);
CREATE TABLE evidence (
  site TEXT NOT NULL,
  device TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  reason TEXT NOT NULL,
  kept_ms BIGINT NOT NULL,
  PRIMARY KEY (site, device, epoch, seq)
);
CREATE TABLE work_hour (
  site TEXT NOT NULL,
  hour_ms BIGINT NOT NULL,
  picked_units BIGINT NOT NULL,
  verified_units BIGINT NOT NULL,
  pieces_closed BIGINT NOT NULL,
  shipments_shipped BIGINT NOT NULL,
  errors_caught BIGINT NOT NULL,
  PRIMARY KEY (site, hour_ms)
);
CREATE TABLE master_import (
  site TEXT NOT NULL,
  name TEXT NOT NULL,
  row_count BIGINT NOT NULL,
  content_hash TEXT NOT NULL,
  imported_ms BIGINT NOT NULL,
  PRIMARY KEY (site, name)
);
CREATE TABLE event_subject (
  site TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (site, kind, id, position)
);
)";

constexpr const char* reference = R"(
CREATE TABLE item (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  sku TEXT NOT NULL,
  name TEXT NOT NULL,
  name_en TEXT NOT NULL,
  variant TEXT NOT NULL,
  weight_g BIGINT NOT NULL,
  price BIGINT NOT NULL,
  tax_rate_percent BIGINT NOT NULL,
  expiry_managed BIGINT NOT NULL,
  fragile BIGINT NOT NULL,
  PRIMARY KEY (site, owner, sku)
);
CREATE TABLE item_barcode (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  code TEXT NOT NULL,
  sku TEXT NOT NULL,
  units BIGINT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (site, owner, code, sku)
);
CREATE INDEX item_barcode_sku ON item_barcode (site, owner, sku);
CREATE TABLE shop_item (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  shop TEXT NOT NULL,
  code TEXT NOT NULL,
  sku TEXT NOT NULL,
  units BIGINT NOT NULL,
  PRIMARY KEY (site, owner, shop, code, sku)
);
CREATE TABLE location (
  site TEXT NOT NULL,
  code TEXT NOT NULL,
  zone TEXT NOT NULL,
  aisle BIGINT NOT NULL,
  bay BIGINT NOT NULL,
  level BIGINT NOT NULL,
  x_mm BIGINT NOT NULL,
  y_mm BIGINT NOT NULL,
  purpose TEXT NOT NULL,
  PRIMARY KEY (site, code)
);
CREATE TABLE tote (
  site TEXT NOT NULL,
  tote TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (site, tote)
);
CREATE TABLE worker (
  site TEXT NOT NULL,
  worker TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  language TEXT NOT NULL,
  PRIMARY KEY (site, worker)
);
CREATE TABLE station (
  site TEXT NOT NULL,
  station TEXT NOT NULL,
  name TEXT NOT NULL,
  profile TEXT NOT NULL,
  role TEXT NOT NULL,
  label_printer TEXT NOT NULL,
  slip_printer TEXT NOT NULL,
  PRIMARY KEY (site, station)
);
CREATE TABLE printer (
  site TEXT NOT NULL,
  printer TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  language TEXT NOT NULL,
  dots_per_mm BIGINT NOT NULL,
  width_mm BIGINT NOT NULL,
  height_mm BIGINT NOT NULL,
  PRIMARY KEY (site, printer)
);
CREATE TABLE shop (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  shop TEXT NOT NULL,
  name TEXT NOT NULL,
  order_profile TEXT NOT NULL,
  way TEXT NOT NULL,
  carrier TEXT NOT NULL,
  webhook_url TEXT NOT NULL,
  api_key_hash TEXT NOT NULL,
  sender_name TEXT NOT NULL,
  sender_postcode TEXT NOT NULL,
  sender_address TEXT NOT NULL,
  sender_phone TEXT NOT NULL,
  registration_no TEXT NOT NULL,
  PRIMARY KEY (site, owner, shop)
);
CREATE UNIQUE INDEX shop_id ON shop (site, shop);
CREATE TABLE carrier (
  site TEXT NOT NULL,
  carrier TEXT NOT NULL,
  name TEXT NOT NULL,
  service TEXT NOT NULL,
  number_digits BIGINT NOT NULL,
  check_rule TEXT NOT NULL,
  covers TEXT NOT NULL,
  symbol TEXT NOT NULL,
  start_stop TEXT NOT NULL,
  PRIMARY KEY (site, carrier)
);
CREATE TABLE number_range (
  site TEXT NOT NULL,
  shop TEXT NOT NULL,
  carrier TEXT NOT NULL,
  first BIGINT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (site, shop, carrier)
);
CREATE TABLE site_setting (
  site TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (site, name)
);
)";

constexpr const char* sealed = R"(
CREATE TABLE buyer_text (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  about TEXT NOT NULL,
  wrapped_key TEXT NOT NULL,
  sealed TEXT NOT NULL,
  stored_ms BIGINT NOT NULL,
  erased_ms BIGINT NOT NULL,
  PRIMARY KEY (site, id)
);
CREATE TABLE received_file (
  site TEXT NOT NULL,
  id TEXT NOT NULL,
  about TEXT NOT NULL,
  wrapped_key TEXT NOT NULL,
  sealed TEXT NOT NULL,
  stored_ms BIGINT NOT NULL,
  erased_ms BIGINT NOT NULL,
  PRIMARY KEY (site, id)
);
CREATE TABLE buyer_hash (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  field TEXT NOT NULL,
  hash TEXT NOT NULL,
  buyer_text TEXT NOT NULL,
  PRIMARY KEY (site, owner, field, hash, buyer_text)
);
CREATE INDEX buyer_hash_of ON buyer_hash (site, buyer_text);
)";

constexpr const char* api_keys = R"(
CREATE TABLE api_key (
  site TEXT NOT NULL,
  number BIGINT NOT NULL,
  name TEXT NOT NULL,
  shop TEXT,
  scopes TEXT NOT NULL,
  hash TEXT NOT NULL,
  made_ms BIGINT NOT NULL,
  revoked_ms BIGINT,
  PRIMARY KEY (site, number)
);
)";

// Every order that came, with what was found out about it. state: 'taken', 'open' (waits for a person),
// 'closed' (was open: taken later, or set aside).
constexpr const char* intake = R"(
CREATE TABLE order_intake (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  position BIGINT NOT NULL,
  order_id TEXT NOT NULL,
  shop TEXT NOT NULL,
  number_in_shop TEXT NOT NULL,
  outcome TEXT NOT NULL,
  codes TEXT NOT NULL,
  handling TEXT NOT NULL,
  file TEXT NOT NULL,
  record BIGINT NOT NULL,
  detail TEXT NOT NULL,
  records_hash TEXT NOT NULL,
  received_file TEXT NOT NULL,
  state TEXT NOT NULL,
  came_ms BIGINT NOT NULL,
  PRIMARY KEY (site, owner, position)
);
CREATE INDEX shipment_order_of ON shipment_order (site, order_id, owner, shipment);
CREATE INDEX order_intake_id ON order_intake (site, owner, order_id);
CREATE INDEX order_intake_state ON order_intake (site, state, position);
CREATE INDEX order_intake_hash ON order_intake (site, records_hash);
)";

constexpr const char* goods = R"(
CREATE TABLE item_traits (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  sku TEXT NOT NULL,
  temperature TEXT NOT NULL,
  length_mm BIGINT NOT NULL,
  width_mm BIGINT NOT NULL,
  height_mm BIGINT NOT NULL,
  PRIMARY KEY (site, owner, sku)
);
CREATE TABLE shop_code (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  shop TEXT NOT NULL,
  code TEXT NOT NULL,
  options TEXT NOT NULL,
  sku TEXT NOT NULL,
  units BIGINT NOT NULL,
  PRIMARY KEY (site, owner, shop, code, options, sku)
);
INSERT INTO shop_code (site, owner, shop, code, options, sku, units)
  SELECT site, owner, shop, code, '', sku, units FROM shop_item;
DROP TABLE shop_item;
)";

// Which files came in, and what shops' codes were said to mean. code and options as plan::compare_code() and
// compare_options() write them.
constexpr const char* order_files = R"(
CREATE TABLE order_file (
  site TEXT NOT NULL,
  position BIGINT NOT NULL,
  shop TEXT NOT NULL,
  file TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  came_by TEXT NOT NULL,
  taken BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  came_ms BIGINT NOT NULL,
  PRIMARY KEY (site, position)
);
CREATE INDEX order_file_hash ON order_file (site, content_hash);
CREATE TABLE shop_code_answer (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  shop TEXT NOT NULL,
  code TEXT NOT NULL,
  options TEXT NOT NULL,
  sku TEXT NOT NULL,
  units BIGINT NOT NULL,
  PRIMARY KEY (site, owner, shop, code, options, sku)
);
)";

// Who keeps a shop's stock and who tells it, and when it sends.
constexpr const char* shop_rules = R"(
ALTER TABLE shop ADD COLUMN stock_kept_by TEXT NOT NULL DEFAULT 'kenpin';
ALTER TABLE shop ADD COLUMN told_by TEXT NOT NULL DEFAULT 'kenpin';
ALTER TABLE shop ADD COLUMN cut_off_minute BIGINT;
ALTER TABLE shop ADD COLUMN cooling_minutes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE shop ADD COLUMN closed_weekdays TEXT NOT NULL DEFAULT '';
CREATE TABLE closed_day (
  site TEXT NOT NULL,
  shop TEXT NOT NULL,
  day TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (site, shop, day)
);
)";

// What devices told and the rules did not allow any more, until a supervisor has looked after it. state:
// 'open', 'settled'. done_device: who had done it before; empty: nobody.
constexpr const char* exceptions = R"(
CREATE TABLE exception_case (
  site TEXT NOT NULL,
  position BIGINT NOT NULL,
  reason TEXT NOT NULL,
  event_kind TEXT NOT NULL,
  device TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  worker TEXT NOT NULL,
  list TEXT NOT NULL,
  shipment TEXT NOT NULL,
  kept_ms BIGINT NOT NULL,
  done_device TEXT NOT NULL,
  done_worker TEXT NOT NULL,
  done_ms BIGINT NOT NULL,
  state TEXT NOT NULL,
  settled_ms BIGINT NOT NULL,
  settled_by TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (site, position)
);
CREATE TABLE cancel_request (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  shipment TEXT NOT NULL,
  answer TEXT NOT NULL,
  asked_ms BIGINT NOT NULL,
  asked_by TEXT NOT NULL,
  PRIMARY KEY (site, owner, shipment)
);
CREATE INDEX exception_case_event ON exception_case (site, device, epoch, seq);
CREATE INDEX exception_case_state ON exception_case (site, state, position);
)";

// Who wrote events beside the stations, once for each opening of this database (docs/adr/0005).
constexpr const char* openings = R"(
CREATE TABLE opening (
  site TEXT NOT NULL,
  device TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  PRIMARY KEY (site, device, epoch)
);
INSERT INTO opening (site, device, epoch) SELECT site, device, epoch FROM own_epoch;
DROP TABLE own_epoch;
)";

// upto: position of the newest event in it.
constexpr const char* backups = R"(
CREATE TABLE backup (
  site TEXT NOT NULL,
  position BIGINT NOT NULL,
  name TEXT NOT NULL,
  upto BIGINT NOT NULL,
  made_ms BIGINT NOT NULL,
  PRIMARY KEY (site, position)
);
)";

// answer: empty until the device said something.
constexpr const char* commands = R"(
CREATE TABLE command (
  site TEXT NOT NULL,
  command TEXT NOT NULL,
  what TEXT NOT NULL,
  text TEXT NOT NULL,
  shipment TEXT NOT NULL,
  given_ms BIGINT NOT NULL,
  expires_ms BIGINT NOT NULL,
  given_by TEXT NOT NULL,
  PRIMARY KEY (site, command)
);
CREATE INDEX command_expires ON command (site, expires_ms);
CREATE TABLE command_answer (
  site TEXT NOT NULL,
  command TEXT NOT NULL,
  device TEXT NOT NULL,
  answer TEXT NOT NULL,
  worker TEXT NOT NULL,
  answered_ms BIGINT NOT NULL,
  PRIMARY KEY (site, command, device)
);
)";

// What was not on its shelf, and what of stopped shipments is still on the floor: waybills to be pulled out,
// goods to be put back.
constexpr const char* shortages = R"(
ALTER TABLE pick_line ADD COLUMN missing BIGINT NOT NULL DEFAULT 0;
ALTER TABLE exception_case ADD COLUMN sku TEXT NOT NULL DEFAULT '';
ALTER TABLE waybill ADD COLUMN destroyed_ms BIGINT NOT NULL DEFAULT 0;
CREATE TABLE shelf_block (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  sku TEXT NOT NULL,
  location TEXT NOT NULL,
  since_ms BIGINT NOT NULL,
  PRIMARY KEY (site, owner, sku, location)
);
CREATE TABLE put_back (
  site TEXT NOT NULL,
  owner TEXT NOT NULL,
  shipment TEXT NOT NULL,
  sku TEXT NOT NULL,
  lot TEXT NOT NULL,
  location TEXT NOT NULL,
  left_to_put BIGINT NOT NULL,
  since_ms BIGINT NOT NULL,
  PRIMARY KEY (site, owner, shipment, sku, lot, location)
);
)";

// What was cancelled before stands as if it were cancelled now.
constexpr const char* cancelled_before = R"(
UPDATE waybill SET state = 'voided' WHERE state = 'live' AND EXISTS (SELECT 1 FROM shipment s WHERE
  s.site = waybill.site AND s.owner = waybill.owner AND s.shipment = waybill.shipment AND s.work = 'cancelled');
UPDATE piece SET state = 'voided' WHERE tracking IS NOT NULL AND EXISTS (SELECT 1 FROM shipment s WHERE
  s.site = piece.site AND s.owner = piece.owner AND s.shipment = piece.shipment AND s.work = 'cancelled');
UPDATE shipment SET waybill = 'voided' WHERE work = 'cancelled' AND waybill <> 'none';
INSERT INTO put_back (site, owner, shipment, sku, lot, location, left_to_put, since_ms)
  SELECT p.site, p.owner, p.shipment, p.sku, p.lot, p.location, sum(p.in_hand + p.in_slot),
    coalesce((SELECT max(e.device_ms) FROM event e JOIN event_subject es ON es.site = e.site AND
      es.position = e.position WHERE es.site = p.site AND es.kind = 'shipment' AND es.id = p.shipment AND
      e.kind = 'shipment_cancelled'), 0)
  FROM pick_line p JOIN shipment s ON s.site = p.site AND s.owner = p.owner AND s.shipment = p.shipment
  WHERE s.work = 'cancelled' AND p.location <> ''
  GROUP BY p.site, p.owner, p.shipment, p.sku, p.lot, p.location HAVING sum(p.in_hand + p.in_slot) > 0;
)";

// A list of millions of records is read in pages, narrowed and counted, each from an index that answers it.
constexpr const char* intake_lists = R"(
CREATE INDEX order_intake_newest ON order_intake (site, position);
CREATE INDEX order_intake_of_outcome ON order_intake (site, outcome, position);
CREATE INDEX order_intake_of_shop ON order_intake (site, shop, position);
CREATE INDEX order_intake_day ON order_intake (site, came_ms, outcome, state, shop, position);
CREATE INDEX order_intake_number ON order_intake (site, number_in_shop, position);
CREATE INDEX order_intake_counts ON order_intake (site, outcome, state, shop, position);
CREATE INDEX order_intake_codes ON order_intake (site, position, codes, outcome, state, shop) WHERE codes <> '';
)";

// What became of a file's orders in more words, and which records a person released.
constexpr const char* intake_told = R"(
ALTER TABLE order_file ADD COLUMN held BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_file ADD COLUMN released BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_intake ADD COLUMN released BIGINT NOT NULL DEFAULT 0;
)";

// Twenty thousand orders that wait for one answer: each next one finds its own records without reading
// theirs.
constexpr const char* intake_found = R"(
DROP INDEX order_intake_id;
DROP INDEX order_intake_hash;
CREATE INDEX order_intake_of_order ON order_intake (site, order_id, state, position);
CREATE INDEX order_intake_of_hash ON order_intake (site, records_hash, position);
)";

// Which orders wait for which unknown code, by keyed hashes (waiting_codes.hpp).
constexpr const char* waiting_code = R"(
CREATE TABLE waiting_code (
  site TEXT NOT NULL,
  received_file TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  chosen_hash TEXT NOT NULL,
  PRIMARY KEY (site, received_file, chosen_hash)
);
CREATE INDEX waiting_code_of ON waiting_code (site, code_hash, received_file);
CREATE INDEX order_intake_received ON order_intake (site, received_file, state, position);
)";

constexpr std::array all{
    sqlite::Migration{1, "truth", truth},
    sqlite::Migration{2, "orders", orders},
    sqlite::Migration{3, "stock", stock},
    sqlite::Migration{4, "work", work},
    sqlite::Migration{5, "floor", floor_state},
    sqlite::Migration{6, "reference", reference},
    sqlite::Migration{7, "sealed", sealed},
    sqlite::Migration{8, "api_keys", api_keys},
    sqlite::Migration{9, "intake", intake},
    sqlite::Migration{10, "goods", goods},
    sqlite::Migration{11, "order_files", order_files},
    sqlite::Migration{12, "shop_rules", shop_rules},
    sqlite::Migration{13, "exceptions", exceptions},
    sqlite::Migration{14, "openings", openings},
    sqlite::Migration{15, "backups", backups},
    sqlite::Migration{16, "commands", commands},
    sqlite::Migration{17, "shortages", shortages},
    sqlite::Migration{18, "cancelled_before", cancelled_before},
    sqlite::Migration{19, "intake_lists", intake_lists},
    sqlite::Migration{20, "intake_told", intake_told},
    sqlite::Migration{21, "intake_found", intake_found},
    sqlite::Migration{22, "waiting_code", waiting_code},
};

// The families that are folds over the events; whatever migration adds a table to them later joins this list.
constexpr std::array projections{orders,     stock,   work,     floor_state, intake,     order_files,
                                 exceptions, backups, commands, shortages,   intake_told};

std::string_view next_line(std::string_view& text) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

// `line`: "table ADD COLUMN name TYPE …"
void add_column(std::string_view line, std::vector<Table>& tables) {
    constexpr std::string_view column = " ADD COLUMN ";
    const auto at = line.find(column);
    const auto name = line.substr(at + column.size());
    for (auto& table : tables)
        if (table.name == line.substr(0, at)) table.columns.emplace_back(name.substr(0, name.find(' ')));
}

void add_tables(std::string_view sql, std::vector<Table>& tables) {
    constexpr std::string_view create = "CREATE TABLE ", add = "ALTER TABLE ";
    while (!sql.empty()) {
        const auto line = next_line(sql);
        if (line.starts_with(add)) add_column(line.substr(add.size()), tables);
        if (line.starts_with(create))
            tables.push_back({std::string(line.substr(create.size(), line.find(" (") - create.size())), {}});
        else if (line.starts_with("  ") && !line.starts_with("  PRIMARY KEY"))
            tables.back().columns.emplace_back(line.substr(2, line.find(' ', 2) - 2));
    }
}

std::vector<Table> read_tables() {
    std::vector<Table> tables;
    for (const auto* sql : projections) add_tables(sql, tables);
    return tables;
}

}  // namespace

std::span<const sqlite::Migration> migrations() {
    return all;
}

const std::vector<Table>& projection_tables() {
    static const auto tables = read_tables();
    return tables;
}

}  // namespace kenpin::store
