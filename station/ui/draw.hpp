#pragma once
// A station's screens: state in, touches out as events. Reads nothing but its arguments and changes nothing
// but the kit's list of what was drawn. One file for each: top_bar, sign_in_view, picker_view, packer_view,
// alarm_view.
#include <vector>

#include "core/base/time.hpp"
#include "station/flow/events.hpp"
#include "station/flow/state.hpp"
#include "station/ui/kit.hpp"
#include "station/ui/translations.hpp"

namespace kenpin::ui {

/// Both languages of the interface.
struct Languages {
    Translations ja;
    Translations en;

    const Translations& of(const std::string& language) const { return language == "en" ? en : ja; }
    /// All characters to bake, those of the kit's own marks included.
    std::set<char32_t> characters() const;
};
/// From assets/i18n/{ja,en}.tsv under `folder`.
Result<Languages> load_languages(const std::string& folder);

/// Draws one frame between the canvas's begin_frame and end_frame. `at` goes into the events that touches
/// make.
std::vector<flow::Event> draw(const flow::State& state, Kit& kit, const Translations& tr, Instant at);

}  // namespace kenpin::ui
