#pragma once
// Every USB device that is ours to talk to: HID scanners and scales, keyboards and printers that the user
// gave us. One thread: libusb's events are handled inside turn(), its callbacks only take notes.
//
//   a device comes ──> Plugged: who it is and what it has is read from what the kernel knows
//     ── nobody has asked its HID interface yet ──> looked at again, until `settle` is over (the kernel is
//                                                   about to: a touch screen must not be taken from it)
//     ── an interface is ours ──> a UsbUnit, which opens it and says Came
//   it leaves (its event, or its transfers say so, in any order) ──> its units end, then it is forgotten
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "firmware-bridge/device/news.hpp"
#include "firmware-bridge/device/usb_plan.hpp"

struct libusb_context;

namespace kenpin::device {

class UsbBus : public Source {
public:
    static constexpr Millis look_every{5'000};  // beside hotplug events, which may get lost
    static constexpr Millis settle{300};        // the kernel binds its own driver in a few milliseconds
    static constexpr Millis look_while_settling{50};
    static constexpr Millis farewell{2'000};  // for transfers to come back when the program ends

    /// unreachable: there is no USB on this machine.
    static Result<std::unique_ptr<UsbBus>> open(UsbOptions options);
    UsbBus(const UsbBus&) = delete;
    UsbBus& operator=(const UsbBus&) = delete;
    /// Ends everything on its way (at most `farewell`) and gives the interfaces back to the kernel.
    ~UsbBus() override;

    /// From now on these: what is not ours any more goes, what became ours comes; all else is not touched.
    void set_options(UsbOptions options);

    std::vector<Watched> watched(std::size_t room) const override;
    Mono next_wake() const override;
    std::vector<News> turn(Mono now, std::size_t room) override;
    void beep(Handle device, protocol::Beep beep) override;
    void set_trigger(Handle device, bool on) override;
    void set_blocked(Handle device, bool blocked) override;
    void zero(Handle device) override;
    void print(Handle device, std::string job, std::string bytes) override;
    void soft_reset(Handle device) override;

private:
    struct Plugged;
    struct Notes;  // of the hotplug callback
    UsbBus(libusb_context* context, UsbOptions options);

    void turn_units(Mono now, std::size_t room);
    void look_around(Mono now);
    void decide(Plugged& plugged, Mono now);
    template <class Verb>
    void ask(Handle device, const Verb& verb);

    libusb_context* context_;
    UsbOptions options_;
    std::unique_ptr<Notes> notes_;
    int hotplug_ = 0;
    std::list<Plugged> plugged_;
    std::vector<News> to_tell_;
    Mono look_at_{};
};

}  // namespace kenpin::device
