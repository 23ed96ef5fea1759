#pragma once
// Golden files: tests/golden/<name>, rewritten by ./dev test --update (KENPIN_UPDATE_GOLDEN=1).
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

#include "places.hpp"

namespace kenpin::support {

inline void check_golden(const std::string& name, const std::string& now) {
    const auto path = std::filesystem::path(KENPIN_SOURCE_ROOT) / "tests/golden" / name;
    if (std::getenv("KENPIN_UPDATE_GOLDEN") != nullptr) {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << now;
    }
    std::ifstream file(path, std::ios::binary);
    const std::string golden((std::istreambuf_iterator<char>(file)), {});
    CHECK(now == golden);
}

}  // namespace kenpin::support
