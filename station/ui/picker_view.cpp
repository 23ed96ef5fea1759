#include <algorithm>

#include "station/ui/views.hpp"

namespace kenpin::ui {
namespace {

using domain::PickLine;
using flow::Ask;

const PickLine* next_after(const domain::PickTask& task, const PickLine& line) {
    const auto here = std::find_if(task.lines.begin(), task.lines.end(),
                                   [&](const PickLine& l) { return l.no == line.no; });
    const auto next = std::find_if(here + 1, task.lines.end(),
                                   [&](const PickLine& l) { return domain::is_wanted(task, l); });
    return next == task.lines.end() ? nullptr : &*next;
}

int lines_done(const domain::PickTask& task) {
    return static_cast<int>(std::count_if(task.lines.begin(), task.lines.end(),
                                          [&](const PickLine& l) { return !domain::is_wanted(task, l); }));
}

void slot_number(Pen& pen, std::string_view key, Rect at, SlotNo slot) {
    Kit& kit = pen.kit;
    const std::string number = std::to_string(slot.value);
    const std::string unit = pen.tr("unit.slot");
    const float number_width = kit.width(number, Size::giant) + kit.mm(1);
    const float unit_width = kit.width(unit, Size::title) + kit.mm(1);
    Rect row = inset(at, std::max(0.0f, (at.w - number_width - unit_width - kit.mm(1)) / 2), 0);
    kit.words(key, take_left(row, number_width), number,
              {.size = Size::giant, .paint = theme::on_card, .align = Align::centre});
    take_left(row, kit.mm(1));
    kit.words(std::string(key) + ".unit", row, unit, {.size = Size::title, .paint = theme::on_card});
}

/// The line that comes next, small at the bottom: the eye may already walk.
void next_stop(Pen& pen, Rect& rest, const domain::PickTask& task, const PickLine& line) {
    Kit& kit = pen.kit;
    progress(pen, take_bottom(rest, kit.mm(1.2)), lines_done(task), static_cast<int>(task.lines.size()));
    const Rect row = inset(take_bottom(rest, kit.line(Size::body) * 1.2f), kit.mm(2), 0);
    const PickLine* next = next_after(task, line);
    const std::string text = next ? pen.tr("pick.next", {next->location.value}) : pen.tr("pick.last");
    plain(pen, "next", row, text, {.size = Size::body, .paint = theme::soft});
}

void tote_step(Pen& pen, Rect rest, const flow::Prompt& prompt) {
    instruction(pen, rest, pen.tr("ask.tote"));
    Rect inner = card(pen, inset(rest, pen.kit.mm(2)));
    slot_number(pen, "slot", inner, *prompt.slot);
}

void location_step(Pen& pen, Rect rest, const flow::HeldList& list, const PickLine& line, Qty remaining) {
    Kit& kit = pen.kit;
    instruction(pen, rest, pen.tr("ask.location"));
    Rect body = inset(rest, kit.mm(2), kit.mm(1));
    Rect below = take_bottom(body, std::min(body.h * 0.42f, kit.mm(24)));
    location(pen, "location", card(pen, body), line.location.value);
    take_top(below, kit.mm(2));
    quantity(pen, "quantity", kit.take_near(below, kit.mm(15)), remaining.value);
    kit.take_near(below, kit.mm(2));
    goods(pen, "goods", card(pen, below), flow::goods_text(list.doc.goods, line.sku), line.sku);
}

// Far from where a thumb confirms anything; there is nothing to confirm here, goods are scanned.
void short_button(Pen& pen, Rect& body, Touches& touches, Instant at) {
    Kit& kit = pen.kit;
    const Rect row = take_bottom(body, kit.mm(15));
    take_bottom(body, kit.mm(2));
    if (kit.button("short", row, pen.tr("button.short"), {.size = Size::strong, .paint = theme::quiet}))
        touches.emplace_back(flow::ShortSaid{at});
}

void item_step(Pen& pen, Rect rest, const flow::HeldList& list, const PickLine& line, Touches& touches,
               Instant at) {
    Kit& kit = pen.kit;
    instruction(pen, rest, pen.tr("ask.item"));
    Rect body = inset(rest, kit.mm(2), kit.mm(1));
    short_button(pen, body, touches, at);
    Rect upper = take_top(body, body.h * 0.5f);
    take_top(body, kit.mm(2));
    goods(pen, "goods", card(pen, upper), flow::goods_text(list.doc.goods, line.sku), line.sku);
    quantity(pen, "quantity", kit.take_near(body, body.w * 0.5f), domain::still_wanted(line).value);
    kit.take_near(body, kit.mm(2));
    Rect facts = card(pen, body);
    plain(pen, "location", take_top(facts, facts.h * 0.34f), line.location.value,
          {.size = Size::large, .paint = theme::on_card});
    kit.words("taken", take_top(facts, facts.h * 0.5f),
              pen.tr("pick.taken", {std::to_string(line.in_hand.value + line.in_slot.value),
                                    std::to_string(line.wanted.value)}),
              {.size = Size::strong, .paint = theme::on_card});
    plain(pen, "sku", facts, line.sku.value, {.size = Size::small, .paint = theme::soft_on_card});
}

void slot_step(Pen& pen, Rect rest, const domain::PickTask& task, const PickLine& line) {
    Kit& kit = pen.kit;
    instruction(pen, rest, pen.tr("ask.slot"));
    Rect body = inset(rest, kit.mm(2), kit.mm(1));
    const Rect put = take_bottom(body, kit.line(Size::large) * 1.6f);
    kit.words("put", put, pen.tr("pick.put", {std::to_string(line.in_hand.value)}),
              {.size = Size::large, .paint = theme::calm, .align = Align::centre});
    Rect inner = card(pen, body);
    const auto slot =
        std::find_if(task.slots.begin(), task.slots.end(), [&](const auto& s) { return s.no == line.slot; });
    if (slot != task.slots.end() && slot->tote)
        plain(pen, "tote", take_bottom(inner, kit.line(Size::body) * 1.2f), slot->tote->value,
              {.size = Size::strong, .paint = theme::soft_on_card, .align = Align::centre});
    slot_number(pen, "slot", inner, line.slot);
}

}  // namespace

void picker_view(Pen& pen, const flow::HeldList& list, const flow::Prompt& prompt, Touches& touches,
                 Instant at) {
    const domain::PickTask& task = list.task;
    Rect rest = pen.kit.begin("pick_" + std::string(flow::name(prompt.ask)), theme::paper);
    const std::string title = list.doc.title.empty() ? task.list.value : list.doc.title;
    top_bar(pen, rest,
            title + "  " + std::to_string(lines_done(task)) + "/" + std::to_string(task.lines.size()));
    verdict_band(pen, rest);
    trouble_bands(pen, rest);
    message_band(pen, rest, touches, at);
    if (prompt.ask == Ask::tote) return tote_step(pen, rest, prompt);
    const PickLine* line = domain::current_line(task);
    if (!line) return;
    next_stop(pen, rest, task, *line);
    if (prompt.ask == Ask::location) return location_step(pen, rest, list, *line, prompt.remaining);
    if (prompt.ask == Ask::item) return item_step(pen, rest, list, *line, touches, at);
    slot_step(pen, rest, task, *line);
}

}  // namespace kenpin::ui
