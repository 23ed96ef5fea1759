#pragma once
// Pictures of the screen for people (--screenshots): one of each screen and kind of verdict, the first time
// it is seen, "H1-pick-ng.png". A witness in front of the screen log.
#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "station/app/ports.hpp"
#include "station/ui/stage.hpp"

namespace kenpin::app {

class Pictures : public Witness {
public:
    /// An empty folder: none are taken. `next` outlives this and sees everything too.
    Pictures(std::filesystem::path folder, DeviceId device, Witness& next)
        : folder_(std::move(folder)), device_(std::move(device)), next_(next) {}
    void saw(const flow::LogShown& shown, const std::string& screen, Instant at) override;

    /// A frame was shown. The wished picture is taken of the second one, when the layout has settled.
    void after_frame(ui::Stage& stage);

private:
    std::filesystem::path folder_;
    DeviceId device_;
    Witness& next_;
    std::set<std::string> taken_;
    std::optional<std::string> wished_;
    int frames_ = 0;
};

}  // namespace kenpin::app
