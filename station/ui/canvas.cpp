#include "station/ui/canvas.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <memory>
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

/// A font file of some 20 MB: not filled with zeros first.
class FileBytes {
public:
    explicit FileBytes(const std::string& path) {
        std::ifstream file(path, std::ios::binary | std::ios::ate);
        if (!file) return;
        size_ = static_cast<std::streamsize>(file.tellg());
        bytes_ = std::make_unique_for_overwrite<char[]>(static_cast<std::size_t>(size_));
        file.seekg(0);
        if (!file.read(bytes_.get(), size_)) bytes_.reset();
    }
    char* bytes() const { return bytes_.get(); }  // null: there is none
    int size() const { return static_cast<int>(size_); }

private:
    std::unique_ptr<char[]> bytes_;
    std::streamsize size_ = 0;
};

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
    config.FontDataOwnedByAtlas = true;  // or ImGui copies all 20 MB for each size; lend_back() takes it back
    config.OversampleH = 1;
    config.PixelSnapH = true;
    return config;
}

/// The files are ours and stay so: what the atlas owns it would free.
void lend_back(ImFontAtlas& atlas) {
    for (auto& config : atlas.ConfigData) {
        config.FontData = nullptr;
        config.FontDataOwnedByAtlas = false;
    }
    atlas.ClearInputData();
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
    const FileBytes regular(files.regular);
    const FileBytes bold(files.bold);
    if (!regular.bytes() || !bold.bytes())
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
        const FileBytes& file = cuts[i].bold ? bold : regular;
        const float em = profile.em_px(cuts[i].arcmin);
        ImFont* font = atlas.AddFontFromMemoryTTF(file.bytes(), file.size(), em * line_per_em, &config,
                                                  (cuts[i].ascii_only ? ascii : full).Data);
        canvas.faces_[i] = {font, em, em * line_per_em};
    }
    const bool baked = atlas.Build();
    lend_back(atlas);
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
