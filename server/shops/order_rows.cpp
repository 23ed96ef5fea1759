#include "server/shops/order_rows.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <unordered_map>
#include <unordered_set>

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
    const bool has_same_columns =
        left.file == right.file || left.file->records.header == right.file->records.header;
    return has_same_columns && left.row.record().cells == right.row.record().cells;
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

// Rows by their content. Many rows may stand under one number (a spreadsheet's 2.98E+17): each is looked for
// once.
class KnownRows {
public:
    /// In which versions the very same row stands.
    std::set<std::size_t> versions_with(const FiledRow& row) const {
        std::set<std::size_t> versions;
        const auto [from, to] = rows_.equal_range(hash_of(row));
        for (auto it = from; it != to; ++it)
            if (is_same(it->second.first, row)) versions.insert(it->second.second);
        return versions;
    }
    void add(const FiledRow& row, std::size_t version) {
        rows_.emplace(hash_of(row), std::pair(row, version));
    }

private:
    static std::size_t hash_of(const FiledRow& row) {
        std::size_t hash = 0;
        for (const auto& cell : row.row.record().cells)
            hash = hash * 31 + std::hash<std::string_view>{}(cell);
        return hash;
    }

    std::unordered_multimap<std::size_t, std::pair<FiledRow, std::size_t>> rows_;
};

// Deals the rows of one number out to versions.
class Versions {
public:
    Versions(const ShopProfile& profile, const Columns& heads) : profile_(profile), heads_(heads) {
        add(who_, profile.ship_to);
        if (profile.addressee_number.empty()) return;
        add(who_, {profile.wished_day, profile.wished_slot});
        for (const auto& text : profile.texts) who_.push_back(text.column);
    }

    void deal(RowGroup& group) {
        for (const auto& filed : group.versions.front()) place(filed, group);
        group.versions.clear();
        for (auto& version : versions_) group.versions.push_back(std::move(version.rows));
        const auto first = line_keys(profile_, group.versions.front());
        for (std::size_t i = 1; i < group.versions.size(); ++i)
            if (line_keys(profile_, group.versions[i]) != first) group.is_contradictory = true;
    }

private:
    struct Version {
        FiledRows rows;
        std::unordered_set<std::string> lines;                       // line_key of each
        std::unordered_map<std::string, std::set<std::string>> who;  // addressee's number: how it is written
    };

    void place(const FiledRow& filed, RowGroup& group) {
        const bool is_damaged = filed.row.record().damage != Damage::none;
        const bool has_own_number = !profile_.line.number.empty() || !profile_.lines_marks.empty();
        const auto standing = is_damaged ? std::set<std::size_t>{} : known_.versions_with(filed);
        if (has_own_number && !standing.empty()) {
            group.twice.push_back(filed);
            return;
        }
        group.maybe_twice.insert(group.maybe_twice.end(), standing.size(), filed);
        const auto at = version_for(filed, is_damaged);
        auto& version = versions_[at];
        version.rows.push_back(filed);
        version.lines.insert(line_key(profile_, filed.row));
        if (!profile_.addressee_number.empty() && !is_damaged)
            version.who[filed.row.plain(profile_.addressee_number)].insert(text_of(filed.row, who_));
        known_.add(filed, at);
    }

    std::size_t version_for(const FiledRow& filed, bool is_damaged) {
        const bool is_more_of_it = profile_.head_on_first_row && is_further_row(filed.row);
        if (!versions_.empty() && (is_damaged || is_more_of_it))
            return is_more_of_it ? versions_.size() - 1 : 0;
        auto& alike = by_head_[text_of(filed.row, heads_)];
        for (const auto at : alike)
            if (!contradicts(versions_[at], filed.row)) return at;
        alike.push_back(versions_.size());
        versions_.emplace_back();
        return versions_.size() - 1;
    }

    // A further row names no addressee and no sum.
    bool is_further_row(const Row& row) const {
        Columns head = {profile_.total, profile_.goods_total};
        add(head, profile_.ship_to);
        return std::all_of(head.begin(), head.end(),
                           [&](const auto& column) { return row.at(column).empty(); });
    }

    // The same line, or the same addressee, with other content.
    bool contradicts(const Version& version, const Row& row) const {
        const bool has_number = !row.plain(profile_.line.number).empty();
        if (has_number && version.lines.contains(line_key(profile_, row))) return true;
        const auto addressee = row.plain(profile_.addressee_number);
        const auto known = version.who.find(addressee);  // no number: one addressee
        return known != version.who.end() &&
               (known->second.size() > 1 || !known->second.contains(text_of(row, who_)));
    }

    const ShopProfile& profile_;
    const Columns& heads_;
    Columns who_;
    std::vector<Version> versions_;
    KnownRows known_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_head_;  // of each version's first row
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
