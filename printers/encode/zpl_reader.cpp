#include "printers/encode/zpl_reader.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "printers/encode/zpl_graphic.hpp"

namespace kenpin::encode {

namespace {

constexpr std::size_t most_fields = 64;
constexpr std::size_t most_settings = 256;
constexpr std::size_t command_letters = 3;  // the ^ or ~ and two letters

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.back() == '\r' || text.back() == '\n' || text.back() == ' '))
        text.remove_suffix(1);
    return text;
}

std::optional<long> number_at(std::string_view& text) {
    long value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.starts_with(',')) text.remove_prefix(1);
    return value;
}

int clamped(std::optional<long> number, int low, int high, int otherwise) {
    return number ? static_cast<int>(std::clamp<long>(*number, low, high)) : otherwise;
}

bool is_command_start(char c) {
    return c == '^' || c == '~';
}

}  // namespace

ZplReader::ZplReader(int width_dots, int length_dots, Limits limits)
    : limits_(limits), default_width_(width_dots), default_length_(length_dots) {
    begin();
}

void ZplReader::begin() {
    width_ = default_width_;
    length_ = default_length_;
    quantity_ = 1;
    field_x_ = field_y_ = 0;
    fields_.clear();
    settings_.clear();
}

std::vector<ZplEvent> ZplReader::feed(std::string_view bytes) {
    std::vector<ZplEvent> events;
    for (const char c : bytes) {
        const bool ends_line = c == '\n' && !pending_.empty() && pending_.front() == '~';
        if (is_command_start(c) || ends_line) {
            take_command(std::exchange(pending_, {}), events);
            is_overlong_ = false;
        }
        if (!is_command_start(c) && (pending_.empty() || is_overlong_)) continue;  // noise between commands
        pending_ += c;
        if (pending_ == "^XZ" || pending_ == "~HS" || pending_ == "~HQES" || pending_ == "~HI")
            take_command(std::exchange(pending_, {}), events);  // nothing follows that would end them
        if (pending_.size() > limits_.field_bytes) {
            pending_.clear();
            is_overlong_ = true;
            events.emplace_back(NotUnderstood{"a command longer than the buffer"});
        }
    }
    return events;
}

void ZplReader::take_command(std::string_view command, std::vector<ZplEvent>& events) {
    command = trimmed(command);
    if (command.size() < command_letters) return;
    if (command == "~HS") {
        events.emplace_back(AskedHostStatus{});
    } else if (command == "~HQES") {
        events.emplace_back(AskedErrors{});
    } else if (command == "~HI") {
        events.emplace_back(AskedIdentity{});
    } else if (command == "^XA") {
        auto before = std::exchange(settings_, {});  // ~SD may stand before its label
        begin();
        settings_ = std::move(before);
        is_inside_ = true;
    } else if (command == "^XZ") {
        end(events);
    } else if (is_inside_ || command.front() == '~') {
        take_field_command(command, events);
    }
}

void ZplReader::take_field_command(std::string_view command, std::vector<ZplEvent>& events) {
    const auto name = command.substr(0, command_letters);
    auto rest = command.substr(command_letters);
    if (name == "^GF") {
        take_graphic(rest, events);
    } else if (name == "^FO") {
        field_x_ = clamped(number_at(rest), 0, limits_.label_dots, 0);
        field_y_ = clamped(number_at(rest), 0, limits_.label_dots, 0);
    } else if (name != "^FS") {
        if (name == "^PW") width_ = clamped(number_at(rest), 1, limits_.label_dots, width_);
        if (name == "^LL") length_ = clamped(number_at(rest), 1, limits_.label_dots, length_);
        if (name == "^PQ") quantity_ = clamped(number_at(rest), 1, limits_.quantity, 1);
        if (settings_.size() < most_settings && command.size() < 64) settings_.emplace_back(command);
    }
}

void ZplReader::take_graphic(std::string_view parameters, std::vector<ZplEvent>& events) {
    if (!parameters.starts_with("A,")) {
        events.emplace_back(NotUnderstood{"a graphic field that is not text"});
        return;
    }
    parameters.remove_prefix(2);
    const auto sent = number_at(parameters);
    const auto total = number_at(parameters);
    const auto row = number_at(parameters);
    if (!sent || !total || !row || *total < 0 || *row < 0 || fields_.size() >= most_fields) {
        events.emplace_back(NotUnderstood{"a graphic field without its sizes, or too many"});
        return;
    }
    auto bitmap =
        decode_graphic(static_cast<std::size_t>(*total), static_cast<std::size_t>(*row), parameters);
    if (!bitmap) {
        events.emplace_back(NotUnderstood{bitmap.error().detail});
        return;
    }
    fields_.push_back({field_x_, field_y_, std::move(bitmap).value()});
}

void ZplReader::end(std::vector<ZplEvent>& events) {
    if (!std::exchange(is_inside_, false)) return;
    if (!fields_.empty()) {
        ZplLabel label{Bitmap(width_, length_), quantity_, std::move(settings_)};
        for (const auto& field : fields_) paste(label.bitmap, field.x, field.y, field.bitmap);
        events.emplace_back(std::move(label));
    }
    begin();
}

}  // namespace kenpin::encode
