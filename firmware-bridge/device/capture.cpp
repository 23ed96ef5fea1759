#include "firmware-bridge/device/capture.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace kenpin::device {
namespace {

constexpr unsigned wanted_width = 1280, wanted_height = 720, buffer_count = 3;
// In the order of what they cost us: MJPEG is decoded in the child.
constexpr std::array<std::uint32_t, 4> formats{V4L2_PIX_FMT_GREY, V4L2_PIX_FMT_NV12, V4L2_PIX_FMT_YUYV,
                                               V4L2_PIX_FMT_MJPEG};

int control(int fd, unsigned long request, void* argument) {
    int result = 0;
    do result = ::ioctl(fd, request, argument);
    while (result < 0 && errno == EINTR);
    return result;
}

Error failed(const std::string& path) {
    const auto kind = errno == ENOENT || errno == ENODEV ? Error::Kind::not_found
                      : errno == EBUSY                   ? Error::Kind::busy
                                                         : Error::Kind::refused;
    return {kind, path + ": " + std::generic_category().message(errno)};
}

template <std::size_t size>
std::string text(const unsigned char (&bytes)[size]) {
    const auto* begin = reinterpret_cast<const char*>(bytes);
    return {begin, ::strnlen(begin, size)};
}

v4l2_buffer a_buffer() {
    v4l2_buffer buffer{};
    buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    buffer.memory = V4L2_MEMORY_MMAP;
    return buffer;
}

struct Mapped {
    void* start = MAP_FAILED;
    std::size_t size = 0;
};

class Video4Linux : public Capture {
public:
    explicit Video4Linux(int fd) : fd_(fd) {}
    Video4Linux(const Video4Linux&) = delete;
    Video4Linux& operator=(const Video4Linux&) = delete;
    ~Video4Linux() override {
        for (const auto& buffer : buffers_)
            if (buffer.start != MAP_FAILED) ::munmap(buffer.start, buffer.size);
        ::close(fd_);
    }

    Outcome begin(const std::string& path) {
        v4l2_capability camera{};
        if (control(fd_, VIDIOC_QUERYCAP, &camera) < 0) return failed(path);
        const auto can =
            (camera.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? camera.device_caps : camera.capabilities;
        if ((can & V4L2_CAP_VIDEO_CAPTURE) == 0 || (can & V4L2_CAP_STREAMING) == 0)
            return Error{Error::Kind::refused, path + ": does not stream pictures"};
        const auto port = port_of_bus_info(text(camera.bus_info));
        name_ = {text(camera.card), port.empty() ? path : port};
        if (!choose_format())
            return Error{Error::Kind::refused, path + ": no format of pictures that we take"};
        return share_buffers() && stream() ? Outcome{Done{}} : Outcome{failed(path)};
    }

    const CameraName& name() const override { return name_; }
    int fd() const override { return fd_; }

    Result<std::optional<codes::Frame>> newest() override {
        std::optional<v4l2_buffer> last;
        for (;;) {
            auto buffer = a_buffer();
            if (control(fd_, VIDIOC_DQBUF, &buffer) < 0) {
                if (errno == EAGAIN) break;
                return Error{Error::Kind::unreachable, std::generic_category().message(errno)};
            }
            if (last) give_back(*last);
            last = buffer;
        }
        if (!last) return std::optional<codes::Frame>{};
        auto frame = frame_of(*last);
        give_back(*last);
        return frame;
    }

private:
    bool choose_format() {
        for (const auto format : formats) {
            v4l2_format wanted{};
            wanted.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
            wanted.fmt.pix.width = wanted_width;
            wanted.fmt.pix.height = wanted_height;
            wanted.fmt.pix.pixelformat = format;
            wanted.fmt.pix.field = V4L2_FIELD_ANY;
            if (control(fd_, VIDIOC_S_FMT, &wanted) < 0 || wanted.fmt.pix.pixelformat != format) continue;
            picture_ = wanted.fmt.pix;
            return true;
        }
        return false;
    }

    bool share_buffers() {
        v4l2_requestbuffers request{};
        request.count = buffer_count;
        request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        request.memory = V4L2_MEMORY_MMAP;
        if (control(fd_, VIDIOC_REQBUFS, &request) < 0) return false;
        for (unsigned i = 0; i < std::min(request.count, buffer_count); ++i)
            if (!share_buffer(i)) return false;
        return request.count > 0;
    }

    bool share_buffer(unsigned index) {
        auto buffer = a_buffer();
        buffer.index = index;
        if (control(fd_, VIDIOC_QUERYBUF, &buffer) < 0) return false;
        auto& mapped = buffers_[index];
        mapped.size = buffer.length;
        mapped.start =
            ::mmap(nullptr, buffer.length, PROT_READ | PROT_WRITE, MAP_SHARED, fd_, buffer.m.offset);
        return mapped.start != MAP_FAILED && control(fd_, VIDIOC_QBUF, &buffer) == 0;
    }

    bool stream() {
        int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        return control(fd_, VIDIOC_STREAMON, &type) == 0;
    }

    void give_back(v4l2_buffer& buffer) {
        (void)control(fd_, VIDIOC_QBUF,
                      &buffer);  // fails only when the camera is gone: the next DQBUF says so
    }

    std::optional<codes::Frame> frame_of(const v4l2_buffer& buffer) const {
        if (buffer.index >= buffers_.size() || (buffer.flags & V4L2_BUF_FLAG_ERROR) != 0) return std::nullopt;
        const auto* bytes = static_cast<const unsigned char*>(buffers_[buffer.index].start);
        const auto size = std::min<std::size_t>(buffer.bytesused, buffers_[buffer.index].size);
        if (picture_.pixelformat == V4L2_PIX_FMT_MJPEG)
            return std::string(reinterpret_cast<const char*>(bytes), size);
        const auto grey = picture_.pixelformat == V4L2_PIX_FMT_YUYV ? grey_of_yuyv : grey_of_plane;
        auto image = grey(bytes, size, static_cast<int>(picture_.width), static_cast<int>(picture_.height),
                          picture_.bytesperline);
        if (!image) return std::nullopt;
        return *std::move(image);
    }

    int fd_;
    CameraName name_;
    v4l2_pix_format picture_{};
    std::array<Mapped, buffer_count> buffers_{};
};

std::optional<GrayImage> every_nth_byte(const unsigned char* bytes, std::size_t size, GrayImage image,
                                        std::size_t line, std::size_t step) {
    if (image.width_px <= 0 || image.height_px <= 0) return std::nullopt;
    const auto width = static_cast<std::size_t>(image.width_px),
               height = static_cast<std::size_t>(image.height_px);
    if (line < width * step || size < line * (height - 1) + width * step) return std::nullopt;
    image.pixels.resize(width * height);
    for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = 0; x < width; ++x) image.pixels[y * width + x] = bytes[y * line + x * step];
    return image;
}

}  // namespace

std::optional<GrayImage> grey_of_yuyv(const unsigned char* bytes, std::size_t size, int width_px,
                                      int height_px, std::size_t bytes_per_line) {
    return every_nth_byte(bytes, size, {width_px, height_px, {}}, bytes_per_line, 2);
}

std::optional<GrayImage> grey_of_plane(const unsigned char* bytes, std::size_t size, int width_px,
                                       int height_px, std::size_t bytes_per_line) {
    return every_nth_byte(bytes, size, {width_px, height_px, {}}, bytes_per_line, 1);
}

std::string port_of_bus_info(const std::string& bus_info) {
    constexpr std::string_view usb = "usb-";
    const auto dash = bus_info.rfind('-');
    if (!bus_info.starts_with(usb) || dash < usb.size() || dash + 1 == bus_info.size()) return {};
    return bus_info.substr(usb.size(), dash - usb.size()) + "/" + bus_info.substr(dash + 1);
}

Result<std::unique_ptr<Capture>> open_video4linux(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return failed(path);
    auto camera = std::make_unique<Video4Linux>(fd);
    if (const auto begun = camera->begin(path); !begun) return begun.error();
    return std::unique_ptr<Capture>(std::move(camera));
}

}  // namespace kenpin::device
