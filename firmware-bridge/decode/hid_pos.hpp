#pragma once
// HID-POS scanners: input reports -> scans. What the host may say back: scanner_signals.hpp. Pure.
//
//   Between ── report, not continued ──> a scan, Between
//   Between ── report, continued ──────> Begun ── report, continued ──> Begun
//                                        Begun ── report, not continued ──> a scan, Between
//                                        Begun ── report of other bars ──> (the begun one is lost) as Between
//   Begun ── error() ──> Skipping ── report, not continued ──> Between      (the rest of a scan is no scan)
//   Begun or Skipping ── silence() ──> Between
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firmware-bridge/decode/aim.hpp"
#include "firmware-bridge/decode/framing.hpp"  // half_scan_silence
#include "firmware-bridge/decode/hid_report.hpp"
#include "firmware-bridge/decode/quirks.hpp"

namespace kenpin::decode {

struct HidPosRead {
    std::optional<Identified> scan;  // without the CR or LF that some devices leave behind the code
    bool half_scan = false;          // one that had begun was dropped
    bool too_long = false;           // one grew beyond limits::scan_bytes and is skipped
    bool malformed = false;          // a scan report that contradicts itself: dropped
};

class HidPosReader {
public:
    /// Nothing when neither the descriptor nor the quirk says where the codes lie.
    static std::optional<HidPosReader> for_device(const HidReports& reports, const Quirk& quirk);

    /// One input report as it came, its id included. Empty ones and those of other ids are nothing.
    HidPosRead take(std::string_view report);

    /// A scan has begun and not ended: call silence() if nothing comes for half_scan_silence.
    bool is_inside() const { return state_ != State::between; }
    /// Forgets what was begun; true: there was something.
    bool silence();
    /// A transfer failed, so reports may be missing: forgets what was begun (true: there was something) and
    /// skips its rest.
    bool error();

private:
    enum class State { between, begun, skipping };

    struct Places {
        HidPlace data;                     // code bytes; with length_then_data the length before them, too
        std::optional<HidPlace> length;    // of the code bytes in this report
        std::vector<HidPlace> identifier;  // three bytes of the AIM identifier
        std::optional<HidPlace> letter;    // the vendor's own
        std::optional<HidPlace> continued;
    };
    struct Portion {  // of one report
        std::string aim;
        std::string bytes;
        char letter = '\0';
        bool is_continued = false;
    };

    HidPosReader(Places places, const Quirk& quirk)
        : places_(std::move(places)), layout_(quirk.layout), letters_(quirk.letters) {}
    std::optional<Portion> portion_of(std::string_view report) const;
    std::optional<Portion> plain_portion_of(std::string_view report) const;
    void begin_or_go_on(Portion portion, HidPosRead& read);
    std::optional<Identified> finished();

    Places places_;
    ScanLayout layout_;
    CodeLetters letters_;
    State state_ = State::between;
    Portion begun_;
};

}  // namespace kenpin::decode
