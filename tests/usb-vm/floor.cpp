#include "tests/usb-vm/floor.hpp"

#include <algorithm>

#include "tests/support/hid_devices.hpp"

namespace kenpin::usb_vm {
namespace {

Gadget hid(const GadgetPlan& plan, int bus, std::string_view report_length, const std::string& descriptor) {
    Gadget gadget(plan, bus);
    gadget.with("report_length", report_length).with("report_desc", descriptor);
    return gadget;
}

Gadget typing(const GadgetPlan& plan, int bus) {
    auto gadget = hid(plan, bus, "8", test::boot_keyboard_descriptor());
    gadget.with("subclass", "1").with("protocol", "1");
    return gadget;
}

}  // namespace

Floor& Floor::the() {
    static Floor floor;
    return floor;
}

Floor::Floor()
    : station("/run/bridge.sock"),
      scanner(hid({"scanner", 0x05E0, 0x1200, "SCN1", "POS Scanner", "hid.0"}, 0, "64",
                  test::talking_scanner_descriptor())),
      typist(typing({"typist", 0x04DA, 0x1160, "TYP1", "Typing Scanner", "hid.1"}, 1)),
      scale(hid({"scale", 0x0922, 0x8003, "SCL1", "Bench Scale", "hid.2"}, 2, "6", test::scale_descriptor())),
      printer({"printer", 0x0A5F, 0x0166, "PRN1", "Label Printer", "printer.0"}, 3),
      acm({"acm", 0x05F9, 0x4204, "ACM1", "Serial Scanner", "acm.0"}, 4) {
    scanner.with("no_out_endpoint", "1");  // what the host says comes by SET_REPORT
    printer.with("pnp_string", "MFG:FLOOR;CMD:ZPL;MDL:GK420D;CLS:PRINTER;SN:PRN1;").with("q_len", "10");
    for (auto* gadget : {&scanner, &typist, &scale, &printer, &acm}) gadget->plug_in();
}

std::optional<protocol::BridgeUp> Floor::next_message() {
    const auto message = station.next();
    if (!message) return message;
    if (const auto* scan = std::get_if<protocol::BridgeScan>(&*message)) station.acknowledge(scan->seq);
    if (const auto* news = std::get_if<protocol::BridgeDevice>(&*message)) {
        if (news->change == protocol::DeviceChange::add) devices_[news->dev.value] = *news;
        if (news->change == protocol::DeviceChange::remove) devices_.erase(news->dev.value);
    }
    return message;
}

std::string Floor::next_scan() {
    const auto scan = next<protocol::BridgeScan>([](const auto&) { return true; });
    return scan ? scan->dev.value + " " + scan->aim + scan->raw : "(none)";
}

bool Floor::sees(const std::vector<std::string>& names) {
    const auto all_there = [&] {
        return std::all_of(names.begin(), names.end(),
                           [&](const auto& name) { return devices_.contains(name); });
    };
    while (!all_there())
        if (!next_message()) return false;
    return true;
}

}  // namespace kenpin::usb_vm
