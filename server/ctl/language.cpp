#include "server/ctl/language.hpp"

#include <string_view>

namespace kenpin::ctl {
namespace {

std::string chosen(const std::vector<std::string>& arguments) {
    constexpr std::string_view option = "--lang";
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == option && i + 1 < arguments.size()) return arguments[i + 1];
        if (arguments[i].starts_with("--lang=")) return arguments[i].substr(option.size() + 1);
    }
    return {};
}

std::string of_environment(const Environment& environment) {
    for (const auto* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (auto value = environment(name); !value.empty()) return value;
    return {};
}

}  // namespace

std::string language_of(const std::vector<std::string>& arguments, const Environment& environment) {
    auto language = chosen(arguments);
    if (language.empty()) language = of_environment(environment);
    return language.starts_with("en") ? "en" : "ja";
}

}  // namespace kenpin::ctl
