#include "server/app/intake_desk.hpp"

#include <algorithm>
#include <cstdio>
#include <variant>

#include "adaptors/charset/charset.hpp"
#include "core/protocol/base64.hpp"
#include "server/app/cancel.hpp"
#include "server/app/intake.hpp"
#include "server/app/retake.hpp"
#include "server/app/views.hpp"
#include "server/plan/address_check_text.hpp"
#include "server/plan/intake_codes.hpp"
#include "server/shops/shop_file.hpp"
#include "server/store/intake_rows.hpp"
#include "server/store/masters.hpp"
#include "server/store/order_file_rows.hpp"
#include "server/store/planning.hpp"
#include "server/store/sealed_text.hpp"
#include "server/store/shipments.hpp"

namespace kenpin::app {
namespace {

using web::IntakeAction;

constexpr int files_on_page = 20;

const Error refused{Error::Kind::refused, "this cannot be done with this record"};

web::IntakeReason reason_of(const std::string& code, const IntakeRules* rules) {
    if (rules)
        if (const auto found = rules->reasons.find(code); found != rules->reasons.end())
            return {code, found->second.ja, found->second.en, found->second.do_ja, found->second.do_en};
    return {code, code, code, "", ""};
}

// What a person's word settles: 確認待ち and an address that does not fit. Money and dates come by
// themselves.
constexpr domain::HoldReason released_by_a_person[] = {domain::HoldReason::to_confirm,
                                                       domain::HoldReason::address};

bool is_for_a_person(domain::HoldReason hold) {
    return std::count(std::begin(released_by_a_person), std::end(released_by_a_person), hold) > 0;
}

// What stops nothing any more: the record is settled, what it was held for has fallen, or a person answered
// it.
bool is_settled(const store::IntakeRow& row, const std::string& code,
                const std::set<domain::HoldReason>& holds) {
    if (row.state != "taken") return row.state != "open";
    const auto hold = plan::hold_of(code);
    const bool is_fallen = hold && !holds.contains(*hold);
    return is_fallen || (row.is_released && (!hold || is_for_a_person(*hold)));
}

web::IntakeView to_view(sqlite::Tx& tx, const SiteId& site, const store::IntakeRow& row,
                        const IntakeRules* rules) {
    std::set<domain::HoldReason> holds;
    if (row.state == "taken") holds = store::holds_of_order(tx, site, row.order);
    auto reasons = reasons_in(row.codes, rules);
    for (auto& reason : reasons) reason.is_settled = is_settled(row, reason.code, holds);
    return {.record = row.position,
            .order = row.order,
            .shop = row.shop,
            .number_in_shop = row.number_in_shop,
            .outcome = row.outcome,
            .state = row.state,
            .reasons = std::move(reasons),
            .handling = row.handling,
            .file = row.file,
            .file_record = row.record,
            .detail = row.detail,
            .came_at = row.came_at,
            .has_original = !row.records_hash.empty(),
            .holds = std::move(holds)};
}

Result<store::IntakeRow> row_in(sqlite::Tx& tx, const SiteId& site, const web::Scope& scope,
                                std::int64_t record) {
    auto row = store::intake_row(tx, site, record);
    if (!row || (scope.shop && row->shop != *scope.shop)) return Error{Error::Kind::not_found, "record"};
    return std::move(*row);
}

store::IntakeFilter filter_of(const web::Scope& scope, const web::IntakeQuery& query) {
    const auto shop = scope.shop ? scope.shop : query.shop;
    return {.outcome = query.outcome,
            .state = query.state,
            .shop = shop ? shop->value : "",
            .code = query.code,
            .number = query.number,
            .day = query.day,
            .before_position = query.before,
            .limit = query.limit};
}

// Bytes that are no text: what is ASCII as it is, the rest as \xNN, so that a person sees where it broke.
std::string visible(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        char escaped[8];
        std::snprintf(escaped, sizeof escaped, "\\x%02X", static_cast<unsigned>(byte));
        out += byte < 0x80 ? std::string(1, c) : std::string(escaped);
    }
    return out;
}

// As the file's header says where the record alone does not (half-width kana).
Result<charset::Decoded> decoded_record(std::string_view bytes, std::string_view header) {
    if (charset::evidence_of(bytes) == charset::Evidence::both &&
        charset::evidence_of(header) == charset::Evidence::cp932)
        if (auto text = charset::utf8_from_cp932(bytes))
            return charset::Decoded{std::move(text).value(), charset::Charset::cp932};
    return charset::decode_record(bytes);
}

std::string readable(std::string_view bytes) {
    auto decoded = charset::decode_record(bytes);
    return decoded ? std::move(decoded).value().text : visible(bytes);
}

web::OriginalRecord original(const std::string& file, std::string_view bytes, std::string_view header = {}) {
    web::OriginalRecord record;
    record.file = file;
    record.base64 = Private<std::string>(protocol::to_base64(bytes));
    const auto decoded = decoded_record(bytes, header);
    if (decoded) record.charset = decoded.value().from == charset::Charset::utf8 ? "utf-8" : "cp932";
    record.text = Private<std::string>(decoded ? decoded.value().text : visible(bytes));
    return record;
}

std::vector<web::OriginalRecord> originals(const store::IntakeRow& row, const std::string& text) {
    const auto kept = shops::read_kept(text);
    if (!kept) return {original(row.file, text)};  // an order of the API, or a whole file
    std::vector<web::OriginalRecord> records;
    int part_no = 0;
    for (const auto& part : kept.value().parts) {
        for (const auto& [no, bytes] : part.records) {
            auto record = original(part.file, bytes, part.header);
            record.part = part_no;
            record.record = no;
            record.header = Private<std::string>(readable(part.header));
            records.push_back(std::move(record));
        }
        ++part_no;
    }
    return records;
}

Result<Private<std::string>> received(const Deciding& deciding, const crypto::Key& key,
                                      const store::IntakeRow& row) {
    const auto id = received_id(key, row.records_hash);
    if (id.empty()) return Error{Error::Kind::not_found, "the original was not kept"};
    return store::open_sealed(deciding.tx, deciding.site.site, store::Drawer::received_file, key, id);
}

std::vector<plan::Addressee> addressees(sqlite::Tx& tx, const SiteId& site, const ImportTools& tools,
                                        const store::IntakeRow& row) {
    if (const auto order = waiting_order(tx, site, *tools.rules, tools.key, row)) return order->ship_to;
    const auto text = store::buyer_text_of(tx, site, row.order);
    const auto opened = text ? store::open_buyer_text(tx, site, tools.key, *text)
                             : Result<plan::BuyerText>(Error{Error::Kind::not_found, "buyer_text"});
    return opened ? opened.value().ship_to : std::vector<plan::Addressee>{};  // erased: nothing is too long
}

// Asked for only where intake said so: most orders need no text opened.
std::vector<web::LengthView> lengths(sqlite::Tx& tx, const SiteId& site, const ImportTools& tools,
                                     const store::IntakeRow& row) {
    std::vector<web::LengthView> found;
    if (!tools.rules || std::count(row.codes.begin(), row.codes.end(), "W-LEN-CARRIER") == 0) return found;
    int recipient = 0;
    for (const auto& who : addressees(tx, site, tools, row)) {
        ++recipient;
        for (const auto& one : plan::too_long_for(who, tools.rules->floor.texts.widths))
            found.push_back({recipient, one.field, one.carrier, one.characters, one.takes, one.lines});
    }
    return found;
}

void note(const Deciding& deciding, const IntakeAction& action, const char* decision) {
    deciding.decide(
        protocol::IntakeDecided{std::to_string(action.record), decision, action.reason, action.by});
}

bool correct(shops::KeptOrder& kept, const web::Correction& correction) {
    if (correction.part < 0 || static_cast<std::size_t>(correction.part) >= kept.parts.size()) return false;
    auto& records = kept.parts[static_cast<std::size_t>(correction.part)].records;
    const auto found = std::find_if(records.begin(), records.end(),
                                    [&](const auto& record) { return record.first == correction.record; });
    if (found == records.end()) return false;
    found->second = correction.text.reveal();
    return true;
}

std::optional<Taken> taken_again(const Deciding& deciding, const ImportTools& tools,
                                 const store::IntakeRow& row, const IntakeAction& action,
                                 const std::string& text) {
    const auto shop = shop_at_hand(deciding, row.shop, tools.rules, tools.key);
    if (!shop) return std::nullopt;
    const auto who = action.corrections.empty() ? AskedBy::person : AskedBy::correction;
    auto kept = shops::read_kept(text);
    if (!kept && row.file != "api") return std::nullopt;  // a whole file: it is sent again as a file
    if (!kept) {
        const bool is_corrected = action.corrections.size() == 1;
        return retake_json(deciding, *tools.rules, tools.key, *shop,
                           is_corrected ? action.corrections.front().text.reveal() : text, who);
    }
    auto order = std::move(kept).value();
    for (const auto& correction : action.corrections)
        if (!correct(order, correction)) return std::nullopt;
    return retake_kept(deciding, *tools.rules, tools.key, *shop, order, row.record, who);
}

bool is_conflict(const store::IntakeRow& row) {
    return row.has("E-DUP-CONFLICT");
}

void release(const Deciding& deciding, const OrderId& order, domain::HoldReason hold) {
    for (const auto& shipment : store::shipments_held(deciding.tx, deciding.site.site, order, hold))
        deciding.decide(protocol::ShipmentReleased{shipment, hold});
}

// The standing order has a question of its own that nobody has answered.
bool is_held_otherwise(const Deciding& deciding, const store::IntakeRow& row) {
    for (const auto& standing :
         store::intake_of_order(deciding.tx, deciding.site.site, row.owner, row.order, "taken"))
        for (const auto& code : standing.codes)
            if (standing.outcome == "hold" && !standing.is_released && code != "E-DUP-CONFLICT" &&
                plan::hold_of(code) == domain::HoldReason::to_confirm)
                return true;
    return false;
}

// The standing order goes on as soon as nothing contradicts it any more.
void let_go_on(const Deciding& deciding, const store::IntakeRow& row) {
    for (const auto& other : store::open_intake(deciding.tx, deciding.site.site))
        if (other.order == row.order && is_conflict(other)) return;
    if (!is_held_otherwise(deciding, row)) release(deciding, row.order, domain::HoldReason::to_confirm);
}

Result<web::IntakeDone> retake(const Deciding& deciding, const ImportTools& tools,
                               const store::IntakeRow& row, const IntakeAction& action) {
    const bool has_number = !row.order.value.empty();
    const bool is_open = row.state == "open";
    // Of a record without a number nobody can tell later whether it became an order.
    const bool was_set_aside = row.state == "closed" && !is_conflict(row) && has_number;
    if (!is_open && !was_set_aside) return web::IntakeDone{"unchanged", {}, row.order};
    if (!tools.rules) return refused;
    const auto text = received(deciding, tools.key, row);
    if (!text) return text.error();
    // Settled first: what is still wrong after a correction comes in as a record of its own.
    if (is_open && !action.corrections.empty()) note(deciding, action, "corrected");
    const auto taken = taken_again(deciding, tools, row, action, text.value().reveal());
    if (!taken) return refused;
    // One record is one order: under another number it would be taken a second time, or for somebody else's.
    if (has_number && OrderId{taken->key} != row.order) return refused;
    if (!is_open && taken->outcome == "skip") return web::IntakeDone{"unchanged", {}, row.order};
    const bool is_in = taken->shipments > 0 || taken->outcome == "skip";
    if (is_open && is_in && action.corrections.empty()) note(deciding, action, "retaken");
    if (is_open && taken->outcome == "skip" && is_conflict(row)) let_go_on(deciding, row);
    if (taken->shipments > 0) allocate(deciding, row.owner);
    return web::IntakeDone{taken->outcome, reasons_in(taken->codes, tools.rules), OrderId{taken->key}};
}

Result<web::IntakeDone> keep(const Deciding& deciding, const store::IntakeRow& row,
                             const IntakeAction& action) {
    if (!is_conflict(row)) return refused;
    if (row.state != "open") return web::IntakeDone{"unchanged", {}, row.order};
    note(deciding, action, "kept");
    let_go_on(deciding, row);
    return web::IntakeDone{"kept", {}, row.order};
}

bool has_begun(const Deciding& deciding, const OrderId& order) {
    for (const auto& id : store::shipments_of_order(deciding.tx, deciding.site.site, order)) {
        const auto row = store::shipment_row(deciding.tx, deciding.site.site, id);
        const bool is_open = row && (row->states.work == domain::WorkState::waiting ||
                                     row->states.work == domain::WorkState::cancelled);
        if (!is_open) return true;
    }
    return false;
}

// The other content is right: the order that stands is cancelled and gives way, as long as nobody works on
// it. When the new one cannot be taken itself, nothing of this happens.
Result<web::IntakeDone> replace(const Deciding& deciding, const ImportTools& tools,
                                const store::IntakeRow& row, const IntakeAction& action) {
    if (!is_conflict(row) || !tools.rules) return refused;
    if (row.state != "open") return web::IntakeDone{"unchanged", {}, row.order};
    if (has_begun(deciding, row.order)) return web::IntakeDone{"too_late", {}, row.order};
    const auto text = received(deciding, tools.key, row);
    if (!text) return text.error();
    ask_to_cancel(deciding, row.order, action.by);  // none stands when both waited for a code
    note(deciding, action, "replaced");
    const auto taken = taken_again(deciding, tools, row, action, text.value().reveal());
    if (!taken || taken->shipments == 0) return refused;
    allocate(deciding, row.owner);
    return web::IntakeDone{taken->outcome, reasons_in(taken->codes, tools.rules), row.order};
}

Result<web::IntakeDone> drop(const Deciding& deciding, const store::IntakeRow& row,
                             const IntakeAction& action) {
    if (row.state == "taken" || is_conflict(row)) return refused;
    if (row.state != "open") return web::IntakeDone{"unchanged", {}, row.order};
    note(deciding, action, "dropped");
    return web::IntakeDone{"dropped", {}, row.order};
}

Result<web::IntakeDone> release_holds(const Deciding& deciding, const store::IntakeRow& row,
                                      const IntakeAction& action) {
    if (row.state != "taken") return refused;
    for (const auto& other : store::open_intake(deciding.tx, deciding.site.site))
        if (other.order == row.order && is_conflict(other)) return refused;  // it is decided there
    const auto held = [&](domain::HoldReason hold) {
        return !store::shipments_held(deciding.tx, deciding.site.site, row.order, hold).empty();
    };
    if (std::none_of(std::begin(released_by_a_person), std::end(released_by_a_person), held))
        return web::IntakeDone{"unchanged", {}, row.order};
    note(deciding, action, "released");
    for (const auto hold : released_by_a_person) release(deciding, row.order, hold);
    return web::IntakeDone{"released", {}, row.order};
}

}  // namespace

std::vector<web::IntakeReason> reasons_in(const std::vector<std::string>& codes, const IntakeRules* rules) {
    std::vector<web::IntakeReason> reasons;
    for (const auto& code : codes) reasons.push_back(reason_of(code, rules));
    return reasons;
}

Result<web::IntakePage> intake_page(sqlite::Tx& tx, const SiteId& site, const IntakeRules* rules,
                                    const web::Scope& scope, const web::IntakeQuery& query) {
    const auto filter = filter_of(scope, query);
    web::IntakePage page;
    for (const auto& row : store::intake_rows(tx, site, filter))
        page.records.push_back(to_view(tx, site, row, rules));
    for (const auto& count : store::intake_counts(tx, site, filter))
        page.counts.push_back({count.outcome, count.state, count.count});
    if (query.before == 0) {
        if (const auto held = store::held_count(tx, site, filter); held > 0)
            page.counts.push_back({"", store::held_now, held});
        for (const auto& row : store::shops(tx, site))
            if (!scope.shop || row.shop == *scope.shop) page.shops.push_back(row.shop);
        for (auto& file : store::order_files(tx, site, {filter.shop, filter.day, files_on_page}))
            page.files.push_back({std::move(file.file), file.shop, file.came_at, file.taken, file.unchanged,
                                  file.refused, file.held, file.released});
    }
    if (static_cast<int>(page.records.size()) == filter.limit) page.next = page.records.back().record;
    return page;
}

Result<web::IntakeDetail> intake_detail(sqlite::Tx& tx, const SiteId& site, const ImportTools& tools,
                                        const web::Scope& scope, std::int64_t record) {
    const auto row = row_in(tx, site, scope, record);
    if (!row) return row.error();
    web::IntakeDetail detail{
        to_view(tx, site, row.value(), tools.rules), {}, lengths(tx, site, tools, row.value())};
    if (row.value().order.value.empty()) return detail;
    for (const auto& id : store::shipments_of_order(tx, site, row.value().order))
        if (auto shipment = shipment_view(tx, site, scope, id))
            detail.shipments.push_back(std::move(shipment).value());
    return detail;
}

Result<std::vector<web::OriginalRecord>> open_original(const Deciding& deciding, const crypto::Key& key,
                                                       const web::Scope& scope, std::int64_t record,
                                                       const std::string& by) {
    const auto row = row_in(deciding.tx, deciding.site.site, scope, record);
    if (!row) return row.error();
    const auto text = received(deciding, key, row.value());
    if (!text) return text.error();
    note(deciding, {.record = record, .by = by}, "opened");
    return originals(row.value(), text.value().reveal());
}

Result<web::IntakeDone> act_on_intake(const Deciding& deciding, const ImportTools& tools,
                                      const web::Scope& scope, const IntakeAction& action) {
    const auto row = row_in(deciding.tx, deciding.site.site, scope, action.record);
    if (!row) return row.error();
    switch (action.kind) {
        case IntakeAction::Kind::retake:
            return retake(deciding, tools, row.value(), action);
        case IntakeAction::Kind::drop:
            return drop(deciding, row.value(), action);
        case IntakeAction::Kind::keep:
            return keep(deciding, row.value(), action);
        case IntakeAction::Kind::replace:
            return replace(deciding, tools, row.value(), action);
        case IntakeAction::Kind::release:
            return release_holds(deciding, row.value(), action);
    }
    return refused;
}

}  // namespace kenpin::app
