#pragma once
// What a class of USB devices (scanner, scale, printer …) does with its interface: it asks over a Wire and is
// told what came back. Opening, listening, recovery and teardown are its unit's (usb_unit.hpp).
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-bridge/device/news.hpp"
#include "firmware-bridge/device/usb_interface.hpp"

namespace kenpin::device {

/// One interface as the device's configuration describes it.
struct InterfacePlan {
    std::uint8_t number = 0;
    std::uint8_t device_class = 0, subclass = 0, protocol = 0;
    int configuration = 1;
    Endpoint in, out;
    bool operator==(const InterfacePlan&) const = default;
};

/// Where a driver puts its news, under the name its device has at present.
struct Teller {
    Handle handle;
    std::vector<News>& news;
};

/// Asynchronous; when the device is gone, nothing happens and the driver is told by on_cut().
class Wire {
public:
    virtual ~Wire() = default;
    /// on_answer() follows, with the same tag (1 ..).
    virtual void ask(int tag, const Request& request, const std::string& data, std::size_t most) = 0;
    /// To the OUT endpoint of the plan, at most usb_chunk bytes; on_written() follows. False: not a byte of
    /// it was handed over, and nothing follows.
    virtual bool write(const std::string& bytes, Millis patience) = 0;
    /// Ends a halt. Blocks until the device answers: only for one that just answered.
    virtual void clear_halt(const Endpoint& endpoint) = 0;
    virtual const InterfacePlan& plan() const = 0;
};

inline constexpr std::size_t usb_chunk = 8'192;   // bytes of one transfer of a print job
inline constexpr Millis control_patience{1'000};  // then a control request counts as not answered

class UsbDriver {
public:
    enum class State { getting_ready, ready, not_ours, failed };

    virtual ~UsbDriver() = default;

    /// The interface was claimed, for the first time or again.
    virtual void begin(Wire& wire) = 0;
    virtual State state() const = 0;

    /// Kind, caps, product and remedy, as far as they are known; the rest of `device` stays.
    virtual void describe(Attachment& device) const = 0;
    /// Before begin(): it is already known what it is.
    virtual bool knows_its_kind() const = 0;
    /// Its reads become scans: it is not read while nobody takes them.
    virtual bool brings_scans() const { return false; }
    /// Bytes of the longest transfer it may send us; 0: it is not listened to.
    virtual std::size_t read_bytes() const = 0;

    virtual void on_answer(Wire& wire, const Finished& answer, Mono now, Teller& tell) = 0;
    /// One transfer of the IN endpoint, never empty.
    virtual void on_read(std::string_view bytes, Mono now, Teller& tell) = 0;
    /// Also when it came back because the device is gone.
    virtual void on_written(Wire&, const Finished&, Mono /*now*/, Teller&) {}
    /// A transfer failed or the device is gone (`is_over`): what was half done is dropped and said.
    virtual void on_cut(bool is_over, Teller& tell) = 0;

    /// It listens since `since` and nothing has come. When on_quiet() wants to be called; Mono::max(): never.
    virtual Mono quiet_until(Mono /*since*/) const { return Mono::max(); }
    virtual void on_quiet(Teller&) {}
    /// When on_time() wants to be called.
    virtual Mono next_wake() const { return Mono::max(); }
    virtual void on_time(Wire&, Mono /*now*/, Teller&) {}

    virtual void beep(Wire&, protocol::Beep) {}
    virtual void set_trigger(Wire&, bool /*on*/) {}
    virtual void set_blocked(Wire&, bool /*blocked*/) {}
    virtual void zero(Wire&) {}
    /// False: it cannot; else exactly one Printed follows.
    virtual bool print(Wire&, std::string /*job*/, std::string /*bytes*/) { return false; }
    virtual void soft_reset(Wire&) {}
};

}  // namespace kenpin::device
