#pragma once
// Pictures made easier to read: the steps that still pictures are tried with when they do not read as they
// are (ladder.hpp). Pure; each gives a new picture. Sizes stay within 64 megapixels by the caller's choice of
// steps.
#include "core/base/images.hpp"

namespace kenpin::codes {

/// White on black becomes black on white.
GrayImage inverted(const GrayImage& image);
/// `factor` 2 .. 4 times as wide and high, with Catmull-Rom interpolation: narrow bars get pixels enough.
GrayImage enlarged(const GrayImage& image, int factor);
/// One pixel for `factor` x `factor`, their mean. The rest at the right and the bottom is left out.
GrayImage shrunk(const GrayImage& image, int factor);
/// Turned clockwise about its middle, -45 .. 45 degrees; the canvas grows, what is new is white.
GrayImage tilted(const GrayImage& image, double degrees);
/// A quarter turn clockwise.
GrayImage quarter_turned(const GrayImage& image);
/// The mean of 2 * radius + 1 pixels each way; radius 0 leaves that direction alone.
GrayImage softened(const GrayImage& image, int radius_x, int radius_y);
/// What softening takes away, added `times` over: bars that ran into each other part again.
GrayImage sharpened(const GrayImage& image, int radius, double times);
/// The darkest and the lightest hundredth become black and white, the rest in proportion.
GrayImage stretched(const GrayImage& image);
/// As stretched(), within `radius` pixels of each place: shadows and gleams go.
GrayImage evened(const GrayImage& image, int radius);
/// A white margin of `margin_px` on every side: symbols cut out without their quiet zone.
GrayImage framed(const GrayImage& image, int margin_px);

}  // namespace kenpin::codes
