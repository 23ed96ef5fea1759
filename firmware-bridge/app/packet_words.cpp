#include "firmware-bridge/app/packet_words.hpp"

namespace kenpin::app {

std::string_view name(device::Kind kind) {
    switch (kind) {
        case device::Kind::scanner:
            return "scanner";
        case device::Kind::keyboard_scanner:
            return "keyboard_scanner";
        case device::Kind::scale:
            return "scale";
        case device::Kind::printer:
            return "printer";
        case device::Kind::camera:
            return "camera";
        case device::Kind::unsupported:
            return "unsupported";
    }
    return "unsupported";
}

std::string_view name(decode::ScaleStatus status) {
    switch (status) {
        case decode::ScaleStatus::fault:
            return "fault";
        case decode::ScaleStatus::stable_at_zero:
            return "stable_at_zero";
        case decode::ScaleStatus::in_motion:
            return "in_motion";
        case decode::ScaleStatus::stable:
            return "stable";
        case decode::ScaleStatus::under_zero:
            return "under_zero";
        case decode::ScaleStatus::over_limit:
            return "over_limit";
        case decode::ScaleStatus::needs_calibration:
            return "needs_calibration";
        case decode::ScaleStatus::needs_zeroing:
            return "needs_zeroing";
    }
    return "fault";
}

std::string_view name(protocol::PrintEnd end) {
    switch (end) {
        case protocol::PrintEnd::sent:
            return "sent";
        case protocol::PrintEnd::failed:
            return "failed";
        case protocol::PrintEnd::unknown:
            return "unknown";
    }
    return "unknown";
}

}  // namespace kenpin::app
