#include "tests/e2e/chaos/worker.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/domain/barcode.hpp"
#include "tests/e2e/chaos/goods.hpp"

namespace kenpin::chaos {
namespace {

using domain::OwnKind;
using std::chrono::milliseconds;

constexpr int wrong_one_in = 40;
constexpr int neighbours = 12;  // who may find the same lists offered
constexpr Millis pause_least{60}, pause_most{180};
constexpr milliseconds patience{4'000};

std::string own(OwnKind kind, const std::string& body) {
    return domain::make_own_code(kind, body).value_or("");
}

/// "P0000012" and 3 give "P0000015"; the same text where there is no number.
std::string further(const std::string& name, int steps) {
    const auto digits = name.find_first_of("0123456789");
    int number = 0;
    if (digits == std::string::npos) return name;
    std::from_chars(name.data() + digits, name.data() + name.size(), number);
    const auto text = std::to_string(number + steps);
    const auto width = name.size() - digits;
    return name.substr(0, digits) + std::string(width - std::min(width, text.size()), '0') + text;
}

}  // namespace

void Worker::step(Time now) {
    if (waits_) return look_for_verdict(now);
    if (now < acts_at_) return;
    const auto seen = at_.screen.newer_than(0, milliseconds{0});
    if (!seen) return;
    acts_at_ = now + chance_.between(pause_least, pause_most);
    act(*seen, now);
}

void Worker::look_for_verdict(Time now) {
    const auto seen = waits_->is_confirmation ? at_.screen.newer_than(waits_->after, milliseconds{0})
                                              : at_.screen.verdict_after(waits_->after, milliseconds{0});
    if (!seen && now < waits_->until) return;
    const bool was_sure = std::exchange(is_sure_, seen.has_value());
    if (!seen) ++tally_.unanswered;
    was_refused_ = seen && seen->kind == "ng";
    if (was_refused_) ++tally_.refused;
    if (seen && seen->is_green()) ++tally_.green;
    // After a scan that went unanswered nobody knows what the screen asks now: the code may be right by
    // chance.
    if (was_sure && seen && seen->is_green() && waits_->is_wrong && seen->read == waits_->code)
        ++tally_.wrong_accepted;
    waits_.reset();
}

void Worker::act(const floor::Seen& seen, Time now) {
    const auto wrong = chance_.one_in(wrong_one_in) ? wrong_code(seen) : std::nullopt;
    const auto code = wrong ? wrong : right_code(seen);
    if (!code || code->empty()) return;
    ++tally_.scans;
    if (wrong) ++tally_.wrong;
    waits_ = Waiting{seen.n, now + patience, *code, wrong.has_value(), seen.step == "confirm"};
    at_.scanner.send(*code + "\r");
}

std::optional<std::string> Worker::right_code(const floor::Seen& seen) {
    if (seen.step == "badge") return own(OwnKind::worker, at_.badge);
    if (seen.step == "list") return list_code(seen);
    if (seen.step == "tote") return at_.empty_tote();
    if (seen.step == "confirm") return own(OwnKind::command, "OK");
    if (seen.step == "waybill") return "A" + seen.wants + "A";  // as a scanner hands NW-7 over
    return seen.wants;
}

// Not everybody takes the first list that is offered: with the line down that would be the same one for all.
std::string Worker::list_code(const floor::Seen& seen) {
    if (was_refused_) return seen.wants;
    return own(OwnKind::list, further(seen.list, at_.number % neighbours));
}

std::optional<std::string> Worker::wrong_code(const floor::Seen& seen) {
    if (seen.step == "item" || seen.step == "goods") {
        const auto code = any_goods_code(chance_);
        return code == seen.wants || seen.step == "goods" ? "4900000000000"
                                                          : code;  // its check digit is wrong
    }
    if (seen.step == "slot") return own(OwnKind::tote, std::to_string(totes));
    if (seen.step == "waybill") return "A000012345675A";
    return std::nullopt;
}

}  // namespace kenpin::chaos
