#include "tests/usb-vm/gadget.hpp"

#include <array>
#include <cstdio>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "core/base/check.hpp"

namespace kenpin::usb_vm {
namespace {

namespace fs = std::filesystem;

const fs::path gadgets = "/sys/kernel/config/usb_gadget";

void set(const fs::path& attribute, std::string_view value) {
    const int fd = open(attribute.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0) std::perror(attribute.c_str());
    KENPIN_CHECK(fd >= 0);
    const auto written = write(fd, value.data(), value.size());
    if (written != static_cast<ssize_t>(value.size())) std::perror(attribute.c_str());
    KENPIN_CHECK(written == static_cast<ssize_t>(value.size()));
    close(fd);
}

std::string hex_number(std::uint16_t number) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "0x%04x", unsigned{number});
    return text.data();
}

}  // namespace

Gadget::Gadget(const GadgetPlan& plan, int bus)
    : folder_(gadgets / plan.name), function_(folder_ / "functions" / plan.function), bus_(bus) {
    fs::create_directory(folder_);
    set(folder_ / "idVendor", hex_number(plan.vid));
    set(folder_ / "idProduct", hex_number(plan.pid));
    set(folder_ / "bcdUSB", "0x0200");
    const auto strings = folder_ / "strings/0x409";
    fs::create_directory(strings);
    set(strings / "manufacturer", "Floor");
    set(strings / "product", plan.product);
    set(strings / "serialnumber", plan.serial);
    fs::create_directory(folder_ / "configs/c.1");
    fs::create_directory(function_);
}

Gadget& Gadget::with(const std::string& attribute, std::string_view value) {
    set(function_ / attribute, value);
    return *this;
}

Gadget& Gadget::plug_in() {
    const auto link = folder_ / "configs/c.1" / function_.filename();
    if (!fs::is_symlink(link)) fs::create_symlink(function_, link);
    set(folder_ / "UDC", "dummy_udc." + std::to_string(bus_));
    return *this;
}

void Gadget::unplug() {
    set(folder_ / "UDC", "\n");
}

void write_to(const std::string& node, std::string_view bytes) {
    set(node, bytes);
}

std::string read_from(const std::string& node, std::size_t size, int limit_ms) {
    const int fd = open(node.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) std::perror(node.c_str());
    KENPIN_CHECK(fd >= 0);
    std::string all;
    while (all.size() < size) {
        pollfd readable{fd, POLLIN, 0};
        if (poll(&readable, 1, limit_ms) <= 0) break;
        std::array<char, 16'384> part{};
        const auto got = read(fd, part.data(), std::min(part.size(), size - all.size()));
        if (got > 0) all.append(part.data(), static_cast<std::size_t>(got));
    }
    close(fd);
    return all;
}

}  // namespace kenpin::usb_vm
