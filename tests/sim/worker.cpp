#include "tests/sim/worker.hpp"

#include <utility>

#include "core/domain/barcode.hpp"

namespace kenpin::sim {
namespace {

using domain::OwnKind;
using flow::Ask;

constexpr Millis pause_least{150}, pause_most{900};
constexpr Millis away_least{20'000}, away_most{240'000};
constexpr Millis patience{4'000};  // then he scans again, or asks for the label again
constexpr int scans_twice = 40;    // the trigger pulled twice, once in so many
constexpr int reads_badly = 4;     // of the wrong scans
constexpr int looks_again = 6;     // of those who said that goods are missing

std::string own(OwnKind kind, const std::string& body) {
    return domain::make_own_code(kind, body).value();
}

std::string with_start_stop(const TrackingNo& number) {
    return "A" + number.value + "A";
}

}  // namespace

void Worker::step() {
    look_for_verdict();
    if (waits_for_ || at_.mono() < acts_at_) return;
    acts_at_ = at_.mono() + chance_.between(pause_least, pause_most);
    if (misfortune_.strikes(Fault::worker_leaves)) {
        acts_at_ = at_.mono() + chance_.between(away_least, away_most);
        return story_.tell(at_.id().value, "its worker leaves for a while");
    }
    act(flow::prompt(at_.state()));
}

void Worker::look_for_verdict() {
    if (!waits_for_) return;
    const auto& seen = at_.verdicts();
    if (seen.size() <= waits_for_->verdicts_before) {
        if (at_.mono() > acts_at_ + patience) waits_for_.reset();  // nothing came: look at the screen again
        return;
    }
    const auto& verdict = seen[waits_for_->verdicts_before];
    ++(verdict.is_green ? tally_.green : tally_.refused);
    if (waits_for_->is_wrong && verdict.is_green)
        story_.broken(at_.id().value + " showed green for a wrong scan: " + waits_for_->code);
    waits_for_.reset();
}

// What the cart shows to whoever comes by.
void Worker::note_walked(const flow::Prompt& asked) {
    const bool is_walking = asked.ask == Ask::tote || asked.ask == Ask::location || asked.ask == Ask::item ||
                            asked.ask == Ask::slot;
    if (is_walking && asked.list)
        things_.walked[at_.id()] = *asked.list;
    else
        things_.walked.erase(at_.id());
}

// A worker changes to this station in the middle of his list: signs in here with his badge and scans it.
bool Worker::takes_over(const flow::Prompt& asked) {
    const bool has_no_list = asked.ask == Ask::list || asked.ask == Ask::no_list;
    if (takes_over_ && has_no_list) {
        const auto list = std::exchange(takes_over_, std::nullopt)->list;
        scan(asked, own(OwnKind::list, list.value), false);
        return true;
    }
    if (!has_no_list || !misfortune_.strikes(Fault::list_taken_over)) return false;
    std::vector<TakeOver> walked;
    for (const auto& [station, list] : things_.walked)
        if (station != at_.id()) walked.push_back({list, station});
    if (walked.empty()) return false;
    takes_over_ = misfortune_.chance(Fault::list_taken_over).any_of(walked);
    story_.tell(at_.id().value, "the worker of ", takes_over_->from.value, " comes here with ",
                takes_over_->list.value);
    at_.press(flow::SignedOut{});
    return true;
}

// Says so by button or by the code beside it; then the screen asks once more, and he may look again.
bool Worker::says_short(const flow::Prompt& asked) {
    if (asked.ask == Ask::short_pick && chance_.one_in(looks_again)) {
        at_.press(flow::ShortDropped{});
        return true;
    }
    if (asked.ask != Ask::item || !misfortune_.strikes(Fault::goods_missing)) return false;
    story_.tell(at_.id().value, "finds no more of ", asked.sku.value_or(Sku{}).value, " on its shelf");
    if (misfortune_.chance(Fault::goods_missing).one_in(2))
        at_.press(flow::ShortSaid{});
    else
        at_.scan(own(OwnKind::command, "SHORT"));
    return true;
}

void Worker::act(const flow::Prompt& asked) {
    note_walked(asked);
    if (takes_over(asked) || says_short(asked)) return;
    if (asked.ask == Ask::stopped) return at_.press(flow::PutAside{});
    if (misfortune_.strikes(Fault::scan_wrong))
        if (const auto code = wrong_code(asked)) return scan(asked, *code, true);
    if (const auto code = right_code(asked)) scan(asked, *code, false);
}

void Worker::scan(const flow::Prompt& asked, const std::string& code, bool is_wrong) {
    story_.tell(at_.id().value, "asked for ", flow::name(asked.ask),
                is_wrong ? ", wrongly scans " : ", scans ", code);
    ++tally_.scans;
    if (is_wrong) ++tally_.wrong;
    waits_for_ = Scan{code, asked, at_.verdicts().size(), is_wrong && at_.is_quiet()};
    at_.scan(code);
    if (!is_wrong && chance_.one_in(scans_twice)) at_.scan(code);
}

std::optional<std::string> Worker::right_code(const flow::Prompt& asked) {
    switch (asked.ask) {
        case Ask::badge:
            return own(OwnKind::worker, badge_of(takes_over_ ? takes_over_->from : at_.id()));
        case Ask::tote:
            if (things_.totes_used >= things_.goods.totes) return std::nullopt;
            return own(OwnKind::tote, tote(++things_.totes_used).value);
        case Ask::confirm:
            return own(OwnKind::command, "OK");
        case Ask::waybill:
            return waybill_code(asked);
        case Ask::item:
        case Ask::goods:
            return goods_code(asked);
        case Ask::list:
        case Ask::location:
        case Ask::slot:
        case Ask::short_pick:
        case Ask::box:
            if (asked.wanted.empty()) return std::nullopt;
            return asked.wanted;
        case Ask::no_list:
        case Ask::lease_over:
        case Ask::stopped:
            return std::nullopt;
    }
    return std::nullopt;
}

// A believable mistake, or nothing where none is to be made.
std::optional<std::string> Worker::wrong_code(const flow::Prompt& asked) {
    if (asked.ask == Ask::no_list || asked.ask == Ask::badge) return std::nullopt;
    if (chance_.one_in(reads_badly)) return "4900000000000";  // its check digit is wrong
    if (asked.ask == Ask::location) {
        const auto& other = chance_.any_of(things_.goods.locations);
        if (other == asked.location) return std::nullopt;
        return own(OwnKind::location, other.value);
    }
    if (asked.ask == Ask::item)
        if (const auto too_many = case_code(asked, [&](Qty units) { return units > asked.remaining; }))
            return too_many;
    if (asked.ask == Ask::item || asked.ask == Ask::goods) {
        const auto other = std::next(things_.goods.codes.begin(),
                                     chance_.below(static_cast<int>(things_.goods.codes.size())));
        if (other->first == asked.sku || belongs_here(other->first)) return std::nullopt;
        return other->second;
    }
    if (asked.ask == Ask::slot) return own(OwnKind::tote, tote(things_.goods.totes).value);
    if (asked.ask != Ask::waybill) return std::nullopt;
    if (const auto lie = things_.void_waybills.find(asked.shipment.value_or(ShipmentId{}));
        lie != things_.void_waybills.end())
        return with_start_stop(chance_.any_of(lie->second));
    for (const auto& label : at_.labels())
        if (label.shipment != asked.shipment) return with_start_stop(label.tracking);
    return std::nullopt;
}

bool Worker::belongs_here(const Sku& sku) const {
    const auto* pack = flow::open_pack(at_.state());
    if (!pack) return false;
    for (const auto& line : pack->task.lines)
        if (line.sku == sku) return true;
    return false;
}

std::optional<std::string> Worker::case_code(const flow::Prompt& asked,
                                             const std::function<bool(Qty)>& is_meant) {
    const auto* list = flow::open_list(at_.state());
    if (!list) return std::nullopt;
    for (const auto& line : list->task.lines)
        for (const auto& code : line.codes)
            if (line.no == asked.line && code.units > Qty{1} && is_meant(code.units)) return code.code;
    return std::nullopt;
}

// A case where it fits, else one piece.
std::string Worker::goods_code(const flow::Prompt& asked) {
    const auto fits = [&](Qty units) { return units <= asked.remaining && chance_.one_in(2); };
    if (asked.ask == Ask::item)
        if (const auto a_case = case_code(asked, fits)) return *a_case;
    return asked.wanted;
}

std::optional<std::string> Worker::waybill_code(const flow::Prompt& asked) {
    const ShipmentId shipment = asked.shipment.value_or(ShipmentId{});
    if (const auto lies = things_.lying_waybills.find(shipment); lies != things_.lying_waybills.end())
        return with_start_stop(lies->second);
    for (const auto& label : at_.labels())
        if (label.shipment == shipment) {
            without_label_since_.reset();
            return with_start_stop(label.tracking);
        }
    press_reprint_if_long(asked);
    return std::nullopt;
}

void Worker::press_reprint_if_long(const flow::Prompt& asked) {
    if (!without_label_since_) without_label_since_ = at_.mono();
    if (at_.mono() - *without_label_since_ < patience) return;
    without_label_since_.reset();
    story_.tell(at_.id().value, "no label came out for " + asked.shipment.value_or(ShipmentId{}).value +
                                    ", asks for it again");
    at_.press(flow::ReprintWanted{"waybill", "not_out", {}});
}

}  // namespace kenpin::sim
