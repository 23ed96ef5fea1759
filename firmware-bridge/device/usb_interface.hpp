#pragma once
// One claimed interface of a USB device and what is on its way to and from it. Everything is asynchronous:
// what came back waits in next_finished() until it is asked for. One thread: the one that handles libusb's
// events.
//
//   claim ──> in use ── let_go() ──> leaving ── the last transfer came back: is_idle() ──> destroyed
//
// A transfer belongs to libusb until its callback was called, cancelled or not: so is_idle() is awaited.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

struct libusb_device;
struct libusb_device_handle;
struct libusb_transfer;

namespace kenpin::device {

enum class TransferEnd { good, stall, error, overflow, no_answer, cancelled, gone };

enum class EndpointKind { interrupt, bulk };
struct Endpoint {
    std::uint8_t address = 0;  // 0: there is none; bit 7: towards the host
    EndpointKind kind = EndpointKind::interrupt;
    std::uint16_t packet_bytes = 0;
    bool operator==(const Endpoint&) const = default;
};

/// The eight bytes of a control request (USB 2.0, 9.3), its length apart.
struct Request {
    std::uint8_t type = 0;
    std::uint8_t number = 0;
    std::uint16_t value = 0;
    std::uint16_t index = 0;
    bool operator==(const Request&) const = default;
};

struct Finished {
    enum class What { read, written, answered };
    What what = What::read;
    int tag = 0;  // as given
    TransferEnd end = TransferEnd::good;
    std::string bytes{};    // that came in
    std::size_t count = 0;  // bytes that went over the wire, either way
};

class UsbInterface {
public:
    static constexpr std::size_t most_in_flight = 16;

    /// Opens the device and takes the interface, from the kernel's driver if one holds it. not_found: the
    /// device is gone. refused: no permission. busy: another program holds the interface.
    static Result<std::unique_ptr<UsbInterface>> claim(libusb_device* device, std::uint8_t number);

    UsbInterface(const UsbInterface&) = delete;
    UsbInterface& operator=(const UsbInterface&) = delete;
    ~UsbInterface();  // is_idle()

    std::uint8_t number() const { return number_; }

    // Each gives one Finished later, unless it is an error at once: not_found (gone), full (too many),
    // unreachable (the rest).
    /// Waits for one transfer of at most `most` bytes from the device.
    Outcome read(const Endpoint& from, std::size_t most);
    Outcome write(const Endpoint& to, const std::string& bytes, int tag, Millis patience);
    /// `data` goes to the device, or up to `most` bytes come from it, as the request's type says.
    Outcome ask(const Request& request, const std::string& data, std::size_t most, int tag, Millis patience);

    /// Ends a halt on both ends. Blocks until the device answers: only for one that just answered.
    TransferEnd clear_halt(const Endpoint& endpoint);

    std::optional<Finished> next_finished();
    bool has_finished() const { return !back_.empty(); }

    /// Cancels all that is on its way. `give_back`: the kernel's driver gets the interface afterwards.
    void let_go(bool give_back);
    bool is_idle() const { return in_flight_.empty(); }

private:
    struct Transfer;
    UsbInterface(libusb_device_handle* handle, std::uint8_t number);
    Outcome submit(std::unique_ptr<Transfer> transfer);
    static void on_back(libusb_transfer* raw);

    libusb_device_handle* handle_;
    std::uint8_t number_;
    std::vector<std::unique_ptr<Transfer>> in_flight_;
    std::deque<std::unique_ptr<Transfer>> back_;
};

}  // namespace kenpin::device
