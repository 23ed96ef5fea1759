#include "printers/encode/language.hpp"

#include <algorithm>
#include <array>

#include "printers/encode/brother.hpp"
#include "printers/encode/sbpl.hpp"
#include "printers/encode/tpcl.hpp"
#include "printers/encode/tspl.hpp"
#include "printers/encode/zpl.hpp"

namespace kenpin::encode {

namespace {

constexpr std::array all{
    &zpl, &sbpl, &brother, &tpcl, &tspl,
};

}  // namespace

std::span<const Language* const> languages() {
    return all;
}

const Language* language_of(std::string_view name) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto* one) { return one->name == name; });
    return found == all.end() ? nullptr : *found;
}

}  // namespace kenpin::encode
