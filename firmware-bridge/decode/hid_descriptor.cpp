#include "firmware-bridge/decode/hid_descriptor.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace kenpin::decode {
namespace {

constexpr unsigned char long_item = 0xFE;

enum class Kind : unsigned { main = 0, global = 1, local = 2 };

struct Item {
    Kind kind = Kind::main;
    unsigned tag = 0;
    std::size_t size = 0;  // bytes of data: 0, 1, 2 or 4
    std::uint32_t data = 0;

    /// The data as a signed number of its own size.
    std::int64_t as_signed() const {
        if (size == 1) return static_cast<std::int8_t>(data);
        if (size == 2) return static_cast<std::int16_t>(data);
        return static_cast<std::int32_t>(data);
    }
};

namespace main_tag {
constexpr unsigned input = 8, output = 9, collection = 10, feature = 11, end_collection = 12;
}
namespace global_tag {
constexpr unsigned usage_page = 0, logical_min = 1, logical_max = 2, report_size = 7, report_id = 8,
                   report_count = 9, push = 10, pop = 11;
}
namespace local_tag {
constexpr unsigned usage = 0, usage_min = 1, usage_max = 2;
}
constexpr std::uint32_t application_collection = 1;

struct Globals {
    std::uint16_t usage_page = 0;
    std::int64_t logical_min = 0;
    std::int64_t logical_max = 0;
    std::int64_t logical_max_unsigned = 0;
    std::uint32_t report_size = 0;
    std::uint32_t report_count = 0;
    std::uint8_t report_id = 0;
};

class Parser {
public:
    Outcome take(const Item& item);
    Result<HidReports> finish() &&;

private:
    Outcome take_main(const Item& item);
    Outcome take_global(const Item& item);
    Outcome take_local(const Item& item);
    Outcome open_collection(const Item& item);
    Outcome add_field(HidDirection direction, const Item& item);
    Outcome set_report_id(std::uint32_t id);
    HidUsage usage_of(const Item& item) const;

    HidReports reports_;
    Globals globals_;
    std::vector<Globals> pushed_;
    std::vector<HidUsage> open_;
    std::vector<HidUsageRange> usages_;
    std::optional<HidUsage> range_begins_;
    std::map<std::pair<HidDirection, std::uint8_t>, std::uint32_t> bits_;  // of each report so far
};

Error corrupt(const char* what) {
    return {Error::Kind::corrupt, std::string("report descriptor: ") + what};
}

/// A usage of four bytes brings its own page.
HidUsage Parser::usage_of(const Item& item) const {
    const auto id = static_cast<std::uint16_t>(item.data & 0xFFFF);
    if (item.size == 4) return {static_cast<std::uint16_t>(item.data >> 16), id};
    return {globals_.usage_page, id};
}

Outcome Parser::take(const Item& item) {
    switch (item.kind) {
        case Kind::main:
            return take_main(item);
        case Kind::global:
            return take_global(item);
        case Kind::local:
            return take_local(item);
    }
    return Done{};  // the fourth kind is reserved: passed over
}

Outcome Parser::take_local(const Item& item) {
    if (usages_.size() >= hid_usages) return corrupt("too many usages");
    const auto usage = usage_of(item);
    if (item.tag == local_tag::usage) {
        usages_.push_back({usage, usage.id});
    } else if (item.tag == local_tag::usage_min) {
        range_begins_ = usage;
    } else if (item.tag == local_tag::usage_max && range_begins_) {
        if (usage.id >= range_begins_->id) usages_.push_back({*range_begins_, usage.id});
        range_begins_.reset();
    }
    return Done{};
}

Outcome Parser::set_report_id(std::uint32_t id) {
    if (id == 0 || id > 0xFF) return corrupt("report id outside 1 to 255");
    if (!reports_.have_ids && !reports_.fields.empty())
        return corrupt("a report id behind reports without one");
    reports_.have_ids = true;
    globals_.report_id = static_cast<std::uint8_t>(id);
    return Done{};
}

Outcome Parser::take_global(const Item& item) {
    switch (item.tag) {
        case global_tag::usage_page:
            globals_.usage_page = static_cast<std::uint16_t>(item.data & 0xFFFF);
            break;
        case global_tag::logical_min:
            globals_.logical_min = item.as_signed();
            break;
        case global_tag::logical_max:
            globals_.logical_max = item.as_signed();
            globals_.logical_max_unsigned = item.data;
            break;
        case global_tag::report_size:
            globals_.report_size = item.data;
            break;
        case global_tag::report_count:
            globals_.report_count = item.data;
            break;
        case global_tag::report_id:
            return set_report_id(item.data);
        case global_tag::push:
            if (pushed_.size() == hid_depth) return corrupt("PUSH too deep");
            pushed_.push_back(globals_);
            break;
        case global_tag::pop:
            if (pushed_.empty()) return corrupt("POP without PUSH");
            globals_ = pushed_.back();
            pushed_.pop_back();
            break;
        default:  // physical range, unit, exponent of the unit
            break;
    }
    return Done{};
}

Outcome Parser::open_collection(const Item& item) {
    if (open_.size() == hid_depth) return corrupt("collections too deep");
    const auto usage = usages_.empty() ? HidUsage{} : usages_.front().first;
    if (item.data == application_collection && open_.empty() && reports_.applications.size() < hid_depth)
        reports_.applications.push_back(usage);
    open_.push_back(usage);
    return Done{};
}

Outcome Parser::add_field(HidDirection direction, const Item& item) {
    if (globals_.report_size == 0 || globals_.report_count == 0) return Done{};
    if (reports_.fields.size() == hid_fields) return corrupt("too many fields");
    auto& bits = bits_[{direction, globals_.report_id}];
    const auto wanted = std::uint64_t{globals_.report_size} * globals_.report_count;
    if (wanted > hid_report_bytes * 8 - bits) return corrupt("a report too long");

    HidField field;
    field.direction = direction;
    field.report_id = globals_.report_id;
    field.is_constant = (item.data & 1U) != 0;
    field.is_array = (item.data & 2U) == 0;
    field.bit_offset = bits;
    field.bit_size = globals_.report_size;
    field.count = globals_.report_count;
    field.logical_min = globals_.logical_min;
    // 0 .. 0xFF in one byte reads as 0 .. -1: common, and meant without a sign.
    const bool meant_unsigned = globals_.logical_min >= 0 && globals_.logical_max < globals_.logical_min;
    field.logical_max = meant_unsigned ? globals_.logical_max_unsigned : globals_.logical_max;
    field.application = open_.empty() ? HidUsage{} : open_.front();
    field.usages = usages_;
    bits += static_cast<std::uint32_t>(wanted);
    reports_.fields.push_back(std::move(field));
    return Done{};
}

Outcome Parser::take_main(const Item& item) {
    Outcome outcome = Done{};
    switch (item.tag) {
        case main_tag::input:
            outcome = add_field(HidDirection::input, item);
            break;
        case main_tag::output:
            outcome = add_field(HidDirection::output, item);
            break;
        case main_tag::feature:
            outcome = add_field(HidDirection::feature, item);
            break;
        case main_tag::collection:
            outcome = open_collection(item);
            break;
        case main_tag::end_collection:
            if (open_.empty()) return corrupt("a collection ends that never began");
            open_.pop_back();
            break;
        default:
            break;
    }
    usages_.clear();  // local items end with the main item
    range_begins_.reset();
    return outcome;
}

Result<HidReports> Parser::finish() && {
    if (!open_.empty()) return corrupt("a collection never ends");
    return std::move(reports_);
}

/// The item at `at`, which moves behind it; nothing when the bytes end inside it.
std::optional<Item> next_item(std::string_view bytes, std::size_t& at) {
    const unsigned prefix = static_cast<unsigned char>(bytes[at++]);
    Item item{static_cast<Kind>((prefix >> 2U) & 3U), prefix >> 4U, (prefix & 3U) == 3 ? 4U : prefix & 3U, 0};
    if (bytes.size() - at < item.size) return std::nullopt;
    for (std::size_t i = 0; i < item.size; ++i)
        item.data |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    at += item.size;
    return item;
}

/// Moves behind a long item (reserved by HID, used by nobody); false when the bytes end inside it.
bool pass_long_item(std::string_view bytes, std::size_t& at) {
    if (bytes.size() - at < 3) return false;
    const std::size_t whole = 3U + static_cast<unsigned char>(bytes[at + 1]);
    if (bytes.size() - at < whole) return false;
    at += whole;
    return true;
}

}  // namespace

std::optional<HidUsage> HidField::usage_at(std::size_t number) const {
    for (const auto& range : usages) {
        const std::size_t size = static_cast<std::size_t>(range.last - range.first.id) + 1;
        if (number < size)
            return HidUsage{range.first.page, static_cast<std::uint16_t>(range.first.id + number)};
        number -= size;
    }
    return std::nullopt;
}

std::optional<std::size_t> HidField::number_of(HidUsage usage) const {
    std::size_t before = 0;
    for (const auto& range : usages) {
        if (usage.page == range.first.page && usage.id >= range.first.id && usage.id <= range.last)
            return before + (usage.id - range.first.id);
        before += static_cast<std::size_t>(range.last - range.first.id) + 1;
    }
    return std::nullopt;
}

bool HidReports::is_for(HidUsage application) const {
    return std::find(applications.begin(), applications.end(), application) != applications.end();
}

Result<HidReports> parse_hid_descriptor(std::string_view bytes) {
    if (bytes.size() > hid_descriptor_bytes) return corrupt("too long");
    Parser parser;
    for (std::size_t at = 0; at < bytes.size();) {
        if (static_cast<unsigned char>(bytes[at]) == long_item) {
            if (!pass_long_item(bytes, at)) return corrupt("cut short");
            continue;
        }
        const auto item = next_item(bytes, at);
        if (!item) return corrupt("cut short");
        if (const auto taken = parser.take(*item); !taken) return taken.error();
    }
    return std::move(parser).finish();
}

}  // namespace kenpin::decode
