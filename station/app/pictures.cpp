#include "station/app/pictures.hpp"

#include "adaptors/log/log.hpp"

namespace kenpin::app {
namespace {

constexpr int settled_after_frames = 2;

std::string word(flow::LogShown::What what) {
    if (what == flow::LogShown::What::green) return "ok";
    return what == flow::LogShown::What::red ? "ng" : "prompt";
}

}  // namespace

void Pictures::saw(const flow::LogShown& shown, const std::string& screen, Instant at) {
    next_.saw(shown, screen, at);
    if (folder_.empty() || wished_) return;
    const std::string name =
        screen + "-" + std::string(flow::name(shown.prompt.ask)) + "-" + word(shown.what);
    if (!taken_.insert(name).second) return;
    wished_ = name;
    frames_ = 0;
}

void Pictures::after_frame(ui::Stage& stage) {
    if (!wished_ || ++frames_ < settled_after_frames) return;
    const auto path = folder_ / (device_.value + "-" + *wished_ + ".png");
    wished_.reset();
    const auto saved = stage.save_picture(path.string());
    if (!saved) {
        log::warn("no picture of the screen: ", saved.error().detail);
        folder_.clear();
    }
}

}  // namespace kenpin::app
