#include "firmware-bridge/app/all_sources.hpp"

#include <utility>

#include "firmware-bridge/device/cameras.hpp"
#include "firmware-bridge/device/evdev.hpp"
#include "firmware-bridge/device/usb_bus.hpp"

namespace kenpin::app {

AllSources::AllSources(const Settings& settings) {
    auto lines = std::make_unique<device::SerialLines>();
    lines_ = lines.get();
    sources_.push_back(std::move(lines));
    set(settings);
}

void AllSources::set(const Settings& settings) {
    lines_->set_lines(serial_lines(settings.devices));
    const auto cameras = camera_paths(settings.devices);
    if (cameras_ == nullptr && !cameras.empty()) {
        auto source = std::make_unique<device::Cameras>();
        cameras_ = source.get();
        sources_.push_back(std::move(source));
    }
    if (cameras_ != nullptr) cameras_->set_paths(cameras);
    const auto rules = evdev_rules(settings);
    if (keyboards_ != nullptr) {
        keyboards_->set_rules(rules);
    } else if (!rules.empty()) {
        auto keyboards = std::make_unique<device::EvdevKeyboards>(rules);
        keyboards_ = keyboards.get();
        sources_.push_back(std::move(keyboards));
    }
    auto options = usb_options(settings.devices);
    if (!settings.has_usb) options.ignored.emplace_back();  // fits everything
    if (usb_ != nullptr) return usb_->set_options(std::move(options));
    trouble_.clear();
    if (!settings.has_usb) return;
    auto usb = device::UsbBus::open(std::move(options));
    if (!usb) {
        trouble_ = usb.error().detail;
        return;
    }
    usb_ = usb.value().get();
    sources_.push_back(std::move(usb).value());
}

}  // namespace kenpin::app
