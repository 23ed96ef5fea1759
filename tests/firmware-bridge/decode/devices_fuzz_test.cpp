// Devices that send anything: whatever they say, every parser ends, stays inside its bytes (AddressSanitizer
// and UBSan look on) and keeps its promises.
#include "core/base/limits.hpp"
#include "firmware-bridge/decode/hid_pos.hpp"
#include "firmware-bridge/decode/hid_scale.hpp"
#include "firmware-bridge/decode/keyboard.hpp"
#include "firmware-bridge/decode/printer_class.hpp"
#include "firmware-bridge/decode/scanner_signals.hpp"
#include "firmware-bridge/decode/serial_scale.hpp"
#include "tests/support/fuzz.hpp"
#include "tests/support/hid_devices.hpp"

using namespace kenpin;
using namespace kenpin::decode;
using test::Dice;

namespace {

std::string a_descriptor(Dice& dice) {
    switch (dice() % 7) {
        case 0:
            return test::scanner_descriptor();
        case 1:
            return test::talking_scanner_descriptor();
        case 2:
            return test::scale_descriptor();
        case 3:
            return test::boot_keyboard_descriptor();
        case 4:
            return test::nkro_keyboard_descriptor();
        case 5:
            return test::plain_scanner_descriptor(dice() % 2 == 0);
        default:
            return test::any_bytes(dice, "\x05\x09\x75\x95\x81\x91\xB1\xA1\xC0\x85\x15\x25\x19\x29\xA4\xB4",
                                   80);
    }
}

/// Every third time the device's own, else one that somebody changed.
std::optional<HidReports> reports_of_a_device(Dice& dice) {
    const auto good = a_descriptor(dice);
    const auto reports = parse_hid_descriptor(dice() % 3 == 0 ? good : test::damaged(dice, good));
    if (!reports) return std::nullopt;
    return reports.value();
}

std::string a_report(Dice& dice, const HidReports& reports) {
    auto report = test::any_bytes(dice, std::string_view("]EC1\x01\x02\x03\x04\xFF\0", 10), 70);
    if (!report.empty() && !reports.fields.empty() && dice() % 4 != 0)
        report[0] = static_cast<char>(reports.fields[dice() % reports.fields.size()].report_id);
    return report;
}

Quirk a_quirk(Dice& dice) {
    constexpr std::uint16_t vendors[] = {0, 0x05E0, 0x0C2E, 0x0CA6};
    return quirk_of(vendors[dice() % 4], 0x0600);
}

void check_places(const HidReports& reports) {
    for (const auto& field : reports.fields) {
        const auto size = report_size(reports, field.direction, field.report_id);
        REQUIRE(size <= hid_report_bytes + 1);
        REQUIRE(size * 8 >= field.bit_offset + std::size_t{field.bit_size} * field.count);
        for (const auto& range : field.usages) {
            const auto place = place_of(reports, field.direction, range.first);
            if (!place) continue;
            auto report = blank_report(reports, *place);
            switch_on(report, *place);
            (void)is_on(*place, report.bytes);
            REQUIRE(bytes_at(*place, report.bytes).size() <= report.bytes.size());
        }
    }
}

void check_signals(const HidReports& reports, const Quirk& quirk) {
    auto signals = ScannerSignals::for_device(reports, quirk);
    for (const auto& report : signals.set_blocked(true)) REQUIRE(!report.bytes.empty());
    for (const auto& report : signals.set_trigger(false)) REQUIRE(!report.bytes.empty());
    (void)signals.bad_beep();
}

}  // namespace

TEST_CASE("report descriptors of any bytes describe reports inside their limits, or nothing") {
    test::fuzz(1, [](Dice& dice) {
        const auto reports = reports_of_a_device(dice);
        if (!reports) return;
        check_places(*reports);
        check_signals(*reports, a_quirk(dice));
        (void)role_of(*reports, a_quirk(dice));
        (void)remedy_of(*reports);
    });
}

TEST_CASE("HID scanners that send anything give bounded scans, never empty ones") {
    test::fuzz(2, [](Dice& dice) {
        const auto reports = reports_of_a_device(dice);
        auto reader = reports ? HidPosReader::for_device(*reports, a_quirk(dice)) : std::nullopt;
        for (int i = 0; reader && i < 40; ++i) {
            const auto read = reader->take(a_report(dice, *reports));
            REQUIRE((!read.scan || !read.scan->bytes.empty()));
            REQUIRE((!read.scan || read.scan->bytes.size() <= limits::scan_bytes));
            if (dice() % 20 == 0) (void)reader->error();
            if (dice() % 20 == 0) (void)reader->silence();
        }
    });
}

TEST_CASE("HID scales that send anything give weights or none") {
    test::fuzz(3, [](Dice& dice) {
        const auto reports = reports_of_a_device(dice);
        const auto reader = reports ? HidScaleReader::for_device(*reports) : std::nullopt;
        for (int i = 0; reader && i < 40; ++i) {
            const auto weight = reader->take(a_report(dice, *reports));
            REQUIRE((!weight ||
                     (weight->status >= ScaleStatus::fault && weight->status <= ScaleStatus::needs_zeroing)));
        }
        const auto value = static_cast<std::int64_t>(std::uint64_t{dice()} << 32U | dice());
        (void)to_mg(value, static_cast<int>(dice() % 600) - 300, static_cast<WeightUnit>(1 + dice() % 12));
    });
}

TEST_CASE("serial scales that send anything give the same weights in any portions") {
    test::fuzz(4, [](Dice& dice) {
        auto bytes = test::damaged(
            dice, "ST,+00123.4  g\r\nUS,-0001.250 kg\r\nOL,+9999999E+19\r\nQT,+00000012 PC\r\n");
        bytes += test::any_bytes(dice, "STUSOLQT,+-.0123456789 kgm\r\n", 60);
        const auto whole = SerialScaleReader().take(bytes);
        SerialScaleReader reader;
        std::vector<Weight> weights;
        for (std::size_t at = 0; at < bytes.size();) {
            const auto size = 1 + dice() % 12;
            const auto part = reader.take(std::string_view(bytes).substr(at, size));
            weights.insert(weights.end(), part.weights.begin(), part.weights.end());
            at += size;
        }
        REQUIRE(weights == whole.weights);
    });
}

TEST_CASE("keyboards that send anything give bounded scans and nothing stays pressed") {
    test::fuzz(5, [](Dice& dice) {
        const auto reports = reports_of_a_device(dice);
        auto reader = reports ? HidKeyboardReader::for_device(*reports) : std::nullopt;
        if (!reader) reader = HidKeyboardReader::boot();
        KeyScans scans(dice() % 2 == 0 ? KeyLayout::us : KeyLayout::jis,
                       dice() % 2 == 0 ? KeyScanEnd::gap : KeyScanEnd::terminator);
        const auto check = [](const KeyScanned& scanned) {
            REQUIRE((!scanned.scan ||
                     scanned.scan->aim.size() + scanned.scan->bytes.size() <= limits::scan_bytes));
            REQUIRE((!scanned.scan || !scanned.scan->bytes.empty()));
        };
        for (int i = 0; i < 40; ++i)
            for (const auto& event :
                 reader->take(reports ? a_report(dice, *reports) : test::any_bytes(dice, {}, 9)))
                check(scans.take(event));
        for (const auto& event : reader->release_all()) check(scans.take(event));
        check(scans.silence());
        REQUIRE(reader->release_all().empty());
        REQUIRE_FALSE(scans.is_inside());
        (void)usage_of_linux_key(static_cast<std::uint16_t>(dice() % 0x10000));
    });
}

TEST_CASE("printers that say anything of themselves are read inside their answer") {
    test::fuzz(6, [](Dice& dice) {
        auto answer = test::damaged(
            dice, std::string("\0\x34", 2) + "MFG:EMU;CMD:ZPL,EPL;MDL:GK420D;CLS:PRINTER;SN:PRN;");
        if (dice() % 3 == 0) answer = test::any_bytes(dice, "MFGCDLSN:;, ", 300);
        const auto text = device_id_text(answer);
        REQUIRE(text.size() <= answer.size());
        const auto id = parse_device_id(text);
        REQUIRE(id.serial.size() <= text.size());
        (void)port_status(static_cast<std::uint8_t>(dice() % 256));
    });
}
