#include "server/shops/labelled_text.hpp"

#include <algorithm>
#include <optional>

#include "server/shops/values.hpp"

namespace kenpin::shops {
namespace {

using Label = Meanings::value_type;

bool take(std::string_view& text, std::initializer_list<std::string_view> any) {
    for (const auto one : any)
        if (text.starts_with(one)) {
            text.remove_prefix(one.size());
            return true;
        }
    return false;
}

struct Found {
    const Label* label;
    std::size_t from, behind;  // where the label begins, where its text begins
    bool is_section;
};

// "[label:]" and the rest of its line.
std::optional<std::size_t> section_end(std::string_view text, const std::string& label) {
    auto rest = text;
    if (!take(rest, {"[", "［", "【"}) || !take(rest, {label})) return std::nullopt;
    take(rest, {":", "："});
    if (!take(rest, {"]", "］", "】"})) return std::nullopt;
    if (!rest.empty() && rest.front() != '\n' && rest.front() != '\r') return std::nullopt;
    take(rest, {"\r\n", "\n", "\r"});
    return text.size() - rest.size();
}

std::optional<std::size_t> inline_end(std::string_view text, const std::string& label) {
    auto rest = text;
    if (!take(rest, {label}) || !take(rest, {":", "："})) return std::nullopt;
    return text.size() - rest.size();
}

bool may_begin_at(std::string_view text, std::size_t at) {
    if (at == 0) return true;
    const auto before = text.substr(0, at);
    return before.ends_with('\n') || before.ends_with('\r') || before.ends_with(' ') ||
           before.ends_with("　") || before.ends_with("】");
}

std::optional<Found> label_at(std::string_view text, std::size_t at, const Meanings& labels,
                              LabelStyle style) {
    if (!may_begin_at(text, at)) return std::nullopt;
    const auto rest = text.substr(at);
    for (const auto& label : labels) {
        if (const auto behind = section_end(rest, label.first)) return Found{&label, at, at + *behind, true};
        if (style == LabelStyle::sections) continue;
        if (const auto behind = inline_end(rest, label.first)) return Found{&label, at, at + *behind, false};
    }
    return std::nullopt;
}

std::vector<Found> labels_in(std::string_view text, const Meanings& labels, LabelStyle style) {
    std::vector<Found> found;
    for (std::size_t at = 0; at < text.size(); ++at)
        if (const auto label = label_at(text, at, labels, style)) {
            found.push_back(*label);
            if (label->is_section) style = LabelStyle::sections;  // below a section, no line is a label
            at = std::max(at, label->behind - 1);
        }
    return found;
}

std::size_t part_end(std::string_view text, const Found& label, std::size_t next) {
    if (label.is_section) return next;
    const auto rest = text.substr(label.behind, next - label.behind);
    return label.behind + std::min({rest.find_first_of("\r\n"), rest.find("【"), rest.size()});
}

std::string remark_of(std::string_view part, bool is_followed) {
    if (is_followed && part.ends_with('\n')) part.remove_suffix(1);
    if (is_followed && part.ends_with('\r')) part.remove_suffix(1);
    return std::string(part);
}

void add_rest(std::string_view text, std::vector<LabelledPart>& parts) {
    if (!trimmed(text).empty()) parts.push_back({"", "", trimmed(text)});
}

}  // namespace

std::vector<LabelledPart> labelled_parts(std::string_view text, const Meanings& labels, LabelStyle style) {
    std::vector<LabelledPart> parts;
    const auto found = labels_in(text, labels, style);
    if (found.empty()) return {{"", "", std::string(text)}};
    add_rest(text.substr(0, found.front().from), parts);
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto next = i + 1 < found.size() ? found[i + 1].from : text.size();
        const auto end = part_end(text, found[i], next);
        const auto part = text.substr(found[i].behind, end - found[i].behind);
        const auto& [label, meaning] = *found[i].label;
        const bool is_followed = i + 1 < found.size();
        parts.push_back({label, meaning, meaning == "remark" ? remark_of(part, is_followed) : trimmed(part)});
        add_rest(text.substr(end, next - end), parts);
    }
    return parts;
}

}  // namespace kenpin::shops
