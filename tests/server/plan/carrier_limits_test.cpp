#include "server/plan/carrier_limits.hpp"

#include <cstdint>

#include <doctest/doctest.h>

#include "server/plan/received_order.hpp"
#include "tests/server/plan/handling_assets.hpp"
#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::plan;

namespace {

const Day today = *parse_day("2026-11-24");

const CarrierTables& tables() {
    static const auto all = [] {
        auto read =
            read_carrier_tables({test::asset("carriers/services.tsv"), test::asset("carriers/slots.tsv"),
                                 test::asset("carriers/cool.tsv")});
        if (!read) FAIL(read.error().detail);
        return std::move(read).value();
    }();
    return all;
}

CarriageSite site(const std::set<CarrierId>& carriers = {}, Day day = today) {
    return {tables(), carriers, day};
}
const CarrierId yamato{"yamato"}, sagawa{"sagawa"}, japanpost{"japanpost"};

using Codes = std::vector<std::string>;

std::string slot_code(const CarrierId& carrier, const std::string& slot, Day day = today) {
    CarriageWish wish;
    wish.slot = slot;
    const auto found = carriages(wish, site({carrier}, day));
    return found.empty() ? "none" : found.front().slot_code;
}

std::string cool_code(const CarrierId& carrier, const std::string& temperature) {
    CarriageWish wish;
    wish.temperatures = {temperature};
    const auto found = carriages(wish, site({carrier}));
    return found.empty() ? "none" : found.front().cool_code;
}

}  // namespace

TEST_CASE("each cell of the table of time bands is as the carrier's sheet says") {
    const std::vector<std::vector<std::string>> rows = {
        {"AM", "0812", "01", "51"},       {"12-14", "none", "12", "52"}, {"14-16", "1416", "14", "53"},
        {"16-18", "1618", "16", "54"},    {"18-20", "1820", "18", "55"}, {"19-21", "1921", "19", "57"},
        {"20-21", "none", "none", "none"}};
    for (const auto& row : rows) {
        INFO(row[0]);
        CHECK(slot_code(yamato, row[0]) == row[1]);
        CHECK(slot_code(sagawa, row[0]) == row[2]);
        CHECK(slot_code(japanpost, row[0]) == row[3]);
    }
}

TEST_CASE("a band that a carrier gave up holds only for days before") {
    const Day last = *parse_day("2017-06-17");  // it arrives on the 18th
    CHECK(slot_code(yamato, "12-14", last) == "1214");
    CHECK(slot_code(yamato, "19-21", last) == "none");
    CHECK(slot_code(yamato, "12-14", last + std::chrono::days{1}) == "none");
    CHECK(slot_code(yamato, "19-21", last + std::chrono::days{1}) == "1921");
}

TEST_CASE("each cell of the table of temperatures is as the carrier's sheet says") {
    CHECK(cool_code(yamato, "ambient") == "0");
    CHECK(cool_code(yamato, "chilled") == "2");
    CHECK(cool_code(yamato, "frozen") == "1");
    CHECK(cool_code(sagawa, "ambient") == "001");
    CHECK(cool_code(sagawa, "chilled") == "002");
    CHECK(cool_code(sagawa, "frozen") == "003");
    CHECK(cool_code(japanpost, "ambient") == "0");
    CHECK(cool_code(japanpost, "chilled") == "1");
    CHECK(cool_code(japanpost, "frozen") == "2");
}

TEST_CASE("a wish for noon goes to a carrier that has the band; with Yamato alone it stops the order") {
    CarriageWish wish;
    wish.slot = "12-14";
    wish.day = today + std::chrono::days{4};
    CHECK(carriage_codes(wish, site()).empty());
    CHECK(carriages(wish, site()).front() == Carriage{sagawa, "hikyaku", "12", "001"});
    CHECK(carriage_codes(wish, site({yamato})) == Codes{"E-SLOT"});
}

TEST_CASE("a band that nobody knows stops the order, it never falls to none") {
    CarriageWish wish;
    for (const auto* slot : {"22:00-24:00", "深夜", "AM ", "12-13"}) {
        wish.slot = slot;
        CHECK(carriage_codes(wish, site()) == Codes{"E-SLOT"});
    }
    for (const auto& slot : slot_names) {
        wish.slot = slot;
        CHECK(carriage_codes(wish, site()).empty());
    }
}

TEST_CASE("a day that is past or over a year away is no wish to keep") {
    CarriageWish wish;
    wish.day = today - std::chrono::days{1};
    CHECK(carriage_codes(wish, site()) == Codes{"E-DATE"});
    wish.day = today + std::chrono::days{366};
    wish.slot = "深夜";
    CHECK(carriage_codes(wish, site()) == Codes{"E-DATE", "E-SLOT"});
    wish = {};
    wish.day = today;
    CHECK(carriage_codes(wish, site()).empty());  // whether it arrives in time: ship_day
}

TEST_CASE("mail-box services take no day, band, COD or cool goods") {
    CarriageWish wish;
    wish.is_mail = true;
    CHECK(carriage_codes(wish, site()).empty());
    wish.slot = "AM";
    CHECK(carriage_codes(wish, site()) == Codes{"E-METHOD-SLOT"});
    wish.slot.clear();
    wish.day = today + std::chrono::days{2};
    CHECK(carriage_codes(wish, site()) == Codes{"E-METHOD-SLOT"});
    wish.cod = Yen{1000};
    wish.temperatures = {"chilled"};
    CHECK(carriage_codes(wish, site()) == Codes{"E-METHOD-SLOT", "E-COD-METHOD", "E-METHOD-COOL"});
}

TEST_CASE("COD goes up to the limit and not a yen above") {
    CarriageWish wish;
    wish.cod = Yen{300'000};
    CHECK(carriage_codes(wish, site()).empty());
    wish.cod = Yen{300'001};
    CHECK(carriage_codes(wish, site()) == Codes{"E-COD-LIMIT"});
    CHECK(cod_limit(site()) == Yen{300'000});
    CHECK(cod_limit(site({CarrierId{"nobody"}})) == std::nullopt);
    wish.cod = Yen{30'001};
    const auto found = carriages(wish, site({yamato}));
    REQUIRE(found.size() == 1);  // the compact box collects 30,000 at most
    CHECK(found.front().service == "takkyubin");
}

TEST_CASE("goods fit a letter box by thickness of the pile, sides and weight") {
    const GoodsSize card{239, 170, 13, 150, 1};
    CHECK(fits_mailbox({card}, site()));
    CHECK(fits_mailbox({card, card}, site()));
    CHECK_FALSE(fits_mailbox({card, card, card}, site()));
    auto turned = card;
    std::swap(turned.height, turned.length);
    CHECK(fits_mailbox({turned}, site()));
    CHECK_FALSE(fits_mailbox({{239, 170, 13, 1001, 1}}, site()));
    CHECK_FALSE(fits_mailbox({{400, 170, 13, 150, 1}}, site()));
    CHECK_FALSE(fits_mailbox({{0, 0, 0, 0, 1}}, site()));
    CHECK_FALSE(fits_mailbox({}, site()));
    CHECK_FALSE(fits_mailbox({{239, 170, 13, 150, 2'000'000'000}}, site()));
    CHECK_FALSE(fits_mailbox({{239, 170, 13, 150, -1}}, site()));
}

TEST_CASE("a wrong row of a carrier's table is named") {
    const auto wrong = read_carrier_tables({"header\nyamato\tx", "", ""});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().detail == "services, record 1");
    CHECK(read_carrier_tables({"", "header\nyamato\tboat\tAM\t1\t\t", ""}).error().detail ==
          "slots, record 1");
    CHECK(read_carrier_tables({"", "header\nyamato\tparcel\tAM\t1\t2026-13-01\t", ""}).error().detail ==
          "slots, record 1");
}

TEST_CASE("what can be kept has no code, and what cannot has one, for every wish") {
    test::holds(
        "codes and carriages agree", [](bool is_mail, unsigned slot, int in_days, int cod, bool is_frozen) {
            CarriageWish wish;
            wish.is_mail = is_mail;
            wish.slot = slot % 8 < slot_names.size() ? slot_names[slot % 8] : "";
            if (in_days % 3 != 0) wish.day = today + std::chrono::days{in_days % 500};
            if (cod > 0) wish.cod = Yen{std::int64_t{1000} * cod};
            if (is_frozen) wish.temperatures = {"frozen"};
            const bool is_day_sane =
                !wish.day || (*wish.day >= today && *wish.day <= today + std::chrono::days{365});
            return carriage_codes(wish, site()).empty() == (is_day_sane && !carriages(wish, site()).empty());
        });
}

namespace {

// "kind day slot cod cool | longest middle shortest sum weight" of a service on a day; "none": it is not
// there.
std::string service_on(const CarrierId& carrier, const std::string& service, Day day) {
    static const char* kinds[] = {"parcel", "compact", "mail"};
    for (const auto& row : tables().services) {
        if (row.carrier != carrier || row.service != service || !row.validity.covers(day)) continue;
        std::string text = kinds[static_cast<int>(row.kind)];
        text += row.takes_day ? " day" : " -";
        text += row.takes_slot ? " slot" : " -";
        text += row.cod_limit ? " " + std::to_string(row.cod_limit->value) : " -";
        text += row.cool.empty() ? " -" : "";
        for (const auto& cool : row.cool) text += " " + cool;
        text += " |";
        const auto& size = row.size;
        for (const int limit : {size.longest, size.middle, size.shortest, size.sum, size.weight})
            text += " " + std::to_string(limit);
        return text;
    }
    return "none";
}

std::string compact_slot(const CarrierId& carrier, const std::string& slot) {
    for (const auto& row : tables().slots)
        if (row.carrier == carrier && row.kind == ServiceKind::compact && row.slot == slot &&
            row.validity.covers(today))
            return row.code;
    return "none";
}

}  // namespace

TEST_CASE("each cell of the table of services is as facts and contracts say") {
    CHECK(service_on(yamato, "takkyubin", today) ==
          "parcel day slot 300000 chilled frozen | 1700 0 0 2000 30000");
    CHECK(service_on(yamato, "compact", today) == "compact day slot 30000 - | 250 200 50 0 0");
    CHECK(service_on(yamato, "nekopos", today) == "mail - - - - | 312 228 30 0 1000");
    CHECK(service_on(yamato, "yu_packet", today) == "mail - - - - | 340 0 30 600 1000");
    CHECK(service_on(sagawa, "hikyaku", today) == "parcel day slot 300000 chilled frozen | 0 0 0 2600 50000");
    CHECK(service_on(japanpost, "yu_pack", today) ==
          "parcel day slot 300000 chilled frozen | 0 0 0 1700 25000");
    CHECK(service_on(japanpost, "yu_packet", today) == "mail - - - - | 340 0 30 600 1000");
    CHECK(service_on(japanpost, "yu_packet_plus", today) == "compact - - - - | 240 170 70 0 2000");
    CHECK(service_on(japanpost, "click_post", today) == "mail - - - - | 340 250 30 0 1000");
    CHECK(tables().services.size() == 10);
}

TEST_CASE("a letter box took 2.5 cm of Nekopos until the ninth of November 2025, three from the tenth") {
    const auto ninth = *parse_day("2025-11-09");
    CHECK(service_on(yamato, "nekopos", ninth) == "mail - - - - | 312 228 25 0 1000");
    CHECK(service_on(yamato, "nekopos", ninth + std::chrono::days{1}) == "mail - - - - | 312 228 30 0 1000");
}

TEST_CASE("the compact box has its carrier's bands, and none at noon") {
    const std::vector<std::pair<std::string, std::string>> cells = {{"AM", "0812"},    {"12-14", "none"},
                                                                    {"14-16", "1416"}, {"16-18", "1618"},
                                                                    {"18-20", "1820"}, {"19-21", "1921"}};
    for (const auto& [slot, code] : cells) CHECK(compact_slot(yamato, slot) == code);
}

TEST_CASE("the digits of cool goods are crossed: what freezes with one carrier only chills with the other") {
    CHECK(cool_code(yamato, "frozen") == cool_code(japanpost, "chilled"));
    CHECK(cool_code(yamato, "chilled") == cool_code(japanpost, "frozen"));
    for (const auto& carrier : {yamato, sagawa, japanpost}) {
        std::set<std::string> codes;
        for (const char* temperature : {"ambient", "chilled", "frozen"})
            codes.insert(cool_code(carrier, temperature));
        CHECK(codes.size() == 3);
        CHECK_FALSE(codes.contains("none"));
    }
}
