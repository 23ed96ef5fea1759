#pragma once
// One interface of one device in service: opened, listened to, mended when it fails, let go when it leaves.
//
//   Closed ── due ──> Open ── driver ready ──> (Came) Open, listening
//   Open ── ladder says reopen ──> Leaving ──> Closed (due after a pause)
//   Open ── ladder gives up ────> (Faulty) Leaving ──> Closed (due in try_again_after; well: Went, Came)
//   Open ── not ours ───────────> Leaving ──> Ended
//   any  ── gone ───────────────> (Went) Leaving ──> Ended
// Leaving lasts until the last transfer came back.
#include <memory>
#include <optional>

#include "firmware-bridge/device/recovery.hpp"
#include "firmware-bridge/device/usb_driver.hpp"

struct libusb_device;

namespace kenpin::device {

class UsbUnit : private Wire {
public:
    static constexpr Millis try_again_after{5'000};  // faulty, or in use by another program; doubling to
    static constexpr Millis try_again_longest{300'000};
    static constexpr Millis well_after{2'000};  // a faulty device that listens for so long is well again

    /// `device` outlives the unit. `attachment`: who it is; its handle is given here.
    UsbUnit(libusb_device* device, InterfacePlan plan, std::unique_ptr<UsbDriver> driver,
            Attachment attachment);

    Handle handle() const { return attachment_.handle; }
    std::uint8_t interface_number() const { return plan_.number; }
    bool is_over() const { return is_over_; }  // leaving for good
    bool is_ended() const { return state_ == State::ended; }
    UsbDriver& driver() { return *driver_; }
    bool is_keyboard() const;

    /// Does what is due. Takes off `room` one for each scan it puts into `news`.
    void turn(Mono now, std::size_t& room, std::vector<News>& news);
    Mono next_wake() const;
    /// The device was unplugged, or shall not be served any more (`give_back`: the kernel may have it).
    void leave(bool give_back);
    /// A way to the device for the driver's verbs; nothing while it is not in service.
    Wire* wire() { return is_in_service() ? this : nullptr; }

private:
    enum class State { closed, open, leaving, ended };

    void ask(int tag, const Request& request, const std::string& data, std::size_t most) override;
    bool write(const std::string& bytes, Millis patience) override;
    void clear_halt(const Endpoint& endpoint) override;
    const InterfacePlan& plan() const override { return plan_; }

    bool is_in_service() const {
        return state_ == State::open && driver_->state() == UsbDriver::State::ready;
    }
    bool may_take(std::size_t room) const { return room > 0 || !driver_->brings_scans(); }
    bool could_listen() const;
    /// A read is on its way and nothing has come of it; not so when what came waits for room.
    bool hears_nothing() const { return listens_since_ && !interface_->has_finished(); }
    Teller teller(std::vector<News>& news) const { return {attachment_.handle, news}; }

    void open(Mono now, std::vector<News>& news);
    void serve(Mono now, std::size_t room, std::vector<News>& news);
    void take_finished(Mono now, std::size_t& room, std::vector<News>& news);
    void take(const Finished& finished, Mono now, std::vector<News>& news);
    void take_read(const Finished& read, Mono now, std::vector<News>& news);
    void listen(Mono now, std::vector<News>& news);
    void mend(Trouble trouble, Mono now, std::vector<News>& news);
    void begin_clearing(Mono now, std::vector<News>& news);
    void take_cleared(TransferEnd end, Mono now, std::vector<News>& news);
    void give_up(const std::string& reason, Mono now, std::vector<News>& news);
    void close_until(Mono due);
    void close_if_idle(std::vector<News>& news);
    void say_came(std::vector<News>& news);
    void say_if_well_again(Mono now, std::vector<News>& news);
    void end(std::vector<News>& news);
    void notice(const Outcome& outcome);

    libusb_device* device_;
    InterfacePlan plan_;
    std::unique_ptr<UsbDriver> driver_;
    Attachment attachment_;
    State state_ = State::closed;
    std::unique_ptr<UsbInterface> interface_;
    Recovery recovery_;
    Mono due_{};                             // closed: when it is opened
    std::optional<Mono> listen_at_;          // open: the ladder's pause ends
    std::optional<Mono> listens_since_;      // a read is on its way
    bool is_clearing_ = false;               // a halt is being ended
    bool is_over_ = false;                   // ends after leaving
    bool was_told_ = false;                  // Came was said of the present handle
    bool is_faulty_ = false;                 // and Faulty after it
    Millis try_again_in_ = try_again_after;  // doubles while it does not help
};

}  // namespace kenpin::device
