#include "tests/e2e/floor/things.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "tests/e2e/floor/csv.hpp"

namespace kenpin::floor {
namespace {

template <class T>
T any_but(const std::vector<T>& all, const T& not_this, Random& random) {
    std::uniform_int_distribution<std::size_t> any(0, all.size() - 1);
    for (;;) {
        const auto& picked = all[any(random)];
        if (picked != not_this) return picked;
    }
}

}  // namespace

Shelves Shelves::from_masters(const std::filesystem::path& folder) {
    Shelves shelves;
    for (const auto& row : read_csv(folder / "barcodes.csv"))
        shelves.codes_[Sku{row.at("sku")}].push_back({row.at("barcode"), std::stoi(row.at("units"))});
    for (const auto& [sku, codes] : shelves.codes_) shelves.items_.push_back(sku);
    for (const auto& row : read_csv(folder / "locations.csv"))
        shelves.locations_.push_back(LocationCode{row.at("location")});
    return shelves;
}

std::string Shelves::piece_code(const Sku& sku) const {
    const auto found = codes_.find(sku);
    KENPIN_CHECK(found != codes_.end());
    for (const auto& code : found->second)
        if (code.units == 1) return code.code;
    KENPIN_CHECK(false && "an item without a code on its pieces");
    return {};
}

std::optional<PrintedCode> Shelves::case_for(const Sku& sku, int room) const {
    const auto found = codes_.find(sku);
    if (found == codes_.end()) return std::nullopt;
    for (const auto& code : found->second)
        if (code.units > 1 && code.units <= room) return code;
    return std::nullopt;
}

Sku Shelves::other_item(const Sku& sku, Random& random) const {
    return any_but(items_, sku, random);
}

LocationCode Shelves::other_location(const LocationCode& location, Random& random) const {
    return any_but(locations_, location, random);
}

Boxes::Boxes(std::vector<ToteCode> empty) : all_(empty), empty_(std::move(empty)) {
    std::reverse(empty_.begin(), empty_.end());
}

std::optional<ToteCode> Boxes::take_empty() {
    const std::lock_guard lock(mutex_);
    if (empty_.empty()) return std::nullopt;
    const auto box = empty_.back();
    empty_.pop_back();
    return box;
}

void Boxes::put(const ToteCode& box, const Sku& sku, int pieces) {
    const std::lock_guard lock(mutex_);
    auto& inside = inside_[box];
    inside.insert(inside.end(), static_cast<std::size_t>(pieces), sku);
}

void Boxes::to_benches(const ToteCode& box) {
    const std::lock_guard lock(mutex_);
    at_benches_.insert(box);
}

bool Boxes::take_from_benches(const ToteCode& box) {
    const std::lock_guard lock(mutex_);
    return at_benches_.erase(box) > 0;
}

std::vector<Sku> Boxes::unpack(const ToteCode& box) {
    const std::lock_guard lock(mutex_);
    auto inside = std::move(inside_[box]);
    inside_.erase(box);
    empty_.insert(empty_.begin(), box);
    return inside;
}

ToteCode Boxes::other_than(const ToteCode& box, Random& random) const {
    return any_but(all_, box, random);
}

void Parcels::left(Parcel parcel) {
    const std::lock_guard lock(mutex_);
    parcels_.push_back(std::move(parcel));
}

std::vector<Parcel> Parcels::all() const {
    const std::lock_guard lock(mutex_);
    return parcels_;
}

}  // namespace kenpin::floor
