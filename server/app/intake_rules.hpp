#pragma once
// Everything that intake judges by and that stands in tables: formats of shops, words of individual handling,
// postcodes, what carriers' files hold, the texts of reasons. Read once at the start; never changes.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "server/plan/catalogue.hpp"
#include "server/plan/handling_findings.hpp"
#include "server/plan/intake.hpp"
#include "server/plan/intake_codes.hpp"
#include "server/shops/shop_profile.hpp"

namespace kenpin::app {

struct IntakeRules {
    std::vector<shops::ShopProfile> profiles;
    plan::FloorRules floor;
    std::map<std::string, plan::ReasonText> reasons;  // by code
};

/// `assets`: the folder with shops, handling, carriers and postcodes.tsv.gz. Errors name the file.
Result<IntakeRules> load_intake_rules(const std::filesystem::path& assets);
/// Beside the program: in a source tree, or where it is installed (../share/kenpin/assets).
std::filesystem::path default_assets();

/// What these rules say about an order, for judge_order(): flags of individual handling, codes. `carriers`:
/// those that the shop uses.
plan::FoundBefore found_in(const plan::ReceivedOrder& order, const plan::Catalogue& catalogue,
                           const IntakeRules& rules, const plan::FindingsSite& site);

/// What is wrong and what to do about it, in one text; of an accepted order without codes that it was taken.
struct Message {
    std::string ja, en;
};
Message message_of(const std::string& outcome, const std::vector<std::string>& codes,
                   const IntakeRules& rules);

}  // namespace kenpin::app
