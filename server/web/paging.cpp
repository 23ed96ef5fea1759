#include "server/web/paging.hpp"

#include <charconv>

namespace kenpin::web {
namespace {

constexpr int most_rows = 1'000;

}  // namespace

const std::vector<std::string>& page_query() {
    static const std::vector<std::string> names{"limit", "after"};
    return names;
}

std::optional<std::int64_t> number_in(const std::string& text) {
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return out;
}

std::optional<Page> page_of(const Request& request) {
    Page page;
    page.after = request.value("after");
    if (const auto text = request.value("limit"); !text.empty()) {
        const auto limit = number_in(text);
        if (!limit || *limit < 1 || *limit > most_rows) return std::nullopt;
        page.limit = static_cast<int>(*limit);
    }
    return page;
}

}  // namespace kenpin::web
