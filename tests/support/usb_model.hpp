#pragma once
// A USB device made of software, as its firmware would behave: it describes itself, answers control requests,
// sends packets and takes packets. Plugged into a MockUsb it is seen by unmodified programs over libusb.
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kenpin::support {

/// What comes of one transfer.
struct Reply {
    static constexpr int never = 1;  // it does not answer: the transfer waits until it is cancelled
    int status = 0;                  // 0, never, or a negative errno as usbfs gives it: -EPIPE is a stall
    std::string bytes{};             // towards the host
    std::size_t taken = SIZE_MAX;    // from the host, before it failed
};

struct Setup {  // of a control request
    std::uint8_t type, request;
    std::uint16_t value, index, length;
};

struct ModelInterface {
    std::uint8_t number = 0, device_class = 3, subclass = 0, protocol = 0;
    std::uint8_t in = 0, out = 0;  // endpoint addresses; 0: none
    std::uint8_t attributes = 3;   // interrupt; 2: bulk
    std::uint16_t packet_bytes = 64;
    std::string report_descriptor{};  // of a HID interface
    bool is_bound_to_kernel = true;   // the kernel's own driver holds it (and knows the descriptor)
    bool is_used_by_another = false;  // another program has claimed it
};

class UsbModel {
public:
    UsbModel(std::uint16_t vendor, std::uint16_t product_id) : vid(vendor), pid(product_id) {}
    UsbModel(const UsbModel&) = delete;
    UsbModel& operator=(const UsbModel&) = delete;
    virtual ~UsbModel() = default;

    std::string device_descriptor() const;
    std::string configuration() const;

    // Its firmware. Called by the MockUsb it is plugged into, one call at a time.
    virtual Reply on_control(const Setup& setup, std::string_view data);
    virtual Reply on_out(std::uint8_t endpoint, std::string_view data);

    const std::uint16_t vid, pid;
    std::uint8_t device_class = 0;
    std::string maker = "Emulated", product = "Device", serial;
    std::vector<ModelInterface> interfaces;

    // The wire. Only touched through MockUsb::with().
    std::map<std::uint8_t, std::deque<Reply>> to_host;  // what each IN endpoint sends next
    int waiting_reads = 0;                              // IN transfers of the host that wait for a packet
    int cleared_halts = 0;
    int claims = 0, releases = 0, given_back = 0;  // of any interface
    std::deque<std::string> reports_set;           // SET_REPORT: kind and id, then the bytes
};

}  // namespace kenpin::support
