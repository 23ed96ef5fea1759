#pragma once
// What screens are put together from; each draws into a place that it is given, or cuts its own from `rest`.
#include <string>
#include <string_view>

#include "station/flow/state.hpp"
#include "station/ui/kit.hpp"
#include "station/ui/translations.hpp"

namespace kenpin::ui {

/// Everything a view draws with.
struct Pen {
    const flow::State& state;
    Kit& kit;
    const Translations& tr;
};

/// The bar at the top: what is in hand, who, and whether records get through (● ; △ with the number that
/// waits).
void top_bar(Pen& pen, Rect& rest, const std::string& in_hand);
/// The verdict of the last scan, always at the same place; calm and empty when there is none.
void verdict_band(Pen& pen, Rect& rest);
/// Troubles that do not stop work, amber, each with its cure; takes no room when there is none.
void trouble_bands(Pen& pen, Rect& rest);
/// What a supervisor said, with its button, below all that tells of scans; no room when there is none.
void message_band(Pen& pen, Rect& rest, std::vector<flow::Event>& events, Instant at);
/// The one sentence that says what to do now.
void instruction(Pen& pen, Rect& rest, std::string_view text);
/// A white card; gives back the room inside.
Rect card(Pen& pen, Rect at);
/// A location, the part that changes from shelf to shelf biggest.
void location(Pen& pen, std::string_view key, Rect at, const std::string& code);
/// A number of pieces: calm when it is one, inverted from two on, for that is what hands forget.
void quantity(Pen& pen, std::string_view key, Rect at, int pieces);
/// Name in up to two lines and, loud below it, what tells it from its neighbours.
void goods(Pen& pen, std::string_view key, Rect at, const protocol::GoodsText* text, const Sku& sku);
void progress(Pen& pen, Rect at, int done, int total);
/// A text of the interface with its slots filled.
std::string said(const Translations& tr, const flow::Message& message);
/// Text that is data but usually plain ASCII: by the baked letters when they have it, else painted.
void plain(Pen& pen, std::string_view key, Rect at, const std::string& text, Look look);
/// Buttons of the screens where nothing is in hand: language and signing out.
void footer_buttons(Pen& pen, Rect& rest, std::vector<flow::Event>& events, Instant at);

}  // namespace kenpin::ui
