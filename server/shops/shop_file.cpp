#include "server/shops/shop_file.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "adaptors/charset/charset.hpp"
#include "server/plan/check_order.hpp"
#include "server/plan/table.hpp"
#include "server/shops/values.hpp"

namespace kenpin::shops {
namespace {

using plan::Problem;
using plan::Table;
using plan::TableRow;

std::string normal(const std::string& text) {
    auto same = charset::nfkc(text);
    return same ? same.value() : text;
}

// Rows of one order, in the order of the file.
struct Group {
    std::string number;
    std::vector<const TableRow*> rows;
    std::vector<Problem> problems;
    std::vector<int> records;
};

// Cells of one row, by the column names of the profile.
class Cells {
public:
    Cells(const Table& table, const TableRow& row) : table_(table), row_(row) {}

    // As written.
    std::string at(const std::string& name) const {
        const auto index = name.empty() ? std::nullopt : plan::column(table_, normal(name));
        return index ? row_.cells[*index] : std::string{};
    }
    // For reading numbers, dates and codes.
    std::string plain(const std::string& name) const { return trimmed(normal(at(name))); }

private:
    const Table& table_;
    const TableRow& row_;
};

std::string joined(const Cells& cells, const Columns& columns, const std::string& between) {
    std::string text;
    for (const auto& name : columns) {
        const auto part = trimmed(cells.at(name));
        if (!text.empty() && !part.empty()) text += between;
        text += part;
    }
    return text;
}

// A spreadsheet takes the zeros off "007" and "0001"; three and four digits can be put back in one way only.
std::string postcode(const Cells& cells, const Columns& columns) {
    constexpr std::size_t widths[] = {3, 4};
    std::string text;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        auto part = cells.plain(columns[i]);
        const bool may_pad =
            columns.size() == 2 && !part.empty() && part.size() < widths[i] && is_digits(part);
        if (may_pad) part.insert(0, widths[i] - part.size(), '0');
        text += part;
    }
    return text;
}

plan::Addressee person(const Cells& cells, const AddresseeColumns& columns) {
    const auto secret = [](std::string text) { return Private<std::string>(std::move(text)); };
    return {secret(joined(cells, columns.family_and_given_name, " ")),
            secret(postcode(cells, columns.postcode)),
            secret(trimmed(cells.at(columns.prefecture))),
            secret(trimmed(cells.at(columns.city))),
            secret(trimmed(cells.at(columns.street))),
            secret(trimmed(cells.at(columns.building))),
            secret(normal(joined(cells, columns.phone, "-")))};
}

// Reads one order out of its rows; what cannot be read is added to the group's problems.
class OrderReader {
public:
    OrderReader(const Table& table, const ShopProfile& profile, Group& group)
        : table_(table), profile_(profile), group_(group) {}

    plan::ReceivedOrder read() {
        read_head(Cells(table_, *group_.rows.front()));
        for (const auto* row : group_.rows) read_line(Cells(table_, *row));
        check_goods_total(Cells(table_, *group_.rows.front()));
        order_.records = group_.records;
        return std::move(order_);
    }

private:
    void wrong(const std::string& field, const std::string& reason) {
        group_.problems.push_back({field, reason});
    }

    // A file that was cut between two rows looks whole; the order's own sum tells that goods are missing.
    void check_goods_total(const Cells& cells) {
        if (!group_.problems.empty() || cells.plain(profile_.goods_total).empty()) return;
        std::int64_t goods = 0;
        for (const auto& line : order_.lines) goods += line.unit_price.value * line.qty;
        if (goods != order_.totals.goods.value) wrong("totals.goods_yen", "does_not_add_up");
    }

    Yen yen(const Cells& cells, const std::string& name, const std::string& field) {
        const auto text = cells.plain(name);
        const auto number = text.empty() ? std::optional<std::int64_t>(0) : whole_number(text);
        if (!number) wrong(field, "bad_value");
        return Yen{number.value_or(0)};
    }

    Yen sum(const Cells& cells, const Columns& names, const std::string& field) {
        Yen total;
        for (const auto& name : names) total.value += yen(cells, name, field).value;
        return total;
    }

    void read_head(const Cells& cells) {
        order_.number_in_shop = group_.number;
        const auto ordered_at = shop_instant(cells.plain(profile_.ordered_at));
        if (!ordered_at) wrong("ordered_at", "bad_value");
        order_.ordered_at = ordered_at.value_or(Instant{});
        order_.buyer = person(cells, profile_.buyer);
        read_wishes(cells);
        order_.is_gift = cells.plain(profile_.is_gift) == "1";
        order_.remark = Private<std::string>(cells.at(profile_.remark));
        order_.noshi.kind = Private<std::string>(cells.at(profile_.wrapping));
        const auto payment = cells.plain(profile_.payment);
        const auto known = profile_.payments.find(payment);
        order_.payment = known == profile_.payments.end() ? payment : known->second;
        const auto status = cells.plain(profile_.status);
        order_.is_paid = !profile_.unpaid.contains(status);
        order_.is_cancelled = profile_.cancelled.contains(status);
        order_.totals = {yen(cells, profile_.goods_total, "totals.goods_yen"),
                         sum(cells, profile_.shipping, "totals.shipping_yen"),
                         sum(cells, profile_.fee, "totals.fee_yen"),
                         sum(cells, profile_.discount, "totals.discount_yen"),
                         yen(cells, profile_.total, "totals.total_yen")};
    }

    void read_wishes(const Cells& cells) {
        const auto day = cells.plain(profile_.wished_day);
        order_.wished_day = parse_day(day);
        if (!day.empty() && !order_.wished_day) wrong("wished_date", "bad_value");
        const auto slot = cells.plain(profile_.wished_slot);
        const auto known = profile_.slots.find(slot);
        if (known == profile_.slots.end())
            wrong("slot", "bad_value");
        else
            order_.wished_slot = known->second;
    }

    // The addressee's number in the order, 1..; a new one is remembered.
    int addressee(const Cells& cells) {
        const auto key = cells.plain(profile_.addressee_number);
        const auto found = std::find(addressees_.begin(), addressees_.end(), key);
        if (found != addressees_.end()) return static_cast<int>(found - addressees_.begin()) + 1;
        addressees_.push_back(key);
        order_.ship_to.push_back(person(cells, profile_.ship_to));
        return static_cast<int>(addressees_.size());
    }

    void read_line(const Cells& cells) {
        const auto where = "lines[" + std::to_string(order_.lines.size()) + "].";
        plan::ReceivedLine line;
        line.no = static_cast<int>(order_.lines.size()) + 1;
        line.number = cells.plain(profile_.line_number);
        for (const auto& name : profile_.item_code)
            if (line.code.empty()) line.code = cells.plain(name);
        line.name = cells.at(profile_.item_name);
        const auto qty = whole_number(cells.plain(profile_.qty));
        if (!qty) wrong(where + "qty", "bad_value");
        // What is no int is far outside of what a line may hold; 0 is refused for the same reason.
        line.qty = qty && *qty >= -1 && *qty <= 1'000'000 ? static_cast<int>(*qty) : 0;
        line.unit_price = yen(cells, profile_.unit_price, where + "unit_price_yen");
        line.tax_rate_percent = 0;
        line.ship_to = addressee(cells);
        const auto has_same = [&](const auto& other) {
            return !line.number.empty() && other.number == line.number;
        };
        if (std::any_of(order_.lines.begin(), order_.lines.end(), has_same))
            wrong(where + "line_no", "not_unique");
        order_.lines.push_back(std::move(line));
    }

    const Table& table_;
    const ShopProfile& profile_;
    Group& group_;
    plan::ReceivedOrder order_;
    std::vector<std::string> addressees_;
};

class Groups {
public:
    Group& of(const std::string& number) {
        const auto [at, is_new] = index_.try_emplace(number, groups_.size());
        if (is_new) groups_.push_back({number, {}, {}, {}});
        return groups_[at->second];
    }
    std::vector<Group>& all() { return groups_; }

private:
    std::vector<Group> groups_;
    std::map<std::string, std::size_t> index_;
};

bool stands_already(const Group& group, const TableRow& row) {
    return std::any_of(group.rows.begin(), group.rows.end(),
                       [&](const auto* other) { return other->cells == row.cells; });
}

// A bad row stops the order that it belongs to; its number can mostly still be read.
void add_bad_rows(const Table& table, std::size_t number_column, Groups& groups) {
    for (const auto& bad : table.bad) {
        const auto number = number_column < bad.cells.size() ? bad.cells[number_column] : std::string{};
        auto& group = groups.of(plan::is_order_number(number) ? number : std::string{});
        group.problems.push_back({"record", bad.reason});
        group.records.push_back(bad.record);
    }
}

std::string missing_columns(const Table& table, const ShopProfile& profile) {
    std::string missing;
    for (const auto& name : {profile.order_number, profile.line_number, profile.item_code.back(), profile.qty,
                             profile.ordered_at, profile.ship_to.prefecture, profile.ship_to.street})
        if (!plan::column(table, normal(name))) missing += (missing.empty() ? "" : ", ") + name;
    return missing;
}

Result<std::string> decode(std::string_view record) {
    auto decoded = charset::decode_record(record);
    if (!decoded) return decoded.error();
    return std::move(decoded).value().text;
}

}  // namespace

Result<ShopFile> read_shop_file(std::string_view bytes, const ShopProfile& profile) {
    const auto read = plan::read_table(bytes, profile.separator, {decode, normal});
    if (!read) return read.error();
    const auto& table = read.value();
    if (const auto missing = missing_columns(table, profile); !missing.empty())
        return Error{Error::Kind::corrupt, "missing columns: " + missing};
    const auto number_column = *plan::column(table, normal(profile.order_number));
    Groups groups;
    for (const auto& row : table.rows) {
        auto& group = groups.of(trimmed(normal(row.cells[number_column])));
        if (stands_already(group, row)) continue;
        group.rows.push_back(&row);
        group.records.push_back(row.record);
    }
    add_bad_rows(table, number_column, groups);
    ShopFile file;
    file.records = static_cast<int>(table.rows.size() + table.bad.size());
    for (auto& group : groups.all()) {
        if (group.number.empty() && group.problems.empty()) group.problems.push_back({"order_no", "missing"});
        std::optional<plan::ReceivedOrder> order;
        if (!group.rows.empty()) order = OrderReader(table, profile, group).read();
        if (group.problems.empty() && order)
            file.orders.push_back(std::move(*order));
        else
            file.refused.push_back({plan::is_order_number(group.number) ? group.number : std::string{},
                                    group.records,
                                    group.problems});  // a cell of a shifted column may be a name
    }
    return file;
}

}  // namespace kenpin::shops
