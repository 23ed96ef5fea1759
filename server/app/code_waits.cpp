#include "server/app/code_waits.hpp"

#include "server/plan/unknown_codes.hpp"
#include "server/shops/values.hpp"

namespace kenpin::app {

std::string code_hash(const crypto::Key& key, const ShopId& shop, const std::string& code) {
    return crypto::keyed_hash(key, "code\n" + shop.value + "\n" + plan::compare_code(code));
}

store::CodeHash hash_of(const crypto::Key& key, const ShopId& shop, const plan::ReceivedLine& line) {
    const auto compared = plan::compared(line);
    return {
        code_hash(key, shop, line.code),
        crypto::keyed_hash(key, "chosen\n" + shop.value + "\n" + compared.code + "\n" + compared.options)};
}

void note_waiting_codes(sqlite::Tx& tx, const SiteId& site, const crypto::Key& key, const ShopId& shop,
                        const plan::ReceivedOrder& order, const plan::Catalogue& catalogue,
                        const std::string& received_file) {
    for (const auto& line : plan::lines_of_unknown_codes(order, catalogue))
        if (!shops::is_spreadsheet_number(line.code))  // no answer makes 4.9E+12 a code again
            store::put_waiting_code(tx, site, received_file, hash_of(key, shop, line));
}

}  // namespace kenpin::app
