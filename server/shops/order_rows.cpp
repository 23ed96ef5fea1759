#include "server/shops/order_rows.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace kenpin::shops {
namespace {

void add(Columns& all, const Columns& more) {
    all.insert(all.end(), more.begin(), more.end());
}

void add(Columns& all, const AddresseeColumns& who) {
    for (const auto* columns :
         {&who.name, &who.postcode, &who.prefecture, &who.city, &who.street, &who.building, &who.phone})
        add(all, *columns);
}

// What stands on every row of an order in the same way. State (paid, cancelled) may have changed between.
Columns head_columns(const ShopProfile& profile) {
    Columns all = {profile.payment, profile.shipping_method, profile.goods_total, profile.total};
    add(all, profile.ordered_at);
    add(all, profile.buyer);
    if (!profile.addressee_number.empty()) return all;
    add(all, {profile.wished_day, profile.wished_slot});
    for (const auto& text : profile.texts) all.push_back(text.column);
    add(all, profile.ship_to);
    return all;
}

std::string text_of(const Row& row, const Columns& columns) {
    std::string text;
    for (const auto& column : columns) {
        const auto cell = row.at(column);
        text += std::to_string(cell.size()) + ":" + std::string(cell);
    }
    return text;
}

bool is_same(const FiledRow& left, const FiledRow& right) {
    return left.file->records.header == right.file->records.header &&
           left.row.record().cells == right.row.record().cells;
}

bool stands_in(const FiledRows& rows, const FiledRow& row) {
    return std::any_of(rows.begin(), rows.end(), [&](const auto& other) { return is_same(other, row); });
}

std::string line_key(const ShopProfile& profile, const Row& row) {
    if (auto number = row.plain(profile.line.number); !number.empty()) return number;
    return row.first(profile.line.item_code) + " " + row.plain(profile.line.qty);
}

std::multiset<std::string> line_keys(const ShopProfile& profile, const FiledRows& rows) {
    std::multiset<std::string> keys;
    for (const auto& filed : rows) keys.insert(line_key(profile, filed.row));
    return keys;
}

// Deals the rows of one number out to versions.
class Versions {
public:
    Versions(const ShopProfile& profile, const Columns& heads) : profile_(profile), heads_(heads) {}

    void deal(RowGroup& group) {
        for (const auto& filed : group.versions.front()) place(filed, group);
        group.versions = std::move(versions_);
        const auto first = line_keys(profile_, group.versions.front());
        for (std::size_t i = 1; i < group.versions.size(); ++i)
            if (line_keys(profile_, group.versions[i]) != first) group.is_contradictory = true;
    }

private:
    void place(const FiledRow& filed, RowGroup& group) {
        const bool is_damaged = filed.row.record().damage != Damage::none;
        for (auto& version : versions_)
            if (!is_damaged && stands_in(version, filed)) {
                const bool has_own_number = !profile_.line.number.empty() || !profile_.lines_marks.empty();
                if (has_own_number) {
                    group.twice.push_back(filed);
                    return;
                }
                group.maybe_twice.push_back(filed);
            }
        version_for(filed, is_damaged).push_back(filed);
    }

    FiledRows& version_for(const FiledRow& filed, bool is_damaged) {
        const bool is_more_of_it = profile_.head_on_first_row && is_further_row(filed.row);
        if (versions_.empty()) return begin(filed);
        if (is_damaged || is_more_of_it) return is_more_of_it ? versions_.back() : versions_.front();
        for (std::size_t i = 0; i < versions_.size(); ++i)
            if (said_[i] == text_of(filed.row, heads_) && !contradicts(versions_[i], filed.row))
                return versions_[i];
        return begin(filed);
    }

    // A further row names no addressee and no sum.
    bool is_further_row(const Row& row) const {
        Columns head = {profile_.total, profile_.goods_total};
        add(head, profile_.ship_to);
        return std::all_of(head.begin(), head.end(),
                           [&](const auto& column) { return row.at(column).empty(); });
    }

    // The same line, or the same addressee, with other content.
    bool contradicts(const FiledRows& version, const Row& row) const {
        Columns who;
        add(who, profile_.ship_to);
        const auto addressee = row.plain(profile_.addressee_number);
        return std::any_of(version.begin(), version.end(), [&](const auto& filed) {
            const bool is_same_line = !row.plain(profile_.line.number).empty() &&
                                      line_key(profile_, filed.row) == line_key(profile_, row);
            const bool is_moved = !addressee.empty() &&
                                  filed.row.plain(profile_.addressee_number) == addressee &&
                                  text_of(filed.row, who) != text_of(row, who);
            return is_same_line || is_moved;
        });
    }

    FiledRows& begin(const FiledRow& filed) {
        said_.push_back(text_of(filed.row, heads_));
        return versions_.emplace_back();
    }

    const ShopProfile& profile_;
    const Columns& heads_;
    std::vector<FiledRows> versions_;
    std::vector<std::string> said_;  // by each version's first row
};

}  // namespace

bool is_nothing(const FileRecord& record) {
    return record.damage == Damage::header_repeat || record.damage == Damage::blank;
}

OpenFilePtr open_file(std::string name, RecordFile records) {
    auto columns = index_of(records);
    std::vector<std::pair<std::size_t, std::size_t>> twice;
    for (std::size_t i = 0; i < records.header.size(); ++i)
        if (const auto first = columns.at(records.header[i]); first != i) twice.emplace_back(first, i);
    return std::make_unique<const OpenFile>(
        OpenFile{std::move(name), std::move(records), std::move(columns), std::move(twice)});
}

std::vector<RowGroup> group_rows(const ShopProfile& profile, const OpenFile& file) {
    std::vector<RowGroup> groups;
    std::unordered_map<std::string, std::size_t> places;
    for (const auto& record : file.records.records) {
        if (is_nothing(record)) continue;
        const Row row(file.columns, record);
        const auto number = row.plain(profile.order_number);
        const auto [at, is_new] = places.try_emplace(number, groups.size());
        if (is_new) groups.push_back({number, {{}}, {}, {}, false});
        groups[at->second].versions.front().push_back({&file, row});
    }
    const auto heads = head_columns(profile);
    for (auto& group : groups) Versions(profile, heads).deal(group);
    return groups;
}

void LinePool::add(const ShopProfile& profile, OpenFilePtr file) {
    for (const auto& record : file->records.records) {
        if (is_nothing(record)) continue;
        const FiledRow filed{file.get(), Row(file->columns, record)};
        auto& lines = lines_[{&profile, filed.row.plain(profile.lines_order_number)}];
        if (!stands_in(lines, filed)) lines.push_back(filed);
    }
    files_.push_back(std::move(file));
}

FiledRows LinePool::lines_of(const ShopProfile& profile, const std::string& number) const {
    const auto found = lines_.find({&profile, number});
    if (found == lines_.end()) return {};
    is_asked_for_[found->first] = true;
    return found->second;
}

bool LinePool::has_lines_of(const ShopProfile& profile, const std::string& number) const {
    return lines_.contains({&profile, number});
}

std::vector<LinePool::Left> LinePool::not_asked_for() const {
    std::vector<Left> left;
    for (const auto& [key, lines] : lines_)
        if (!is_asked_for_.contains(key))
            for (const auto& filed : lines) left.push_back({key.first, key.second, filed});
    return left;
}

}  // namespace kenpin::shops
