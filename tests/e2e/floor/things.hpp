#pragma once
// The things on the floor as they really are, whatever any screen says: goods on shelves with codes printed
// on them, boxes and what lies in them, papers. Simulated workers handle these; the summary compares them
// with what Kenpin believes.
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/base/ids.hpp"

namespace kenpin::floor {

using Random = std::mt19937;

struct PrintedCode {
    std::string code;
    int units = 1;  // a case holds several
};

/// Filled once from the masters, then only read.
class Shelves {
public:
    static Shelves from_masters(const std::filesystem::path& folder);
    /// The code on one piece of `sku`.
    std::string piece_code(const Sku& sku) const;
    /// A case of at most `room` pieces, if the item comes in cases.
    std::optional<PrintedCode> case_for(const Sku& sku, int room) const;
    Sku other_item(const Sku& sku, Random& random) const;
    LocationCode other_location(const LocationCode& location, Random& random) const;

private:
    std::map<Sku, std::vector<PrintedCode>> codes_;
    std::vector<Sku> items_;
    std::vector<LocationCode> locations_;
};

/// What lies in the boxes, and which boxes stand where; shared by all workers.
class Boxes {
public:
    explicit Boxes(std::vector<ToteCode> empty);
    std::optional<ToteCode> take_empty();
    void put(const ToteCode& box, const Sku& sku, int pieces);
    /// The picker pushes a full box to the benches; a packer takes it from there.
    void to_benches(const ToteCode& box);
    bool take_from_benches(const ToteCode& box);
    std::vector<Sku> unpack(const ToteCode& box);  // all pieces, and the box is empty again
    ToteCode other_than(const ToteCode& box, Random& random) const;

private:
    mutable std::mutex mutex_;
    std::vector<ToteCode> all_;
    std::vector<ToteCode> empty_;
    std::map<ToteCode, std::vector<Sku>> inside_;
    std::set<ToteCode> at_benches_;
};

/// A parcel as it really left: which label is stuck on it, what is inside.
struct Parcel {
    TrackingNo tracking;
    std::multiset<Sku> goods;
};

class Parcels {
public:
    void left(Parcel parcel);
    std::vector<Parcel> all() const;

private:
    mutable std::mutex mutex_;
    std::vector<Parcel> parcels_;
};

}  // namespace kenpin::floor
