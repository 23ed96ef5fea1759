#include "station/ui/translations.hpp"

#include <fstream>
#include <sstream>
#include <vector>

namespace kenpin::ui {
namespace {

Error bad_line(int number, const char* why) {
    return {Error::Kind::corrupt, "line " + std::to_string(number) + ": " + why};
}

bool is_slot(std::string_view text, std::size_t at) {
    return at + 2 < text.size() && text[at] == '{' && text[at + 1] >= '0' && text[at + 1] <= '9' &&
           text[at + 2] == '}';
}

int continuation_bytes(unsigned char lead) {
    if (lead < 0x80) return 0;
    if (lead >= 0xF0) return 3;
    if (lead >= 0xE0) return 2;
    return lead >= 0xC0 ? 1 : -1;
}

}  // namespace

Result<Translations> Translations::parse(std::string_view table) {
    Translations out;
    std::istringstream lines{std::string(table)};
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        if (line.empty() || line.front() == '#') continue;
        const auto tab = line.find('\t');
        if (tab == std::string::npos || tab == 0 || tab + 1 == line.size())
            return bad_line(number, "no key or text");
        if (!out.texts_.emplace(line.substr(0, tab), line.substr(tab + 1)).second)
            return bad_line(number, "key twice");
    }
    return out;
}

Result<Translations> Translations::load(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{Error::Kind::not_found, path};
    std::ostringstream all;
    all << file.rdbuf();
    return parse(all.str());
}

std::string Translations::operator()(std::string_view key, std::initializer_list<std::string> slots) const {
    const auto found = texts_.find(key);
    if (found == texts_.end()) {
        missing_.emplace(key);
        return "<" + std::string(key) + ">";
    }
    std::string out;
    const std::string& text = found->second;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_slot(text, i)) {
            out += text[i];
            continue;
        }
        const auto slot = static_cast<std::size_t>(text[i + 1] - '0');
        if (slot < slots.size()) out += *(slots.begin() + slot);
        i += 2;
    }
    return out;
}

std::multiset<int> slots_of(std::string_view text) {
    std::multiset<int> out;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (is_slot(text, i)) out.insert(text[i + 1] - '0');
    return out;
}

std::set<char32_t> characters_of(std::string_view text) {
    std::set<char32_t> out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const int more = continuation_bytes(lead);
        if (more < 0 || i + static_cast<std::size_t>(more) >= text.size()) continue;
        char32_t c = more == 0 ? lead : lead & (0x3Fu >> more);
        for (int k = 0; k < more; ++k) c = (c << 6) | (static_cast<unsigned char>(text[++i]) & 0x3Fu);
        out.insert(c);
    }
    return out;
}

}  // namespace kenpin::ui
