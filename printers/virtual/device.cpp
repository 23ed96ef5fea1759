#include "printers/virtual/device.hpp"

#include <algorithm>
#include <utility>

namespace kenpin::virtual_printer {

namespace {

using encode::Condition;

void count_down(std::optional<std::size_t>& counter, std::size_t bytes) {
    if (counter) *counter -= std::min(*counter, bytes);
}

bool has_error(const Faults& faults) {
    return faults.head_open || faults.media_out_after == 0;
}

}  // namespace

void Device::set_faults(const Faults& faults) {
    const bool is_over = has_error(faults_) && !has_error(faults);
    faults_ = faults;
    if (std::exchange(faults_.power_cycle, false)) {
        waiting_.clear();
        last_.reset();
        is_power_lost_ = true;
    }
    if (is_over && faults_.reprint_after_error && last_) waiting_.push_front(*last_);
    begun_.reset();
}

bool Device::has_lost_power() {
    return std::exchange(is_power_lost_, false);
}

void Device::receive(encode::ReceivedLabel label, Sender sender) {
    const int copies = std::exchange(label.quantity, 1);
    for (int copy = 0; copy < copies; ++copy) waiting_.push_back({label, sender});
}

std::vector<Condition> Device::stops_now() const {
    std::vector<Condition> out;
    if (faults_.media_out_after == 0) out.push_back(Condition::media_out);
    if (faults_.head_open) out.push_back(Condition::head_open);
    if (faults_.wait_peel && *faults_.wait_peel < 0) out.push_back(Condition::label_waiting);
    if (faults_.wrong_media) out.push_back(Condition::wrong_media);
    return out;
}

CameOut Device::let_out() {
    auto out = std::move(waiting_.front());
    waiting_.pop_front();
    begun_.reset();
    if (faults_.media_out_after) --*faults_.media_out_after;
    if (faults_.wait_peel) --*faults_.wait_peel;  // -1: this one stays on the peeler
    last_ = out;
    return out;
}

std::vector<CameOut> Device::print(Millis now) {
    std::vector<CameOut> out;
    while (!waiting_.empty() && stops_now().empty()) {
        if (!begun_) begun_ = now;
        if (now - *begun_ < setup_.label_time) break;
        out.push_back(let_out());
    }
    return out;
}

encode::Inside Device::inside() const {
    encode::Inside out;
    for (const auto condition : stops_now()) out.status.note(condition);
    out.status.formats_waiting = waiting() > 0 ? waiting() - 1 : 0;
    out.status.labels_remaining = waiting() > 0 ? 1 : 0;
    if (is_printing()) out.status.note(Condition::busy);
    if (!waiting_.empty()) {
        out.printing = waiting_.front().label.mark;
        out.wants_report = waiting_.front().label.wants_report;
    }
    out.media = setup_.media;
    if (faults_.wrong_media) out.media.width_dots /= 2;
    out.head = setup_.head;
    return out;
}

std::size_t Device::takes(std::size_t offered) const {
    if (faults_.stall_after) offered = std::min(offered, *faults_.stall_after);
    if (faults_.reset_after_bytes)
        offered = std::min(offered, std::max<std::size_t>(1, *faults_.reset_after_bytes));
    return offered;
}

bool Device::has_taken(std::size_t bytes) {
    count_down(faults_.stall_after, bytes);
    count_down(faults_.reset_after_bytes, bytes);
    if (faults_.reset_after_bytes != std::size_t{0}) return false;
    faults_.reset_after_bytes.reset();
    return true;
}

}  // namespace kenpin::virtual_printer
