#pragma once
// Text that is data (names of goods, work text, anything from outside): drawn as a picture by a painter that
// knows every character there is, and kept as a texture. Interface strings do not come here; their letters
// are in the atlas.
#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <vector>

#include "station/ui/theme.hpp"

namespace kenpin::ui {

struct TextWish {
    std::string text;  // UTF-8
    float em_px;
    bool bold;
    Colour ink;
    float width_px;  // lines break here
    int lines;       // at most; what does not fit ends in an ellipsis

    bool operator==(const TextWish&) const = default;
};

struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;  // straight alpha, top row first
    bool shortened = false;          // an ellipsis stands for the rest
};

class TextPainter {
public:
    virtual ~TextPainter() = default;
    virtual Picture paint(const TextWish& wish) = 0;
};

using Texture = std::uintptr_t;  // what the renderer calls it; 0 where nothing is shown

class TextureStore {
public:
    virtual ~TextureStore() = default;
    virtual Texture upload(const Picture& picture) = 0;
    virtual void drop(Texture texture) = 0;
};

/// A store for screens that nobody sees (headless): keeps nothing.
class NoTextures : public TextureStore {
public:
    Texture upload(const Picture&) override { return 0; }
    void drop(Texture) override {}
};

/// The painted texts of the last screens, least recently used dropped first. Owned by the thread that draws.
class TextCache {
public:
    static constexpr std::size_t capacity = 96;

    TextCache(TextPainter& painter, TextureStore& store) : painter_(painter), store_(store) {}
    ~TextCache();
    TextCache(const TextCache&) = delete;
    TextCache& operator=(const TextCache&) = delete;

    struct Painted {
        TextWish wish;
        Texture texture = 0;
        float width = 0;
        float height = 0;
        bool shortened = false;
    };
    /// Valid until the next call.
    const Painted& get(const TextWish& wish);

private:
    TextPainter& painter_;
    TextureStore& store_;
    std::list<Painted> newest_first_;
};

}  // namespace kenpin::ui
