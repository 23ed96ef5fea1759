#pragma once
// The cameras that the administrator named by their paths, each with its own decoder child.
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "firmware-bridge/device/camera.hpp"

namespace kenpin::device {

class Cameras : public Source {
public:
    /// `open` makes the capture at a path; `decoder` as Camera takes it.
    using Open = std::function<Result<std::unique_ptr<Capture>>(const std::string& path)>;
    explicit Cameras(Open open = open_video4linux, codes::DecoderSettings decoder = {});

    /// From now on these. One that stays goes on undisturbed, one that is named no more goes.
    void set_paths(const std::vector<std::string>& paths);

    std::vector<Watched> watched(std::size_t room) const override;
    Mono next_wake() const override;
    /// The port of a camera is the path under which it was named.
    std::vector<News> turn(Mono now, std::size_t room) override;
    void set_blocked(Handle handle, bool blocked) override;

private:
    Open open_;
    codes::DecoderSettings decoder_;
    std::map<std::string, std::unique_ptr<Camera>> by_path_;
    std::vector<News> farewells_;  // of cameras that are named no more, for the next turn
};

}  // namespace kenpin::device
