#include "firmware-bridge/device/printer_driver.hpp"

#include <algorithm>
#include <utility>

namespace kenpin::device {
namespace {

enum Tag { id_tag = 1, status_tag, clear_tag, reset_tag };  // reset_tag + number of the request tried

constexpr std::uint8_t to_endpoint = 0x02, clear_feature = 1;

Request request(const decode::PrinterRequest& what, std::uint16_t index) {
    return {what.request_type, what.request, 0, index};
}

}  // namespace

PrintEnd end_of_cut_job(TransferEnd end, std::size_t sent) {
    const bool was_refused = end == TransferEnd::stall || end == TransferEnd::no_answer;
    return was_refused && sent == 0 ? PrintEnd::failed : PrintEnd::unknown;
}

void PrinterDriver::begin(Wire& wire) {
    state_ = State::getting_ready;
    const auto interface_and_setting = static_cast<std::uint16_t>(wire.plan().number << 8);
    wire.ask(id_tag, request(decode::get_device_id, interface_and_setting), {}, decode::device_id_bytes);
}

void PrinterDriver::describe(Attachment& device) const {
    device.kind = Kind::printer;
    device.caps = {.print = true};
    if (!id_.model.empty()) device.product = id_.manufacturer + " " + id_.model;
    if (device.serial.empty()) device.serial = id_.serial;
}

std::size_t PrinterDriver::read_bytes() const {
    return 1;  // whatever comes, a packet of it at a time
}

void PrinterDriver::on_answer(Wire& wire, const Finished& answer, Mono now, Teller& tell) {
    if (answer.tag == id_tag) {  // one that has none prints all the same
        if (answer.end == TransferEnd::good)
            id_ = decode::parse_device_id(decode::device_id_text(answer.bytes));
        state_ = State::ready;
        ask_status_at_ = now;
    } else if (answer.tag == status_tag) {
        take_status(answer, tell);
    } else if (answer.tag == clear_tag) {
        if (answer.end == TransferEnd::good) wire.clear_halt(wire.plan().out);
        is_clearing_ = false;
        send_next(wire, now, tell);
    } else {
        const auto next = static_cast<std::size_t>(answer.tag - reset_tag) + 1;
        if (answer.end == TransferEnd::stall && next < decode::soft_reset.size())
            return wire.ask(reset_tag + static_cast<int>(next),
                            request(decode::soft_reset[next], wire.plan().number), {}, 0);
        is_resetting_ = false;  // one that cannot be reset prints all the same
        if (state_ == State::ready) send_next(wire, now, tell);
    }
}

void PrinterDriver::take_status(const Finished& answer, Teller& tell) {
    has_status_ = answer.end != TransferEnd::stall;
    if (answer.end != TransferEnd::good || answer.bytes.empty()) return;
    const auto status = static_cast<std::uint8_t>(answer.bytes[0]);
    if (status_was_told_ && status == status_) return;
    status_ = status;
    status_was_told_ = true;
    tell.news.emplace_back(PrinterSaid{tell.handle, status_, {}});
}

void PrinterDriver::on_read(std::string_view bytes, Mono, Teller& tell) {
    tell.news.emplace_back(PrinterSaid{tell.handle, status_, std::string(bytes)});
}

Mono PrinterDriver::next_wake() const {
    if (state_ != State::ready) return Mono::max();
    if (has_news_job_) return Mono::min();
    return has_status_ ? ask_status_at_ : Mono::max();
}

void PrinterDriver::on_time(Wire& wire, Mono now, Teller& tell) {
    if (state_ != State::ready) return;
    has_news_job_ = false;
    send_next(wire, now, tell);
    if (!has_status_ || now < ask_status_at_) return;
    ask_status_at_ = now + ask_status_every;
    wire.ask(status_tag, request(decode::get_port_status, wire.plan().number), {}, 1);
}

// ---- jobs ----

bool PrinterDriver::print(Wire&, std::string job, std::string bytes) {
    if (jobs_.size() >= most_jobs) return false;
    jobs_.push_back({.name = std::move(job), .bytes = std::move(bytes)});
    has_news_job_ = true;
    return true;
}

void PrinterDriver::send_next(Wire& wire, Mono now, Teller& tell) {
    while (!jobs_.empty() && !is_writing_ && !is_clearing_ && !is_reset_first(wire)) {
        auto& job = jobs_.front();
        if (job.sent == job.bytes.size()) {
            end_job(PrintEnd::sent, tell);
            continue;
        }
        if (!std::exchange(job.is_begun, true)) progress_at_ = now;
        is_writing_ = wire.write(job.bytes.substr(job.sent, usb_chunk), chunk_patience);
        if (!is_writing_) end_job(job.sent == 0 ? PrintEnd::failed : PrintEnd::unknown, tell);
    }
}

/// True: the printer must forget a label of which it has only a part before the next one may begin.
bool PrinterDriver::is_reset_first(Wire& wire) {
    if (!std::exchange(must_reset_, false)) return is_resetting_;
    is_resetting_ = true;
    soft_reset(wire);
    return true;
}

void PrinterDriver::on_written(Wire& wire, const Finished& written, Mono now, Teller& tell) {
    is_writing_ = false;
    if (jobs_.empty()) return;
    auto& job = jobs_.front();
    job.sent += std::min(written.count, job.bytes.size() - job.sent);
    if (written.count > 0) progress_at_ = now;
    const bool is_patient = written.end == TransferEnd::no_answer && now - progress_at_ < no_progress;
    if (written.end != TransferEnd::good && !is_patient) end_job(end_of_cut_job(written.end, job.sent), tell);
    if (written.end == TransferEnd::stall) {
        is_clearing_ = true;
        wire.ask(clear_tag, {to_endpoint, clear_feature, 0, wire.plan().out.address}, {}, 0);
    }
    if (state_ == State::ready && written.end != TransferEnd::gone && written.end != TransferEnd::cancelled)
        send_next(wire, now, tell);
}

void PrinterDriver::end_job(PrintEnd end, Teller& tell) {
    auto& job = jobs_.front();
    tell.news.emplace_back(Printed{tell.handle, std::move(job.name), end, job.sent});
    must_reset_ = must_reset_ || (end == PrintEnd::unknown && job.sent > 0);
    jobs_.pop_front();
}

void PrinterDriver::on_cut(bool is_over, Teller& tell) {
    if (!is_over) return;
    while (!jobs_.empty()) {
        const bool was_begun = is_writing_ || jobs_.front().sent > 0;
        is_writing_ = false;
        end_job(was_begun ? PrintEnd::unknown : PrintEnd::failed, tell);
    }
    is_clearing_ = false;
    is_resetting_ = false;
    status_was_told_ = false;
}

void PrinterDriver::soft_reset(Wire& wire) {
    wire.ask(reset_tag, request(decode::soft_reset[0], wire.plan().number), {}, 0);
}

}  // namespace kenpin::device
