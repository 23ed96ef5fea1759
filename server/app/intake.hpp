#pragma once
// Intake (受注取込) as the writer does it: judged by server/plan, the buyer's words sealed, then decided and
// allocated.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adaptors/crypto/crypto.hpp"
#include "core/base/private.hpp"
#include "server/app/deciding.hpp"
#include "server/app/intake_rules.hpp"
#include "server/plan/intake.hpp"
#include "server/plan/received_order.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

/// What intake asks for again and again, read once for an import.
struct ShopAtHand {
    plan::ShopRules rules;
    plan::Catalogue catalogue;
};
/// The shop's row with what the site's settings and tables add, and its goods. Nothing: no such shop.
std::optional<ShopAtHand> shop_at_hand(const Deciding& deciding, const ShopId& shop,
                                       const IntakeRules* tables, const crypto::Key& key);
/// Under what the options of an answered code (商品対応表) are kept, of plan::compare_options().
std::string sealed_options(const crypto::Key& key, const std::string& options);

/// One order on its way in.
struct OrderToTake {
    plan::ReceivedOrder order{};
    std::vector<plan::Problem> unreadable{};  // what reading found wrong
    plan::FoundBefore found{};
    Private<std::string> received{};  // its own records as they came: kept sealed when it is refused
    bool is_asked_for = false;        // a person takes it, whatever was decided about the same content before
    bool is_corrected = false;        // and he wrote it himself
    bool has_number = true;           // false: the number may be anything, a name too, and is told to nobody
};

/// For found_in(): any carrier that we know, until shops have several to choose from.
inline plan::FindingsSite findings_site(const Deciding& deciding) {
    return {{}, japan_day(deciding.now)};
}

/// What is sealed, hashed and read again with.
struct Secrets {
    const crypto::Key& key;
    const IntakeRules* rules = nullptr;  // none: addressees cannot be found again (consolidation)
};

/// Under which an order's records lie sealed; empty: they are not kept.
std::string received_id(const crypto::Key& key, const std::string& records_hash);

/// Takes, refuses or recognises one order. Allocation is not part of it: allocate() once after all of them.
plan::IntakeVerdict take_order(const Deciding& deciding, const Secrets& secrets, const ShopAtHand& shop,
                               const OrderToTake& order);

/// The order stands here with this very content.
bool is_here_already(const Deciding& deciding, const Secrets& secrets, const ShopAtHand& shop,
                     const OrderToTake& order);

/// Keeps what could not even be read as an order, with its reasons; the same again is kept once. What was set
/// aside waits again only when a person corrected another record to it. Answers as what it is kept, sealed.
std::string refuse_order(const Deciding& deciding, const Secrets& secrets, const plan::ShopRules& shop,
                         const std::string& number_in_shop, plan::Refused refused,
                         const Private<std::string>& received, bool is_corrected = false);

/// 在庫引当 for everything of the owner that waits for stock, oldest order first.
void allocate(const Deciding& deciding, const OwnerId& owner);

std::vector<web::Reason> reasons_of(const std::vector<plan::Problem>& problems);
web::OrderAnswer answer_of(const plan::IntakeVerdict& verdict);

}  // namespace kenpin::app
