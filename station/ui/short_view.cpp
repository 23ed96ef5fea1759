// The one question before a shortage (欠品) is recorded: what was found, and what will be short. Scanning
// goods instead of answering goes on as if it had not been asked.
#include "station/ui/views.hpp"

namespace kenpin::ui {
namespace {

void count(Pen& pen, Rect at, const std::string& key, const Paint& paint, Qty pieces) {
    Kit& kit = pen.kit;
    kit.fill(at, paint.back, 1.0);
    Rect inner = inset(at, kit.mm(1.5), kit.mm(0.5));
    kit.words(key + ".title", take_top(inner, kit.line(Size::body) * 1.2f), pen.tr(key),
              {.size = Size::body, .paint = paint, .align = Align::centre});
    kit.words(key, inner, std::to_string(pieces.value),
              {.size = Size::giant, .paint = paint, .align = Align::centre});
}

}  // namespace

void short_view(Pen& pen, const flow::HeldList& list, const flow::Prompt& prompt, Touches& touches,
                Instant at) {
    Kit& kit = pen.kit;
    const domain::PickLine& line = *domain::current_line(list.task);
    Rect rest = kit.begin("pick_short_pick", theme::paper);
    top_bar(pen, rest, line.location.value);
    instruction(pen, rest, pen.tr("ask.short_pick"));
    Rect body = inset(rest, kit.mm(2), kit.mm(1));
    const Rect confirm = take_bottom(body, kit.mm(20));
    take_bottom(body, kit.mm(2.5));
    const Rect back = take_bottom(body, kit.mm(15));
    take_bottom(body, kit.mm(2));
    Rect counts = take_bottom(body, body.h * 0.5f);
    take_bottom(body, kit.mm(2));
    goods(pen, "goods", card(pen, body), flow::goods_text(list.doc.goods, line.sku), line.sku);
    const auto halves = columns(counts, 2, kit.mm(2));
    count(pen, halves[0], "short.found", theme::on_card, Qty{line.in_hand.value + line.in_slot.value});
    count(pen, halves[1], "short.missing", theme::ng, prompt.remaining);
    if (kit.button("back", back, pen.tr("button.not_short"), {.size = Size::strong, .paint = theme::quiet}))
        touches.emplace_back(flow::ShortDropped{});
    if (kit.button("confirm", confirm, pen.tr("button.confirm_short"),
                   {.size = Size::strong, .paint = theme::primary}))
        touches.emplace_back(flow::Confirmed{at});
}

}  // namespace kenpin::ui
