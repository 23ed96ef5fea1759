#include "adaptors/codes/ladder.hpp"

#include <algorithm>

namespace kenpin::codes {
namespace {

constexpr bool small_too = true, trusted = true;

// Chosen by what each step reads that those before it do not, per millisecond (docs/decoding.md).
constexpr std::array<LadderStep, 24> steps{{
    {"as_is", Family::as_is, {}, Threshold::local, false, trusted},
    {"whole", Family::as_is, {}, Threshold::whole_picture, false, trusted},
    {"stretched", Family::as_is, {Retouch::stretch}, Threshold::local, false, trusted},
    {"inverted", Family::as_is, {Retouch::invert}, Threshold::local, small_too, trusted},
    {"evened", Family::evened, {Retouch::even_out}, Threshold::local},
    {"enlarged", Family::as_is, {Retouch::enlarge_2}, Threshold::whole_picture},
    {"halved_evened", Family::evened, {Retouch::halve, Retouch::even_out}, Threshold::local},
    {"evened_enlarged", Family::evened, {Retouch::even_out, Retouch::enlarge_2}, Threshold::local},
    {"smaller", Family::as_is, {}, Threshold::local, small_too},
    {"evened_whole", Family::evened, {Retouch::even_out}, Threshold::whole_picture},
    {"enlarged_sharp_fine", Family::sharpened, {Retouch::enlarge_2, Retouch::sharpen_fine}, Threshold::local},
    {"soft_whole", Family::softened, {Retouch::soften}, Threshold::whole_picture},
    {"enlarged_sharp", Family::sharpened, {Retouch::enlarge_2, Retouch::sharpen}, Threshold::local},
    {"halved", Family::as_is, {Retouch::halve}, Threshold::local},
    {"half", Family::as_is, {}, Threshold::half},
    {"evened_sharp", Family::sharpened, {Retouch::even_out, Retouch::sharpen_fine}, Threshold::local},
    {"enlarged_soft_sharp",
     Family::sharpened,
     {Retouch::enlarge_2, Retouch::soften, Retouch::sharpen},
     Threshold::local},
    {"enlarged_sharp_wide", Family::sharpened, {Retouch::enlarge_3, Retouch::sharpen_wide}, Threshold::local},
    {"tilted_left", Family::tilted, {Retouch::tilt_left}, Threshold::local},
    {"tilted_right", Family::tilted, {Retouch::tilt_right}, Threshold::local},
    {"evened_tilted_right", Family::evened, {Retouch::even_out, Retouch::tilt_more_right}, Threshold::local},
    {"evened_tilted_left", Family::evened, {Retouch::even_out, Retouch::tilt_more_left}, Threshold::local},
    {"enlarged_soft", Family::softened, {Retouch::enlarge_2, Retouch::soften_more}, Threshold::whole_picture},
    {"evened_fine_enlarged", Family::evened, {Retouch::even_fine, Retouch::enlarge_2}, Threshold::local},
}};

constexpr Format proven_by_itself = Format::qr | Format::data_matrix | Format::code128 | Format::data_bar;
constexpr Format with_check_digit = Format::ean13 | Format::ean8 | Format::upc_a;

bool is_same(const ReadCode& a, const ReadCode& b) {
    return a.format == b.format && a.bytes == b.bytes;
}

using Heard = std::pair<const LadderStep*, ReadCode>;

std::vector<const LadderStep*> steps_that_read(const std::vector<Heard>& heard, const ReadCode& code) {
    std::vector<const LadderStep*> found;
    for (const auto& [step, other] : heard)
        if (is_same(other, code)) found.push_back(step);
    return found;
}

bool are_of_two_families(const std::vector<const LadderStep*>& found) {
    return std::any_of(found.begin(), found.end(),
                       [&](const auto* step) { return step->family != found.front()->family; });
}

/// How many steps read the rival that most steps read.
std::size_t strongest_rival(const std::vector<Heard>& heard, const ReadCode& code) {
    std::size_t most = 0;
    for (const auto& [step, other] : heard)
        if (!is_same(other, code)) most = std::max(most, steps_that_read(heard, other).size());
    return most;
}

bool is_proven_ean(const std::vector<Heard>& heard, const ReadCode& code) {
    const auto found = steps_that_read(heard, code);
    const bool reads_as_it_is = std::find(found.begin(), found.end(), &steps.front()) != found.end();
    const auto rival = strongest_rival(heard, code);
    const auto needed = std::max<std::size_t>(reads_as_it_is ? 2 : 3, rival == 0 ? 0 : rival + 2);
    return found.size() >= needed && are_of_two_families(found);
}

bool is_proven_without_check(const std::vector<Heard>& heard, const ReadCode& code) {
    const auto found = steps_that_read(heard, code);
    return std::count_if(found.begin(), found.end(),
                         [](const auto* step) { return step->family != Family::sharpened; }) >= 2;
}

}  // namespace

std::span<const LadderStep> ladder() {
    return steps;
}

std::optional<ReadCode> Jury::hear(const LadderStep& step, const ReadCode& code) {
    const bool has_check_digit = contains(with_check_digit, code.format);
    if (contains(proven_by_itself, code.format) || (step.is_trusted && !has_check_digit)) return code;
    heard_.emplace_back(&step, code);
    const bool is_proven =
        has_check_digit ? is_proven_ean(heard_, code) : is_proven_without_check(heard_, code);
    if (!is_proven) return std::nullopt;
    return code;
}

}  // namespace kenpin::codes
