// The real stage: an SDL window with OpenGL. Keyboard scans pass through the wedge before anything else sees
// a key.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <future>
#include <memory>
#include <utility>

#include <SDL2/SDL.h>
#include <SDL2/SDL_opengl.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include "adaptors/text/png.hpp"
#include "station/ui/pango_painter.hpp"
#include "station/ui/stage.hpp"
#include "station/ui/wedge.hpp"

namespace kenpin::ui {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int frames_to_settle = 3;
constexpr Millis slow_frame{50};

class GlTextures : public TextureStore {
public:
    Texture upload(const Picture& picture) override {
        GLuint name = 0;
        glGenTextures(1, &name);
        glBindTexture(GL_TEXTURE_2D, name);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, picture.width, picture.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                     picture.rgba.data());
        return name;
    }
    void drop(Texture texture) override {
        const auto name = static_cast<GLuint>(texture);
        glDeleteTextures(1, &name);
    }
};

/// The SDL window and its GL context; closes both.
class Glass {
public:
    Glass() = default;
    Glass(const Glass&) = delete;
    Glass& operator=(const Glass&) = delete;
    ~Glass() {
        if (context) SDL_GL_DeleteContext(context);
        if (window) SDL_DestroyWindow(window);
        if (has_video) SDL_QuitSubSystem(SDL_INIT_VIDEO);
    }
    Outcome open(const Profile& profile, const WindowStyle& style) {
        if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return failed();
        has_video = true;
        SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
        SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
        SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 2);
        const std::uint32_t kiosk =
            style.is_kiosk ? SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_BORDERLESS : 0U;
        const auto place = [](int at) { return at < 0 ? static_cast<int>(SDL_WINDOWPOS_UNDEFINED) : at; };
        window = SDL_CreateWindow("Kenpin", place(style.x), place(style.y), profile.width_px,
                                  profile.height_px, SDL_WINDOW_OPENGL | kiosk);
        if (!window) return failed();
        context = SDL_GL_CreateContext(window);
        if (!context) return failed();
        SDL_GL_SetSwapInterval(0);
        SDL_StopTextInput();
        SDL_DisableScreenSaver();
        SDL_ShowCursor(style.is_kiosk ? SDL_DISABLE : SDL_ENABLE);
        return Done{};
    }

    SDL_Window* window = nullptr;
    SDL_GLContext context = nullptr;
    bool has_video = false;

private:
    static Error failed() { return {Error::Kind::unreachable, SDL_GetError()}; }
};

class WindowStage : public Stage {
public:
    WindowStage(std::unique_ptr<Glass> glass, Canvas canvas)
        : glass_(std::move(glass)), canvas_(std::move(canvas)) {
        canvas_.make_current();
        ImGui_ImplOpenGL3_Init("#version 150");
        ImGui_ImplOpenGL3_NewFrame();          // hands the letters to GL,
        ImGui::GetIO().Fonts->ClearTexData();  // which keeps its own copy of their 15 MB
        wake_event_ = SDL_RegisterEvents(1);
    }
    ~WindowStage() override {
        canvas_.make_current();
        ImGui_ImplOpenGL3_Shutdown();
    }

    bool is_open() const override { return is_open_; }
    void close() override { is_open_ = false; }
    void wake() override {
        SDL_Event event{};
        event.type = wake_event_;
        SDL_PushEvent(&event);  // a full queue wakes it as well
    }

    Input wait(Millis limit) override {
        Input input;
        SDL_Event event;
        const Millis patience = wedge_.is_holding() ? std::min(limit, Wedge::gap) : limit;
        const bool any = owes_frames()
                             ? SDL_PollEvent(&event) != 0
                             : SDL_WaitEventTimeout(&event, static_cast<int>(patience.count())) != 0;
        if (any) {
            take(event, input);
            while (SDL_PollEvent(&event) != 0) take(event, input);
            frames_owed_ = last_frame_ > slow_frame ? 1 : frames_to_settle;
        }
        (void)wedge_.quiet(Millis{SDL_GetTicks()});  // typed keys: no screen has a text field
        return input;
    }

    bool owes_frames() const override { return frames_owed_ > 0 || canvas_.has_unseen_touches(); }

    void show(const std::function<void(Kit&)>& draw) override {
        if (frames_owed_ == 0 && !canvas_.has_unseen_touches())
            frames_owed_ = 1;  // shown for the clock's sake
        const auto start = SteadyClock::now();
        ImGui_ImplOpenGL3_NewFrame();
        canvas_.begin_frame(std::chrono::duration<float>(start - last_start_).count());
        draw(kit_);
        glViewport(0, 0, canvas_.profile().width_px, canvas_.profile().height_px);
        glClear(GL_COLOR_BUFFER_BIT);
        ImGui_ImplOpenGL3_RenderDrawData(canvas_.end_frame());
        keep_if_wanted();
        SDL_GL_SwapWindow(glass_->window);
        last_start_ = start;
        last_frame_ = std::chrono::duration_cast<Millis>(SteadyClock::now() - start);
        frames_owed_ = std::max(0, frames_owed_ - 1);
        last_draw_ = draw;
    }

    const Kit& kit() const override { return kit_; }

    Outcome save_picture(const std::string& path) override {
        if (!last_draw_) return Error{Error::Kind::refused, "nothing was shown yet"};
        wants_picture_ = true;
        const auto draw = last_draw_;
        show(draw);
        const auto png = text::png_of(picture_);
        if (!png) return png.error();
        std::ofstream file(path, std::ios::binary);
        file << png.value();
        if (!file.flush()) return Error{Error::Kind::unreachable, path};
        return Done{};
    }

private:
    void take(const SDL_Event& event, Input& input) {
        if (event.type == SDL_QUIT) is_open_ = false;
        if (event.type == SDL_KEYDOWN || event.type == SDL_KEYUP) {
            auto found = wedge_.key({static_cast<int>(event.key.keysym.scancode), event.type == SDL_KEYDOWN,
                                     Millis{event.key.timestamp}});
            if (found.scan) input.scans.push_back(std::move(*found.scan));
        }
        if (event.type == SDL_MOUSEBUTTONDOWN || event.type == SDL_MOUSEBUTTONUP) {
            canvas_.pointer(static_cast<float>(event.button.x), static_cast<float>(event.button.y),
                            event.type == SDL_MOUSEBUTTONDOWN);
            input.touched = true;
        }
    }

    /// Reads the back buffer, before it is swapped.
    void keep_if_wanted() {
        if (!std::exchange(wants_picture_, false)) return;
        const int width = canvas_.profile().width_px;
        const int height = canvas_.profile().height_px;
        const auto row = static_cast<std::size_t>(width) * 4;
        std::vector<std::uint8_t> upside_down(row * static_cast<std::size_t>(height));
        glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
        picture_ = {width, height, std::vector<std::uint8_t>(upside_down.size(), 0xFF)};
        for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y)
            std::copy_n(upside_down.begin() +
                            static_cast<std::ptrdiff_t>((static_cast<std::size_t>(height) - 1 - y) * row),
                        row, picture_.pixels.begin() + static_cast<std::ptrdiff_t>(y * row));
    }

    std::unique_ptr<Glass> glass_;
    Canvas canvas_;
    PangoPainter painter_;
    GlTextures store_;
    TextCache cache_{painter_, store_};
    Kit kit_{canvas_, cache_};
    Wedge wedge_;
    std::function<void(Kit&)> last_draw_;
    RgbaImage picture_;
    std::uint32_t wake_event_ = 0;
    SteadyClock::time_point last_start_ = SteadyClock::now();
    Millis last_frame_{0};
    int frames_owed_ = frames_to_settle;
    bool wants_picture_ = false;
    bool is_open_ = true;
};

}  // namespace

Result<std::unique_ptr<Stage>> open_window(const Profile& profile, const Languages& languages,
                                           const WindowStyle& style) {
    // The letters are baked while the window opens, which knows nothing of ImGui: half of a start each.
    auto baking =
        std::async(std::launch::async, [&] { return Canvas::make(profile, languages.characters()); });
    auto glass = std::make_unique<Glass>();
    const auto opened = glass->open(profile, style);
    auto canvas = baking.get();
    if (!opened) return opened.error();
    if (!canvas) return canvas.error();
    return std::unique_ptr<Stage>(std::make_unique<WindowStage>(std::move(glass), std::move(canvas).value()));
}

}  // namespace kenpin::ui
