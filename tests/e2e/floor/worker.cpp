#include "tests/e2e/floor/worker.hpp"

#include <thread>

#include "core/domain/barcode.hpp"

namespace kenpin::floor {
namespace {

using domain::make_own_code;
using domain::OwnKind;
using std::chrono::milliseconds;
using std::chrono::seconds;

std::string own(OwnKind kind, const std::string& body) {
    return make_own_code(kind, body).value();
}

std::string waybill_code(const TrackingNo& number) {
    return "A" + number.value + "A";  // as a scanner hands NW-7 over
}

}  // namespace

Worker::Worker(Place place) : at_(std::move(place)), random_(at_.seed) {}

Tally Worker::work(const std::atomic<bool>& stop) {
    while (!stop) {
        const auto seen = at_.screen.newer_than(looked_at_, milliseconds{200});
        if (!seen) {
            looked_at_ = 0;  // nothing new: look at the same screen again, things may have arrived
            continue;
        }
        looked_at_ = seen->n;
        if (seen->step != "tote" && seen->list != cart_list_ && !cart_.empty()) push_cart_away();
        if (makes_a_mistake())
            if (const auto code = wrong_code(*seen)) {
                scan(*seen, *code, true, [] {});
                continue;
            }
        if (const auto next = next_scan(*seen)) scan(*seen, next->code, false, next->when_green);
    }
    return tally_;
}

std::optional<Worker::Scan> Worker::next_scan(const Seen& seen) {
    if (seen.step == "badge") return Scan{own(OwnKind::worker, at_.badge), [] {}};
    if (seen.step == "list") return Scan{seen.wants, [] {}};
    if (seen.step == "tote") return at_tote(seen);
    if (seen.step == "location") return Scan{own(OwnKind::location, seen.location), [] {}};
    if (seen.step == "item") return at_item(seen);
    if (seen.step == "slot") return at_slot(seen);
    if (seen.step == "box") return at_box(seen);
    if (seen.step == "goods") return at_goods();
    if (seen.step == "waybill") return at_waybill(seen);
    if (seen.step == "confirm") return Scan{own(OwnKind::command, "OK"), [] {}};
    std::this_thread::sleep_for(milliseconds{50});  // nothing to do here now
    return std::nullopt;
}

std::optional<Worker::Scan> Worker::at_tote(const Seen& seen) {
    cart_list_ = seen.list;
    const auto box = at_.boxes.take_empty();
    if (!box) return std::nullopt;
    return Scan{own(OwnKind::tote, box->value), [this, box, slot = seen.slot] { cart_[slot] = *box; }};
}

std::optional<Worker::Scan> Worker::at_item(const Seen& seen) {
    const Sku sku{seen.sku};
    const auto a_case = at_.shelves.case_for(sku, seen.remaining);
    const auto code = a_case ? *a_case : PrintedCode{at_.shelves.piece_code(sku), 1};
    return Scan{code.code, [this, sku, units = code.units] { hand_[sku] += units; }};
}

std::optional<Worker::Scan> Worker::at_slot(const Seen& seen) {
    const auto box = cart_.find(seen.slot);
    if (box == cart_.end()) return std::nullopt;
    return Scan{own(OwnKind::tote, box->second.value), [this, into = box->second] {
                    for (const auto& [sku, pieces] : hand_) at_.boxes.put(into, sku, pieces);
                    hand_.clear();
                }};
}

void Worker::push_cart_away() {
    for (const auto& [slot, box] : cart_) at_.boxes.to_benches(box);
    cart_.clear();
}

std::optional<Worker::Scan> Worker::at_box(const Seen& seen) {
    const auto code = domain::classify({seen.wants, domain::Symbology::unknown}, domain::Expect::tote);
    const auto* own_code = std::get_if<domain::OwnCode>(&code);
    const auto box = own_code ? ToteCode{own_code->body} : ToteCode{};
    if (!own_code || !at_.boxes.take_from_benches(box)) {
        std::this_thread::sleep_for(milliseconds{50});  // it is still on its way
        return std::nullopt;
    }
    return Scan{seen.wants, [this, box] { on_the_table_ = at_.boxes.unpack(box); }};
}

std::optional<Worker::Scan> Worker::at_goods() {
    if (on_the_table_.empty())
        return std::nullopt;  // a short box would end the demo loudly: nothing is left to scan
    const auto sku = on_the_table_.back();
    return Scan{at_.shelves.piece_code(sku), [this, sku] {
                    on_the_table_.pop_back();
                    in_the_parcel_.push_back(sku);
                }};
}

std::optional<Worker::Scan> Worker::at_waybill(const Seen& seen) {
    const auto code = domain::classify({seen.wants, domain::Symbology::codabar}, domain::Expect::waybill);
    const auto* wanted = std::get_if<domain::WaybillCode>(&code);
    std::optional<TrackingNo> paper;
    if (wanted && at_.papers.lies_there(wanted->number)) paper = wanted->number;
    if (!paper) paper = at_.papers.take_from_tray();
    if (!paper) return std::nullopt;
    return Scan{waybill_code(*paper), [this, paper] {
                    at_.parcels.left({*paper, {in_the_parcel_.begin(), in_the_parcel_.end()}});
                    in_the_parcel_.clear();
                }};
}

bool Worker::makes_a_mistake() {
    if (at_.pace.wrong_one_in <= 0) return false;
    return std::uniform_int_distribution<int>(1, at_.pace.wrong_one_in)(random_) == 1;
}

// A believable mistake for what the screen asks, or nothing where none is to be made.
std::optional<std::string> Worker::wrong_code(const Seen& seen) {
    if (seen.step == "location")
        return own(OwnKind::location, at_.shelves.other_location(LocationCode{seen.location}, random_).value);
    if (seen.step == "item" || seen.step == "goods") {
        const Sku wanted{seen.sku};
        auto other = at_.shelves.other_item(wanted, random_);
        for (const auto& sku : on_the_table_)
            if (sku == other) return std::nullopt;  // it belongs to this box after all
        return at_.shelves.piece_code(other);
    }
    if (seen.step == "slot") {
        const auto right = cart_.find(seen.slot);
        if (right == cart_.end()) return std::nullopt;
        return own(OwnKind::tote, at_.boxes.other_than(right->second, random_).value);
    }
    if (seen.step == "waybill") {
        const auto other = at_.papers.some_other(random_);
        if (!other || (!seen.wants.empty() && seen.wants.find(other->value) != std::string::npos))
            return std::nullopt;
        return waybill_code(*other);
    }
    return std::nullopt;
}

void Worker::scan(const Seen& before, const std::string& code, bool wrong,
                  const std::function<void()>& when_green) {
    std::this_thread::sleep_for(at_.pace.between_scans);
    at_.scanner.send(code + "\r");
    ++tally_.scans;
    if (wrong) ++tally_.wrong_on_purpose;
    if (before.step == "confirm") {  // the NG goes, and the screen asks again: that is no verdict
        if (!at_.screen.newer_than(before.n, seconds{120})) ++tally_.unanswered;
        return;
    }
    const auto verdict = at_.screen.verdict_after(before.n, seconds{120});
    if (!verdict) {
        ++tally_.unanswered;
        return;
    }
    if (at_.onlooker) at_.onlooker(*verdict);
    if (verdict->kind == "ng") ++tally_.refused;
    if (!verdict->is_green()) return;
    if (wrong) ++tally_.wrong_accepted;
    when_green();
}

}  // namespace kenpin::floor
