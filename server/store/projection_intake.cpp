// What came in beside the orders themselves: files, and what a shop's codes were said to mean.
#include "server/plan/catalogue.hpp"
#include "server/store/projectors.hpp"

namespace kenpin::store {

Effect fold(const Fold& f, const protocol::OrderFileTaken& e) {
    f.tx.run(
        "INSERT INTO order_file (site, position, shop, file, content_hash, came_by, taken, unchanged, "
        "refused, held, released, came_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        f.site, f.stored.position, e.shop, e.file, e.content_hash, e.by, e.taken, e.unchanged, e.refused,
        e.held.value_or(0), e.released.value_or(0), f.stored.server_time);
    return applied();
}

Effect fold(const Fold& f, const protocol::ShopCodeAnswered& e) {
    const auto code = plan::compare_code(e.code), options = plan::compare_options(e.options);
    f.tx.run(
        "DELETE FROM shop_code_answer WHERE site = ? AND owner = ? AND shop = ? AND code = ? AND options = ?",
        f.site, e.owner, e.shop, code, options);
    for (const auto& item : e.items)
        f.tx.run(
            "INSERT INTO shop_code_answer (site, owner, shop, code, options, sku, units) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            f.site, e.owner, e.shop, code, options, item.sku, item.units);
    return applied();
}

}  // namespace kenpin::store
