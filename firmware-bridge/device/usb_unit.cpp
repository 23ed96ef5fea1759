#include "firmware-bridge/device/usb_unit.hpp"

#include <algorithm>
#include <utility>

#include "core/base/overloaded.hpp"

namespace kenpin::device {
namespace {

constexpr int clear_tag = 0;                // the unit's own request; those of drivers begin at 1
constexpr Millis clear_patience{250};       // a device in its right mind answers in a few milliseconds
constexpr std::uint8_t to_endpoint = 0x02;  // host to device, standard, endpoint
constexpr std::uint8_t clear_feature = 1;   // of a standard request; feature 0 is the halt

Trouble trouble_of(TransferEnd end) {
    switch (end) {
        case TransferEnd::stall:
            return Trouble::stall;
        case TransferEnd::overflow:
            return Trouble::overflow;
        case TransferEnd::no_answer:
            return Trouble::no_answer;
        case TransferEnd::gone:
            return Trouble::gone;
        case TransferEnd::good:
        case TransferEnd::cancelled:
        case TransferEnd::error:
            break;
    }
    return Trouble::error;
}

std::size_t count_scans(const std::vector<News>& news, std::size_t from) {
    return static_cast<std::size_t>(
        std::count_if(news.begin() + static_cast<std::ptrdiff_t>(from), news.end(),
                      [](const News& each) { return std::holds_alternative<Scanned>(each); }));
}

}  // namespace

UsbUnit::UsbUnit(libusb_device* device, InterfacePlan plan, std::unique_ptr<UsbDriver> driver,
                 Attachment attachment)
    : device_(device), plan_(plan), driver_(std::move(driver)), attachment_(std::move(attachment)) {
    attachment_.handle = next_handle();
}

bool UsbUnit::is_keyboard() const {
    Attachment known;
    driver_->describe(known);
    return known.kind == Kind::keyboard_scanner;
}

// ---- what is due ----

void UsbUnit::turn(Mono now, std::size_t& room, std::vector<News>& news) {
    if (state_ == State::closed && !is_over_ && now >= due_) open(now, news);
    if (interface_) take_finished(now, room, news);
    if (state_ == State::open) serve(now, room, news);
    if (state_ == State::leaving) close_if_idle(news);
    if (state_ == State::closed && is_over_) end(news);
}

Mono UsbUnit::next_wake() const {
    if (state_ == State::closed) return due_;
    if (state_ != State::open) return Mono::max();
    auto wake = driver_->next_wake();
    if (listen_at_) wake = std::min(wake, *listen_at_);
    if (hears_nothing()) wake = std::min(wake, driver_->quiet_until(*listens_since_));
    if (hears_nothing() && is_faulty_) wake = std::min(wake, *listens_since_ + well_after);
    return wake;
}

void UsbUnit::serve(Mono now, std::size_t room, std::vector<News>& news) {
    auto tell = teller(news);
    if (hears_nothing() && now >= driver_->quiet_until(*listens_since_)) driver_->on_quiet(tell);
    if (now >= driver_->next_wake()) driver_->on_time(*this, now, tell);
    if (driver_->state() == UsbDriver::State::not_ours) return leave(true);
    if (driver_->state() == UsbDriver::State::failed) return mend(Trouble::no_answer, now, news);
    if (!is_in_service()) return;
    if (!was_told_) say_came(news);
    if (listen_at_ && now >= *listen_at_) listen_at_.reset();
    if (could_listen() && may_take(room)) listen(now, news);
    if (is_faulty_) say_if_well_again(now, news);
}

void UsbUnit::take_finished(Mono now, std::size_t& room, std::vector<News>& news) {
    while (interface_ && may_take(room)) {
        const auto finished = interface_->next_finished();
        if (!finished) return;
        const auto before = news.size();
        take(*finished, now, news);
        room -= std::min(room, count_scans(news, before));
    }
}

void UsbUnit::take(const Finished& finished, Mono now, std::vector<News>& news) {
    if (finished.what == Finished::What::read) return take_read(finished, now, news);
    auto tell = teller(news);
    if (finished.what == Finished::What::written) driver_->on_written(*this, finished, now, tell);
    if (state_ != State::open) return;
    if (finished.end == TransferEnd::gone) return leave(false);
    if (finished.what == Finished::What::written) return;
    if (finished.tag == clear_tag) return take_cleared(finished.end, now, news);
    driver_->on_answer(*this, finished, now, tell);
}

void UsbUnit::take_read(const Finished& read, Mono now, std::vector<News>& news) {
    listens_since_.reset();
    auto tell = teller(news);
    if (read.end == TransferEnd::good) {
        recovery_.on_good_transfer();
        if (!read.bytes.empty()) driver_->on_read(read.bytes, now, tell);
    } else if (state_ == State::open && read.end != TransferEnd::cancelled) {
        driver_->on_cut(false, tell);
        mend(trouble_of(read.end), now, news);
    }
}

bool UsbUnit::could_listen() const {
    return !listens_since_ && !listen_at_ && !is_clearing_ && plan_.in.address != 0 &&
           driver_->read_bytes() > 0;
}

void UsbUnit::listen(Mono now, std::vector<News>& news) {
    const auto most = std::max<std::size_t>(driver_->read_bytes(), plan_.in.packet_bytes);
    const auto outcome = interface_->read(plan_.in, most);
    if (outcome)
        listens_since_ = now;
    else
        mend(outcome.error().kind == Error::Kind::not_found ? Trouble::gone : Trouble::error, now, news);
}

// ---- opening, mending, leaving ----

void UsbUnit::open(Mono now, std::vector<News>& news) {
    auto claimed = UsbInterface::claim(device_, plan_.number);
    if (claimed) {
        interface_ = std::move(claimed).value();
        state_ = State::open;
        return driver_->begin(*this);
    }
    const auto& why = claimed.error();
    if (why.kind == Error::Kind::not_found) {
        is_over_ = true;
    } else {
        news.emplace_back(Note{attachment_.port + ": " + why.detail});
        give_up(why.kind == Error::Kind::refused ? "device_no_permission" : "device_in_use", now, news);
    }
}

void UsbUnit::mend(Trouble trouble, Mono now, std::vector<News>& news) {
    const bool is_ready = is_in_service();
    std::visit(Overloaded{[&](ClearHalt) { is_ready ? begin_clearing(now, news) : close_until(now); },
                          [&](ListenAgain again) {
                              if (is_ready)
                                  listen_at_ = now + again.after;
                              else
                                  close_until(now + again.after);
                          },
                          [&](Reopen reopen) { close_until(now + reopen.after); },
                          [&](GiveUp) { give_up("device_fault", now, news); }, [&](LetGo) { leave(false); }},
               recovery_.on(trouble));
}

/// First a request that may time out without holding anybody up; only a device that answers it is asked in
/// the way that blocks (and sets the host's end of the pipe right, too).
void UsbUnit::begin_clearing(Mono now, std::vector<News>& news) {
    const Request request{to_endpoint, clear_feature, 0, plan_.in.address};
    is_clearing_ = static_cast<bool>(interface_->ask(request, {}, 0, clear_tag, clear_patience));
    if (!is_clearing_) mend(Trouble::error, now, news);
}

void UsbUnit::take_cleared(TransferEnd end, Mono now, std::vector<News>& news) {
    is_clearing_ = false;
    if (end == TransferEnd::good) end = interface_->clear_halt(plan_.in);
    if (end != TransferEnd::good) mend(end == TransferEnd::gone ? Trouble::gone : Trouble::error, now, news);
}

void UsbUnit::give_up(const std::string& reason, Mono now, std::vector<News>& news) {
    if (!was_told_ && driver_->knows_its_kind()) say_came(news);
    if (was_told_ && !is_faulty_) news.emplace_back(Faulty{attachment_.handle, reason});
    is_faulty_ = was_told_;
    recovery_ = {};
    close_until(now + try_again_in_);
    try_again_in_ = std::min(2 * try_again_in_, try_again_longest);
}

/// The kernel's driver does not get it in between: it would talk to the device just when we open it again.
void UsbUnit::close_until(Mono due) {
    due_ = due;
    if (!interface_) return;
    interface_->let_go(false);
    state_ = State::leaving;
}

void UsbUnit::leave(bool give_back) {
    is_over_ = true;
    if (!interface_) return;
    interface_->let_go(give_back);
    state_ = State::leaving;
}

void UsbUnit::close_if_idle(std::vector<News>& news) {
    if (!interface_->is_idle() || interface_->has_finished()) return;
    auto tell = teller(news);
    driver_->on_cut(true, tell);
    interface_.reset();
    listens_since_.reset();
    listen_at_.reset();
    is_clearing_ = false;
    state_ = State::closed;
}

void UsbUnit::end(std::vector<News>& news) {
    if (was_told_) news.emplace_back(Went{attachment_.handle});
    state_ = State::ended;
}

// ---- what is told ----

void UsbUnit::say_came(std::vector<News>& news) {
    driver_->describe(attachment_);
    news.emplace_back(Came{attachment_});
    was_told_ = true;
}

void UsbUnit::say_if_well_again(Mono now, std::vector<News>& news) {
    const bool is_listened_to = plan_.in.address != 0 && driver_->read_bytes() > 0;
    if (is_listened_to && !(hears_nothing() && now >= *listens_since_ + well_after)) return;
    is_faulty_ = false;
    try_again_in_ = try_again_after;
    news.emplace_back(Went{attachment_.handle});
    attachment_.handle = next_handle();
    say_came(news);
}

// ---- the driver's wire ----

void UsbUnit::ask(int tag, const Request& request, const std::string& data, std::size_t most) {
    if (state_ != State::open) return;
    notice(interface_->ask(request, data, most, tag, control_patience));
}

bool UsbUnit::write(const std::string& bytes, Millis patience) {
    if (state_ != State::open) return false;
    const auto outcome = interface_->write(plan_.out, bytes, 0, patience);
    notice(outcome);
    return static_cast<bool>(outcome);
}

void UsbUnit::clear_halt(const Endpoint& endpoint) {
    if (interface_->clear_halt(endpoint) == TransferEnd::gone) leave(false);
}

/// A command that finds no device left: its going is seen at once. One too many is dropped.
void UsbUnit::notice(const Outcome& outcome) {
    if (!outcome && outcome.error().kind == Error::Kind::not_found) leave(false);
}

}  // namespace kenpin::device
