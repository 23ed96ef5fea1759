#include "printers/transport/discover.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <utility>

#include "printers/encode/fields.hpp"

namespace kenpin::transport {

namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr int printer_port = 9100, ipp_port = 631;
constexpr std::size_t workers = 64;
constexpr std::size_t most_said = 60;
constexpr std::string_view pjl_identity = "\x1b%-12345X@PJL INFO ID\r\n\x1b%-12345X";

Error no_such_range() {
    return {Error::Kind::refused,
            "a range is 192.0.2.0/24, 192.0.2.10-40, 192.0.2.7 or a name, with :PORT or without"};
}

std::optional<std::uint32_t> ipv4_of(std::string_view text) {
    const auto parts = encode::split(text, '.');
    if (parts.size() != 4) return std::nullopt;
    std::uint32_t out = 0;
    for (const auto part : parts) {
        const auto number = encode::whole_number(part);
        if (!number || *number > 255) return std::nullopt;
        out = out << 8U | static_cast<std::uint32_t>(*number);
    }
    return out;
}

std::string text_of(std::uint32_t ipv4) {
    std::string out;
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        out += (out.empty() ? "" : ".") + std::to_string(ipv4 >> shift & 255U);
    return out;
}

struct Span {
    std::uint32_t first, last;
};

// "a.b.c.d/n" or "a.b.c.d-e".
std::optional<Span> span_of(std::string_view text) {
    const auto at = text.find_first_of("/-");
    if (at == std::string_view::npos) return std::nullopt;
    const auto first = ipv4_of(text.substr(0, at));
    const auto number = encode::whole_number(text.substr(at + 1));
    if (!first || !number) return std::nullopt;
    if (text[at] == '-') {
        const auto last = (*first & 0xFFFFFF00U) | static_cast<std::uint32_t>(*number);
        return *number > 255 || last < *first ? std::nullopt : std::optional(Span{*first, last});
    }
    if (*number < 1 || *number > 32) return std::nullopt;
    const auto hosts = static_cast<std::uint32_t>((std::uint64_t{1} << (32 - *number)) - 1);
    const auto network = *first & ~hosts;
    if (hosts < 2) return Span{network, network + hosts};
    return Span{network + 1, network + hosts - 1};
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '-';
    });
}

std::optional<TcpLink> opened(const Address& address, const DiscoverLimits& limits) {
    auto link = TcpLink::open(address, limits.connect);
    if (!link) return std::nullopt;
    return std::move(link).value();
}

// What comes on the link until `is_enough` says so or the limit is over.
template <class IsEnough>
void listen(TcpLink& link, milliseconds limit, const IsEnough& is_enough) {
    const auto deadline = Steady::now() + limit;
    for (auto now = Steady::now(); now < deadline; now = Steady::now()) {
        const auto bytes = link.receive(std::chrono::ceil<milliseconds>(deadline - now));
        if (!bytes || is_enough(bytes.value())) return;
    }
}

bool speaks(const Address& address, const encode::Language& language, const DiscoverLimits& limits) {
    auto link = opened(address, limits);
    if (!link) return false;
    const auto talk = language.dialogue({}, {});
    bool is_understood = false;
    for (int asked = 0; !is_understood; ++asked) {
        const auto question = talk->question(asked);
        if (question.empty() || !link->send(question, limits.answer).is_whole()) break;
        listen(*link, limits.answer,
               [&](const std::string& bytes) { return is_understood = talk->hear(bytes) > 0; });
    }
    return is_understood;
}

std::optional<encode::Identity> identity_of(const Address& address, const encode::Language& language,
                                            const DiscoverLimits& limits) {
    if (language.ask_identity == nullptr) return std::nullopt;
    auto link = opened(address, limits);
    if (!link || !link->send(language.ask_identity, limits.answer).is_whole()) return std::nullopt;
    std::optional<encode::Identity> out;
    std::string answer;
    listen(*link, limits.answer, [&](const std::string& bytes) {
        answer += bytes;
        out = language.identity(answer);
        return out.has_value() || answer.size() > 4'096;
    });
    return out;
}

// The quoted name in "@PJL INFO ID\r\n\"…\"".
std::string sheets_printer(const Address& address, const DiscoverLimits& limits) {
    if (!TcpLink::open({address.host, ipp_port}, limits.connect)) return {};
    auto link = opened(address, limits);
    if (!link || !link->send(pjl_identity, limits.answer).is_whole()) return {};
    std::string answer;
    listen(*link, limits.answer, [&](const std::string& bytes) {
        answer += bytes;
        return std::count(answer.begin(), answer.end(), '"') >= 2 || answer.size() > 4'096;
    });
    const auto begin = answer.find('"');
    const auto end = answer.find('"', begin == std::string::npos ? begin : begin + 1);
    if (end == std::string::npos) return {};
    return answer.substr(begin + 1, std::min(end - begin - 1, most_said));
}

}  // namespace

Result<std::vector<Address>> addresses_of(std::string_view range) {
    int port = printer_port;
    if (const auto colon = range.rfind(':'); colon != std::string_view::npos) {
        const auto number = encode::whole_number(range.substr(colon + 1));
        if (!number || *number < 1 || *number > 65'535) return no_such_range();
        port = *number;
        range = range.substr(0, colon);
    }
    if (range.find('/') == std::string_view::npos && !span_of(range)) {
        const bool is_number = range.find_first_not_of("0123456789.-") == std::string_view::npos;
        if (is_number ? !ipv4_of(range) : !is_name(range)) return no_such_range();
        return std::vector<Address>{{std::string(range), port}};
    }
    const auto span = span_of(range);
    if (!span) return no_such_range();
    if (span->last - span->first >= most_addresses)
        return Error{Error::Kind::refused, "a range holds at most 1024 addresses (/22)"};
    std::vector<Address> out;
    for (std::uint64_t at = span->first; at <= span->last; ++at)
        out.push_back({text_of(static_cast<std::uint32_t>(at)), port});
    return out;
}

std::vector<Address> who_listens(const std::vector<Address>& addresses, const DiscoverLimits& limits) {
    std::vector<char> is_there(addresses.size(), 0);
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> looking;
    for (std::size_t n = 0; n < std::min(workers, addresses.size()); ++n)
        looking.emplace_back([&] {
            for (auto at = next++; at < addresses.size(); at = next++)
                is_there[at] = TcpLink::open(addresses[at], limits.connect) ? 1 : 0;
        });
    looking.clear();  // waits for them
    std::vector<Address> out;
    for (std::size_t at = 0; at < addresses.size(); ++at)
        if (is_there[at] != 0) out.push_back(addresses[at]);
    return out;
}

FoundPrinter identify(const Address& address, const DiscoverLimits& limits) {
    FoundPrinter out{.address = address};
    out.sheets = sheets_printer(address, limits);
    if (!out.sheets.empty()) return out;
    for (const auto* language : encode::by_harmlessness())
        if (speaks(address, *language, limits)) {
            out.language = language;
            out.identity = identity_of(address, *language, limits);
            break;
        }
    return out;
}

}  // namespace kenpin::transport
