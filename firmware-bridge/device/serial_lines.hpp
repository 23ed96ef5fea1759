#pragma once
// Scanners and scales on serial lines (tty, USB CDC-ACM), each of which comes and goes.
//
//   Away ── opened ──> There        looked for again after 50 ms, doubling to 2 s
//   There ── read fails ──> Away    half a scan that was begun is dropped
#include <memory>
#include <string>
#include <vector>

#include "firmware-bridge/decode/framing.hpp"
#include "firmware-bridge/device/news.hpp"
#include "firmware-bridge/device/serial.hpp"

namespace kenpin::device {

enum class LineRole { scanner, scale };  // a scale sends lines as decode/serial_scale.hpp reads them

struct SerialLine {
    std::string path;  // of the tty; best a /dev/serial/by-id or by-path link, which survives replugging
    LineRole role = LineRole::scanner;
    decode::Framing framing = decode::Framing::line;
    int baud = usual_baud;
    std::string good_beep;  // bytes that make this model sound good or bad; empty: it cannot
    std::string bad_beep;
    bool operator==(const SerialLine&) const = default;
};

class SerialLines : public Source {
public:
    explicit SerialLines(std::vector<SerialLine> lines = {});
    SerialLines(const SerialLines&) = delete;
    SerialLines& operator=(const SerialLines&) = delete;
    ~SerialLines() override;

    /// From now on these: a line that did not change is not touched, one that is not wanted any more goes.
    void set_lines(std::vector<SerialLine> lines);

    std::vector<Watched> watched(std::size_t room) const override;
    Mono next_wake() const override;
    std::vector<News> turn(Mono now, std::size_t room) override;
    void beep(Handle device, protocol::Beep beep) override;
    void zero(Handle device) override;

private:
    class Line;
    std::vector<std::unique_ptr<Line>> lines_;
    std::vector<News> to_tell_;  // of lines that were taken away
};

}  // namespace kenpin::device
