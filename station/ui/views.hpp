#pragma once
// The views of draw.hpp, one for each kind of screen. Inside this folder only.
#include <vector>

#include "station/flow/prompt.hpp"
#include "station/ui/parts.hpp"

namespace kenpin::ui {

using Touches = std::vector<flow::Event>;

void sign_in_view(Pen& pen, Touches& touches, Instant at);
void list_choice_view(Pen& pen, Touches& touches, Instant at);  // also: nothing offered, lease over
void picker_view(Pen& pen, const flow::HeldList& list, const flow::Prompt& prompt, Touches& touches,
                 Instant at);
void short_view(Pen& pen, const flow::HeldList& list, const flow::Prompt& prompt, Touches& touches,
                Instant at);
void box_view(Pen& pen, const flow::Prompt& prompt, Touches& touches, Instant at);
void packer_view(Pen& pen, const flow::HeldPack& pack, const flow::Prompt& prompt, Touches& touches,
                 Instant at);
void alarm_view(Pen& pen, const flow::Alarm& alarm, Touches& touches, Instant at);

}  // namespace kenpin::ui
