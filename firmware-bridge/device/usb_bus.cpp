#include "firmware-bridge/device/usb_bus.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include <libusb-1.0/libusb.h>
#include <poll.h>

#include "firmware-bridge/decode/quirks.hpp"
#include "firmware-bridge/device/hid_driver.hpp"
#include "firmware-bridge/device/keyboard_driver.hpp"
#include "firmware-bridge/device/printer_driver.hpp"
#include "firmware-bridge/device/usb_unit.hpp"

namespace kenpin::device {
namespace {

constexpr std::size_t most_ports = 7;          // USB 2.0, 4.1.1: hubs in a row
constexpr std::uint16_t packet_bits = 0x07FF;  // of wMaxPacketSize; above them: packets in one microframe
constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();

std::string name_of(libusb_device* device) {
    std::array<std::uint8_t, most_ports> ports{};
    const int depth = libusb_get_port_numbers(device, ports.data(), static_cast<int>(ports.size()));
    return sysfs_name(libusb_get_bus_number(device), {ports.begin(), ports.begin() + std::max(depth, 0)});
}

UsbIdentity identity_of(libusb_device* device) {
    libusb_device_descriptor descriptor{};
    libusb_get_device_descriptor(device, &descriptor);  // cannot fail since 1.0.16
    return read_usb_identity(descriptor.idVendor, descriptor.idProduct, name_of(device));
}

Endpoint endpoint_of(const libusb_endpoint_descriptor& found) {
    const auto type = found.bmAttributes & LIBUSB_TRANSFER_TYPE_MASK;
    return {.address = found.bEndpointAddress,
            .kind = type == LIBUSB_TRANSFER_TYPE_BULK ? EndpointKind::bulk : EndpointKind::interrupt,
            .packet_bytes = static_cast<std::uint16_t>(found.wMaxPacketSize & packet_bits)};
}

InterfacePlan plan_of(const libusb_interface_descriptor& found, int configuration) {
    InterfacePlan plan{.number = found.bInterfaceNumber,
                       .device_class = found.bInterfaceClass,
                       .subclass = found.bInterfaceSubClass,
                       .protocol = found.bInterfaceProtocol,
                       .configuration = configuration,
                       .in = {},
                       .out = {}};
    for (int i = 0; i < found.bNumEndpoints; ++i) {
        const auto endpoint = endpoint_of(found.endpoint[i]);
        auto& place = (endpoint.address & LIBUSB_ENDPOINT_IN) != 0 ? plan.in : plan.out;
        if (place.address == 0) place = endpoint;
    }
    return plan;
}

/// Each interface in its first setting. From the kernel's memory: the device is not asked.
std::vector<InterfacePlan> plans_of(libusb_device* device) {
    libusb_config_descriptor* configuration = nullptr;
    if (libusb_get_active_config_descriptor(device, &configuration) != 0) return {};
    std::vector<InterfacePlan> plans;
    for (int i = 0; i < configuration->bNumInterfaces; ++i)
        if (configuration->interface[i].num_altsetting > 0)
            plans.push_back(
                plan_of(configuration->interface[i].altsetting[0], configuration->bConfigurationValue));
    libusb_free_config_descriptor(configuration);
    return plans;
}

std::unique_ptr<UsbDriver> driver_for(UsbRole role, const UsbIdentity& device, const UsbOptions& options,
                                      const std::string& descriptor) {
    switch (role) {
        case UsbRole::hid:
            return std::make_unique<HidDriver>(decode::quirk_of(device.vid, device.pid), descriptor);
        case UsbRole::keyboard:
            return std::make_unique<KeyboardDriver>(typing_of(device, options).value_or(Typing{}),
                                                    descriptor);
        case UsbRole::printer:
            return std::make_unique<PrinterDriver>();
        case UsbRole::none:
            break;
    }
    return nullptr;
}

Attachment attachment_of(const UsbIdentity& device) {
    Attachment attachment;
    attachment.vid = device.vid;
    attachment.pid = device.pid;
    attachment.serial = device.serial;
    attachment.port = device.port;
    attachment.product = device.product;
    return attachment;
}

}  // namespace

struct UsbBus::Notes {
    bool somebody_came = false;
    std::vector<libusb_device*> left;  // only compared with devices that we hold, never used

    static int take(libusb_context*, libusb_device* device, libusb_hotplug_event event, void* notes) {
        auto& self = *static_cast<Notes*>(notes);
        if (event == LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED)
            self.somebody_came = true;
        else
            self.left.push_back(device);
        return 0;
    }
};

struct UsbBus::Plugged {
    Plugged(libusb_device* found, Mono now)
        : device(libusb_ref_device(found)),
          name(name_of(found)),
          identity(identity_of(found)),
          settled_at(now + settle) {}
    Plugged(const Plugged&) = delete;
    Plugged& operator=(const Plugged&) = delete;
    ~Plugged() {
        units.clear();
        libusb_unref_device(device);
    }

    UsbUnit* unit_of(const InterfacePlan& plan) const {
        const auto found = std::find_if(units.begin(), units.end(), [&](const auto& unit) {
            return unit->interface_number() == plan.number;
        });
        return found == units.end() ? nullptr : found->get();
    }

    void adopt(const InterfacePlan& plan, std::unique_ptr<UsbDriver> driver) {
        if (driver)
            units.push_back(
                std::make_unique<UsbUnit>(device, plan, std::move(driver), attachment_of(identity)));
    }

    void say_unsupported(const std::string& remedy, std::vector<News>& news) {
        if (unsupported) return;
        auto attachment = attachment_of(identity);
        attachment.handle = next_handle();
        attachment.kind = Kind::unsupported;
        attachment.remedy = remedy;
        unsupported = attachment.handle;
        news.emplace_back(Came{std::move(attachment)});
    }

    void let_go(bool give_back) {
        is_gone = true;
        for (auto& unit : units) unit->leave(give_back);
    }

    void drop_ended(std::vector<News>& news) {
        std::erase_if(units, [](const auto& unit) { return unit->is_ended(); });
        if (is_gone && unsupported) news.emplace_back(Went{*std::exchange(unsupported, std::nullopt)});
    }

    libusb_device* device;
    std::string name;  // of its folder in sysfs
    UsbIdentity identity;
    Mono settled_at;
    bool is_settling = true;
    bool is_unconfigured = false;
    bool is_gone = false;
    std::optional<Handle> unsupported;
    std::vector<std::unique_ptr<UsbUnit>> units;
};

Result<std::unique_ptr<UsbBus>> UsbBus::open(UsbOptions options) {
    libusb_context* context = nullptr;
    if (const int code = libusb_init(&context); code != 0)
        return Error{Error::Kind::unreachable, std::string("usb: ") + libusb_error_name(code)};
    return std::unique_ptr<UsbBus>(new UsbBus(context, std::move(options)));
}

UsbBus::UsbBus(libusb_context* context, UsbOptions options)
    : context_(context), options_(std::move(options)), notes_(std::make_unique<Notes>()) {
    constexpr int both = LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT;
    const int code = libusb_hotplug_register_callback(context_, both, 0, LIBUSB_HOTPLUG_MATCH_ANY,
                                                      LIBUSB_HOTPLUG_MATCH_ANY, LIBUSB_HOTPLUG_MATCH_ANY,
                                                      Notes::take, notes_.get(), &hotplug_);
    if (code != 0) to_tell_.emplace_back(Note{"usb: no hotplug events, devices are looked for instead"});
}

UsbBus::~UsbBus() {
    for (auto& plugged : plugged_) plugged.let_go(true);
    const auto end = std::chrono::steady_clock::now() + farewell;
    while (!plugged_.empty() && std::chrono::steady_clock::now() < end) {
        timeval a_while{.tv_sec = 0, .tv_usec = 10'000};
        libusb_handle_events_timeout_completed(context_, &a_while, nullptr);
        turn_units(end, no_limit);
    }
    libusb_hotplug_deregister_callback(context_, hotplug_);
    if (plugged_.empty())
        libusb_exit(context_);
    else  // a transfer that never came back still belongs to libusb: it is left to the end of the process
        (void)new std::list<Plugged>(std::move(plugged_));
}

void UsbBus::set_options(UsbOptions options) {
    const bool others_type = options.keyboards != options_.keyboards;
    options_ = std::move(options);
    for (auto& plugged : plugged_) {
        plugged.is_settling = true;
        for (auto& unit : plugged.units)
            if (others_type && unit->is_keyboard())
                unit->leave(true);  // and is taken in again as it types now
    }
    look_at_ = {};
}

// ---- as a Source ----

std::vector<Watched> UsbBus::watched(std::size_t) const {
    const libusb_pollfd** all = libusb_get_pollfds(context_);
    if (all == nullptr) return {};
    std::vector<Watched> watched;
    for (const auto* const* each = all; *each != nullptr; ++each)
        watched.push_back({.fd = (*each)->fd,
                           .readable = ((*each)->events & POLLIN) != 0,
                           .writable = ((*each)->events & POLLOUT) != 0});
    libusb_free_pollfds(all);
    return watched;
}

Mono UsbBus::next_wake() const {
    if (!to_tell_.empty()) return Mono::min();
    auto wake = look_at_;
    for (const auto& plugged : plugged_)
        for (const auto& unit : plugged.units) wake = std::min(wake, unit->next_wake());
    return wake;
}

std::vector<News> UsbBus::turn(Mono now, std::size_t room) {
    timeval no_time{};
    libusb_handle_events_timeout_completed(context_, &no_time, nullptr);  // an error shows in the transfers
    for (auto* device : std::exchange(notes_->left, {}))
        for (auto& plugged : plugged_)
            if (plugged.device == device) plugged.let_go(false);
    if (std::exchange(notes_->somebody_came, false) || now >= look_at_) look_around(now);
    turn_units(now, room);
    return std::exchange(to_tell_, {});
}

/// Whoever was served first is served last the next time: a full station's room is for all.
void UsbBus::turn_units(Mono now, std::size_t room) {
    for (auto& plugged : plugged_)
        for (auto& unit : plugged.units) unit->turn(now, room, to_tell_);
    for (auto& plugged : plugged_) plugged.drop_ended(to_tell_);
    plugged_.remove_if([](const Plugged& plugged) { return plugged.is_gone && plugged.units.empty(); });
    if (plugged_.size() > 1) plugged_.splice(plugged_.end(), plugged_, plugged_.begin());
}

// ---- who is there ----

void UsbBus::look_around(Mono now) {
    libusb_device** found = nullptr;
    const auto count = libusb_get_device_list(context_, &found);
    const std::vector<libusb_device*> all(found, found + std::max<std::ptrdiff_t>(count, 0));
    for (auto& plugged : plugged_)
        if (std::find(all.begin(), all.end(), plugged.device) == all.end()) plugged.let_go(false);
    for (auto* device : all)
        if (std::none_of(plugged_.begin(), plugged_.end(), [&](const auto& p) { return p.device == device; }))
            plugged_.emplace_back(device, now);
    if (found != nullptr) libusb_free_device_list(found, 1);

    look_at_ = now + look_every;
    for (auto& plugged : plugged_) {
        if ((plugged.is_settling || plugged.is_unconfigured) && !plugged.is_gone) decide(plugged, now);
        if (plugged.is_settling) look_at_ = now + look_while_settling;
    }
}

/// Until all is settled: which of its interfaces are ours, which are not any more.
void UsbBus::decide(Plugged& plugged, Mono now) {
    const auto plans = plans_of(plugged.device);
    plugged.is_unconfigured = plans.empty();  // the kernel tells of a device before it has configured it
    plugged.is_settling = plugged.is_unconfigured && now < plugged.settled_at;
    for (const auto& plan : plans) {
        const auto descriptor = plan.device_class == LIBUSB_CLASS_HID
                                    ? read_report_descriptor(plugged.name, plan.configuration, plan.number)
                                    : std::string{};
        const auto role = role_of(plan, plugged.identity, options_, descriptor);
        auto* unit = plugged.unit_of(plan);
        if (const auto remedy = remedy_of(plugged.identity, descriptor); !remedy.empty())
            plugged.say_unsupported(remedy, to_tell_);
        else if (unit != nullptr && role == UsbRole::none)
            unit->leave(true);
        else if (unit != nullptr && unit->is_over())
            plugged.is_settling = true;  // taken in again once it has left
        else if (unit == nullptr && role == UsbRole::hid && descriptor.empty() && now < plugged.settled_at)
            plugged.is_settling = true;
        else if (unit == nullptr && role != UsbRole::none)
            plugged.adopt(plan, driver_for(role, plugged.identity, options_, descriptor));
    }
}

// ---- what is asked of a device ----

template <class Verb>
void UsbBus::ask(Handle device, const Verb& verb) {
    for (auto& plugged : plugged_)
        for (auto& unit : plugged.units)
            if (unit->handle() == device)
                if (auto* wire = unit->wire()) verb(unit->driver(), *wire);
}

void UsbBus::beep(Handle device, protocol::Beep beep) {
    ask(device, [&](UsbDriver& driver, Wire& wire) { driver.beep(wire, beep); });
}

void UsbBus::set_trigger(Handle device, bool on) {
    ask(device, [&](UsbDriver& driver, Wire& wire) { driver.set_trigger(wire, on); });
}

void UsbBus::set_blocked(Handle device, bool blocked) {
    ask(device, [&](UsbDriver& driver, Wire& wire) { driver.set_blocked(wire, blocked); });
}

void UsbBus::zero(Handle device) {
    ask(device, [&](UsbDriver& driver, Wire& wire) { driver.zero(wire); });
}

void UsbBus::print(Handle device, std::string job, std::string bytes) {
    bool is_taken = false;
    ask(device, [&](UsbDriver& driver, Wire& wire) { is_taken = driver.print(wire, job, std::move(bytes)); });
    if (!is_taken) to_tell_.emplace_back(Printed{device, std::move(job), PrintEnd::failed, 0});
}

void UsbBus::soft_reset(Handle device) {
    ask(device, [&](UsbDriver& driver, Wire& wire) { driver.soft_reset(wire); });
}

}  // namespace kenpin::device
