#include "printers/transport/zpl_printer.hpp"

#include <utility>

namespace kenpin::transport {

Outcome ZplPrinter::connect() {
    if (link_) return Done{};
    auto opened = TcpLink::open(address_, limits_.connect);
    if (!opened) return opened.error();
    link_.emplace(std::move(opened).value());
    return Done{};
}

Sent ZplPrinter::send(std::string_view job) {
    // A connection that the printer closed while nothing was under way is only noticed by looking.
    if (link_ && !link_->receive(std::chrono::milliseconds{0})) link_.reset();
    if (const auto connected = connect(); !connected) return {0, job.size(), connected.error()};
    auto sent = link_->send(job, limits_.progress);
    if (sent.is_whole())
        if (const auto drained = link_->drain(limits_.progress); !drained) sent.error = drained.error();
    if (!sent.is_whole()) link_.reset();
    return sent;
}

Result<ZplPrinter::Answer> ZplPrinter::ask() {
    if (const auto connected = connect(); !connected) return connected.error();
    auto status = ask_zpl_status(*link_, limits_.answer);
    if (!status) {
        if (status.error().kind != Error::Kind::busy) link_.reset();
        return status.error();
    }
    const bool is_proof = status.value().is_drained() && status.value().can_print();
    return Answer{std::move(status).value(), is_proof};
}

}  // namespace kenpin::transport
