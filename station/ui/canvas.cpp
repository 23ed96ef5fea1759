#include "station/ui/canvas.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <utility>
#include <vector>

#include <imgui.h>
#include <imgui_freetype.h>

namespace kenpin::ui {
namespace {

// ImGui's size is ascent minus descent; for Noto Sans CJK (hhea 1160/-288 of 1000) that is 1.448 em.
constexpr float line_per_em = 1.448f;
constexpr ImWchar last_ascii = 0x7E;

struct Cut {
    double arcmin;
    bool bold;
    bool ascii_only;
};
constexpr std::array<Cut, size_count> cuts{{{17, false, false},
                                            {22, false, false},
                                            {22, true, false},
                                            {31, true, false},
                                            {48, true, false},
                                            {84, true, true},
                                            {160, true, true}}};

std::vector<char> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    if (!file) return {};
    std::vector<char> bytes(static_cast<std::size_t>(file.tellg()));
    file.seekg(0);
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return bytes;
}

ImVector<ImWchar> glyph_ranges(const std::set<char32_t>& characters) {
    ImFontGlyphRangesBuilder builder;
    for (ImWchar c = ' '; c <= last_ascii; ++c) builder.AddChar(c);
    for (const char32_t c : characters)
        if (c <= 0xFFFF) builder.AddChar(static_cast<ImWchar>(c));
    ImVector<ImWchar> out;
    builder.BuildRanges(&out);
    return out;
}

ImFontConfig config_for(int face_no) {
    ImFontConfig config;
    config.FontNo = face_no;
    config.FontDataOwnedByAtlas = false;
    config.OversampleH = 1;
    config.PixelSnapH = true;
    return config;
}

}  // namespace

Canvas::Canvas(const Profile& profile) : profile_(profile) {
    ImGuiContext* before = ImGui::GetCurrentContext();
    context_ = ImGui::CreateContext();
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags = ImGuiConfigFlags_NoMouseCursorChange;
    io.DisplaySize = {static_cast<float>(profile.width_px), static_cast<float>(profile.height_px)};
    if (before) ImGui::SetCurrentContext(before);
}

Canvas::Canvas(Canvas&& other) noexcept
    : profile_(std::move(other.profile_)),
      context_(std::exchange(other.context_, nullptr)),
      faces_(other.faces_),
      touches_(std::move(other.touches_)) {}

Canvas::~Canvas() {
    if (context_) ImGui::DestroyContext(context_);
}

void Canvas::make_current() const {
    ImGui::SetCurrentContext(context_);
}

Result<Canvas> Canvas::make(const Profile& profile, const std::set<char32_t>& characters,
                            const FontFiles& files) {
    std::vector<char> regular = read_file(files.regular);
    std::vector<char> bold = read_file(files.bold);
    if (regular.empty() || bold.empty())
        return Error{Error::Kind::not_found, files.regular + ", " + files.bold};
    Canvas canvas(profile);
    canvas.make_current();
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
    atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight | ImFontAtlasFlags_NoMouseCursors;
    atlas.TexDesiredWidth = 2048;
    const ImVector<ImWchar> full = glyph_ranges(characters);
    const ImVector<ImWchar> ascii = glyph_ranges({});
    const ImFontConfig config = config_for(0);
    for (std::size_t i = 0; i < size_count; ++i) {
        auto& bytes = cuts[i].bold ? bold : regular;
        const float em = profile.em_px(cuts[i].arcmin);
        ImFont* font =
            atlas.AddFontFromMemoryTTF(bytes.data(), static_cast<int>(bytes.size()), em * line_per_em,
                                       &config, (cuts[i].ascii_only ? ascii : full).Data);
        canvas.faces_[i] = {font, em, em * line_per_em};
    }
    const bool baked = atlas.Build();
    atlas.ClearInputData();  // the font files are given back here
    if (!baked) return Error{Error::Kind::corrupt, "letters could not be baked from " + files.regular};
    return canvas;
}

void Canvas::pointer(float x, float y, bool down) {
    touches_.push_back({x, y, down});
}

void Canvas::begin_frame(float seconds_since_last) {
    make_current();
    ImGuiIO& io = ImGui::GetIO();
    io.DeltaTime = std::max(seconds_since_last, 0.001f);
    while (!touches_.empty()) {
        const Touch touch = touches_.front();
        const bool changes = touch.down != io.MouseDown[0];
        touches_.pop_front();
        io.MousePos = {touch.x, touch.y};
        io.MouseDown[0] = touch.down;
        if (changes) break;  // one press or release a frame, or ImGui sees neither
    }
    ImGui::NewFrame();
}

ImDrawData* Canvas::end_frame() {
    ImGui::Render();
    return ImGui::GetDrawData();
}

}  // namespace kenpin::ui
