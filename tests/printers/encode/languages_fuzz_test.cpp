// Bytes from printers and bytes to the printer made of software, in every language of the table: whatever
// comes, nothing breaks, nothing grows without bound, and noise alone proves no label.
#include <doctest/doctest.h>

#include "printers/encode/language.hpp"
#include "tests/support/fuzz.hpp"

using namespace kenpin;
using namespace kenpin::encode;
using test::Dice;

namespace {

constexpr Media media{.width_dots = 64, .length_dots = 40};

Bitmap any_picture(Dice& dice) {
    Bitmap out(1 + static_cast<int>(dice() % 64), 1 + static_cast<int>(dice() % 40));
    for (int y = 0; y < out.height_dots; ++y)
        for (int x = 0; x < out.width_dots; ++x)
            if (dice() % 3 == 0) out.blacken(x, y);
    return out;
}

// In two pieces, as a network may cut it.
template <class Take>
void in_pieces(Dice& dice, const std::string& bytes, Take&& take) {
    const auto cut = dice() % (bytes.size() + 1);
    take(std::string_view(bytes).substr(0, cut));
    take(std::string_view(bytes).substr(cut));
}

std::string all_that_it_says(const PrinterHalf& theirs, Dice& dice) {
    Inside inside{.media = media};
    constexpr auto conditions = static_cast<unsigned>(Condition::needs_attention) + 1;
    for (auto count = dice() % 3; count > 0; --count)
        inside.status.note(static_cast<Condition>(dice() % conditions));
    inside.status.labels_remaining = static_cast<int>(dice() % 3);
    inside.printing.number = static_cast<int>(dice() % 100);
    inside.wants_report = dice() % 2 == 0;
    return theirs.answer(0, inside) + theirs.answer(1, inside) + theirs.report_stopped(inside);
}

void talk(const Language& language, Dice& dice) {
    const auto ours = language.dialogue(media, {});
    const auto theirs = language.printer(media, {});
    for (int i = 0; i < 3; ++i) {
        const auto said = dice() % 4 == 0 ? test::any_bytes(dice, "\x02\x03,0123456789 \r\n", 64)
                                          : test::damaged(dice, all_that_it_says(*theirs, dice));
        (void)ours->question(static_cast<int>(dice() % 2));
        in_pieces(dice, said, [&](std::string_view bytes) { (void)ours->hear(bytes); });
    }
    CHECK(ours->take_proven().empty());  // nothing was ever sent
}

void print(const Language& language, Dice& dice) {
    const auto picture = any_picture(dice);
    const auto good =
        language.encode({.bitmap = picture, .media = media, .mark = {.number = 3, .name = "S1-1"}}).value();
    const auto theirs = language.printer(media, {});
    const auto stream = dice() % 8 == 0 ? test::any_bytes(dice, good, 256) : test::damaged(dice, good) + good;
    in_pieces(dice, stream, [&](std::string_view bytes) {
        for (const auto& event : theirs->receive(bytes))
            if (const auto* label = std::get_if<ReceivedLabel>(&event)) {
                CHECK(label->bitmap.bytes.size() <= std::size_t{64} * 1'024 * 1'024);
                CHECK(label->quantity <= 100);
            }
    });
}

const Language& any_language(Dice& dice) {
    return *languages()[dice() % languages().size()];
}

}  // namespace

TEST_CASE("what a printer says, damaged") {
    test::fuzz(1, [](Dice& dice) {
        const auto& language = any_language(dice);
        INFO(language.name);
        talk(language, dice);
    });
}

TEST_CASE("what is sent to a printer, damaged") {
    test::fuzz(2, [](Dice& dice) {
        const auto& language = any_language(dice);
        INFO(language.name);
        print(language, dice);
    });
}
