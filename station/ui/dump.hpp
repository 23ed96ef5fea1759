#pragma once
// What the screen shows, as text for tests and tools.
#include <string>

#include "station/ui/kit.hpp"

namespace kenpin::ui {

/// {"screen":…,"items":[{"key":…,"kind":"button","text":…,"x":…,"y":…,"w":…,"h":…,"enabled":true,"fits":true},…]}
std::string to_json(const Kit& kit);

}  // namespace kenpin::ui
