#include "firmware-bridge/device/cameras.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace kenpin::device {
namespace {

void append(std::vector<News>& all, std::vector<News> more) {
    all.insert(all.end(), std::move_iterator(more.begin()), std::move_iterator(more.end()));
}

}  // namespace

Cameras::Cameras(Open open, codes::DecoderSettings decoder)
    : open_(std::move(open)), decoder_(std::move(decoder)) {}

void Cameras::set_paths(const std::vector<std::string>& paths) {
    const std::set<std::string> wanted(paths.begin(), paths.end());
    std::erase_if(by_path_, [&](const auto& each) {
        if (wanted.contains(each.first)) return false;
        append(farewells_, each.second->retire());
        return true;
    });
    for (const auto& path : wanted)
        if (!by_path_.contains(path))
            by_path_[path] = std::make_unique<Camera>([this, path] { return open_(path); }, decoder_);
}

std::vector<Watched> Cameras::watched(std::size_t room) const {
    std::vector<Watched> all;
    for (const auto& [path, camera] : by_path_) {
        const auto its = camera->watched(room);
        all.insert(all.end(), its.begin(), its.end());
    }
    return all;
}

Mono Cameras::next_wake() const {
    auto wake = farewells_.empty() ? Mono::max() : Mono::min();
    for (const auto& [path, camera] : by_path_) wake = std::min(wake, camera->next_wake());
    return wake;
}

std::vector<News> Cameras::turn(Mono now, std::size_t room) {
    auto news = std::exchange(farewells_, {});
    for (const auto& [path, camera] : by_path_) {
        auto its = camera->turn(now, room);  // at most one scan
        for (auto& each : its) {
            if (auto* came = std::get_if<Came>(&each)) came->device.port = path;
            if (std::holds_alternative<Scanned>(each) && room > 0) --room;
        }
        append(news, std::move(its));
    }
    return news;
}

void Cameras::set_blocked(Handle handle, bool blocked) {
    for (const auto& [path, camera] : by_path_) camera->set_blocked(handle, blocked);
}

}  // namespace kenpin::device
