#include "printers/encode/printer_model.hpp"

#include <algorithm>
#include <optional>

#include "printers/encode/fields.hpp"

namespace kenpin::encode {

namespace {

constexpr std::size_t columns = 9;

Error corrupt(std::size_t line, const std::string& why) {
    return {Error::Kind::corrupt, "models, line " + std::to_string(line) + ": " + why};
}

// "100x150", both in mm.
bool read_media(std::string_view text, PrinterModel& model) {
    const auto sizes = split(text, 'x');
    if (sizes.size() != 2) return false;
    const auto width = whole_number(sizes[0]);
    const auto length = whole_number(sizes[1]);
    if (!width || !length || *width == 0 || *length == 0 || *width > 1'000 || *length > 1'000) return false;
    model.media.width_dots = dots_of_tenths(*width * 10, model.head);
    model.media.length_dots = dots_of_tenths(*length * 10, model.head);
    return true;
}

bool read_quirks(std::string_view text, PrinterModel& model) {
    for (const auto word : split(text, ' ')) {
        if (word == "silent")
            model.answers = false;
        else if (word == "continuous")
            model.media.tracking = Tracking::continuous;
        else if (!word.empty() && word != "-")
            return false;
    }
    return true;
}

Result<PrinterModel> read_model(const std::vector<std::string_view>& fields, std::size_t line) {
    if (fields.size() != columns) return corrupt(line, "not nine columns");
    PrinterModel model;
    model.name = fields[0];
    model.language = language_of(fields[2]);
    if (model.language == nullptr) return corrupt(line, "a language nobody speaks");
    const auto dots = whole_number(fields[3]);
    const auto width = whole_number(fields[4]);
    const auto margin = whole_number(fields[5]);
    if (!dots || *dots < 4'000 || *dots > 50'000 || !width || *width < 8 || !margin || *margin > *width)
        return corrupt(line, "an impossible head");
    model.head = {.dots_per_m = *dots, .width_dots = *width, .right_margin_dots = *margin};
    if (!read_media(fields[6], model)) return corrupt(line, "media that is not WIDTHxLENGTH in mm");
    if (!read_quirks(fields[7], model)) return corrupt(line, "a quirk nobody knows");
    return model;
}

}  // namespace

Result<std::vector<PrinterModel>> printer_models(std::string_view tsv) {
    std::vector<PrinterModel> out;
    const auto lines = split(tsv, '\n');
    bool is_title = true;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto line = lines[i];
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty() || line.front() == '#') continue;
        if (!std::exchange(is_title, false)) {
            auto model = read_model(split(line, '\t'), i + 1);
            if (!model) return model.error();
            out.push_back(std::move(model).value());
        }
    }
    return out;
}

Result<PrinterModel> printer_model(std::string_view tsv, std::string_view name) {
    auto models = printer_models(tsv);
    if (!models) return models.error();
    for (const auto& model : models.value())
        if (model.name == name) return model;
    return Error{Error::Kind::not_found, "no such printer model: " + std::string(name)};
}

}  // namespace kenpin::encode
