#include "firmware-bridge/decode/quirks.hpp"

#include <algorithm>
#include <array>

namespace kenpin::decode {
namespace {

using namespace std::string_view_literals;

constexpr std::uint16_t honeywell = 0x0C2E, honeywell_newer = 0x23D0, hand_held_products = 0x0536,
                        symbol = 0x05E0, microscan = 0x0CA6, access_is = 0x0DB5, newland = 0x1EAB;

// "HID-POS is interface 1": without it a Honeywell composite device stays a keyboard. [R 3800i application
// note]
constexpr auto hid_pos_is_interface_1 = "\xFE\x01"sv;

constexpr std::array quirks = {
    Quirk{symbol, 0x0600, ScanLayout::length_then_data, CodeLetters::none, HostSignals::none, {}},  // [R]
    Quirk{microscan, 0, ScanLayout::length_then_data, CodeLetters::none, HostSignals::none, {}},  // [R; id B]
    Quirk{honeywell, 0, ScanLayout::by_descriptor, CodeLetters::honeywell, HostSignals::report_4,
          hid_pos_is_interface_1},  // [R]
    Quirk{honeywell_newer, 0, ScanLayout::by_descriptor, CodeLetters::honeywell, HostSignals::report_4,
          hid_pos_is_interface_1},  // [R]
    Quirk{hand_held_products, 0, ScanLayout::by_descriptor, CodeLetters::honeywell, HostSignals::report_4,
          hid_pos_is_interface_1},  // [R]
    Quirk{
        access_is, 0, ScanLayout::by_descriptor, CodeLetters::none, HostSignals::report_4, {}},  // [R; id B]
    Quirk{newland, 0, ScanLayout::by_descriptor, CodeLetters::none, HostSignals::report_4, {}},  // [R]
};

constexpr Quirk nothing_special{};

struct Remedy {
    std::uint16_t vid, pid;
    std::string_view key;
};

constexpr std::array remedies = {
    Remedy{symbol, 0x1900, "scan_hid_pos_zebra"},  // SNAPI [B]
    Remedy{symbol, 0x1300, "scan_hid_pos_zebra"},  // IBM hand-held [B]
    Remedy{symbol, 0x1701, "scan_cdc_zebra"},      // SSI over CDC: plain CDC-ACM or HID-POS [B]
};

constexpr std::uint16_t ibm_page = 0xFF45;

constexpr HidUsage pos_scanner{hid_page::bar_code_scanner, 0x02};
constexpr HidUsage scale_device{hid_page::scale, 0x20};
constexpr HidUsage keyboard{hid_page::generic_desktop, 0x06};
constexpr HidUsage keypad{hid_page::generic_desktop, 0x07};

}  // namespace

const Quirk& quirk_of(std::uint16_t vid, std::uint16_t pid) {
    for (const auto wanted_pid : {pid, std::uint16_t{0}})
        for (const auto& quirk : quirks)
            if (quirk.vid == vid && quirk.pid == wanted_pid) return quirk;
    return nothing_special;
}

HidRole role_of(const HidReports& reports, const Quirk& quirk) {
    if (reports.is_for(pos_scanner)) return HidRole::scanner;
    if (reports.is_for(scale_device)) return HidRole::scale;
    if (reports.is_for(keyboard) || reports.is_for(keypad)) return HidRole::keyboard;
    return quirk.layout == ScanLayout::length_then_data ? HidRole::scanner : HidRole::other;
}

std::optional<std::string_view> remedy_of(std::uint16_t vid, std::uint16_t pid) {
    for (const auto& remedy : remedies)
        if (remedy.vid == vid && remedy.pid == pid) return remedy.key;
    return std::nullopt;
}

std::optional<std::string_view> remedy_of(const HidReports& reports) {
    const bool is_ibm = std::any_of(reports.applications.begin(), reports.applications.end(),
                                    [](const HidUsage& usage) { return usage.page == ibm_page; });
    if (!is_ibm) return std::nullopt;
    return "scan_hid_pos";
}

}  // namespace kenpin::decode
