#pragma once
// Intake (受注取込) as the writer does it: judged by server/plan, the buyer's words sealed, then decided and
// allocated.
#include <string>
#include <vector>

#include "adaptors/crypto/crypto.hpp"
#include "server/app/deciding.hpp"
#include "server/plan/intake.hpp"
#include "server/plan/received_order.hpp"
#include "server/web/desk.hpp"

namespace kenpin::app {

/// What an order file or call says, as it came: kept sealed when it is refused.
struct AsReceived {
    std::string_view bytes;
    std::string name;  // file name or "api"
};

/// The shop's row with what the site's settings add. Nothing: no such shop.
std::optional<plan::ShopRules> rules_of(const Deciding& deciding, const ShopId& shop);

/// Takes, refuses or recognises one order. Allocation is not part of it: allocate() once after all of them.
web::OrderAnswer take_order(const Deciding& deciding, const crypto::Key& key, const plan::ShopRules& shop,
                            const plan::ReceivedOrder& order, const AsReceived& received);

/// Keeps what could not even be read as an order, with its reasons.
void refuse_order(const Deciding& deciding, const crypto::Key& key, const plan::ShopRules& shop,
                  const std::string& number_in_shop, const std::vector<plan::Problem>& problems,
                  const AsReceived& received);

/// 在庫引当 for everything of the owner that waits for stock, oldest order first.
void allocate(const Deciding& deciding, const OwnerId& owner);

std::vector<web::Reason> reasons_of(const std::vector<plan::Problem>& problems);

}  // namespace kenpin::app
