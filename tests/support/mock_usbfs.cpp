#include "tests/support/mock_usbfs.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <linux/usbdevice_fs.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace kenpin::support {
namespace {

constexpr std::size_t setup_bytes = 8;

template <class T>
void update(UMockdevIoctlData* data, std::size_t offset, const T& value) {
    auto copy = value;
    umockdev_ioctl_data_update(data, offset, reinterpret_cast<guint8*>(&copy), sizeof copy);
}

Setup setup_of(const unsigned char* at) {
    const auto word = [&](int i) { return static_cast<std::uint16_t>(at[i] | at[i + 1] << 8); };
    return {at[0], at[1], word(2), word(4), word(6)};
}

}  // namespace

struct MockUsbfs::Urb {
    Urb(UMockdevIoctlData* argument)
        : data(umockdev_ioctl_data_resolve(argument, 0, sizeof(usbdevfs_urb), nullptr)) {
        buffer = umockdev_ioctl_data_resolve(data, offsetof(usbdevfs_urb, buffer), length(), nullptr);
    }
    Urb(const Urb&) = delete;
    Urb& operator=(const Urb&) = delete;
    ~Urb() {
        g_object_unref(buffer);
        g_object_unref(data);
    }

    const usbdevfs_urb& asked() const { return *reinterpret_cast<const usbdevfs_urb*>(data->data); }
    std::uint8_t endpoint() const { return asked().endpoint; }
    std::size_t length() const { return static_cast<std::size_t>(asked().buffer_length); }
    bool is_control() const { return asked().type == USBDEVFS_URB_TYPE_CONTROL; }
    bool is_read() const { return !is_control() && (endpoint() & 0x80) != 0; }
    std::string_view sent() const { return {reinterpret_cast<const char*>(buffer->data), length()}; }

    UMockdevIoctlData* data;
    UMockdevIoctlData* buffer = nullptr;
    int status = 0;
    std::size_t actual = 0;
    std::string to_host;
};

MockUsbfs::MockUsbfs(UsbModel& model, std::filesystem::path path, std::mutex& guard,
                     std::condition_variable& changed)
    : model_(model),
      path_(std::move(path)),
      guard_(guard),
      changed_(changed),
      handler_(umockdev_ioctl_base_new()) {
    master_ = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    grantpt(master_);
    unlockpt(master_);
    std::string name(64, '\0');
    ptsname_r(master_, name.data(), name.size());
    name.resize(std::strlen(name.c_str()));
    line_ = ::open(name.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
    std::filesystem::create_symlink(name, path_);
    g_signal_connect_data(handler_, "handle-ioctl", reinterpret_cast<GCallback>(&MockUsbfs::on_ioctl), this,
                          nullptr, G_CONNECT_AFTER);
    show_readiness();
}

MockUsbfs::~MockUsbfs() {
    hang_up();
    waiting_.clear();
    done_.clear();
    g_object_unref(handler_);
}

gboolean MockUsbfs::on_ioctl(UMockdevIoctlBase*, UMockdevIoctlClient* client, gpointer self) {
    auto& usbfs = *static_cast<MockUsbfs*>(self);
    const std::lock_guard lock(usbfs.guard_);
    const auto answer =
        usbfs.answer(umockdev_ioctl_client_get_request(client), umockdev_ioctl_client_get_arg(client));
    usbfs.show_readiness();
    usbfs.changed_.notify_all();
    umockdev_ioctl_client_complete(client, answer.result, answer.error);
    return TRUE;
}

MockUsbfs::Answer MockUsbfs::answer(gulong request, UMockdevIoctlData* argument) {
    switch (request) {  // what works with nobody there
        case USBDEVFS_REAPURB:
        case USBDEVFS_REAPURBNDELAY:
            return reap(argument);
        case USBDEVFS_DISCARDURB:
            return discard(argument);
        default:
            if (is_cut_) return {-1, ENODEV};
    }
    switch (request) {
        case USBDEVFS_GET_CAPABILITIES: {
            UMockdevIoctlData* data = umockdev_ioctl_data_resolve(argument, 0, sizeof(guint32), nullptr);
            update<guint32>(data, 0,
                            USBDEVFS_CAP_ZERO_PACKET | USBDEVFS_CAP_BULK_CONTINUATION |
                                USBDEVFS_CAP_NO_PACKET_SIZE_LIM | USBDEVFS_CAP_REAP_AFTER_DISCONNECT);
            g_object_unref(data);
            return {0, 0};
        }
        case USBDEVFS_CLAIMINTERFACE:
            return claim(argument, false);
        case USBDEVFS_DISCONNECT_CLAIM:
            return claim(argument, true);
        case USBDEVFS_RELEASEINTERFACE:
            ++model_.releases;
            return {0, 0};
        case USBDEVFS_CLEAR_HALT:
            ++model_.cleared_halts;
            return {0, 0};
        case USBDEVFS_IOCTL:  // the kernel's driver is let in again
            ++model_.given_back;
            return {0, 0};
        case USBDEVFS_GETDRIVER:
            return {-1, ENODATA};
        case USBDEVFS_SUBMITURB:
            return submit(argument);
        default:
            return {-1, ENOTTY};
    }
}

MockUsbfs::Answer MockUsbfs::claim(UMockdevIoctlData* argument, bool is_from_driver) {
    const auto size = is_from_driver ? sizeof(usbdevfs_disconnect_claim) : sizeof(unsigned);
    UMockdevIoctlData* data = umockdev_ioctl_data_resolve(argument, 0, size, nullptr);
    unsigned number = 0;  // in both the first member
    std::memcpy(&number, data->data, sizeof number);
    g_object_unref(data);
    for (const auto& one : model_.interfaces) {
        if (one.number != number) continue;
        if (one.is_used_by_another) return {-1, EBUSY};
        ++model_.claims;
        return {0, 0};
    }
    return {-1, ENOENT};
}

MockUsbfs::Answer MockUsbfs::submit(UMockdevIoctlData* argument) {
    start(waiting_.emplace_back(argument));
    pump();
    return {0, 0};
}

void MockUsbfs::start(Urb& urb) {
    if (urb.is_read()) return;
    const auto last = std::prev(waiting_.end());
    if (!urb.is_control()) {
        const auto reply = model_.on_out(urb.endpoint(), urb.sent());
        if (reply.status != Reply::never)
            complete(last, reply.status, std::min(reply.taken, urb.sent().size()));
        else if (reply.taken != SIZE_MAX)
            urb.actual = reply.taken;
        return;
    }
    const auto setup = setup_of(urb.buffer->data);
    auto reply = model_.on_control(setup, urb.sent().substr(setup_bytes));
    if (reply.status == Reply::never) return;
    reply.bytes.resize(std::min<std::size_t>(reply.bytes.size(), setup.length));
    const bool is_to_host = (setup.type & 0x80) != 0;
    if (is_to_host) urb.to_host = reply.bytes;
    complete(last, reply.status, is_to_host ? reply.bytes.size() : setup.length);
}

void MockUsbfs::pump() {
    for (auto urb = waiting_.begin(); urb != waiting_.end();) {
        const auto next = std::next(urb);
        auto& queue = model_.to_host[urb->endpoint()];
        if (urb->is_read() && !queue.empty()) {
            auto reply = std::move(queue.front());
            queue.pop_front();
            const auto room = urb->length();
            const bool is_too_long = reply.bytes.size() > room;
            reply.bytes.resize(std::min(reply.bytes.size(), room));
            urb->to_host = reply.bytes;
            complete(urb, is_too_long ? -EOVERFLOW : reply.status, reply.bytes.size());
        }
        urb = next;
    }
    model_.waiting_reads = static_cast<int>(
        std::count_if(waiting_.begin(), waiting_.end(), [](const Urb& urb) { return urb.is_read(); }));
    show_readiness();
    changed_.notify_all();
}

void MockUsbfs::complete(std::list<Urb>::iterator urb, int status, std::size_t actual) {
    urb->status = status;
    urb->actual = actual;
    done_.splice(done_.end(), waiting_, urb);
}

MockUsbfs::Answer MockUsbfs::reap(UMockdevIoctlData* argument) {
    if (done_.empty()) return {-1, is_cut_ ? ENODEV : EAGAIN};
    auto& urb = done_.front();
    if (!urb.to_host.empty()) {
        const std::size_t skip = urb.is_control() ? setup_bytes : 0;
        umockdev_ioctl_data_update(urb.buffer, skip, reinterpret_cast<guint8*>(urb.to_host.data()),
                                   static_cast<gint>(urb.to_host.size()));
    }
    update(urb.data, offsetof(usbdevfs_urb, status), urb.status);
    update(urb.data, offsetof(usbdevfs_urb, actual_length), static_cast<int>(urb.actual));
    UMockdevIoctlData* place = umockdev_ioctl_data_resolve(argument, 0, sizeof(gpointer), nullptr);
    umockdev_ioctl_data_set_ptr(place, 0, urb.data);
    g_object_unref(place);
    done_.pop_front();
    return {0, 0};
}

MockUsbfs::Answer MockUsbfs::discard(UMockdevIoctlData* argument) {
    gulong address = 0;
    std::memcpy(&address, argument->data, sizeof address);
    for (auto urb = waiting_.begin(); urb != waiting_.end(); ++urb) {
        if (urb->data->client_addr != address) continue;
        complete(urb, -ENOENT, urb->actual);
        pump();
        return {0, 0};
    }
    return {-1, is_cut_ ? ENODEV : EINVAL};
}

void MockUsbfs::cut(int status) {
    is_cut_ = true;
    while (!waiting_.empty()) complete(waiting_.begin(), status, waiting_.front().actual);
    pump();
}

void MockUsbfs::hang_up() {
    if (master_ >= 0) ::close(master_);
    if (line_ >= 0) ::close(line_);
    master_ = line_ = -1;
    std::error_code none;
    std::filesystem::remove(path_, none);
}

/// usbfs is "writable" exactly while a transfer can be taken back.
void MockUsbfs::show_readiness() {
    const bool is_ready = !done_.empty() || is_cut_;
    if (is_ready == is_ready_ || line_ < 0) return;
    is_ready_ = is_ready;
    tcflow(line_, is_ready ? TCOON : TCOOFF);
}

}  // namespace kenpin::support
