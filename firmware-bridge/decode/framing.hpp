#pragma once
// Where one scan ends in the bytes of a serial scanner. Pure: fed in any portions, the same bytes give the
// same scans.
//
//   line     Between ── any byte ──> Inside ── CR or LF ──> a scan, Between      (CR, LF and CRLF all do)
//   cr, lf   the same with that one byte as the end; the other one belongs to the scan
//   stx_etx  Between ── STX ──> Inside ── ETX ──> a scan, Between                (bytes outside are stray)
//   all      Inside ── longer than limits::scan_bytes ──> Skipping ── end ──> Between
//            Inside or Skipping ── silence() ──> Between                        (what was there is dropped)
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"

namespace kenpin::decode {

enum class Framing { line, cr, lf, stx_etx };

/// "line", "cr", "lf" or "stx_etx"; anything else is nothing.
std::optional<Framing> parse_framing(std::string_view name);

/// A scanner sends a whole scan in one go: half a scan followed by this much silence was cut off. Far longer
/// than any pause inside a scan, shorter than a person needs for the next one (docs/protocol/bridge.md).
inline constexpr Millis half_scan_silence{100};

struct Framed {
    std::vector<std::string> scans;  // without their framing, never empty, at most limits::scan_bytes each
    std::size_t too_long = 0;        // scans that began to exceed limits::scan_bytes and are skipped
    std::size_t stray_bytes = 0;     // outside STX..ETX
};

class Framer {
public:
    explicit Framer(Framing framing) : framing_(framing) {}

    Framed take(std::string_view bytes);

    /// A scan has begun and not ended: call silence() if nothing comes for half_scan_silence.
    bool is_inside() const { return state_ != State::between; }
    /// Forgets what was begun. Returns the bytes dropped.
    std::size_t silence();

private:
    enum class State { between, inside, skipping };
    bool begins(char c) const;
    bool ends(char c) const;
    void take_byte(char c, Framed& framed);
    void take_inside(char c, Framed& framed);

    Framing framing_;
    State state_ = State::between;
    std::string begun_;
};

}  // namespace kenpin::decode
