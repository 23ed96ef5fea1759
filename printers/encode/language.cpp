#include "printers/encode/language.hpp"

#include <algorithm>
#include <array>

#include "printers/encode/brother.hpp"
#include "printers/encode/epl2.hpp"
#include "printers/encode/escpos.hpp"
#include "printers/encode/sbpl.hpp"
#include "printers/encode/tpcl.hpp"
#include "printers/encode/tspl.hpp"
#include "printers/encode/zpl.hpp"

namespace kenpin::encode {

namespace {

// The table: a row each, in the order in which they are offered.
constexpr std::array all{
    &zpl,      // Zebra, and emulations of most others
    &sbpl,     // SATO
    &brother,  // Brother, raster mode
    &tpcl,     // Toshiba TEC
    &tspl,     // TSC and many low-priced ones
    &escpos,   // receipt printers
    &epl2,     // Zebra LP 2844 and other old ones
};

}  // namespace

std::span<const Language* const> languages() {
    return all;
}

std::vector<const Language*> by_harmlessness() {
    std::vector<const Language*> out(all.begin(), all.end());
    std::stable_partition(out.begin(), out.end(), [](const Language* language) {
        const auto question = language->dialogue({}, {})->question(0);
        return question.empty() || static_cast<unsigned char>(question.front()) < ' ';
    });
    return out;
}

const Language* language_of(std::string_view name) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto* one) { return one->name == name; });
    return found == all.end() ? nullptr : *found;
}

}  // namespace kenpin::encode
