#pragma once
// Capture: where a camera's frames come from. Video4Linux on the floor; anything else that has a descriptor
// and pictures in tests.
#include <memory>
#include <optional>
#include <string>

#include "adaptors/codes/live_decoder.hpp"
#include "core/base/result.hpp"

namespace kenpin::device {

/// Who the camera is, as far as it tells.
struct CameraName {
    std::string product;  // its own words
    std::string port;     // controller and port path of a USB camera, else its path
};

class Capture {
public:
    virtual ~Capture() = default;
    virtual const CameraName& name() const = 0;
    virtual int fd() const = 0;  // readable when a frame has come, and when the camera is gone
    /// The newest frame that has come, older ones are dropped; nothing when none has. unreachable: it is
    /// gone.
    virtual Result<std::optional<codes::Frame>> newest() = 0;
};

/// A camera of this machine ("/dev/video0"), streaming 1280x720 or what it has next to it: grey, YUYV, NV12
/// (their brightness), else MJPEG. Newest frame only, three buffers. not_found, busy, refused (not a camera,
/// no format that we take).
Result<std::unique_ptr<Capture>> open_video4linux(const std::string& path);

/// Brightness of YUYV pixels: every second byte. `bytes_per_line` as the driver says. Nothing when `size` is
/// too small for the picture.
std::optional<GrayImage> grey_of_yuyv(const unsigned char* bytes, std::size_t size, int width_px,
                                      int height_px, std::size_t bytes_per_line);
/// Brightness of pictures that begin with it: GREY, NV12.
std::optional<GrayImage> grey_of_plane(const unsigned char* bytes, std::size_t size, int width_px,
                                       int height_px, std::size_t bytes_per_line);
/// "usb-0000:00:14.0-1.2" -> "0000:00:14.0/1.2"; anything else is empty.
std::string port_of_bus_info(const std::string& bus_info);

}  // namespace kenpin::device
