#include "firmware-bridge/app/doctor.hpp"

#include <algorithm>
#include <fstream>

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/support/process.hpp"

using namespace kenpin;
using namespace kenpin::app;
using Weight = Finding::Weight;
namespace fs = std::filesystem;

namespace {

/// The files of a machine as the kernel shows them, below a folder of its own.
struct MadeMachine {
    support::TempDir root;
    int number = 1;

    void write(const std::string& file, const std::string& text) {
        fs::create_directories((root / file).parent_path());
        std::ofstream(root / file) << text << "\n";
    }
    struct Device {
        std::string name, vid, pid, product, serial, face_class, face_protocol, driver;
    };
    fs::path plug(const Device& device) {
        const auto folder = "sys/bus/usb/devices/" + device.name;
        write(folder + "/idVendor", device.vid);
        write(folder + "/idProduct", device.pid);
        write(folder + "/product", device.product);
        write(folder + "/serial", device.serial);
        write(folder + "/bDeviceClass", "00");
        write(folder + "/busnum", "1");
        write(folder + "/devnum", std::to_string(++number));
        write(folder + ":1.0/bInterfaceClass", device.face_class);
        write(folder + ":1.0/bInterfaceSubClass", "00");
        write(folder + ":1.0/bInterfaceProtocol", device.face_protocol);
        if (!device.driver.empty())
            fs::create_symlink("/sys/drivers/" + device.driver, root / (folder + ":1.0/driver"));
        auto node = usb_tree(root.path()).back().node(root.path());
        fs::create_directories(node.parent_path());
        std::ofstream(node) << "";
        return node;
    }
};

const Finding* find(const Findings& findings, std::string_view key) {
    const auto found =
        std::find_if(findings.begin(), findings.end(), [&](const auto& f) { return f.key == key; });
    return found == findings.end() ? nullptr : &*found;
}

Settings with_usb() {
    Settings settings;
    settings.has_usb = true;
    return settings;
}

}  // namespace

TEST_CASE("a scanner that can be opened is good; the kernel's own driver is only noted") {
    MadeMachine machine;
    machine.plug({"1-1", "0c2e", "0b61", "1950g", "A17", "03", "00", "usbhid"});
    const auto findings = check_usb(machine.root.path(), with_usb());
    CHECK(find(findings, "doctor.usb")->parts[0] == "0c2e:0b61 1950g");
    CHECK(find(findings, "doctor.driver")->weight == Weight::note);
    CHECK(count_bad(findings) == 0);
}

TEST_CASE("a scanner that nobody may open names the udev rules") {
    MadeMachine machine;
    const auto node = machine.plug({"1-1", "0c2e", "0b61", "1950g", "A17", "03", "00", ""});
    fs::remove(node);
    const auto findings = check_usb(machine.root.path(), with_usb());
    REQUIRE(find(findings, "doctor.usb_no_right") != nullptr);
    CHECK(lines_of(*find(findings, "doctor.usb_no_right"), Language::en)[1].find("udev rules") !=
          std::string::npos);
}

TEST_CASE("a scanner in its maker's mode names the barcode to scan") {
    MadeMachine machine;
    machine.plug({"1-1", "05e0", "1900", "DS9308", "1", "ff", "00", ""});
    const auto findings = check_usb(machine.root.path(), with_usb());
    REQUIRE(count_bad(findings) == 1);
    CHECK(lines_of(findings[0], Language::en)[1] ==
          "    remedy: scan the barcode \"USB HID POS\" of Zebra's manual");
}

TEST_CASE("a printer is CUPS's until the configuration gives it to the bridge, and never both's") {
    MadeMachine machine;
    machine.plug({"1-2", "0a5f", "0166", "ZD421", "D4J1", "07", "02", "usblp"});
    CHECK(find(check_usb(machine.root.path(), with_usb()), "doctor.usb_printer_cups")->weight ==
          Weight::note);

    auto settings = with_usb();
    settings.devices.emplace_back().match.serial = "D4J1";
    settings.devices[0].owner = Owner::bridge;
    CHECK(count_bad(check_usb(machine.root.path(), settings)) == 0);
    machine.write("etc/cups/printers.conf", "<Printer label>\nDeviceURI usb://Zebra/ZD421?serial=D4J1");
    CHECK(find(check_usb(machine.root.path(), settings), "doctor.cups_has_it") != nullptr);
}

TEST_CASE("the desktop's keyboard and mouse, and what is to be ignored, are nobody's business") {
    MadeMachine machine;
    machine.plug({"1-1", "046d", "c31c", "Keyboard", "", "03", "01", "usbhid"});
    machine.plug({"1-2", "046d", "c077", "Mouse", "", "03", "02", "usbhid"});
    machine.plug({"1-3", "1234", "0001", "Panel", "", "03", "00", "usbhid"});
    auto settings = with_usb();
    settings.devices.emplace_back().match.vid = 0x1234;
    settings.devices[0].is_ignored = true;
    CHECK(check_usb(machine.root.path(), settings).empty());
}

TEST_CASE("a machine without USB, without rules, with a wrong file says each of it with a remedy") {
    MadeMachine machine;
    machine.write("etc/bridge.toml", "sation = 1");
    const Machine where{.root = machine.root.path(),
                        .configuration = machine.root / "etc/bridge.toml",
                        .socket = machine.root / "run/bridge.sock",
                        .state_folder = machine.root / "var"};
    const auto findings = examine(where);
    for (const auto* key : {"doctor.configuration_wrong", "doctor.no_folder", "doctor.state_refused",
                            "doctor.no_rules", "doctor.no_usb"}) {
        INFO(key);
        const auto* finding = find(findings, key);
        REQUIRE(finding != nullptr);
        CHECK(finding->weight == Weight::bad);
        for (const auto language : {Language::ja, Language::en})
            CHECK(lines_of(*finding, language).size() == 2);
    }
    CHECK(count_bad(findings) == 5);
}

TEST_CASE("on a machine that is all right nothing is bad") {
    MadeMachine machine;
    machine.write("etc/udev/rules.d/60-kenpin-bridge.rules", "");
    machine.write("run/x", "");
    machine.write("var/x", "");
    machine.write("dev/ttyS0", "");
    machine.write("etc/bridge.toml",
                  "[[devices]]\nid = \"S1\"\npath = \"" + (machine.root / "dev/ttyS0").string() + "\"");
    machine.plug({"1-1", "0c2e", "0b61", "1950g", "A17", "03", "00", "usbhid"});
    const auto findings = examine({machine.root.path(), machine.root / "etc/bridge.toml",
                                   machine.root / "run/bridge.sock", machine.root / "var"});
    CHECK(count_bad(findings) == 0);
    CHECK(find(findings, "doctor.line") != nullptr);
    CHECK(find(findings, "doctor.configuration")->parts[1] == "1");
}

TEST_CASE("a serial line that is away is said with how to find its name") {
    Settings settings;
    settings.devices.push_back(parse_serial_option("S1=/dev/no-such-line").value());
    const auto findings = check_lines(settings);
    const auto* away = find(findings, "doctor.line_away");
    REQUIRE(away != nullptr);
    CHECK(lines_of(*away, Language::en)[0] == "[BAD] serial line S1 /dev/no-such-line: is not there now");
}

TEST_CASE("a configuration that is not there is bad: the service is started with one") {
    const MadeMachine machine;
    const auto findings = check_configuration(machine.root / "etc/bridge.toml");
    REQUIRE(count_bad(findings) == 1);
    CHECK(lines_of(findings[0], Language::en)[1] ==
          "    remedy: copy deploy/bridge.toml there; it works as it is");
}
