#include "station/ui/parts.hpp"

#include <algorithm>
#include <cmath>

namespace kenpin::ui {
namespace {

constexpr float words_leave_room = 1.08f;  // at the ends of broken lines

struct BandLook {
    Paint paint;
    void (Kit::*mark)(std::string_view, Rect, Paint);
};

BandLook look_of(flow::Band::Kind kind) {
    if (kind == flow::Band::Kind::ok) return {theme::ok, &Kit::circle};
    if (kind == flow::Band::Kind::caution) return {theme::caution, &Kit::triangle};
    return {theme::ng, &Kit::cross};
}

std::string minutes_offline(const flow::State& state) {
    return std::to_string((state.now - state.link_since) / std::chrono::minutes{1});
}

std::string link_text(const Pen& pen) {
    const std::string unsent = std::to_string(pen.state.unsent);
    if (pen.state.link == flow::Link::not_accepted) return pen.tr("link.not_accepted", {unsent});
    if (pen.state.link == flow::Link::offline)
        return pen.tr("link.offline", {unsent, minutes_offline(pen.state)});
    return pen.state.unsent > 0 ? pen.tr("link.sending", {unsent}) : pen.tr("link.online");
}

void amber_band(Pen& pen, Rect& rest, std::string_view key, const std::string& text) {
    Kit& kit = pen.kit;
    const float row = kit.line(Size::body) * 1.35f;
    const float mark = row - kit.mm(1);
    const float room = rest.w - kit.mm(4.5) - mark;
    const int lines = static_cast<int>(std::ceil(kit.width(text, Size::strong) / room * words_leave_room));
    const float height =
        lines <= 1 ? row : kit.line(Size::strong) * static_cast<float>(std::min(lines, 3)) + kit.mm(1);
    Rect band = take_bottom(rest, height);
    kit.fill(band, theme::caution.back);
    Rect inner = inset(band, kit.mm(1.5), kit.mm(0.5));
    kit.triangle(std::string(key) + ".mark", take_left(inner, mark), theme::caution);
    take_left(inner, kit.mm(1.5));
    kit.words(key, inner, text,
              {.size = Size::strong, .paint = theme::caution, .lines = std::clamp(lines, 1, 3)});
}

}  // namespace

std::string said(const Translations& tr, const flow::Message& message) {
    const auto slot = [&](std::size_t i) {
        return i < message.slots.size() ? message.slots[i] : std::string{};
    };
    return tr(message.key, {slot(0), slot(1)});
}

void plain(Pen& pen, std::string_view key, Rect at, const std::string& text, Look look) {
    const bool is_ascii =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x7F; });
    if (is_ascii)
        pen.kit.words(key, at, text, look);
    else
        pen.kit.data(key, at, text, look);
}

void top_bar(Pen& pen, Rect& rest, const std::string& in_hand) {
    Kit& kit = pen.kit;
    Rect bar = take_top(rest, kit.line(Size::small) * 1.5f);
    const bool is_quiet = pen.state.link == flow::Link::online;
    kit.fill(bar, theme::steel);
    bar = inset(bar, kit.mm(1.5), 0);
    const std::string link = link_text(pen);
    const Paint link_paint = is_quiet ? theme::bar : theme::caution;
    const float link_width = std::min(bar.w * 0.6f, kit.width(link, Size::small) + kit.mm(2));
    const Rect sign = take_right(bar, link_width);
    if (!is_quiet) kit.fill(sign, theme::caution.back);
    kit.words("top.link", sign, link, {.size = Size::small, .paint = link_paint, .align = Align::centre});
    take_right(bar, kit.mm(1.5));
    const Rect who = take_right(bar, bar.w * 0.42f);
    kit.data("top.worker", who, flow::worker_name(pen.state),
             {.size = Size::small, .paint = theme::bar, .align = Align::right});
    kit.data("top.in_hand", bar, in_hand, {.size = Size::small, .paint = theme::bar});
}

void verdict_band(Pen& pen, Rect& rest) {
    Kit& kit = pen.kit;
    Rect band = take_top(rest, kit.line(Size::large) * (kit.is_portrait() ? 1.9f : 1.7f));
    if (!pen.state.band) {
        kit.fill(band, theme::shade);
        return;
    }
    const auto look = look_of(pen.state.band->kind);
    const auto& message = pen.state.band->message;
    kit.fill(band, look.paint.back);
    Rect inner = inset(band, kit.mm(2), kit.mm(0.6));
    (kit.*look.mark)("band.mark", take_left(inner, inner.h), look.paint);
    take_left(inner, kit.mm(2));
    if (!message.goods.empty()) {
        const Rect below = take_bottom(inner, inner.h * 0.42f);
        kit.data("band.goods", below, message.goods, {.size = Size::small, .paint = look.paint});
    }
    kit.words("band.text", inner, said(pen.tr, message),
              {.size = Size::large, .paint = look.paint, .lines = message.goods.empty() ? 2 : 1});
}

void trouble_bands(Pen& pen, Rect& rest) {
    if (pen.state.outbox_full) amber_band(pen, rest, "trouble.outbox", pen.tr("trouble.outbox_full"));
    if (pen.state.role != flow::Role::packer) return;
    if (const auto trouble = flow::printer_trouble(pen.state))
        amber_band(pen, rest, "trouble.printer", pen.tr("printer." + trouble->second));
}

void message_band(Pen& pen, Rect& rest, std::vector<flow::Event>& events, Instant at) {
    if (pen.state.messages.empty()) return;
    Kit& kit = pen.kit;
    const auto& message = pen.state.messages.front();
    Rect band = take_bottom(rest, kit.mm(17));
    kit.fill(band, theme::card);
    Rect inner = inset(band, kit.mm(1), kit.mm(1));
    if (kit.button("message.seen", kit.take_near(inner, kit.mm(kit.is_portrait() ? 15 : 24)),
                   pen.tr("button.seen"), {.size = Size::strong, .paint = theme::quiet}))
        events.emplace_back(flow::MessageSeen{message.command, at});
    kit.take_near(inner, kit.mm(1));
    const int lines = std::clamp(static_cast<int>(inner.h / kit.line(Size::small)), 1, 3);
    kit.data("message.text", inner, message.text,
             {.size = Size::strong, .paint = theme::on_card, .lines = lines});
}

void instruction(Pen& pen, Rect& rest, std::string_view text) {
    Kit& kit = pen.kit;
    const Rect row = take_top(rest, kit.line(Size::large) * 1.25f);
    kit.words("instruction", inset(row, kit.mm(2), 0), text, {.size = Size::large, .paint = theme::calm});
}

Rect card(Pen& pen, Rect at) {
    pen.kit.fill(at, theme::card, 1.0);
    return inset(at, pen.kit.mm(2), pen.kit.mm(1));
}

void location(Pen& pen, std::string_view key, Rect at, const std::string& code) {
    const auto first = code.find('-');
    const auto second = first == std::string::npos ? first : code.find('-', first + 1);
    const std::string head = second == std::string::npos ? std::string{} : code.substr(0, second);
    const std::string tail = second == std::string::npos ? code : code.substr(second + 1);
    if (!head.empty())
        plain(pen, std::string(key) + ".area", take_top(at, at.h * 0.34f), head,
              {.size = Size::huge, .paint = theme::on_card, .align = Align::centre});
    plain(pen, key, at, tail, {.size = Size::giant, .paint = theme::on_card, .align = Align::centre});
}

void quantity(Pen& pen, std::string_view key, Rect at, int pieces) {
    const Paint paint = pieces >= 2 ? theme::inverted : theme::on_shade;
    pen.kit.fill(at, paint.back, 1.0);
    Rect inner = inset(at, pen.kit.mm(1), pen.kit.mm(1));
    const Rect unit = take_bottom(inner, pen.kit.line(Size::body));
    pen.kit.words(key, inner, std::to_string(pieces),
                  {.size = Size::giant, .paint = paint, .align = Align::centre});
    pen.kit.words(std::string(key) + ".unit", unit, pen.tr("unit.pieces"),
                  {.size = Size::strong, .paint = paint, .align = Align::centre});
}

void goods(Pen& pen, std::string_view key, Rect at, const protocol::GoodsText* text, const Sku& sku) {
    Kit& kit = pen.kit;
    const std::string name = text ? text->name : sku.value;
    if (text && !text->variant.empty()) {
        const float loud = std::min(kit.line(Size::huge), at.h * 0.5f);
        kit.data(std::string(key) + ".variant", take_bottom(at, loud), text->variant,
                 {.size = Size::huge, .paint = theme::on_card});
    }
    const int lines = std::clamp(static_cast<int>(at.h / kit.line(Size::body)), 1, 2);
    kit.data(key, at, name, {.size = Size::large, .paint = theme::on_card, .lines = lines});
}

void progress(Pen& pen, Rect at, int done, int total) {
    pen.kit.fill(at, theme::line);
    if (total > 0) at.w *= static_cast<float>(done) / static_cast<float>(total);
    pen.kit.fill(at, theme::steel);
}

void footer_buttons(Pen& pen, Rect& rest, std::vector<flow::Event>& events, Instant at) {
    Kit& kit = pen.kit;
    const Rect row = inset(take_bottom(rest, kit.mm(17)), kit.mm(1.5), kit.mm(1));
    const auto cells = kit.near_columns(row, 2, kit.mm(3));
    const bool is_japanese = pen.state.language != "en";
    if (kit.button("language", cells[0], pen.tr("button.language"),
                   {.size = Size::strong, .paint = theme::quiet}))
        events.emplace_back(flow::LanguageChosen{is_japanese ? "en" : "ja"});
    if (!pen.state.worker) return;
    if (kit.button("sign_out", cells[1], pen.tr("button.sign_out"),
                   {.size = Size::strong, .paint = theme::quiet}))
        events.emplace_back(flow::SignedOut{at});
}

}  // namespace kenpin::ui
