#include "server/shops/shop_file.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "adaptors/charset/charset.hpp"
#include "server/plan/check_order.hpp"
#include "server/shops/values.hpp"

namespace kenpin::shops {
namespace {

const char* reason_of(Damage damage) {
    switch (damage) {
        case Damage::none:
        case Damage::header_repeat:
        case Damage::blank:
            return "";
        case Damage::encoding:
            return "encoding";
        case Damage::columns:
            return "columns";
        case Damage::cut_off:
            return "cut_off";
        case Damage::quotes:
            return "quotes";
        case Damage::too_long:
            return "too_long";
        case Damage::control:
            return "control";
    }
    return "";
}

std::vector<Row> rows_only(const FiledRows& filed) {
    std::vector<Row> rows;
    rows.reserve(filed.size());
    for (const auto& one : filed) rows.push_back(one.row);
    return rows;
}

bool adds_up(const OrderRead& read) {
    return std::none_of(read.problems.begin(), read.problems.end(),
                        [](const auto& problem) { return problem.reason == "does_not_add_up"; });
}

// Every column that means something to us: cut off there, a value may have lost its end.
bool is_used(const ShopProfile& profile, const std::string& column) {
    const auto& line = profile.line;
    Columns used = {line.qty,
                    line.price,
                    line.tax_rate,
                    line.options,
                    line.name,
                    line.number,
                    profile.cod_amount,
                    profile.goods_total,
                    profile.total,
                    profile.wished_slot,
                    profile.wished_day,
                    profile.payment,
                    profile.shipping_method,
                    profile.temperature,
                    profile.delivery_place,
                    profile.noshi,
                    profile.noshi_name,
                    profile.wrapping,
                    profile.message};
    for (const auto& text : profile.texts) used.push_back(text.column);
    for (const auto* who : {&profile.buyer, &profile.ship_to})
        for (const auto* columns :
             {&who->name, &who->postcode, &who->city, &who->street, &who->building, &who->phone})
            used.insert(used.end(), columns->begin(), columns->end());
    for (const auto* columns : {&profile.buyer.prefecture, &profile.ship_to.prefecture})
        used.insert(used.end(), columns->begin(), columns->end());
    used.insert(used.end(), line.item_code.begin(), line.item_code.end());
    return std::find(used.begin(), used.end(), column) != used.end();
}

class FileReader {
public:
    FileReader(const ShopProfile& profile, const OpenFile& file, const LinePool& pool)
        : profile_(profile), file_(file), pool_(pool) {}

    ShopFile read() {
        for (const auto& record : file_.records.records)
            if (is_nothing(record))
                odd(record.no, "skip", record.damage == Damage::blank ? "W-BLANK" : "E-HEADER-REPEAT");
        cut_number_before_ = number_before_cut();
        for (const auto& group : group_rows(profile_, file_)) take(group);
        return std::move(read_);
    }

private:
    void odd(int record, const char* outcome, const char* code) {
        read_.odd.push_back({file_.name, record, outcome, code});
    }

    // The file ends within an order's number: it may have been one more row of the order before. Empty: it
    // does not.
    std::string number_before_cut() const {
        const auto& records = file_.records.records;
        const auto column = file_.columns.find(profile_.order_number);
        if (records.size() < 2 || column == file_.columns.end()) return {};
        const auto& last = records.back();
        if (last.damage != Damage::cut_off || last.cells.size() > column->second + 1) return {};
        const auto before = Row(file_.columns, records[records.size() - 2]).plain(profile_.order_number);
        return before.starts_with(Row(file_.columns, last).plain(profile_.order_number)) ? before
                                                                                         : std::string{};
    }

    bool has_own_lines() const { return !profile_.lines_marks.empty(); }

    void take(const RowGroup& group) {
        for (const auto& filed : group.twice) odd(filed.row.record().no, "skip", "E-DUP-SAME");
        if (!plan::is_order_number(group.number)) return take_without_number(group);
        auto first = order_of(group.number, group.versions.front());
        if (!group.maybe_twice.empty()) decide_repeats(group, first);
        const bool has_versions = group.versions.size() > 1;
        if (has_versions && group.is_contradictory)
            first.read.problems.push_back({"record", "contradicts"});
        else if (has_versions)
            first.read.doubts.emplace_back("E-DUP-CONFLICT");
        read_.orders.push_back(std::move(first));
        for (std::size_t i = 1; i < group.versions.size(); ++i) {
            auto copy = order_of(group.number, group.versions[i]);
            copy.standing = Standing::conflict_copy;
            copy.read.problems.push_back({"order_no", "conflict"});
            read_.orders.push_back(std::move(copy));
        }
    }

    // Rows whose number cannot be read have nothing to do with each other.
    void take_without_number(const RowGroup& group) {
        for (const auto& version : group.versions)
            for (const auto& filed : version) {
                auto order = order_of(group.number, {filed});
                order.standing = Standing::no_order;
                read_.orders.push_back(std::move(order));
            }
    }

    // Without a number of its own, a line that stands there twice may be meant twice: the order's sum
    // decides.
    void decide_repeats(const RowGroup& group, ShopOrder& order) {
        if (profile_.goods_total.empty() || order.rows.front().row.at(profile_.goods_total).empty()) {
            order.read.doubts.emplace_back("E-DUP-LINE");
            return;
        }
        if (adds_up(order.read)) return;
        FiledRows once;
        for (const auto& filed : group.versions.front())
            if (std::none_of(once.begin(), once.end(), [&](const auto& other) {
                    return other.row.record().cells == filed.row.record().cells;
                }))
                once.push_back(filed);
        auto without = order_of(group.number, once);
        if (!adds_up(without.read)) return;
        for (const auto& filed : group.maybe_twice) odd(filed.row.record().no, "skip", "E-DUP-SAME");
        order = std::move(without);
    }

    ShopOrder order_of(const std::string& number, const FiledRows& heads) {
        ShopOrder order;
        order.file = file_.name;
        order.record = heads.front().row.record().no;
        order.rows = heads;
        FiledRows lines = heads;
        if (has_own_lines()) {
            lines = pool_.lines_of(profile_, number);
            order.rows.insert(order.rows.end(), lines.begin(), lines.end());
        }
        order.read = read_order(profile_, {number, rows_only(heads), rows_only(lines)});
        if (number == cut_number_before_ && !number.empty() && !proves_whole(order))
            order.read.problems.push_back({"record", "cut_off"});
        if (has_own_lines() && lines.empty()) order.read.problems = {{"lines", "in_no_file"}};
        note_damage(order);
        return order;
    }

    // What the damage of a record made unreadable is no second reason: the damage is the first.
    void note_damage(ShopOrder& order) {
        std::vector<plan::Problem> damage;
        std::set<std::string> said;
        for (const auto& filed : order.rows) {
            const std::string reason = reason_of(filed.row.record().damage);
            if (!reason.empty() && said.insert(reason).second) damage.push_back({"record", reason});
            if (says_two_things(filed) && said.insert("columns").second)
                damage.push_back({"record", "columns"});
            if (may_be_cut(filed, order.read) && said.insert("cut_off").second)
                damage.push_back({"record", "cut_off"});
        }
        auto& problems = order.read.problems;
        problems.insert(problems.begin(), damage.begin(), damage.end());
    }

    // A column that we use stands there twice, and its values differ.
    bool says_two_things(const FiledRow& filed) const {
        const auto& cells = filed.row.record().cells;
        return std::any_of(filed.file->twice.begin(), filed.file->twice.end(), [&](const auto& pair) {
            return pair.second < cells.size() && cells[pair.first] != cells[pair.second] &&
                   is_used(profile_, filed.file->records.header[pair.first]);
        });
    }

    // The file ends without a line end: its last value may have lost something, and lines may be missing.
    bool may_be_cut(const FiledRow& filed, const OrderRead& read) const {
        const auto& record = filed.row.record();
        if (record.has_line_end || record.damage != Damage::none) return false;
        const bool is_closed = record.bytes.ends_with('"') && profile_.has_quotes;
        const auto& header = filed.file->records.header;
        const bool may_have_lost_its_end = !is_closed && is_used(profile_, header.back());
        return may_have_lost_its_end || !is_summed(filed) || !adds_up(read);
    }
    bool is_summed(const FiledRow& filed) const {
        return profile_.total_adds_up || !filed.row.at(profile_.goods_total).empty();
    }
    bool proves_whole(const ShopOrder& order) const {
        return is_summed(order.rows.front()) && adds_up(order.read);
    }

    const ShopProfile& profile_;
    const OpenFile& file_;
    const LinePool& pool_;
    std::string cut_number_before_;
    ShopFile read_;
};

void write_field(std::string& text, std::string_view field) {
    text += std::to_string(field.size()) + ":" + std::string(field);
}

std::optional<std::string> take_field(std::string_view& text) {
    std::size_t length = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (problem != std::errc{} || end == text.data() + text.size() || *end != ':') return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    if (length > text.size()) return std::nullopt;
    std::string field(text.substr(0, length));
    text.remove_prefix(length);
    return field;
}

}  // namespace

ShopFile read_shop_file(const ShopProfile& profile, const OpenFile& file, const LinePool& pool) {
    return FileReader(profile, file, pool).read();
}

// profile, then for each record: file, header (once for each file, else empty), number, bytes.
Private<std::string> kept_text(const ShopProfile& profile, const FiledRows& rows) {
    std::string text;
    write_field(text, profile.name);
    std::set<const OpenFile*> seen;
    for (const auto& filed : rows) {
        write_field(text, filed.file->name);
        write_field(text, seen.insert(filed.file).second ? filed.file->records.header_bytes : "");
        write_field(text, std::to_string(filed.row.record().no));
        write_field(text, filed.row.record().bytes);
    }
    return Private<std::string>(std::move(text));
}

Result<KeptOrder> read_kept(std::string_view text) {
    const Error corrupt{Error::Kind::corrupt, "received_file: not readable"};
    const auto profile = take_field(text);
    if (!profile) return corrupt;
    KeptOrder kept{*profile, {}};
    while (!text.empty()) {
        const auto file = take_field(text);
        const auto header = file ? take_field(text) : std::nullopt;
        const auto number = header ? take_field(text) : std::nullopt;
        const auto bytes = number ? take_field(text) : std::nullopt;
        const auto no = number ? whole_number(*number) : std::nullopt;
        if (!bytes || !no) return corrupt;
        const auto same = std::find_if(kept.parts.begin(), kept.parts.end(),
                                       [&](const auto& part) { return part.file == *file; });
        auto& part = same != kept.parts.end() ? *same : kept.parts.emplace_back(KeptPart{*file, *header, {}});
        part.records.emplace_back(static_cast<int>(*no), *bytes);
    }
    return kept;
}

namespace {

// In UTF-8 whatever the file was in, for a shop's export and the same saved again are one content. What is no
// text stays as it is.
std::string words_of(std::string_view bytes, charset::Evidence file) {
    if (file == charset::Evidence::cp932)
        if (auto text = charset::utf8_from_cp932(bytes)) return std::move(text).value();
    auto decoded = charset::decode_record(bytes);
    return decoded ? std::move(decoded).value().text : std::string(bytes);
}

}  // namespace

std::string content_of(std::string_view kept) {
    const auto order = read_kept(kept);
    if (!order) return std::string(kept);
    std::string content;
    write_field(content, order.value().profile);
    for (const auto& part : order.value().parts) {
        const auto file = charset::evidence_of(part.header);
        write_field(content, words_of(part.header, file));
        for (const auto& [no, bytes] : part.records) write_field(content, words_of(bytes, file));
    }
    return content;
}

std::string as_file(const KeptPart& part) {
    std::string bytes = part.header + "\r\n";
    for (const auto& [no, record] : part.records) bytes += record + "\r\n";
    return bytes;
}

}  // namespace kenpin::shops
