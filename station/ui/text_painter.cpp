#include "station/ui/text_painter.hpp"

#include <algorithm>
#include <iterator>

namespace kenpin::ui {

TextCache::~TextCache() {
    for (const auto& painted : newest_first_) store_.drop(painted.texture);
}

const TextCache::Painted& TextCache::get(const TextWish& wish) {
    const auto found = std::find_if(newest_first_.begin(), newest_first_.end(),
                                    [&](const Painted& painted) { return painted.wish == wish; });
    if (found != newest_first_.end()) {
        newest_first_.splice(newest_first_.begin(), newest_first_, found);
        return newest_first_.front();
    }
    if (newest_first_.size() == capacity) {
        store_.drop(newest_first_.back().texture);
        newest_first_.pop_back();
    }
    const Picture picture = painter_.paint(wish);
    newest_first_.push_front({wish, store_.upload(picture), static_cast<float>(picture.width),
                              static_cast<float>(picture.height), picture.shortened});
    return newest_first_.front();
}

}  // namespace kenpin::ui
