#include "printers/virtual/device.hpp"

#include <algorithm>
#include <utility>

namespace kenpin::virtual_printer {

namespace {

std::string padded(int number, std::size_t width) {
    auto text = std::to_string(number);
    return text.size() >= width ? text : std::string(width - text.size(), '0') + text;
}

std::string framed(const std::string& line) {
    return "\x02" + line + "\x03\r\n";
}

void count_down(std::optional<std::size_t>& counter, std::size_t bytes) {
    if (counter) *counter -= std::min(*counter, bytes);
}

}  // namespace

void Device::receive(encode::ZplLabel label) {
    for (int copy = 0; copy < label.quantity; ++copy) waiting_.push_back(label.bitmap);
}

std::vector<Bitmap> Device::print() {
    std::vector<Bitmap> out;
    while (!waiting_.empty() && can_print()) {
        out.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
        if (faults_.media_out_after) --*faults_.media_out_after;
    }
    return out;
}

std::optional<std::string> Device::host_status(int length_dots, bool is_partial_format) const {
    if (faults_.silent_hs || !can_print()) return std::nullopt;
    return framed("030,0,0," + padded(length_dots, 4) + "," + padded(waiting(), 3) + ",0,0," +
                  (is_partial_format ? "1" : "0") + ",000,0,0,0") +
           framed("001,0,0,0,1,2,6,0,00000000,1,000") + framed("1234,0");
}

std::string Device::error_status() const {
    const int bits = (faults_.media_out_after == 0 ? 1 : 0) | (faults_.head_open ? 4 : 0);
    return std::string("\x02\r\n  PRINTER STATUS\r\n   ERRORS:         ") + (bits != 0 ? "1" : "0") +
           " 00000000 " + padded(bits, 8) + "\r\n   WARNINGS:       0 00000000 00000000\r\n\x03\r\n";
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
