#include <algorithm>

#include "station/ui/views.hpp"

namespace kenpin::ui {
namespace {

using domain::PackLine;
using flow::Ask;

constexpr std::size_t most_boxes_shown = 5;

/// Lines as the eye wants them: what is next on top, what is done sunk to the bottom.
std::vector<const PackLine*> in_order(const domain::PackTask& task) {
    std::vector<const PackLine*> out;
    for (const auto& line : task.lines) out.push_back(&line);
    std::stable_partition(out.begin(), out.end(), [](const PackLine* l) { return l->verified < l->wanted; });
    return out;
}

void line_row(Pen& pen, Rect at, const flow::HeldPack& pack, const PackLine& line, bool is_next) {
    Kit& kit = pen.kit;
    const std::string key = "line." + std::to_string(line.no.value);
    const bool done = line.verified >= line.wanted;
    const Paint paint = done || pack.task.stopped ? theme::soft_on_card : theme::on_card;
    kit.fill(at, theme::card, is_next ? 1.0 : 0.0);
    if (is_next) kit.fill(take_left(at, kit.mm(1.5)), theme::steel);
    Rect inner = inset(at, kit.mm(1.5), kit.mm(0.5));
    const Rect count = take_right(inner, kit.mm(19));
    take_right(inner, kit.mm(1));
    if (done) kit.circle(key + ".done", take_right(inner, kit.mm(7)), {theme::green, theme::card});
    const bool loud = line.wanted > Qty{1} && !done && !pack.task.stopped;
    if (loud) kit.fill(count, theme::inverted.back, 1.0);
    kit.words(key + ".count", count,
              std::to_string(line.verified.value) + "/" + std::to_string(line.wanted.value),
              {.size = Size::title, .paint = loud ? theme::inverted : paint, .align = Align::centre});
    const auto* text = flow::goods_text(pack.doc.goods, line.sku);
    if (text && !text->variant.empty())
        kit.data(key + ".variant", take_bottom(inner, inner.h * 0.52f), text->variant,
                 {.size = is_next ? Size::large : Size::strong, .paint = paint});
    kit.data(key, inner, text ? text->name : line.sku.value,
             {.size = is_next ? Size::strong : Size::body, .paint = paint});
}

void lines_table(Pen& pen, Rect at, const flow::HeldPack& pack) {
    Kit& kit = pen.kit;
    const auto lines = in_order(pack.task);
    const float next_height = kit.mm(19);
    const float other_height = kit.mm(15);
    bool is_next = domain::goods_missing(pack.task) > Qty{0} && !pack.task.stopped;
    std::size_t shown = 0;
    for (const PackLine* line : lines) {
        const float height = is_next ? next_height : other_height;
        const float more_row = shown + 1 < lines.size() ? kit.line(Size::body) : 0.0f;
        if (at.h < height + more_row) break;
        line_row(pen, take_top(at, height), pack, *line, is_next);
        take_top(at, kit.mm(1));
        is_next = false;
        ++shown;
    }
    if (shown < lines.size())
        kit.words("lines.more", take_top(at, kit.line(Size::body)),
                  pen.tr("pack.more_lines", {std::to_string(lines.size() - shown)}),
                  {.size = Size::body, .paint = theme::soft});
}

std::string paper_state(const Pen& pen, const flow::HeldPack& pack, const char* paper, PieceNo piece) {
    const auto known = pack.papers.find({paper, piece});
    if (known == pack.papers.end()) return pen.tr("paper.printing");
    return pen.tr("paper." + known->second.state);
}

void paper_row(Pen& pen, Rect at, const std::string& key, const std::string& name, const std::string& state) {
    const Rect left = take_left(at, at.w * 0.48f);
    pen.kit.words(key, left, name, {.size = Size::body, .paint = theme::soft_on_card});
    pen.kit.words(key + ".state", at, state, {.size = Size::strong, .paint = theme::on_card});
}

void papers(Pen& pen, Rect& rest, const flow::HeldPack& pack, PieceNo piece) {
    const float row = pen.kit.line(Size::body) * 1.2f;
    if (pack.doc.with_slip && pack.doc.print_here)
        paper_row(pen, take_bottom(rest, row), "paper.slip", pen.tr("paper.slip"),
                  paper_state(pen, pack, "slip", PieceNo{1}));
    const bool own = pack.task.way == domain::WaybillWay::own_label;
    paper_row(pen, take_bottom(rest, row), "paper.waybill", pen.tr("paper.waybill"),
              own ? paper_state(pen, pack, "waybill", piece) : pen.tr("paper.lies_ready"));
}

void waybill_panel(Pen& pen, Rect inner, const flow::HeldPack& pack, const flow::Prompt& prompt) {
    Kit& kit = pen.kit;
    papers(pen, inner, pack, prompt.piece.value_or(PieceNo{1}));
    kit.data("carrier", take_top(inner, kit.line(Size::body) * 1.2f), pack.doc.carrier_shown,
             {.size = Size::strong, .paint = theme::on_card});
    if (pack.task.pieces.size() > 1 && prompt.piece)
        kit.words("piece", take_top(inner, kit.line(Size::large)),
                  pen.tr("pack.piece",
                         {std::to_string(prompt.piece->value), std::to_string(pack.task.pieces.size())}),
                  {.size = Size::large, .paint = theme::on_card});
    if (prompt.wanted.size() < 4) {
        kit.words("number", inner, pen.tr("pack.no_number"),
                  {.size = Size::large, .paint = theme::on_card, .lines = 3});
        return;
    }
    const bool is_long = kit.width(pen.tr("pack.number_ends"), Size::small) > inner.w;
    const Rect label = take_top(inner, kit.line(Size::small) * (is_long ? 2.2f : 1.2f));
    kit.words("number.label", label, pen.tr("pack.number_ends"),
              {.size = Size::small, .paint = theme::soft_on_card, .lines = 2});
    kit.words("number", inner, prompt.wanted.substr(prompt.wanted.size() - 4),
              {.size = Size::huge, .paint = theme::on_card, .align = Align::centre});
}

/// Upright there is no room beside each other: the number stands beside the name.
void upright_goods_panel(Pen& pen, Rect inner, const flow::HeldPack& pack, const flow::Prompt& prompt) {
    Kit& kit = pen.kit;
    quantity(pen, "quantity", kit.take_near(inner, kit.mm(15)), prompt.remaining.value);
    kit.take_near(inner, kit.mm(2));
    kit.data("carrier", take_bottom(inner, kit.line(Size::small) * 1.2f), pack.doc.carrier_shown,
             {.size = Size::small, .paint = theme::soft_on_card});
    if (prompt.sku) goods(pen, "goods", inner, flow::goods_text(pack.doc.goods, *prompt.sku), *prompt.sku);
}

void goods_panel(Pen& pen, Rect inner, const flow::HeldPack& pack, const flow::Prompt& prompt) {
    Kit& kit = pen.kit;
    if (kit.is_portrait()) return upright_goods_panel(pen, inner, pack, prompt);
    kit.data("carrier", take_bottom(inner, kit.line(Size::body) * 1.2f), pack.doc.carrier_shown,
             {.size = Size::body, .paint = theme::soft_on_card});
    quantity(pen, "quantity", take_bottom(inner, inner.h * 0.52f), prompt.remaining.value);
    take_bottom(inner, kit.mm(1.5));
    if (prompt.sku) goods(pen, "goods", inner, flow::goods_text(pack.doc.goods, *prompt.sku), *prompt.sku);
}

void stopped_panel(Pen& pen, Rect inner, const domain::PackTask& task) {
    pen.kit.words("stopped", inner, pen.tr(task.is_short ? "pack.short_why" : "pack.stopped_why"),
                  {.size = Size::large, .paint = theme::on_card, .lines = 4});
}

void bench_buttons(Pen& pen, Rect& rest, const flow::Prompt& prompt, Touches& touches, Instant at) {
    Kit& kit = pen.kit;
    const double gap_mm = kit.is_portrait() ? 2 : 4;
    const Rect row = inset(take_bottom(rest, kit.mm(17)), kit.mm(gap_mm / 2), kit.mm(1));
    const auto cells = kit.near_columns(row, 3, kit.mm(gap_mm));
    const Look look{.size = Size::strong, .paint = theme::quiet};
    const bool at_waybill = prompt.ask == Ask::waybill;
    if (kit.button("put_aside", cells[0], pen.tr("button.put_aside"), look))
        touches.emplace_back(flow::PutAside{at});
    if (kit.button("reprint.slip", cells[1], pen.tr("button.reprint_slip"), look, at_waybill))
        touches.emplace_back(flow::ReprintWanted{"slip", "not_out", at});
    if (kit.button("reprint.waybill", cells[2], pen.tr("button.reprint_waybill"), look, at_waybill))
        touches.emplace_back(flow::ReprintWanted{"waybill", "not_out", at});
}

/// What is wanted now: beside the lines, above them where the glass stands upright.
Rect side_panel(Kit& kit, Rect& rest, Ask ask) {
    if (!kit.is_portrait()) {
        const Rect panel = kit.take_near(rest, rest.w * 0.36f);
        kit.take_near(rest, kit.mm(2));
        return panel;
    }
    const double wanted_mm = ask == Ask::goods ? 24 : 34;
    const float count_of_lines = kit.line(Size::body) + kit.mm(2);
    const float wanted = std::max(kit.mm(wanted_mm), rest.h * 0.35f);
    const Rect panel = take_top(rest, std::min(rest.h - count_of_lines, wanted));
    take_top(rest, kit.mm(1.5));
    return panel;
}

void box_row(Pen& pen, Rect at, const flow::HeldPack& pack) {
    Kit& kit = pen.kit;
    const std::string key = "box." + pack.task.shipment.value;
    kit.fill(at, theme::card, 1.0);
    Rect inner = inset(at, kit.mm(2), kit.mm(0.5));
    Rect below = kit.is_portrait() ? take_bottom(inner, inner.h * 0.45f) : Rect{};
    const Rect tote = take_left(inner, inner.w * (kit.is_portrait() ? 0.66f : 0.3f));
    kit.data(key, tote, pack.doc.tote->value, {.size = Size::large, .paint = theme::on_card});
    Rect slot = kit.is_portrait() ? inner : take_left(inner, inner.w * 0.25f);
    kit.words(key + ".slot", inset(slot, kit.mm(0.5), 0),
              pen.tr("pack.slot", {std::to_string(pack.doc.slot.value)}),
              {.size = Size::strong, .paint = theme::on_card});
    kit.data(key + ".order", kit.is_portrait() ? below : inner, pack.doc.order_shown,
             {.size = Size::body, .paint = theme::soft_on_card});
}

std::vector<const flow::HeldPack*> waiting_boxes(const flow::State& state) {
    std::vector<const flow::HeldPack*> out;
    for (const auto& pack : state.packs)
        if (pack.doc.tote && domain::open_piece(pack.task) && !pack.task.stopped) out.push_back(&pack);
    return out;
}

void waiting_count(Pen& pen, Rect& rest, std::size_t boxes) {
    Kit& kit = pen.kit;
    const Rect side = kit.is_portrait() ? take_bottom(rest, std::min(kit.mm(20), rest.h * 0.45f))
                                        : kit.take_near(rest, rest.w * 0.3f);
    if (kit.is_portrait())
        take_bottom(rest, kit.mm(1));
    else
        kit.take_near(rest, kit.mm(2));
    Rect inner = card(pen, side);
    const Rect label =
        kit.is_portrait() ? take_left(inner, inner.w * 0.6f) : take_top(inner, kit.line(Size::body) * 2);
    kit.words("waiting.label", label, pen.tr("pack.waiting"),
              {.size = Size::body, .paint = theme::soft_on_card, .align = Align::centre, .lines = 2});
    kit.words("waiting", inner, std::to_string(boxes),
              {.size = Size::giant, .paint = theme::on_card, .align = Align::centre});
}

const char* instruction_key(Ask ask, const domain::PackTask& task) {
    if (ask == Ask::waybill) return "ask.waybill";
    if (ask == Ask::stopped) return task.is_short ? "ask.short_of_goods" : "ask.stopped";
    return "ask.goods";
}

}  // namespace

void packer_view(Pen& pen, const flow::HeldPack& pack, const flow::Prompt& prompt, Touches& touches,
                 Instant at) {
    Kit& kit = pen.kit;
    Rect rest = kit.begin("pack_" + std::string(flow::name(prompt.ask)), theme::paper);
    top_bar(pen, rest, pack.doc.shop_shown + "  " + pack.doc.order_shown);
    verdict_band(pen, rest);
    bench_buttons(pen, rest, prompt, touches, at);
    trouble_bands(pen, rest);
    message_band(pen, rest, touches, at);
    instruction(pen, rest, pen.tr(instruction_key(prompt.ask, pack.task)));
    rest = inset(rest, kit.mm(2), kit.mm(1));
    const Rect panel = side_panel(kit, rest, prompt.ask);
    lines_table(pen, rest, pack);
    const Rect inner = card(pen, panel);
    if (prompt.ask == Ask::waybill) return waybill_panel(pen, inner, pack, prompt);
    if (prompt.ask == Ask::stopped) return stopped_panel(pen, inner, pack.task);
    goods_panel(pen, inner, pack, prompt);
}

void box_view(Pen& pen, const flow::Prompt&, Touches& touches, Instant at) {
    Kit& kit = pen.kit;
    Rect rest = kit.begin("pack_box", theme::paper);
    top_bar(pen, rest, pen.state.settings.site_name);
    verdict_band(pen, rest);
    footer_buttons(pen, rest, touches, at);
    trouble_bands(pen, rest);
    message_band(pen, rest, touches, at);
    const auto boxes = waiting_boxes(pen.state);
    instruction(pen, rest, pen.tr("ask.box"));
    rest = inset(rest, kit.mm(2), kit.mm(1));
    waiting_count(pen, rest, boxes.size());
    if (boxes.empty())
        kit.words("none", take_top(rest, kit.line(Size::large) * 2), pen.tr("pack.none"),
                  {.size = Size::large, .paint = theme::soft, .lines = 2});
    const float row = kit.mm(kit.is_portrait() ? 13 : 11);
    for (std::size_t i = 0; i < std::min(boxes.size(), most_boxes_shown) && rest.h > row; ++i) {
        box_row(pen, take_top(rest, row), *boxes[i]);
        take_top(rest, kit.mm(1));
    }
}

}  // namespace kenpin::ui
