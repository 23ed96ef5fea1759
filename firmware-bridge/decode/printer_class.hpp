#pragma once
// USB printer class (07/01): what a printer says of itself and of its paper. Pure.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kenpin::decode {

/// Control requests to the interface (USB Device Class Definition for Printing Devices 1.1, 4.2).
struct PrinterRequest {
    std::uint8_t request_type, request;
};
/// wValue: configuration index from 0; wIndex: interface << 8 | alternate setting.
inline constexpr PrinterRequest get_device_id{0xA1, 0};
/// wValue 0, wIndex: interface; one byte: port_status().
inline constexpr PrinterRequest get_port_status{0xA1, 1};
/// wValue 0, wIndex: interface, no data. In this order: devices made to version 1.0 know only the second.
inline constexpr std::array soft_reset{PrinterRequest{0x21, 2}, PrinterRequest{0x23, 2}};
inline constexpr std::uint16_t device_id_bytes = 1'024;  // room to ask for

/// IEEE 1284 device id: "MFG:…;CMD:…;MDL:…;". Keys are as there, in capitals.
struct PrinterId {
    std::string manufacturer;           // MFG, MANUFACTURER
    std::string model;                  // MDL, MODEL
    std::string serial;                 // SN, SERN, SERIALNUMBER
    std::vector<std::string> commands;  // CMD, COMMAND SET: the languages it prints, e.g. ZPL
    bool is_cut = false;                // the last field does not end: its value may lack characters
    bool operator==(const PrinterId&) const = default;
};

/// The text in an answer to get_device_id. Its two bytes of length ought to be big-endian and count
/// themselves; some devices send them little-endian, or do not count them. Never more than was received.
std::string_view device_id_text(std::string_view answer);
PrinterId parse_device_id(std::string_view text);

struct PortStatus {
    bool paper_out = false;
    bool selected = false;  // online
    bool error = false;
    bool is_ready() const { return selected && !paper_out && !error; }
    bool operator==(const PortStatus&) const = default;
};

/// 0x18: ready; 0x38: paper out. Many label printers always say 0x18: their own language tells more.
PortStatus port_status(std::uint8_t byte);

}  // namespace kenpin::decode
