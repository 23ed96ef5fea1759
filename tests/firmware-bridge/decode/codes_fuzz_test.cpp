// Codes with anything in them: GS1 data, Digital Links, checks and prefixes are read or refused by name, and
// what is refused is pointed at inside the scan.
#include "firmware-bridge/decode/checks.hpp"
#include "firmware-bridge/decode/digital_link.hpp"
#include "firmware-bridge/decode/gs1.hpp"
#include "firmware-bridge/decode/prefix.hpp"
#include "tests/support/fuzz.hpp"

using namespace kenpin;
using namespace kenpin::decode;
using test::Dice;

namespace {

template <std::size_t size>
std::string one_of(Dice& dice, const std::string (&all)[size]) {
    return all[dice() % size];
}

std::string an_element_string(Dice& dice) {
    const std::string good[] = {
        "0104901234567894172712311"
        "0LOT7\x1d"
        "21S1",
        "00349012345123456781",
        "021490123456789137"
        "12",
        "8003021123456789"
        "00ABC",
        "4309180000000036"
        "00000000",
        "8007GB82WEST12345698765432",
        "80131987654Ad4X4bL5ttr2310c2K",
        "42352852852"
        "8"};
    if (dice() % 3 == 0)
        return test::any_bytes(dice,
                               "0123456789\x1d"
                               "AB%",
                               60);
    return test::damaged(dice, one_of(dice, good) + (dice() % 2 == 0 ? "\x1d" : "") + one_of(dice, good));
}

std::string an_address(Dice& dice) {
    const std::string good[] = {"https://id.gs1.org/01/04901234567894/10/LOT7?17=271231&lang=ja#x",
                                "HTTP://a/b/8010/49012%23A/8011/12",
                                "https://a/00/349012345123456781?99=%41%"};
    if (dice() % 4 == 0) return "https://" + test::any_bytes(dice, "/?&=#%0189", 60);
    return test::damaged(dice, one_of(dice, good));
}

void check_reading(const Gs1Reading& reading, std::size_t size) {
    if (const auto* refused = std::get_if<Gs1Refusal>(&reading)) {
        REQUIRE(refused->offset <= size);
        REQUIRE_FALSE(name(refused->fault).empty());
        return;
    }
    const auto& gs1 = std::get<Gs1>(reading);
    REQUIRE_FALSE(gs1.elements.empty());
    for (const auto& element : gs1.elements) {
        const auto* row = find_ai(element.ai);
        REQUIRE(row != nullptr);
        REQUIRE(row->first.size() == element.ai.size());
        REQUIRE_FALSE(check_value(*row, element.value));
    }
    const auto again = parse_element_string(element_string(gs1));
    REQUIRE(std::get<Gs1>(again).elements == gs1.elements);
}

}  // namespace

TEST_CASE("fuzz: element strings") {
    test::fuzz(41, [](Dice& dice) {
        const auto data = an_element_string(dice);
        check_reading(parse_element_string(data), data.size());
    });
}

TEST_CASE("fuzz: Digital Links") {
    test::fuzz(42, [](Dice& dice) {
        const auto address = an_address(dice);
        if (is_web_address(address)) check_reading(parse_digital_link(address), address.size());
    });
}

TEST_CASE("fuzz: checks and fourteen digits of any scan") {
    const std::string heads[] = {"]E0", "]E3",         "]E4", "]I1", "]F0", "]C0",
                                 "]C1", "]Q1https://", "]d2", "]e0", "",    "]A0"};
    const std::string bodies[] = {"4901234567894", "49123456|]e099X", "A123456789013A", "RR473124829JP",
                                  "14901234567891"};
    test::fuzz(43, [&](Dice& dice) {
        const auto scan = identify(one_of(dice, heads) + test::damaged(dice, one_of(dice, bodies)));
        const auto verdict = check(scan);
        const auto gtin = gtin14(scan);
        if (gtin) REQUIRE(gtin->size() == 14);
        if (gtin && scan.aim == "]E0") REQUIRE(verdict != Check::check_digit);
        REQUIRE_FALSE(name(verdict).empty());
    });
}

TEST_CASE("fuzz: prefixes") {
    test::fuzz(44, [](Dice& dice) {
        std::vector<PrefixRule> rules;
        for (auto n = dice() % 4; n > 0; --n)
            rules.push_back({test::any_bytes(dice, "AF<", 3), test::any_bytes(dice, ">\r", 2),
                             static_cast<domain::Symbology>(dice() % 11)});
        const auto scan = identify(test::any_bytes(dice, "AF<>\r0123", 20));
        const auto without = without_prefix(rules, scan);
        REQUIRE(scan.bytes.find(without.bytes) != std::string::npos);
        REQUIRE(without.bytes.empty() == scan.bytes.empty());
    });
}
