#include "firmware-bridge/device/usb_plan.hpp"

#include "firmware-bridge/decode/quirks.hpp"

namespace kenpin::device {
namespace {

constexpr std::uint8_t hid_class = 3, printer_class = 7;
constexpr std::uint8_t boot_subclass = 1, boot_keyboard = 1;   // HID 1.11, 4.2 and 4.3
constexpr std::uint8_t printer_subclass = 1, ieee_1284_4 = 3;  // unidirectional 1, bidirectional 2

UsbRole hid_role(const InterfacePlan& plan, const UsbIdentity& device, const UsbOptions& options,
                 const std::string& descriptor) {
    const bool may_type = typing_of(device, options).has_value();
    if (plan.subclass == boot_subclass)
        return plan.protocol == boot_keyboard && may_type ? UsbRole::keyboard : UsbRole::none;
    if (descriptor.empty()) return UsbRole::hid;
    const auto reports = decode::parse_hid_descriptor(descriptor);
    if (!reports) return UsbRole::none;
    switch (decode::role_of(reports.value(), decode::quirk_of(device.vid, device.pid))) {
        case decode::HidRole::scanner:
        case decode::HidRole::scale:
            return UsbRole::hid;
        case decode::HidRole::keyboard:
            return may_type ? UsbRole::keyboard : UsbRole::none;
        case decode::HidRole::other:
            break;
    }
    return UsbRole::none;
}

}  // namespace

UsbRole role_of(const InterfacePlan& plan, const UsbIdentity& device, const UsbOptions& options,
                const std::string& descriptor) {
    if (fits_any(options.ignored, device)) return UsbRole::none;
    if (plan.device_class == hid_class && plan.in.address != 0)
        return hid_role(plan, device, options, descriptor);
    const bool is_printer = plan.device_class == printer_class && plan.subclass == printer_subclass &&
                            plan.protocol < ieee_1284_4 && plan.out.address != 0;
    return is_printer && fits_any(options.printers, device) ? UsbRole::printer : UsbRole::none;
}

std::optional<Typing> typing_of(const UsbIdentity& device, const UsbOptions& options) {
    for (const auto& keyboard : options.keyboards)
        if (fits(keyboard.match, device)) return keyboard.typing;
    return std::nullopt;
}

std::string remedy_of(const UsbIdentity& device, const std::string& descriptor) {
    if (const auto known = decode::remedy_of(device.vid, device.pid)) return std::string(*known);
    const auto reports = decode::parse_hid_descriptor(descriptor);
    if (!reports) return {};
    return std::string(decode::remedy_of(reports.value()).value_or(""));
}

}  // namespace kenpin::device
