#pragma once
// The colours of the floor. Calm grey is the rule; a saturated colour means a verdict or a trouble, never
// decoration. OK and NG differ in hue, lightness (1.9:1), shape, word, place and sound, for 1 man in 20 is
// colour-blind. Sources: JIS Z 9103:2018 recommended sRGB values for red (#FF4B00) and orange (#F6AA00); WCAG
// 2 for contrast.
#include <cstdint>

namespace kenpin::ui {

struct Colour {
    std::uint8_t r, g, b;
    bool operator==(const Colour&) const = default;
};

/// Letters and what lies under them; always chosen together, so that contrast is a property of the theme.
struct Paint {
    Colour ink;
    Colour back;
    bool operator==(const Paint&) const = default;
};

namespace theme {

inline constexpr Colour paper{0xF2, 0xF2, 0xEF};
inline constexpr Colour card{0xFF, 0xFF, 0xFF};
inline constexpr Colour shade{0xE1, 0xE2, 0xDF};
inline constexpr Colour line{0xBE, 0xC1, 0xBE};
inline constexpr Colour ink_dark{0x1B, 0x1F, 0x22};
inline constexpr Colour ink_soft{0x44, 0x4A, 0x4E};
inline constexpr Colour white{0xFF, 0xFF, 0xFF};
inline constexpr Colour black{0x00, 0x00, 0x00};
inline constexpr Colour green{0x00, 0x6E, 0x54};
inline constexpr Colour red{0xFF, 0x4B, 0x00};
inline constexpr Colour red_dark{0xC4, 0x38, 0x00};  // the hatch on red; never under letters
inline constexpr Colour amber{0xF6, 0xAA, 0x00};
inline constexpr Colour steel{0x2D, 0x3A, 0x42};

inline constexpr Paint calm{ink_dark, paper};
inline constexpr Paint soft{ink_soft, paper};
inline constexpr Paint on_card{ink_dark, card};
inline constexpr Paint soft_on_card{ink_soft, card};
inline constexpr Paint on_shade{ink_dark, shade};
inline constexpr Paint bar{white, steel};
inline constexpr Paint ok{white, green};
inline constexpr Paint ng{black, red};
inline constexpr Paint caution{black, amber};
inline constexpr Paint inverted{white, ink_dark};
inline constexpr Paint primary{white, steel};
inline constexpr Paint quiet{ink_dark, shade};
inline constexpr Paint disabled{ink_soft, shade};

}  // namespace theme

/// Contrast of letters against their ground by WCAG 2, 1..21. Ours is 7 or more, 6 on the verdicts (their
/// colours are a standard's), 4.5 on what cannot be touched now.
double contrast(Paint paint);

}  // namespace kenpin::ui
