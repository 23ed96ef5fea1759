#include "server/shops/record_file.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "adaptors/charset/charset.hpp"
#include "server/plan/table.hpp"
#include "server/shops/values.hpp"

namespace kenpin::shops {
namespace {

constexpr std::array separators = {',', '\t', ';'};

bool is_line_end(char c) {
    return c == '\r' || c == '\n';
}

std::string_view without_mark(std::string_view bytes) {
    return bytes.substr(bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0);
}

std::string_view first_line(std::string_view bytes) {
    return bytes.substr(0, bytes.find_first_of("\r\n"));
}

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && !is_line_end(c)) || byte == 0x7F;
}

// Directional overrides turn a text round on screen and paper: what is read is not what is stored.
bool turns_text_round(std::string_view text) {
    constexpr std::array<std::string_view, 9> marks = {
        "\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAC", "\xE2\x80\xAD", "\xE2\x80\xAE",
        "\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9"};
    return std::any_of(marks.begin(), marks.end(),
                       [&](auto mark) { return text.find(mark) != std::string_view::npos; });
}

bool has_lost_characters(std::string_view text) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    return text.find(replacement) != std::string_view::npos;
}

std::vector<std::string> split_plainly(std::string_view text, char separator) {
    std::vector<std::string> cells;
    while (true) {
        const auto end = text.find(separator);
        cells.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return cells;
        text.remove_prefix(end + 1);
    }
}

class Records {
public:
    Records(std::string_view bytes, char separator, Quotes quotes)
        : bytes_(bytes), separator_(separator), quotes_(quotes) {}

    Result<RecordFile> read_header() {
        RecordFile file;
        file.separator = separator_;
        const auto header = next();
        if (!header) return Error{Error::Kind::corrupt, "no header row"};
        const auto decoded = charset::decode_record(header->bytes);
        if (!decoded || !header->is_whole) return Error{Error::Kind::corrupt, "header row unreadable"};
        file.header_bytes = header->bytes;
        for (const auto& name : fields(decoded.value().text)) file.header.push_back(column_name(name));
        columns_ = file.header.size();
        header_ = header->bytes;
        return file;
    }

    Result<RecordFile> read() {
        auto header = read_header();
        if (!header) return header.error();
        auto file = std::move(header).value();
        while (const auto record = next())
            file.records.push_back(judged(*record, static_cast<int>(file.records.size()) + 1));
        return file;
    }

private:
    std::vector<std::string> fields(std::string_view text) const {
        return quotes_ == Quotes::wrap ? plan::split_fields(text, separator_)
                                       : split_plainly(text, separator_);
    }
    std::vector<std::string> decoded_one_by_one(std::string_view bytes) const {
        auto cells = fields(bytes);
        for (auto& cell : cells) {
            const auto text = charset::decode_record(cell);
            cell = text ? text.value().text : std::string{};
        }
        return cells;
    }
    plan::RawRecord record_at(std::string_view bytes) const {
        if (quotes_ == Quotes::content) return {first_line(bytes), true};
        return plan::first_record(bytes, separator_);
    }
    std::optional<plan::RawRecord> next() {
        while (at_ < bytes_.size() && is_line_end(bytes_[at_])) ++at_;
        if (at_ >= bytes_.size()) return std::nullopt;
        auto record = record_at(bytes_.substr(at_));
        if (columns_ != 0 && swallowed_others(record)) record.bytes = first_line(record.bytes);
        at_ += record.bytes.size();
        return record;
    }

    // An open quote swallows the records behind it. It was one if a line inside is whole for itself.
    bool swallowed_others(const plan::RawRecord& record) const {
        auto rest = record.bytes;
        if (record.is_whole && fields(rest).size() == columns_) return false;
        while (true) {
            const auto line = first_line(rest);
            if (line.size() == rest.size()) return false;
            rest.remove_prefix(line.size() + 1);
            if (!first_line(rest).empty() && stands_for_itself(rest)) return true;
        }
    }
    bool stands_for_itself(std::string_view text) const {
        const auto record = record_at(text);
        return record.is_whole && fields(record.bytes).size() == columns_;
    }

    FileRecord judged(const plan::RawRecord& raw, int no) const {
        FileRecord record{no, raw.bytes, {}, Damage::none, at_ < bytes_.size()};
        auto decoded = charset::decode_record(raw.bytes);
        record.cells = decoded ? fields(decoded.value().text) : decoded_one_by_one(raw.bytes);
        record.damage = damage_of(raw, record, decoded ? decoded.value().text : std::string_view{}, !decoded);
        return record;
    }

    Damage damage_of(const plan::RawRecord& raw, const FileRecord& record, std::string_view text,
                     bool is_undecodable) const {
        if (raw.bytes == header_) return Damage::header_repeat;
        if (!raw.is_whole) return Damage::cut_off;
        const bool is_last = !record.has_line_end;
        if (is_undecodable) return is_last && record.cells.size() < columns_ ? Damage::cut_off : Damage::encoding;
        if (record.cells.size() != columns_)
            return is_last && record.cells.size() < columns_ ? Damage::cut_off : Damage::columns;
        if (std::any_of(raw.bytes.begin(), raw.bytes.end(), is_control) || turns_text_round(text))
            return Damage::control;
        return has_lost_characters(text) ? Damage::encoding : Damage::none;
    }

    std::string_view bytes_, header_;
    char separator_;
    Quotes quotes_;
    std::size_t columns_ = 0;  // of the header; 0: not read yet
    std::size_t at_ = 0;
};

char separator_of(std::string_view bytes) {
    const auto start = bytes.find_first_not_of("\r\n");
    const auto line = start == std::string_view::npos ? bytes : first_line(bytes.substr(start));
    return *std::max_element(separators.begin(), separators.end(), [&](char left, char right) {
        return plan::split_fields(line, left).size() < plan::split_fields(line, right).size();
    });
}

}  // namespace

std::string column_name(std::string_view text) {
    const auto same = charset::nfkc(text);
    return trimmed(same ? std::string_view(same.value()) : text);
}

Result<RecordFile> read_header(std::string_view bytes) {
    bytes = without_mark(bytes);
    return Records(bytes, separator_of(bytes), Quotes::wrap).read_header();
}

Result<RecordFile> read_records(std::string_view bytes, Quotes quotes) {
    bytes = without_mark(bytes);
    return Records(bytes, separator_of(bytes), quotes).read();
}

}  // namespace kenpin::shops
