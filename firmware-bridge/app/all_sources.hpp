#pragma once
// Every way to devices that this machine has, and how settings reach each.
#include <memory>
#include <string>
#include <vector>

#include "firmware-bridge/app/settings.hpp"
#include "firmware-bridge/device/news.hpp"

namespace kenpin::device {
class Cameras;
class EvdevKeyboards;
class UsbBus;
}  // namespace kenpin::device

namespace kenpin::app {

class AllSources {
public:
    explicit AllSources(const Settings& settings);
    AllSources(AllSources&&) noexcept = default;
    AllSources& operator=(AllSources&&) noexcept = default;
    ~AllSources() = default;

    /// From now on these. What did not change goes on undisturbed.
    void set(const Settings& settings);

    const std::vector<std::unique_ptr<device::Source>>& all() const { return sources_; }
    /// Why a way to devices is not there; empty: all are.
    const std::string& trouble() const { return trouble_; }

private:
    std::vector<std::unique_ptr<device::Source>> sources_;
    device::SerialLines* lines_ = nullptr;  // all four are owned by sources_
    device::Cameras* cameras_ = nullptr;
    device::EvdevKeyboards* keyboards_ = nullptr;
    device::UsbBus* usb_ = nullptr;
    std::string trouble_;
};

}  // namespace kenpin::app
