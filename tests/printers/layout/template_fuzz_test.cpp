// Templates as nobody would write them, and values as nobody would give them: whatever comes is drawn or
// refused with the template's name; nothing breaks, nothing leaves the paper.
#include <doctest/doctest.h>

#include "printers/layout/paper.hpp"
#include "tests/printers/layout/templates.hpp"
#include "tests/support/fuzz.hpp"

using namespace kenpin;
using namespace kenpin::layout;
using test::Dice;

namespace {

RawTable& any_table(Dice& dice, RawTemplate& raw) {
    std::vector<RawTable*> all{&raw.paper};
    for (auto* tables : {&raw.fields, &raw.parts, &raw.columns})
        for (auto& table : *tables) all.push_back(&table);
    return *all[dice() % all.size()];
}

void spoil(Dice& dice, RawTemplate& raw) {
    static const std::vector<std::string> values = {
        "bars", "down", "frame", "fill", "1 1 5 5", "0 0 450 450", "white", "{code}",  "{{}}}{",
        "qr",   "jan",  "true",  "code", "!zone",   "zone=",       "0.25",  "100 1 1", ""};
    auto& table = any_table(dice, raw);
    if (table.empty() || dice() % 8 == 0) {
        table[std::string(part_keys()[dice() % part_keys().size()])] = values[dice() % values.size()];
        return;
    }
    auto at = table.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(dice() % table.size()));
    at->second = dice() % 2 == 0 ? values[dice() % values.size()] : test::damaged(dice, at->second);
    if (dice() % 16 == 0) table.erase(at);
}

PaperValues any_values(Dice& dice, const Template& of) {
    auto out = samples_of(of, static_cast<int>(dice() % 7));
    auto fields = out.fields.reveal();
    for (auto& [name, value] : fields)
        if (dice() % 2 == 0) value = test::any_bytes(dice, "A-01{}()\n\xE3\x81\x82", 40);
    return {Private(std::move(fields)), out.rows};
}

}  // namespace

TEST_CASE("fuzz: templates and what stands on them") {
    test::fuzz(20261129, [](Dice& dice) {
        auto raw = dice() % 2 == 0 ? test::shelf_template() : test::list_template();
        const auto name = raw.name;
        for (auto times = dice() % 4; times > 0; --times) spoil(dice, raw);
        const auto read = template_of(raw);
        if (!read) {
            CHECK(read.error().detail.starts_with("template " + name + ": "));
            return;
        }
        if (read.value().width_mm * read.value().height_mm > 20'000) return;  // valid, and slow to draw
        const auto pages = draw_paper(read.value(), any_values(dice, read.value()), 6);
        if (!pages) {
            CHECK(pages.error().detail.starts_with("template " + name + ": "));
            return;
        }
        for (const auto& page : pages.value())
            for (const auto& code : page.codes) {
                CHECK(code.box.x >= 0);
                CHECK(code.box.y >= 0);
                CHECK(code.box.x + code.box.width <= page.bitmap.width_dots);
                CHECK(code.box.y + code.box.height <= page.bitmap.height_dots);
            }
    });
}
