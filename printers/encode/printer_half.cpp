#include "printers/encode/printer_half.hpp"

#include "printers/encode/raster.hpp"

namespace kenpin::encode {

namespace {

constexpr std::size_t most_pending = graphic_most_bytes + 4'096;  // the largest graphic and its command

}  // namespace

std::string PrinterHalf::report_printed(const Inside&) const {
    return {};
}

std::string PrinterHalf::report_stopped(const Inside&) const {
    return {};
}

std::vector<Received> CommandHalf::receive(std::string_view bytes) {
    std::vector<Received> out;
    pending_ += bytes;
    std::size_t at = 0;
    while (at < pending_.size()) {
        const auto taken = take(std::string_view(pending_).substr(at), out);
        if (taken == 0) break;
        at += taken;
    }
    pending_.erase(0, at);
    if (pending_.size() > most_pending) {
        pending_.clear();
        out.emplace_back(NotUnderstood{"a command longer than the buffer"});
    }
    return out;
}

}  // namespace kenpin::encode
