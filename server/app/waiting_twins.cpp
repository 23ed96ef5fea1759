#include "server/app/waiting_twins.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "server/app/taken.hpp"
#include "server/plan/check_order.hpp"
#include "server/store/intake_rows.hpp"
#include "server/store/sealed_text.hpp"

namespace kenpin::app {
namespace {

// One that waits has come in one file only.
std::optional<WaitingTwin> opened(const shops::KeptOrder& kept, const shops::ShopProfile& profile,
                                  const std::string& number_column) {
    if (kept.profile != profile.name || kept.parts.size() != 1) return std::nullopt;
    const auto& part = kept.parts.front();
    auto bytes = std::make_unique<std::string>(shops::as_file(part));
    auto read = shops::read_records(*bytes, quotes_of(profile));
    if (!read || read.value().records.empty()) return std::nullopt;
    auto records = std::move(read).value();
    for (std::size_t i = 0; i < std::min(records.records.size(), part.records.size()); ++i)
        records.records[i].no = part.records[i].first;
    auto file = shops::open_file(part.file, std::move(records));
    auto number = shops::Row(file->columns, file->records.records.front()).plain(number_column);
    if (!plan::is_order_number(number)) return std::nullopt;
    return WaitingTwin{0, std::move(number), std::move(bytes), std::move(file)};
}

}  // namespace

std::vector<WaitingTwin> waiting_twins(const Deciding& deciding, const crypto::Key& key, const ShopId& shop,
                                       const shops::ShopProfile& profile, const std::string& waits_with) {
    std::vector<WaitingTwin> twins;
    const auto& column = waits_with == waits_for_order ? profile.lines_order_number : profile.order_number;
    for (const auto& row : store::open_intake(deciding.tx, deciding.site.site)) {
        if (row.shop != shop || !row.has(waits_with)) continue;
        const auto text = store::open_sealed(deciding.tx, deciding.site.site, store::Drawer::received_file,
                                             key, row.received_file);
        const auto kept =
            text ? shops::read_kept(text.value().reveal()) : Result<shops::KeptOrder>(text.error());
        auto twin = kept ? opened(kept.value(), profile, column) : std::nullopt;
        if (!twin) continue;
        twin->position = row.position;
        twins.push_back(std::move(*twin));
    }
    return twins;
}

void settle_twins(const Deciding& deciding, const TwinPositions& twins, const std::string& number) {
    const auto [from, to] = twins.equal_range(number);
    for (auto it = from; it != to; ++it) {
        const auto row = store::intake_row(deciding.tx, deciding.site.site, it->second);
        if (row && row->state == "open")
            deciding.decide(protocol::IntakeDecided{std::to_string(it->second), "retaken", "", "intake"});
    }
}

}  // namespace kenpin::app
