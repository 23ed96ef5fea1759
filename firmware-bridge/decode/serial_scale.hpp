#pragma once
// Scales on a serial line that send a line per weight, as A&D's standard format does (Shinko and Ishida offer
// the same):   ST,+00123.4  g\r\n     state, sign and value, unit
//   ST stable   US unstable   OL over the limit (value meaningless)   QT pieces counted (no weight: passed
//   over)
// Unproven [B]: no such scale was at hand, the format is from memory of their manuals. Pure; fed in any
// portions the same bytes give the same weights.
#include <cstddef>
#include <string_view>
#include <vector>

#include "firmware-bridge/decode/framing.hpp"
#include "firmware-bridge/decode/weight.hpp"

namespace kenpin::decode {

/// Asks such a scale to set itself to zero [B].
inline constexpr std::string_view serial_scale_zero = "Z\r\n";

struct SerialWeights {
    std::vector<Weight> weights;
    std::size_t malformed = 0;  // lines that are neither a weight nor a count
};

class SerialScaleReader {
public:
    SerialWeights take(std::string_view bytes);

    /// A line has begun and not ended: call silence() if nothing comes for half_scan_silence.
    bool is_inside() const { return framer_.is_inside(); }
    /// Forgets what was begun. Returns the bytes dropped.
    std::size_t silence() { return framer_.silence(); }

private:
    Framer framer_{Framing::line};
};

}  // namespace kenpin::decode
