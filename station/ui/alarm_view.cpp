// The NG: fills the glass, so that nobody works past it. Light against the dark OK, a cross, a hatched frame,
// the word, what was read against what was wanted with the characters that differ standing inverted.
#include "station/ui/parts.hpp"
#include "station/ui/views.hpp"

namespace kenpin::ui {
namespace {

constexpr int most_code_lines = 3;

struct Side {
    std::string key;
    std::string title;
    std::string code;
    std::string goods;
    std::vector<bool> differs;
};

void side(Pen& pen, Rect at, const Side& what) {
    Kit& kit = pen.kit;
    kit.fill(at, theme::card, 1.0);
    Rect inner = inset(at, kit.mm(1.5), kit.mm(0.5));
    kit.words(what.key + ".title", take_top(inner, kit.line(Size::small)), what.title,
              {.size = Size::small, .paint = theme::soft_on_card});
    Rect code = what.goods.empty() ? inner : take_top(inner, inner.h * 0.5f);
    const Look look{.size = Size::title, .paint = theme::on_card};
    const bool is_ascii = characters_of(what.code).empty() || *characters_of(what.code).rbegin() < 0x7F;
    const bool fits_one_line = kit.width(what.code, Size::strong) <= code.w;
    if (is_ascii && fits_one_line)
        kit.code(what.key, code, what.code, what.differs, look);
    else
        kit.data(what.key, code, what.code,
                 {.size = Size::title, .paint = theme::on_card, .lines = most_code_lines});
    if (!what.goods.empty())
        kit.data(what.key + ".goods", inner, what.goods,
                 {.size = Size::strong,
                  .paint = theme::on_card,
                  .lines = inner.h > 2 * kit.line(Size::body) ? 2 : 1});
}

/// Only then does it help to see which characters differ; a shelf and an item have none in common.
bool has_one_shape(const std::string& read, const std::string& wanted) {
    return read.size() == wanted.size();
}

void compare(Pen& pen, Rect at, const flow::Alarm& alarm) {
    Kit& kit = pen.kit;
    const bool has_wanted = !alarm.wanted.empty() || !alarm.done_by.empty();
    const Side read{
        "read", pen.tr(alarm.is_told ? "told.what" : "ng.read"), alarm.read.empty() ? "-" : alarm.read,
        alarm.read_goods,
        has_one_shape(alarm.read, alarm.wanted) ? differing(alarm.read, alarm.wanted) : std::vector<bool>{}};
    if (!has_wanted) {
        const float enough = kit.mm(kit.is_portrait() ? 22 : 26);
        return side(pen, take_top(at, std::min(at.h, enough)), read);
    }
    const Side wanted = alarm.done_by.empty()
                            ? Side{"wanted", pen.tr("ng.wanted"), alarm.wanted, alarm.wanted_goods, {}}
                            : Side{"done_by", pen.tr("told.by"), alarm.done_by, {}, {}};
    const auto halves = kit.is_portrait() ? rows(at, 2, kit.mm(2)) : columns(at, 2, kit.mm(3));
    side(pen, halves[0], read);
    side(pen, halves[1], wanted);
}

void headline(Pen& pen, Rect at, const flow::Alarm& alarm) {
    Kit& kit = pen.kit;
    const Rect mark = kit.is_portrait() ? take_top(at, at.h * 0.62f) : take_left(at, at.h);
    kit.cross("alarm.mark", mark, theme::ng);
    if (!kit.is_portrait()) take_left(at, kit.mm(4));
    kit.words("alarm.text", at, said(pen.tr, alarm.message),
              {.size = Size::title,
               .paint = theme::ng,
               .align = kit.is_portrait() ? Align::centre : Align::left,
               .lines = 2});
}

}  // namespace

void alarm_view(Pen& pen, const flow::Alarm& alarm, Touches& touches, Instant at) {
    Kit& kit = pen.kit;
    const Rect all = kit.begin("ng_" + std::string(domain::name(alarm.refusal)), theme::ng.back);
    const double border_mm = kit.is_portrait() ? 2.5 : 5.0;
    kit.hatch(all, theme::ng, border_mm);
    Rect rest = inset(all, kit.mm(border_mm + 1.5));
    const Rect confirm = take_bottom(rest, kit.mm(20));
    take_bottom(rest, kit.mm(1.5));
    headline(pen, take_top(rest, rest.h * (kit.is_portrait() ? 0.42f : 0.36f)), alarm);
    const bool is_bench = pen.state.role == flow::Role::packer;
    const Rect how = take_bottom(rest, kit.line(Size::strong) * (kit.is_portrait() ? 2.1f : 1.4f));
    kit.words("alarm.how", how,
              pen.tr(alarm.is_told      ? alarm.message.key + "_how"
                     : alarm.not_stored ? "ng.how_again"
                     : is_bench         ? "ng.how_bench"
                                        : "ng.how_pick"),
              {.size = Size::strong, .paint = theme::ng, .lines = 2});
    take_bottom(rest, kit.mm(1));
    compare(pen, rest, alarm);
    if (kit.button("confirm", confirm, pen.tr("button.confirm"),
                   {.size = Size::large, .paint = theme::inverted}))
        touches.emplace_back(flow::Confirmed{at});
}

}  // namespace kenpin::ui
