#include "tests/support/mock_usb.hpp"

#include <cerrno>
#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <umockdev.h>

#include "tests/support/mock_uevent.hpp"
#include "tests/support/mock_usbfs.hpp"

namespace kenpin::support {
namespace {

constexpr std::chrono::milliseconds event_after_errors{45};  // seen on a real kernel
constexpr const char* controller = "/devices/pci0000:00/0000:00:14.0/usb1";

std::string hex(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        char two[3];
        std::snprintf(two, sizeof two, "%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        text += two;
    }
    return text;
}

/// "1.2" -> "…/usb1/1-1/1-1.2"
std::string path_of(const std::string& port) {
    std::string path = controller;
    for (std::size_t end = 0; end != std::string::npos;) {
        end = port.find('.', end == 0 ? 0 : end + 1);
        path += "/1-" + port.substr(0, end);
    }
    return path;
}

std::string attribute(const std::string& name, const std::string& value) {
    return "A: " + name + "=" + value + "\\n\n";
}

std::string four_digits(unsigned value) {
    char text[5];
    std::snprintf(text, sizeof text, "%04x", value);
    return text;
}

std::vector<std::string> properties_of(int number) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "%03d", number);
    return {"SUBSYSTEM=usb",
            "DEVTYPE=usb_device",
            "DRIVER=usb",
            "BUSNUM=001",
            std::string("DEVNUM=") + digits,
            std::string("DEVNAME=/dev/bus/usb/001/") + digits,
            "MAJOR=189",
            "MINOR=" + std::to_string(number - 1)};
}

std::string device_record(const UsbModel& model, const std::string& path, int number) {
    std::string text = "P: " + path + "\n";
    for (const auto& property : properties_of(number)) text += "E: " + property + "\n";
    text += attribute("bConfigurationValue", "1") + attribute("busnum", "1") +
            attribute("devnum", std::to_string(number)) + attribute("speed", "12") +
            attribute("idVendor", four_digits(model.vid)) + attribute("idProduct", four_digits(model.pid)) +
            attribute("manufacturer", model.maker) + attribute("product", model.product);
    if (!model.serial.empty()) text += attribute("serial", model.serial);
    return text + "H: descriptors=" + hex(model.device_descriptor() + model.configuration()) + "\n";
}

/// An interface with the kernel's own HID driver on it.
std::string bound_record(const UsbModel& model, const std::string& path, const ModelInterface& one,
                         int number) {
    char id[32];
    std::snprintf(id, sizeof id, "0003:%04X:%04X.%04X", unsigned{model.vid}, unsigned{model.pid},
                  static_cast<unsigned>(number * 16 + one.number));
    const auto folder = path + "/" + path.substr(path.rfind('/') + 1) + ":1." + std::to_string(one.number);
    return "P: " + folder + "\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\nE: DRIVER=usbhid\n\nP: " + folder +
           "/" + id + "\nE: SUBSYSTEM=hid\nH: report_descriptor=" + hex(one.report_descriptor) + "\n";
}

std::string taken(gchar* text) {
    std::string copy(text);
    g_free(text);
    return copy;
}

struct Stay {                          // of a model at a port
    std::vector<std::string> sysfs{};  // innermost first; the last is the device
    int number = 0;
    std::unique_ptr<MockUsbfs> usbfs{};
    bool is_over = false;
};

}  // namespace

struct MockUsb::Bus {
    Stay* stay_of(const UsbModel& model) {
        for (auto& stay : stays)
            if (!stay.is_over && &stay.usbfs->model() == &model) return &stay;
        return nullptr;
    }
    void add(const std::string& record) {
        GError* failed = nullptr;
        if (!umockdev_testbed_add_from_string(testbed, record.c_str(), &failed))
            std::fprintf(stderr, "mock usb: %s\n", failed->message);
    }

    void tell(std::string_view action, const Stay& stay) {
        std::string properties;
        for (const auto& property : properties_of(stay.number)) properties += property + "\n";
        send_uevent(root, action, stay.sysfs.back(), properties);
    }

    UMockdevTestbed* testbed = umockdev_testbed_new();
    std::filesystem::path root = taken(umockdev_testbed_get_root_dir(testbed));
    std::mutex guard;  // of all models and nodes: the test's thread and umockdev's meet here
    std::condition_variable changed;
    std::list<Stay> stays;
    int last_number = 1;
};

MockUsb::MockUsb() : bus_(std::make_unique<Bus>()) {
    std::filesystem::create_directories(bus_->root / "dev/bus/usb/001");
}

MockUsb::~MockUsb() {
    for (auto& stay : bus_->stays) {
        const std::lock_guard lock(bus_->guard);
        stay.usbfs->hang_up();
    }
    g_object_unref(bus_->testbed);
    bus_->stays.clear();
}

std::map<std::string, std::string> MockUsb::environment() const {
    return {{"LD_PRELOAD", "libumockdev-preload.so.0"}, {"UMOCKDEV_DIR", bus_->root.string()}};
}

void MockUsb::plug(UsbModel& model, const std::string& port) {
    const int number = ++bus_->last_number;
    char node[32];
    std::snprintf(node, sizeof node, "dev/bus/usb/001/%03d", number);
    const auto path = path_of(port);
    auto& stay = bus_->stays.emplace_back();
    stay.usbfs = std::make_unique<MockUsbfs>(model, bus_->root / node, bus_->guard, bus_->changed);
    umockdev_testbed_attach_ioctl(bus_->testbed, ("/" + std::string(node)).c_str(), stay.usbfs->handler(),
                                  nullptr);
    for (const auto& one : model.interfaces) {
        if (one.device_class != 3 || !one.is_bound_to_kernel) continue;
        const auto record = bound_record(model, path, one, number);
        bus_->add(record);
        stay.sysfs.push_back(record.substr(3, record.find('\n') - 3));
    }
    stay.sysfs.push_back(path);
    stay.number = number;
    bus_->add(device_record(model, path, number));
    bus_->tell("add", stay);
}

void MockUsb::unplug(UsbModel& model, Unplugging order) {
    auto* stay = bus_->stay_of(model);
    if (stay == nullptr) return;
    const auto event = [&] { bus_->tell("remove", *stay); };
    if (order == Unplugging::event_first) event();
    {
        const std::lock_guard lock(bus_->guard);
        stay->is_over = true;
        stay->usbfs->cut(order == Unplugging::errors_first ? -EPROTO : -ESHUTDOWN);
        if (order != Unplugging::errors_first) stay->usbfs->hang_up();
    }
    if (order == Unplugging::errors_first) std::this_thread::sleep_for(event_after_errors);
    if (order != Unplugging::event_first) event();
    for (const auto& path : stay->sysfs)
        umockdev_testbed_remove_device(bus_->testbed, ("/sys" + path).c_str());
    const std::lock_guard lock(bus_->guard);
    stay->usbfs->hang_up();
    model.waiting_reads = 0;
}

void MockUsb::with(UsbModel& model, const std::function<void()>& change) {
    const std::lock_guard lock(bus_->guard);
    change();
    if (auto* stay = bus_->stay_of(model)) stay->usbfs->pump();
    bus_->changed.notify_all();
}

bool MockUsb::wait_until(UsbModel&, const std::function<bool()>& is_so, std::chrono::milliseconds limit) {
    std::unique_lock lock(bus_->guard);
    return bus_->changed.wait_for(lock, limit, is_so);
}

}  // namespace kenpin::support
