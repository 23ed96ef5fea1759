#include "station/ui/kit.hpp"

#include <algorithm>

#include <imgui.h>
#include <imgui_internal.h>

#include "station/ui/translations.hpp"

namespace kenpin::ui {
namespace {

// A capital or a kanji stands a little low in ImGui's line; this much of an em lifts it to the middle.
constexpr float lift_per_em = 0.06f;
constexpr float ring = 0.13f;     // stroke of ○ × △ as part of their height
constexpr double round_mm = 1.0;  // corners of buttons
constexpr int most_button_lines = 3;
constexpr int most_whole_lines = 6;

ImU32 colour_of(Colour c) {
    return IM_COL32(c.r, c.g, c.b, 255);
}
ImVec2 corner(Rect at) {
    return {at.x, at.y};
}
ImVec2 far_corner(Rect at) {
    return {at.right(), at.bottom()};
}
ImDrawList& list() {
    return *ImGui::GetWindowDrawList();
}

ImVec2 measured(const Face& face, std::string_view text, float wrap) {
    return face.font->CalcTextSizeA(face.line_px, FLT_MAX, wrap, text.data(), text.data() + text.size());
}

/// The narrowest that breaks `text` into no more lines than `widest` does: lines of about one length.
float even_wrap(const Face& face, std::string_view text, float widest) {
    const float height = measured(face, text, widest).y;
    float wrap = widest;
    while (wrap > face.em_px * 2 && measured(face, text, wrap - face.em_px / 2).y <= height)
        wrap -= face.em_px / 2;
    return wrap;
}

void centred_lines(Rect at, float y, std::string_view text, const Look& look, const Face& face) {
    const float wrap = even_wrap(face, text, at.w);
    const char* const end = text.data() + text.size();
    for (const char* line = text.data(); line < end; y += face.line_px) {
        const char* stop =
            face.font->CalcWordWrapPositionA(face.line_px / face.font->FontSize, line, end, wrap);
        if (stop == line) ++stop;  // a letter wider than its place
        while (stop < end && (static_cast<unsigned char>(*stop) & 0xC0) == 0x80) ++stop;
        const float width = measured(face, {line, static_cast<std::size_t>(stop - line)}, 0).x;
        list().AddText(face.font, face.line_px, {std::floor(at.x + (at.w - width) / 2), std::floor(y)},
                       colour_of(look.paint.ink), line, stop);
        line = stop;
        while (line < end && *line == ' ') ++line;
    }
}

float aligned_x(Rect at, float width, Align align) {
    if (align == Align::left) return at.x;
    return align == Align::right ? at.right() - width : at.x + (at.w - width) / 2;
}

Colour darker(Colour c) {
    const auto less = [](std::uint8_t v) { return static_cast<std::uint8_t>(v * 4 / 5); };
    return {less(c.r), less(c.g), less(c.b)};
}

}  // namespace

Rect Kit::begin(std::string_view name, Colour ground) {
    noted_.clear();
    screen_ = name;
    const Rect all = glass();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({all.w, all.h});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
    ImGui::Begin("glass", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground);
    list().AddRectFilled(corner(all), far_corner(all), colour_of(ground));
    return all;
}

void Kit::show_whole() {
    std::vector<Noted> cut;
    for (const Noted& noted : noted_) {
        const bool is_told =
            std::any_of(cut.begin(), cut.end(), [&](const Noted& c) { return c.text == noted.text; });
        if (noted.is_cut && !is_told) cut.push_back(noted);
    }
    if (cut.empty()) return;
    noted_.clear();
    fill(glass(), theme::card);
    const auto places = rows(inset(glass(), mm(3)), static_cast<int>(cut.size()), mm(2));
    for (std::size_t i = 0; i < cut.size(); ++i)
        data(cut[i].key, places[i], cut[i].text,
             {.size = Size::large, .paint = theme::on_card, .lines = most_whole_lines});
}

void Kit::end() {
    if (ImGui::GetIO().MouseDown[0] && !ImGui::IsAnyItemActive()) show_whole();
    ImGui::End();
    ImGui::PopStyleVar(2);
}

Rect Kit::glass() const {
    const Profile& profile = canvas_.profile();
    return {0, 0, static_cast<float>(profile.width_px), static_cast<float>(profile.height_px)};
}

const Noted* Kit::find(std::string_view key) const {
    const auto found =
        std::find_if(noted_.begin(), noted_.end(), [&](const Noted& n) { return n.key == key; });
    return found == noted_.end() ? nullptr : &*found;
}

Rect Kit::take_near(Rect& rest, float size) const {
    return canvas_.profile().is_left_handed ? take_left(rest, size) : take_right(rest, size);
}

std::vector<Rect> Kit::near_columns(Rect rect, int count, float gap) const {
    auto out = columns(rect, count, gap);
    if (canvas_.profile().is_left_handed) std::reverse(out.begin(), out.end());
    return out;
}

float Kit::width(std::string_view text, Size size) const {
    return measured(canvas_.face(size), text, 0).x;
}

bool Kit::has_letters(std::string_view text, Size size) const {
    const auto all = characters_of(text);
    return std::all_of(all.begin(), all.end(), [&](char32_t c) {
        return c == '\n' ||
               (c <= 0xFFFF && canvas_.face(size).font->FindGlyphNoFallback(static_cast<ImWchar>(c)));
    });
}

/// A word of letters is never broken; kana and kanji may break anywhere.
bool Kit::keeps_words(std::string_view text, Size size, float wrap) const {
    std::size_t start = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const bool is_letter = i < text.size() && text[i] > ' ' && text[i] < 0x7F;
        if (is_letter) continue;
        if (i > start && width(text.substr(start, i - start), size) > wrap) return false;
        start = i + 1;
    }
    return true;
}

bool Kit::fits(Rect at, std::string_view text, int lines, Size size) const {
    const Face& face = canvas_.face(size);
    const float wrap = lines > 1 ? at.w : 0;
    const ImVec2 needs = measured(face, text, wrap);
    const bool tall = needs.y > at.h + 1 && needs.y > face.line_px * 1.5f;
    return needs.x <= at.w + 1 && !tall && face.em_px <= at.h && has_letters(text, size) &&
           (lines == 1 || keeps_words(text, size, at.w));
}

Size Kit::fitting(Rect at, std::string_view text, Look look) const {
    for (int i = static_cast<int>(look.size); i > 0; --i) {
        const Size size = static_cast<Size>(i);
        if (size == Size::body && look.size != Size::body) continue;  // bold stays bold
        if (fits(at, text, look.lines, size)) return size;
    }
    return Size::small;
}

void Kit::letters(Rect at, std::string_view text, Look look, Size size) {
    const Face& face = canvas_.face(size);
    const float wrap = look.lines > 1 ? at.w : 0;
    const ImVec2 needs = measured(face, text, wrap);
    const float y = at.y + (at.h - needs.y) / 2 - lift_per_em * face.em_px;
    if (look.align == Align::centre && needs.y > face.line_px * 1.5f)
        return centred_lines(at, y, text, look, face);
    const ImVec2 place{std::floor(aligned_x(at, needs.x, look.align)), std::floor(y)};
    list().AddText(face.font, face.line_px, place, colour_of(look.paint.ink), text.data(),
                   text.data() + text.size(), wrap);
}

void Kit::words(std::string_view key, Rect at, std::string_view text, Look look) {
    const Size size = fitting(at, text, look);
    const Face& face = canvas_.face(size);
    const ImVec2 needs = measured(face, text, look.lines > 1 ? at.w : 0);
    letters(at, text, look, size);
    noted_.push_back({.key = std::string(key),
                      .kind = Kind::words,
                      .at = at,
                      .text = std::string(text),
                      .fits = needs.x <= at.w + 1 && face.em_px <= at.h + 1 &&
                              needs.y <= std::max(at.h + face.em_px * 0.5f, face.line_px + 1) &&
                              (look.lines == 1 || keeps_words(text, size, at.w)),
                      .glyphs_present = has_letters(text, size),
                      .em_px = face.em_px,
                      .paint = look.paint});
}

const TextCache::Painted& Kit::painted(Rect at, std::string_view text, Look look, Size size) {
    const bool bold = look.size != Size::small && look.size != Size::body;
    return texts_.get({std::string(text), canvas_.face(size).em_px, bold, look.paint.ink, at.w, look.lines});
}

Size Kit::whole(Rect at, std::string_view text, Look look) {
    for (int i = static_cast<int>(look.size); i > 0; --i) {
        const Size size = static_cast<Size>(i);
        if (size == Size::body && look.size != Size::body) continue;
        const auto& tried = painted(at, text, look, size);
        if (!tried.shortened && tried.height <= at.h + canvas_.face(size).em_px * 0.5f) return size;
    }
    return Size::small;
}

void Kit::data(std::string_view key, Rect at, std::string_view text, Look look) {
    const Size size = whole(at, text, look);
    const Face& face = canvas_.face(size);
    const auto& shown = painted(at, text, look, size);
    const float x = std::floor(aligned_x(at, shown.width, look.align));
    const float y = std::floor(at.y + (at.h - shown.height) / 2);
    if (shown.width > 0)
        list().AddImage(reinterpret_cast<ImTextureID>(shown.texture), {x, y},
                        {x + shown.width, y + shown.height});
    noted_.push_back({.key = std::string(key),
                      .kind = Kind::data,
                      .at = at,
                      .text = std::string(text),
                      .fits = shown.width <= at.w + 1 && shown.height <= at.h + face.em_px * 0.5f,
                      .is_cut = shown.shortened,
                      .em_px = face.em_px,
                      .paint = look.paint});
}

void Kit::code(std::string_view key, Rect at, std::string_view text, const std::vector<bool>& differs,
               Look look) {
    const Size size = fitting(at, text, look);
    const Face& face = canvas_.face(size);
    float x = aligned_x(at, measured(face, text, 0).x, look.align);
    const float top = at.y + (at.h - face.em_px) / 2;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const float w = measured(face, text.substr(i, 1), 0).x;
        const bool marked = i < differs.size() && differs[i];
        if (marked) fill({x, top - face.em_px * 0.1f, w, face.em_px * 1.2f}, look.paint.ink);
        Look one = look;
        if (marked) one.paint = {look.paint.back, look.paint.ink};
        one.align = Align::left;
        letters({x, at.y, w, at.h}, text.substr(i, 1), one, size);
        x += w;
    }
    noted_.push_back({.key = std::string(key),
                      .kind = Kind::words,
                      .at = at,
                      .text = std::string(text),
                      .fits = measured(face, text, 0).x <= at.w + 1 && face.em_px <= at.h + 1,
                      .glyphs_present = has_letters(text, size),
                      .em_px = face.em_px,
                      .paint = look.paint});
}

bool Kit::button(std::string_view key, Rect at, std::string_view text, Look look, bool enabled) {
    const std::string id(key);
    ImGui::SetCursorScreenPos(corner(at));
    ImGui::PushItemFlag(ImGuiItemFlags_Disabled, !enabled);
    const bool pressed = ImGui::InvisibleButton(id.c_str(), {std::max(at.w, 1.0f), std::max(at.h, 1.0f)});
    const bool held = ImGui::IsItemActive();
    ImGui::PopItemFlag();
    look.paint = enabled ? look.paint : theme::disabled;
    look.align = Align::centre;
    fill(at, held ? darker(look.paint.back) : look.paint.back, round_mm);
    const Rect inner = inset(at, mm(1.0), mm(0.5));
    look.lines = fits(inner, text, 1, std::min(look.size, Size::strong)) ? 1 : most_button_lines;
    words(key, inner, text, look);
    Noted& noted = noted_.back();
    noted.kind = Kind::button;
    noted.at = at;
    noted.enabled = enabled;
    return pressed && enabled;
}

void Kit::fill(Rect at, Colour colour, double radius_mm) {
    list().AddRectFilled(corner(at), far_corner(at), colour_of(colour), mm(radius_mm));
}

void Kit::frame(Rect at, Colour colour, double width_mm) {
    const float width = mm(width_mm);
    const Rect inner = inset(at, width / 2);
    list().AddRect(corner(inner), far_corner(inner), colour_of(colour), 0, 0, width);
}

void Kit::hatch(Rect at, Paint stripes, double border_mm) {
    const float border = mm(border_mm);
    Rect rest = at;
    const Rect sides[] = {take_top(rest, border), take_bottom(rest, border), take_left(rest, border),
                          take_right(rest, border)};
    for (const Rect& side : sides) {
        list().PushClipRect(corner(side), far_corner(side), true);
        list().AddRectFilled(corner(side), far_corner(side), colour_of(stripes.back));
        for (float x = at.x - at.h; x < at.right(); x += border * 1.6f)
            list().AddLine({x, at.bottom()}, {x + at.h, at.y}, colour_of(stripes.ink), border * 0.55f);
        list().PopClipRect();
    }
}

void Kit::circle(std::string_view key, Rect at, Paint paint) {
    const Rect box = square_in(at);
    const float stroke = box.h * ring;
    list().AddCircle({box.x + box.w / 2, box.y + box.h / 2}, box.h / 2 - stroke, colour_of(paint.ink), 64,
                     stroke);
    noted_.push_back({.key = std::string(key), .kind = Kind::mark, .at = at, .text = "○", .paint = paint});
}

void Kit::cross(std::string_view key, Rect at, Paint paint) {
    const Rect box = inset(square_in(at), square_in(at).h * ring);
    const float stroke = box.h * ring * 1.4f;
    list().AddLine(corner(box), far_corner(box), colour_of(paint.ink), stroke);
    list().AddLine({box.x, box.bottom()}, {box.right(), box.y}, colour_of(paint.ink), stroke);
    noted_.push_back({.key = std::string(key), .kind = Kind::mark, .at = at, .text = "×", .paint = paint});
}

void Kit::triangle(std::string_view key, Rect at, Paint paint) {
    const Rect box = inset(square_in(at), square_in(at).h * ring);
    list().AddTriangle({box.x + box.w / 2, box.y}, {box.right(), box.bottom()}, {box.x, box.bottom()},
                       colour_of(paint.ink), box.h * ring);
    noted_.push_back({.key = std::string(key), .kind = Kind::mark, .at = at, .text = "△", .paint = paint});
}

std::vector<bool> differing(std::string_view read, std::string_view wanted) {
    std::vector<bool> out(read.size());
    for (std::size_t i = 0; i < read.size(); ++i) out[i] = i >= wanted.size() || read[i] != wanted[i];
    return out;
}

}  // namespace kenpin::ui
