#include <algorithm>

#include "station/ui/views.hpp"

namespace kenpin::ui {
namespace {

constexpr std::size_t most_offered = 2;

void offer(Pen& pen, Rect at, const flow::HeldList& list, bool is_first, Touches& touches, Instant now) {
    Kit& kit = pen.kit;
    const std::string& id = list.task.list.value;
    Rect inner = card(pen, at);
    const Rect start = kit.take_near(inner, kit.mm(20));
    kit.take_near(inner, kit.mm(2));
    const std::string title = list.doc.title.empty() ? id : list.doc.title;
    kit.data("list.title." + id, take_top(inner, inner.h * 0.45f), title,
             {.size = Size::large, .paint = theme::on_card});
    kit.words(
        "list.size." + id, take_top(inner, inner.h * 0.55f),
        pen.tr("list.size", {std::to_string(list.task.lines.size()), std::to_string(list.task.slots.size())}),
        {.size = Size::body, .paint = theme::on_card});
    plain(pen, "list.id." + id, inner, id, {.size = Size::small, .paint = theme::soft_on_card});
    const Look look{.size = Size::strong, .paint = is_first ? theme::primary : theme::quiet};
    if (kit.button("list.start." + id, start, pen.tr("button.start"), look))
        touches.emplace_back(flow::ListChosen{list.task.list, now});
}

void message(Pen& pen, Rect at, std::string_view title, std::string_view detail) {
    Rect inner = card(pen, at);
    const Rect upper = take_top(inner, inner.h * 0.45f);
    pen.kit.words("message", upper, title,
                  {.size = Size::large, .paint = theme::on_card, .align = Align::centre, .lines = 2});
    pen.kit.words("detail", inner, detail,
                  {.size = Size::body, .paint = theme::on_card, .align = Align::centre, .lines = 4});
}

}  // namespace

void list_choice_view(Pen& pen, Touches& touches, Instant at) {
    Kit& kit = pen.kit;
    Rect rest = kit.begin("list_choice", theme::paper);
    top_bar(pen, rest, pen.state.settings.site_name);
    verdict_band(pen, rest);
    footer_buttons(pen, rest, touches, at);
    trouble_bands(pen, rest);
    message_band(pen, rest, touches, at);
    const auto offered = flow::offered_lists(pen.state);
    const bool is_over = flow::must_stop_list(pen.state);
    if (offered.empty()) {
        const bool done = pen.state.last_finished.has_value() && !is_over;
        const char* title = is_over ? "list.lease_over" : done ? "list.done" : "list.none";
        const char* detail = is_over ? "list.lease_over_why" : done ? "list.done_why" : "list.none_why";
        return message(pen, inset(rest, kit.mm(3)), pen.tr(title), pen.tr(detail));
    }
    instruction(pen, rest, pen.tr(is_over ? "list.lease_over" : "ask.list"));
    rest = inset(rest, kit.mm(2), kit.mm(1));
    const auto room = static_cast<std::size_t>(rest.h / kit.mm(24));
    const auto count = std::min({offered.size(), most_offered, room});
    for (std::size_t i = 0; i < count; ++i) {
        offer(pen, take_top(rest, kit.mm(22)), *offered[i], i == 0, touches, at);
        take_top(rest, kit.mm(2));
    }
    if (offered.size() > count)
        kit.words("more", take_top(rest, kit.line(Size::body)),
                  pen.tr("list.more", {std::to_string(offered.size() - count)}),
                  {.size = Size::body, .paint = theme::soft});
}

}  // namespace kenpin::ui
