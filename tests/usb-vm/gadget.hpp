#pragma once
// USB devices made by the kernel itself: gadget functions (configfs) on a host controller without hardware
// (dummy_hcd). The host side sees real devices: enumerated, claimed, unplugged. Only inside the machine of
// ./dev usb-vm; whatever does not work there ends the test.
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace kenpin::usb_vm {

struct GadgetPlan {
    std::string name;
    std::uint16_t vid = 0, pid = 0;
    std::string serial, product;
    std::string function;  // "hid.0", "acm.0", "printer.0"; every number once
};

/// One device; each has a bus of its own, `dummy_udc.<bus>`.
class Gadget {
public:
    Gadget(const GadgetPlan& plan, int bus);
    /// Sets an attribute of its function, before it is plugged in.
    Gadget& with(const std::string& attribute, std::string_view value);
    Gadget& plug_in();
    void unplug();

private:
    std::filesystem::path folder_, function_;
    int bus_;
};

/// Device nodes of the gadget's side: what is written goes to the host.
void write_to(const std::string& node, std::string_view bytes);
/// What the host sent: waits until `size` bytes have come or `limit_ms` has passed without any.
std::string read_from(const std::string& node, std::size_t size, int limit_ms = 10'000);

}  // namespace kenpin::usb_vm
