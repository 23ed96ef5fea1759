#pragma once
// What may be wrong on a machine before the bridge is even asked: each check answers with findings in plain
// words, each bad one with its remedy. Looks, and changes nothing.
#include <filesystem>
#include <string>
#include <vector>

#include "firmware-bridge/app/settings.hpp"
#include "firmware-bridge/app/usb_tree.hpp"
#include "firmware-bridge/app/words.hpp"

namespace kenpin::app {

struct Finding {
    enum class Weight { good, note, bad } weight = Weight::good;
    std::string key;                 // of words.hpp; its remedy is "fix." + key, or `remedy`
    std::vector<std::string> parts;  // what the sentence names
    std::string remedy{};            // key; empty: "fix." + key
    bool operator==(const Finding&) const = default;
};
using Findings = std::vector<Finding>;

/// Where to look. `root` is "/" but for tests.
struct Machine {
    std::filesystem::path root = "/";
    std::filesystem::path configuration, socket, state_folder;
};

/// All checks, in the order in which a person would make them.
Findings examine(const Machine& machine);

Findings check_configuration(const std::filesystem::path& file);
Findings check_socket(const std::filesystem::path& socket);
Findings check_rules(const std::filesystem::path& root);
Findings check_lines(const Settings& settings);
Findings check_usb(const std::filesystem::path& root, const Settings& settings);
Findings check_state(const std::filesystem::path& folder);

/// "[BAD] …", and its remedy on the next line.
std::vector<std::string> lines_of(const Finding& finding, Language language);
int count_bad(const Findings& findings);

}  // namespace kenpin::app
