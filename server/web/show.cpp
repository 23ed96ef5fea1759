#include "server/web/show.hpp"

#include <array>
#include <cstddef>
#include <optional>

#include <nlohmann/json.hpp>

#include "server/web/problem.hpp"

namespace kenpin::web {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class Id>
Json maybe(const std::optional<Id>& id) {
    return id ? Json(id->value) : Json();
}
Json maybe(const std::optional<Instant>& at) {
    return at ? Json(to_text(*at)) : Json();
}
Json maybe(const std::optional<Day>& day) {
    return day ? Json(to_text(*day)) : Json();
}

template <class Id>
Json ids(const std::vector<Id>& from) {
    Json out = Json::array();
    for (const auto& id : from) out.push_back(id.value);
    return out;
}

template <class Row>
Json rows_json(const std::vector<Row>& rows);

Json row_json(const OrderLineView& line) {
    return {{"no", line.no.value}, {"sku", line.sku.value}, {"qty", line.qty.value}};
}
Json row_json(const OrderView& order) {
    return {{"order", order.order.value},        {"shop", order.shop.value},
            {"order_no", order.number_in_shop},  {"ordered_at", to_text(order.ordered_at)},
            {"shipments", ids(order.shipments)}, {"lines", rows_json(order.lines)}};
}
Json row_json(const PieceView& piece) {
    return {{"shipment", piece.shipment.value},  {"piece", piece.piece.value},
            {"tracking", maybe(piece.tracking)}, {"waybill", domain::name(piece.waybill)},
            {"closed", piece.is_closed},         {"closed_at", maybe(piece.closed_at)}};
}
Json row_json(const ShipmentLineView& line) {
    return {{"no", line.no.value},
            {"sku", line.sku.value},
            {"name", line.name},
            {"wanted", line.wanted.value},
            {"allocated", line.allocated.value},
            {"picked", line.picked.value},
            {"verified", line.verified.value}};
}
Json holds_json(const std::set<domain::HoldReason>& holds) {
    Json out = Json::array();
    for (const auto hold : holds) out.push_back(domain::name(hold));
    return out;
}
Json row_json(const ShipmentView& shipment) {
    return {{"shipment", shipment.shipment.value},
            {"shop", shipment.shop.value},
            {"orders", ids(shipment.orders)},
            {"carrier", shipment.carrier.value},
            {"work", domain::name(shipment.states.work)},
            {"waybill", domain::name(shipment.states.waybill)},
            {"stock", domain::name(shipment.states.stock)},
            {"holds", holds_json(shipment.states.holds)},
            {"ship_day", to_text(shipment.ship_day)},
            {"ship_day_reason", shipment.ship_day_reason},
            {"list", maybe(shipment.list)},
            {"report", shipment.report},
            {"cancel", shipment.cancel},
            {"lines", rows_json(shipment.lines)},
            {"pieces", rows_json(shipment.pieces)}};
}
Json row_json(const IntakeReason& reason) {
    return {{"code", reason.code},
            {"ja", reason.ja},
            {"en", reason.en},
            {"remedy", {{"ja", reason.do_ja}, {"en", reason.do_en}}},
            {"settled", reason.is_settled}};
}
Json row_json(const IntakeView& view) {
    return {{"record", view.record},
            {"order", view.order.value},
            {"shop", view.shop.value},
            {"order_no", view.number_in_shop},
            {"outcome", view.outcome},
            {"state", view.state},
            {"reasons", rows_json(view.reasons)},
            {"handling", view.handling},
            {"file", view.file},
            {"file_record", view.file_record},
            {"detail", view.detail},
            {"came_at", to_text(view.came_at)},
            {"has_original", view.has_original},
            {"holds", holds_json(view.holds)}};
}
Json row_json(const LengthView& length) {
    return {{"recipient", length.recipient},   {"field", length.field}, {"carrier", length.carrier},
            {"characters", length.characters}, {"takes", length.takes}, {"lines", length.lines}};
}
Json row_json(const RecordOutcome& record) {
    return {{"record", record.record},
            {"order_no", record.number_in_shop},
            {"outcome", record.outcome},
            {"taken", record.is_taken},
            {"reasons", rows_json(record.reasons)}};
}
Json row_json(const IntakeFile& file) {
    return {{"file", file.file},
            {"shop", file.shop.value},
            {"came_at", to_text(file.came_at)},
            {"taken", file.taken},
            {"unchanged", file.unchanged},
            {"released", file.released},
            {"refused", file.refused},
            {"held", file.held}};
}
Json row_json(const FolderTrouble& trouble) {
    return {{"name", trouble.name}, {"what", trouble.what}};
}
Json row_json(const IntakeCount& count) {
    return {{"outcome", count.outcome}, {"state", count.state}, {"count", count.count}};
}
Json row_json(const OriginalRecord& record) {
    return {{"part", record.part},
            {"record", record.record},
            {"file", record.file},
            {"header", record.header.reveal()},
            {"text", record.text.reveal()},
            {"charset", record.charset},
            {"base64", record.base64.reveal()}};
}
Json row_json(const ListView& list) {
    return {{"list", list.list.value},
            {"state", list.state},
            {"leased_to", maybe(list.leased_to)},
            {"leased_until", maybe(list.leased_until)},
            {"bench", maybe(list.bench)},
            {"shipments", list.shipments},
            {"wanted", list.wanted.value},
            {"picked", list.picked.value}};
}
Json row_json(const BackupView& backup) {
    return {{"name", backup.name}, {"upto", backup.upto}, {"made_at", to_text(backup.made_at)}};
}
Json row_json(const CancelView& answer) {
    const auto words = words_of("cancel." + answer.answer);
    return {
        {"shipment", answer.shipment.value}, {"answer", answer.answer}, {"ja", words.ja}, {"en", words.en}};
}
Json row_json(const PullOutView& waybill) {
    return {{"tracking", waybill.tracking.value},
            {"shipment", waybill.shipment.value},
            {"shop", waybill.shop.value},
            {"carrier", waybill.carrier.value},
            {"destroyed", waybill.is_destroyed}};
}
Json row_json(const plan::PutBackTask& task) {
    return {{"shipment", task.shipment.value},
            {"sku", task.sku.value},
            {"lot", task.lot.value},
            {"location", task.location.value},
            {"left", task.left.value}};
}
Json row_json(const BlockedShelfView& shelf) {
    return {{"sku", shelf.sku.value},
            {"location", shelf.location.value},
            {"on_hand", shelf.on_hand.value},
            {"since", to_text(shelf.since)}};
}
template <class T>
Json array_of(const std::vector<T>& rows) {
    Json array = Json::array();
    for (const auto& row : rows) array.push_back(row_json(row));
    return array;
}
Json done_json(const ExceptionView& exception) {
    if (!exception.done_device) return {};
    return {{"device", exception.done_device->value},
            {"worker", maybe(exception.done_worker)},
            {"at", maybe(exception.done_at)}};
}
Json row_json(const ExceptionView& exception) {
    const auto words = words_of("exception." + exception.reason);
    return {{"exception", exception.number},
            {"reason", exception.reason},
            {"ja", words.ja},
            {"en", words.en},
            {"remedy", {{"ja", words.remedy_ja}, {"en", words.remedy_en}}},
            {"what", exception.what},
            {"device", exception.device.value},
            {"worker", maybe(exception.worker)},
            {"list", maybe(exception.list)},
            {"shipment", maybe(exception.shipment)},
            {"orders", exception.orders},
            {"sku", maybe(exception.sku)},
            {"kept_at", to_text(exception.kept_at)},
            {"done", done_json(exception)},
            {"settled", exception.is_settled},
            {"settled_at", maybe(exception.settled_at)},
            {"settled_by", exception.settled_by},
            {"note", exception.note}};
}
Json row_json(const CommandAnswerView& answer) {
    const auto words = words_of("command." + answer.state);
    return {{"device", answer.device.value},  {"state", answer.state}, {"ja", words.ja}, {"en", words.en},
            {"worker", maybe(answer.worker)}, {"at", maybe(answer.at)}};
}
Json row_json(const StockView& stock) {
    return {{"sku", stock.sku.value},
            {"location", stock.location.value},
            {"lot", stock.lot.value},
            {"expiry", maybe(stock.expiry)},
            {"on_hand", stock.on_hand.value}};
}
Json row_json(const HistoryView& fact) {
    auto body = Json::parse(fact.body_json, nullptr, false);
    return {{"device", fact.device.value},
            {"epoch", fact.epoch.value},
            {"seq", fact.seq.value},
            {"kind", fact.kind},
            {"device_time", to_text(fact.device_time)},
            {"server_time", to_text(fact.server_time)},
            {"worker", maybe(fact.worker)},
            {"body", body.is_discarded() ? Json() : body}};
}
Json scopes_json(const std::set<KeyScope>& scopes) {
    Json out = Json::array();
    for (const auto scope : scopes) out.push_back(name(scope));
    return out;
}
Json row_json(const KeyView& key) {
    return {{"key", key.key},
            {"name", key.name},
            {"shop", maybe(key.shop)},
            {"scopes", scopes_json(key.scopes)},
            {"made_at", to_text(key.made_at)},
            {"revoked_at", maybe(key.revoked_at)}};
}
Json row_json(const StartedList& list) {
    return {{"list", list.list.value},
            {"bench", list.bench.value},
            {"shipments", list.shipments},
            {"lines", list.lines}};
}
Json row_json(const NotStarted& waiting) {
    return {{"shipment", waiting.shipment.value}, {"reason", waiting.reason}};
}
Json row_json(const Reason& reason) {
    const auto words = words_of(reason.reason);
    return {{"line", reason.line},
            {"record", reason.record},
            {"field", reason.field},
            {"reason", reason.reason},
            {"ja", words.ja},
            {"en", words.en},
            {"remedy", {{"ja", words.remedy_ja}, {"en", words.remedy_en}}}};
}

template <class Row>
Json rows_json(const std::vector<Row>& rows) {
    Json out = Json::array();
    for (const auto& row : rows) out.push_back(row_json(row));
    return out;
}

template <class Row>
std::string listed(const char* name, const std::vector<Row>& rows) {
    return text_of({{name, rows_json(rows)}});
}

constexpr std::size_t most_records_told = 1'000;
// Whom a person has to look after comes first.
constexpr std::array<std::string_view, 4> outcomes{"reject", "hold", "skip", "accept"};

void add_outcomes(const std::vector<RecordOutcome>& records, Json& json) {
    std::vector<RecordOutcome> told;
    auto counts = Json::object();
    for (const auto outcome : outcomes) {
        int count = 0;
        for (const auto& record : records) {
            if (record.outcome != outcome) continue;
            ++count;
            if (told.size() < most_records_told) told.push_back(record);
        }
        counts[std::string(outcome)] = count;
    }
    json["outcomes"] = std::move(counts);
    json["records"] = rows_json(told);
    json["not_listed"] = records.size() - told.size();
}

constexpr std::array<std::string_view, 14> table_names{
    "items",    "barcodes", "shop_items", "locations",   "stock",    "workers", "totes",
    "stations", "printers", "shops",      "closed_days", "carriers", "orders",  "waybills"};

}  // namespace

std::string_view name(Table table) {
    return table_names.at(static_cast<std::size_t>(table));
}

std::optional<Table> table_from_name(std::string_view name) {
    for (std::size_t i = 0; i < table_names.size(); ++i)
        if (table_names.at(i) == name) return static_cast<Table>(i);
    return std::nullopt;
}

std::string show_order(const OrderId& order, std::string_view result) {
    return text_of({{"order", order.value}, {"result", result}});
}
std::string show(const ImportAnswer& answer) {
    Json json{{"taken", answer.taken},
              {"unchanged", answer.unchanged},
              {"released", answer.released},
              {"refused", rows_json(answer.refused)},
              {"notes", answer.notes}};
    if (answer.records) add_outcomes(*answer.records, json);
    return text_of(json);
}
std::string show(const MadeKey& key, const NewKey& wanted) {
    return text_of({{"key", key.key},
                    {"secret", key.secret.reveal()},
                    {"name", wanted.name},
                    {"shop", maybe(wanted.shop)},
                    {"scopes", scopes_json(wanted.scopes)}});
}
std::string show(const KeyView& key) {
    return text_of(row_json(key));
}
std::string show(const std::vector<KeyView>& keys) {
    return listed("keys", keys);
}
std::string show(const StartAnswer& answer) {
    return text_of({{"lists", rows_json(answer.lists)}, {"waiting", rows_json(answer.waiting)}});
}
std::string show(const OrderView& order) {
    return text_of(row_json(order));
}
std::string show(const ShipmentView& shipment) {
    return text_of(row_json(shipment));
}
std::string show(const std::vector<OrderView>& orders) {
    return listed("orders", orders);
}
std::string show(const std::vector<ShipmentView>& shipments) {
    return listed("shipments", shipments);
}
std::string show(const IntakePage& page) {
    return text_of({{"records", rows_json(page.records)},
                    {"files", rows_json(page.files)},
                    {"counts", rows_json(page.counts)},
                    {"shops", ids(page.shops)},
                    {"folders", rows_json(page.folders)},
                    {"next", page.next == 0 ? Json() : Json(page.next)}});
}
std::string show(const IntakeDetail& detail) {
    auto json = row_json(detail.record);
    json["shipments"] = rows_json(detail.shipments);
    json["lengths"] = rows_json(detail.lengths);
    return text_of(json);
}
std::string show(const std::vector<OriginalRecord>& records) {
    return listed("records", records);
}
std::string show(const IntakeDone& done) {
    return text_of(
        {{"outcome", done.outcome}, {"order", done.order.value}, {"reasons", rows_json(done.reasons)}});
}
std::string show(const std::vector<HistoryView>& history) {
    return listed("history", history);
}
std::string show(const std::vector<ListView>& lists) {
    return listed("lists", lists);
}
std::string show(const ListView& list) {
    return text_of(row_json(list));
}
std::string show(const ChangeView& answer) {
    const auto words = words_of("change." + answer.answer);
    Json shipments = Json::array();
    for (const auto& shipment : answer.shipments) shipments.push_back(shipment.value);
    return text_of(Json{{"order", answer.order.value},
                        {"answer", answer.answer},
                        {"ja", words.ja},
                        {"en", words.en},
                        {"shipments", shipments}});
}
std::string show(const PullOutView& waybill) {
    return text_of(row_json(waybill));
}
std::string show(const PutBackAnswer& answer) {
    return text_of(Json{{"left", array_of(answer.left)}});
}
std::string show(const FloorTasks& tasks) {
    return text_of(Json{{"pull_out", array_of(tasks.pull_out)},
                        {"put_back", array_of(tasks.put_back)},
                        {"blocked", array_of(tasks.blocked)}});
}
std::string show(const CancelView& answer) {
    return text_of(row_json(answer));
}
std::string show(const std::vector<CancelView>& answers) {
    return listed("cancelled", answers);
}
std::string show(const CommandView& command) {
    return text_of({{"command", command.command},
                    {"what", command.what},
                    {"text", command.text},
                    {"shipment", maybe(command.shipment)},
                    {"expires", to_text(command.expires)},
                    {"answers", rows_json(command.answers)}});
}
std::string show(const BackupView& backup) {
    return text_of(row_json(backup));
}
std::string show(const BackupsView& backups) {
    return text_of({{"backups", rows_json(backups.backups)}, {"newest", backups.newest}});
}
std::string show(const ExceptionView& exception) {
    return text_of(row_json(exception));
}
std::string show(const std::vector<ExceptionView>& exceptions) {
    return listed("exceptions", exceptions);
}
std::string show(const std::vector<PieceView>& pieces) {
    return listed("pieces", pieces);
}
std::string show(const std::vector<StockView>& stock) {
    return listed("stock", stock);
}

}  // namespace kenpin::web
