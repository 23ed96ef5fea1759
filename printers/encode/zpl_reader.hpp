#pragma once
// ZplReader: the printer's side of ZPL, as far as we speak it: labels made of graphic fields, and status
// questions. Takes the stream in pieces of any size. Bytes from outside: bounded, never trusted. Pure.
//
//   between labels --^XA--> in a label --^XZ--> between labels (a PrintedLabel comes out, ^PQ times)
//   a field that is too long or of impossible size is dropped and reported; the reader goes on
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "printers/encode/printer_half.hpp"

namespace kenpin::encode {

struct ZplLabel {
    Bitmap bitmap;  // ^PW wide, ^LL long
    int quantity = 1;
    std::vector<std::string> settings;  // every command that set a mode, in order: "^MMT", "^PR4,4"
};
struct AskedHostStatus {};  // ~HS
struct AskedErrors {};      // ~HQES
struct AskedIdentity {};    // ~HI
using ZplEvent = std::variant<ZplLabel, AskedHostStatus, AskedErrors, NotUnderstood, AskedIdentity>;

class ZplReader {
public:
    struct Limits {
        std::size_t field_bytes = std::size_t{16} * 1'024 * 1'024;
        int label_dots = 16'000;  // each way
        int quantity = 100;
    };
    /// Head width and default length in dots, used until ^PW and ^LL say otherwise.
    ZplReader(int width_dots, int length_dots) : ZplReader(width_dots, length_dots, Limits{}) {}
    ZplReader(int width_dots, int length_dots, Limits limits);

    std::vector<ZplEvent> feed(std::string_view bytes);
    bool is_inside_label() const { return is_inside_; }

private:
    void take_command(std::string_view command, std::vector<ZplEvent>& events);
    void take_field_command(std::string_view command, std::vector<ZplEvent>& events);
    void take_graphic(std::string_view parameters, std::vector<ZplEvent>& events);
    void begin();
    void end(std::vector<ZplEvent>& events);

    Limits limits_;
    int default_width_;
    int default_length_;
    std::string pending_;  // the command being received, from its ^ or ~
    bool is_overlong_ = false;
    bool is_inside_ = false;
    int width_ = 0, length_ = 0, quantity_ = 1;
    int field_x_ = 0, field_y_ = 0;
    struct Field {
        int x = 0, y = 0;
        Bitmap bitmap;
    };
    std::vector<Field> fields_;
    std::vector<std::string> settings_;
};

}  // namespace kenpin::encode
