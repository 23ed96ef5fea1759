#include "station/ui/stage.hpp"

#include <utility>

#include "core/base/inbox.hpp"
#include "core/base/limits.hpp"
#include "station/ui/pango_painter.hpp"

namespace kenpin::ui {
namespace {

class HeadlessStage : public Stage {
public:
    explicit HeadlessStage(Canvas canvas) : canvas_(std::move(canvas)) {}

    bool is_open() const override { return is_open_; }
    void close() override { is_open_ = false; }
    Input wait(Millis limit) override {
        (void)wakes_.wait_and_take(limit);  // what it says is only that something is there
        return {};
    }
    void wake() override { (void)wakes_.post(true); }  // full: it is awake already
    bool owes_frames() const override { return canvas_.has_unseen_touches(); }
    void show(const std::function<void(Kit&)>& draw) override {
        canvas_.begin_frame(frame_seconds);
        draw(kit_);
        canvas_.end_frame();
    }
    const Kit& kit() const override { return kit_; }
    Outcome save_picture(const std::string&) override { return Error{Error::Kind::refused, "headless"}; }

private:
    static constexpr float frame_seconds = 1.0f / 60;
    Canvas canvas_;
    PangoPainter painter_;
    NoTextures store_;
    TextCache cache_{painter_, store_};
    Kit kit_{canvas_, cache_};
    Inbox<bool> wakes_{limits::inbox_small};
    bool is_open_ = true;
};

}  // namespace

Result<std::unique_ptr<Stage>> open_headless(const Profile& profile, const Languages& languages) {
    auto canvas = Canvas::make(profile, languages.characters());
    if (!canvas) return canvas.error();
    return std::unique_ptr<Stage>(std::make_unique<HeadlessStage>(std::move(canvas).value()));
}

}  // namespace kenpin::ui
