#include "server/plan/carrier_limits.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "server/plan/table.hpp"

namespace kenpin::plan {
namespace {

constexpr std::chrono::days longest_wish{365};
constexpr std::chrono::days soonest_arrival{1};

using Cells = std::vector<std::string>;

bool read_day(const std::string& text, std::optional<Day>& into) {
    if (text.empty()) return true;
    into = parse_day(text);
    return into.has_value();
}

bool read_number(const std::string& text, int& into) {
    if (text.empty()) return true;
    return std::from_chars(text.data(), text.data() + text.size(), into).ptr == text.data() + text.size() &&
           into >= 0;
}

bool read_kind(const std::string& text, ServiceKind& into) {
    constexpr std::array<std::string_view, 3> names = {"parcel", "compact", "mail"};
    const auto found = std::find(names.begin(), names.end(), text);
    into = static_cast<ServiceKind>(found - names.begin());
    return found != names.end();
}

bool read_cod(const std::string& text, std::optional<Yen>& into) {
    int yen = 0;
    if (!read_number(text, yen)) return false;
    if (!text.empty()) into = Yen{yen};
    return true;
}

std::set<std::string> words(const std::string& text) {
    std::set<std::string> found;
    for (const auto& word : split_fields(text, ' '))
        if (!word.empty()) found.insert(word);
    return found;
}

bool add(const Cells& cells, std::vector<CarrierService>& services) {
    if (cells.size() != 15) return false;
    CarrierService row;
    row.carrier = CarrierId{cells[0]};
    row.service = cells[1];
    row.name = cells[2];
    row.takes_day = cells[6] == "1";
    row.takes_slot = cells[7] == "1";
    row.cool = words(cells[9]);
    const bool is_read = read_kind(cells[3], row.kind) && read_day(cells[4], row.validity.from) &&
                         read_day(cells[5], row.validity.to) && read_cod(cells[8], row.cod_limit) &&
                         read_number(cells[10], row.size.longest) &&
                         read_number(cells[11], row.size.middle) &&
                         read_number(cells[12], row.size.shortest) && read_number(cells[13], row.size.sum) &&
                         read_number(cells[14], row.size.weight);
    services.push_back(std::move(row));
    return is_read;
}

bool add(const Cells& cells, std::vector<CarrierSlot>& slots) {
    if (cells.size() != 6) return false;
    CarrierSlot row;
    row.carrier = CarrierId{cells[0]};
    row.slot = cells[2];
    row.code = cells[3];
    const bool is_read = read_kind(cells[1], row.kind) && read_day(cells[4], row.validity.from) &&
                         read_day(cells[5], row.validity.to);
    slots.push_back(std::move(row));
    return is_read;
}

bool add(const Cells& cells, std::vector<CarrierCool>& cool) {
    if (cells.size() != 3) return false;
    cool.push_back({CarrierId{cells[0]}, cells[1], cells[2]});
    return true;
}

template <class Row>
Outcome read_rows(std::string_view tsv, const std::string& table, std::vector<Row>& rows) {
    const auto records = split_records(tsv, '\t');
    for (std::size_t i = 1; i < records.size(); ++i) {  // the first names the columns
        if (records[i].bytes.starts_with('#')) continue;
        if (!add(split_fields(records[i].bytes, '\t'), rows))
            return Error{Error::Kind::corrupt, table + ", record " + std::to_string(i)};
    }
    return Done{};
}

bool is_of(const CarriageSite& site, const CarrierId& carrier) {
    return site.carriers.empty() || site.carriers.contains(carrier);
}

Day arrival(const CarriageWish& wish, const CarriageSite& site) {
    return wish.day.value_or(site.today + soonest_arrival);
}

// The carrier's code for the band on that day; nothing: it has no such band.
std::optional<std::string> slot_code(const CarrierService& service, const std::string& slot, Day day,
                                     const CarrierTables& tables) {
    if (slot.empty()) return std::string{};
    if (!service.takes_slot) return std::nullopt;
    const auto found = std::find_if(tables.slots.begin(), tables.slots.end(), [&](const CarrierSlot& row) {
        return row.carrier == service.carrier && row.kind == service.kind && row.slot == slot &&
               row.validity.covers(day);
    });
    if (found == tables.slots.end()) return std::nullopt;
    return found->code;
}

// Frozen beats chilled beats ambient: the coldest goods say how a parcel of one temperature travels.
std::string coldest(const std::set<std::string>& temperatures) {
    for (const auto* temperature : {"frozen", "chilled"})
        if (temperatures.contains(temperature)) return temperature;
    return "ambient";
}

std::string cool_code(const CarrierId& carrier, const std::string& temperature, const CarrierTables& tables) {
    for (const auto& row : tables.cool)
        if (row.carrier == carrier && row.temperature == temperature) return row.code;
    return {};
}

bool carries(const CarrierService& service, const CarriageWish& wish) {
    const auto temperature = coldest(wish.temperatures);
    return (wish.is_mail == (service.kind == ServiceKind::mail)) && (!wish.day || service.takes_day) &&
           (!wish.cod || (service.cod_limit && *wish.cod <= *service.cod_limit)) &&
           (temperature == "ambient" || service.cool.contains(temperature));
}

bool can_keep(const CarriageWish& wish, const CarriageSite& site) {
    return !carriages(wish, site).empty();
}

std::vector<std::string> mail_codes(const CarriageWish& wish, const CarriageSite& site) {
    std::vector<std::string> codes;
    CarriageWish one{.is_mail = true, .day = wish.day, .slot = wish.slot, .cod = {}, .temperatures = {}};
    if (!can_keep(one, site)) codes.emplace_back("E-METHOD-SLOT");
    one = {.is_mail = true, .day = {}, .slot = {}, .cod = wish.cod, .temperatures = {}};
    if (!can_keep(one, site)) codes.emplace_back("E-COD-METHOD");
    one = {.is_mail = true, .day = {}, .slot = {}, .cod = {}, .temperatures = wish.temperatures};
    if (!can_keep(one, site)) codes.emplace_back("E-METHOD-COOL");
    return codes;
}

std::vector<std::string> parcel_codes(const CarriageWish& wish, const CarriageSite& site) {
    std::vector<std::string> codes;
    CarriageWish one{.is_mail = false, .day = {}, .slot = wish.slot, .cod = {}, .temperatures = {}};
    if (!can_keep(one, site)) codes.emplace_back("E-SLOT");
    const auto limit = cod_limit(site);
    if (wish.cod && !limit) codes.emplace_back("E-COD-METHOD");
    if (wish.cod && limit && *wish.cod > *limit) codes.emplace_back("E-COD-LIMIT");
    one = {.is_mail = false, .day = {}, .slot = {}, .cod = {}, .temperatures = wish.temperatures};
    if (!can_keep(one, site)) codes.emplace_back("E-METHOD-COOL");
    return codes;
}

struct Pile {
    std::int64_t longest = 0, middle = 0, thickness = 0, weight = 0;
    std::int64_t sum() const { return longest + middle + thickness; }
};

// A quantity comes as the shop wrote it: it is judged elsewhere, here it must only not overflow.
std::optional<Pile> pile(const std::vector<GoodsSize>& goods) {
    Pile all;
    for (const auto& one : goods) {
        std::array<std::int64_t, 3> sides = {one.length, one.width, one.height};
        std::sort(sides.begin(), sides.end());
        if (sides[0] <= 0 || one.weight <= 0 || one.qty <= 0) return std::nullopt;
        all.longest = std::max(all.longest, sides[2]);
        all.middle = std::max(all.middle, sides[1]);
        all.thickness += sides[0] * one.qty;
        all.weight += std::int64_t{one.weight} * one.qty;
    }
    return all;
}

bool fits(const Pile& pile, const SizeLimit& limit) {
    const auto is_within = [](std::int64_t size, int most) { return most == 0 || size <= most; };
    return is_within(pile.longest, limit.longest) && is_within(pile.middle, limit.middle) &&
           is_within(pile.thickness, limit.shortest) && is_within(pile.sum(), limit.sum) &&
           is_within(pile.weight, limit.weight);
}

}  // namespace

Result<CarrierTables> read_carrier_tables(const CarrierFiles& files) {
    CarrierTables tables;
    if (auto read = read_rows(files.services, "services", tables.services); !read) return read.error();
    if (auto read = read_rows(files.slots, "slots", tables.slots); !read) return read.error();
    if (auto read = read_rows(files.cool, "cool", tables.cool); !read) return read.error();
    return tables;
}

std::vector<Carriage> carriages(const CarriageWish& wish, const CarriageSite& site) {
    std::vector<Carriage> found;
    const auto day = arrival(wish, site);
    for (const auto& service : site.tables.services) {
        if (!is_of(site, service.carrier) || !service.validity.covers(day) || !carries(service, wish))
            continue;
        if (auto code = slot_code(service, wish.slot, day, site.tables))
            found.push_back({service.carrier, service.service, std::move(*code),
                             cool_code(service.carrier, coldest(wish.temperatures), site.tables)});
    }
    return found;
}

std::vector<std::string> carriage_codes(const CarriageWish& wish, const CarriageSite& site) {
    if (wish.day && (*wish.day < site.today || *wish.day > site.today + longest_wish)) {
        auto rest = wish;  // what else is wrong is said too
        rest.day = std::nullopt;
        auto codes = carriage_codes(rest, site);
        codes.insert(codes.begin(), "E-DATE");
        return codes;
    }
    if (can_keep(wish, site)) return {};
    auto codes = wish.is_mail ? mail_codes(wish, site) : parcel_codes(wish, site);
    if (codes.empty()) codes.emplace_back("E-CARRIAGE");
    return codes;
}

bool fits_mailbox(const std::vector<GoodsSize>& goods, const CarriageSite& site) {
    const auto all = pile(goods);
    return all && !goods.empty() &&
           std::any_of(
               site.tables.services.begin(), site.tables.services.end(), [&](const CarrierService& service) {
                   return service.kind == ServiceKind::mail && is_of(site, service.carrier) &&
                          service.validity.covers(site.today + soonest_arrival) && fits(*all, service.size);
               });
}

std::optional<Yen> cod_limit(const CarriageSite& site) {
    std::optional<Yen> most;
    for (const auto& service : site.tables.services) {
        const bool counts = service.kind == ServiceKind::parcel && is_of(site, service.carrier) &&
                            service.validity.covers(site.today + soonest_arrival);
        if (counts) most = std::max(most, service.cod_limit);
    }
    return most;
}

}  // namespace kenpin::plan
