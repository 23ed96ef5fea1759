#include "firmware-bridge/decode/framing.hpp"

#include <utility>

#include "core/base/limits.hpp"

namespace kenpin::decode {
namespace {

constexpr char stx = '\x02';
constexpr char etx = '\x03';

}  // namespace

std::optional<Framing> parse_framing(std::string_view name) {
    if (name == "line") return Framing::line;
    if (name == "cr") return Framing::cr;
    if (name == "lf") return Framing::lf;
    if (name == "stx_etx") return Framing::stx_etx;
    return std::nullopt;
}

bool Framer::begins(char c) const {
    return framing_ == Framing::stx_etx ? c == stx : !ends(c);
}

bool Framer::ends(char c) const {
    switch (framing_) {
        case Framing::line:
            return c == '\r' || c == '\n';
        case Framing::cr:
            return c == '\r';
        case Framing::lf:
            return c == '\n';
        case Framing::stx_etx:
            return c == etx;
    }
    return false;
}

void Framer::take_inside(char c, Framed& framed) {
    const bool starts_again = framing_ == Framing::stx_etx && c == stx;  // the end of the one before was lost
    if (ends(c)) {
        if (state_ == State::inside && !begun_.empty()) framed.scans.push_back(std::exchange(begun_, {}));
        state_ = State::between;
    } else if (starts_again) {
        begun_.clear();
        state_ = State::inside;
    } else if (state_ == State::inside && begun_.size() == limits::scan_bytes) {
        begun_.clear();
        state_ = State::skipping;
        ++framed.too_long;
    } else if (state_ == State::inside) {
        begun_.push_back(c);
    }
}

void Framer::take_byte(char c, Framed& framed) {
    if (state_ != State::between) return take_inside(c, framed);
    if (begins(c)) {
        state_ = State::inside;
        if (framing_ != Framing::stx_etx) begun_.push_back(c);
    } else if (framing_ == Framing::stx_etx) {
        ++framed.stray_bytes;
    }
}

Framed Framer::take(std::string_view bytes) {
    Framed framed;
    for (const char c : bytes) take_byte(c, framed);
    return framed;
}

std::size_t Framer::silence() {
    state_ = State::between;
    return std::exchange(begun_, {}).size();
}

}  // namespace kenpin::decode
