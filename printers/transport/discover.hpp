#pragma once
// Finding label printers on a network that somebody names, and asking each what it speaks. A printer is asked
// on a connection of its own in one language after the other, by the question that the language has anyway
// (encode/dialogue.hpp): the first that understands the answer is it. Sends nothing that prints on the
// printers it knows; another kind may print a line of letters, so the harmless questions come first, and what
// looks like a printer of sheets (it listens on IPP's port too) is asked by PJL before anything else.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "printers/encode/language.hpp"
#include "printers/transport/tcp.hpp"

namespace kenpin::transport {

inline constexpr std::size_t most_addresses = 1'024;  // of one range

/// "192.0.2.0/24" (without its first and last address), "192.0.2.10-40", "192.0.2.7" or "printer.example";
/// each may end in ":PORT", else 9100. Pure. Errors: refused (no such form, or more than most_addresses).
Result<std::vector<Address>> addresses_of(std::string_view range);

struct DiscoverLimits {
    std::chrono::milliseconds connect{400};
    std::chrono::milliseconds answer{600};  // to one question
};

/// Those that accept a connection, in their order. Takes about (addresses / 64) x the limit.
std::vector<Address> who_listens(const std::vector<Address>& addresses, const DiscoverLimits& limits = {});

struct FoundPrinter {
    Address address;
    const encode::Language* language = nullptr;  // nothing: it speaks none of ours, or is silent
    std::optional<encode::Identity> identity{};
    std::string sheets{};  // what a printer of sheets says it is
};
FoundPrinter identify(const Address& address, const DiscoverLimits& limits = {});

}  // namespace kenpin::transport
