#pragma once
// What carriers take (assets/carriers/*.tsv): services with their limits, time bands with each carrier's
// code, codes of temperatures; each row with the days on which it holds. A wish that no carrier of the site
// can keep stops the order with its code; it is never dropped.
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace kenpin::plan {

/// First and last day on which a row holds; both count, none is open.
struct Validity {
    std::optional<Day> from, to;
    bool covers(Day day) const { return (!from || *from <= day) && (!to || day <= *to); }
};

enum class ServiceKind { parcel, compact, mail };

/// Sides in mm, weight in g; 0: no limit.
struct SizeLimit {
    int longest = 0, middle = 0, shortest = 0, sum = 0, weight = 0;
};

struct CarrierService {
    CarrierId carrier;
    std::string service, name;
    ServiceKind kind = ServiceKind::parcel;
    Validity validity;
    bool takes_day = false, takes_slot = false;
    std::optional<Yen> cod_limit;  // none: no COD
    std::set<std::string> cool;    // "chilled", "frozen"
    SizeLimit size;
};
struct CarrierSlot {
    CarrierId carrier;
    ServiceKind kind = ServiceKind::parcel;
    std::string slot, code;
    Validity validity;
};
struct CarrierCool {
    CarrierId carrier;
    std::string temperature, code;
};
struct CarrierTables {
    std::vector<CarrierService> services;
    std::vector<CarrierSlot> slots;
    std::vector<CarrierCool> cool;
};
/// Contents of assets/carriers/services.tsv, slots.tsv, cool.tsv.
struct CarrierFiles {
    std::string_view services, slots, cool;
};
/// Errors: corrupt (which table, which record).
Result<CarrierTables> read_carrier_tables(const CarrierFiles& files);

/// Length, width, height in any order, mm; weight in g. 0: the item master does not know.
struct GoodsSize {
    int length = 0, width = 0, height = 0, weight = 0;
    int qty = 1;
};

/// What an order asks of whoever carries it.
struct CarriageWish {
    bool is_mail = false;  // the shop says メール便, or the goods go by it
    std::optional<Day> day;
    std::string slot;  // as slot_names; empty: none
    std::optional<Yen> cod;
    std::set<std::string> temperatures;
};
/// With which carrier and service it can be kept, and the codes for the carrier's file.
struct Carriage {
    CarrierId carrier;
    std::string service, slot_code, cool_code;
    bool operator==(const Carriage&) const = default;
};

/// The site's carriers, and the day on which it is judged. No carriers: all of the tables.
struct CarriageSite {
    const CarrierTables& tables;
    std::set<CarrierId> carriers;
    Day today;
};

/// Every way to keep all of the wish, in the order of the table.
std::vector<Carriage> carriages(const CarriageWish& wish, const CarriageSite& site);

/// Why there is none: E-DATE (past, or over a year away), E-SLOT, E-METHOD-SLOT, E-COD-METHOD, E-COD-LIMIT,
/// E-METHOD-COOL, E-CARRIAGE (each could be kept, not all together). Empty: it can be kept.
std::vector<std::string> carriage_codes(const CarriageWish& wish, const CarriageSite& site);

/// All goods, laid on each other, fit some mail service of the site. Goods of unknown size do not.
bool fits_mailbox(const std::vector<GoodsSize>& goods, const CarriageSite& site);

/// The most that may be collected by any parcel service of the site; nothing: none takes COD.
std::optional<Yen> cod_limit(const CarriageSite& site);

}  // namespace kenpin::plan
