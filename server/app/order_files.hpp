#pragma once
// Order files of shops on their way in: recognised by their headers, read, and taken order by order. Reading
// and judging need no database; taking is one transaction for each few hundred orders, so that a power cut
// leaves whole orders only, and importing the same again takes up where it stopped.
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adaptors/crypto/crypto.hpp"
#include "server/app/deciding.hpp"
#include "server/app/intake_rules.hpp"
#include "server/app/taken.hpp"
#include "server/app/waiting_twins.hpp"
#include "server/shops/order_rows.hpp"
#include "server/shops/shop_file.hpp"

namespace kenpin::app {

struct OrderFile {
    std::string name;   // as the report names it
    std::string bytes;  // as they came; packed by gzip or not
};

/// Unpacked and, where the file as a whole was UTF-16, in UTF-8. Errors: as gzip::unpack, corrupt.
Result<std::string> plain_bytes(std::string_view bytes);

/// Runs one transaction of the writer.
using InTransaction = std::function<Outcome(const std::function<void(const Deciding&)>&)>;
using Tell = std::function<void(const Taken&)>;

class OrderImport {
public:
    OrderImport(const IntakeRules& rules, const crypto::Key& key, InTransaction in_transaction);

    /// Takes the orders of all files, in their order; files of lines are read first, wherever they stand.
    /// `tell` is called after the commit. `only`: the shop whose files they are; nothing: each format's shop.
    /// Errors: those of the database.
    Outcome take(std::vector<OrderFile> files, const std::optional<ShopId>& only, const Tell& tell);
    /// Whose files they were, when all were of one shop.
    std::optional<ShopId> shop() const;
    /// Whose stock may now be allocated.
    const std::set<OwnerId>& owners() const { return owners_; }

private:
    struct Prepared {
        std::string name, bytes;  // unpacked
        const shops::ShopProfile* profile = nullptr;
        std::string wrong;  // a code: the file cannot be read at all
    };
    struct Judged;  // one file, read and judged as far as that needs no database
    struct LeftLine {
        const plan::ShopRules* shop;
        std::string file;
        int record = 0;
        Private<std::string> kept;
    };
    Outcome begin();
    Outcome heal_latecomers();
    bool is_of_other_format(const shops::ShopProfile& profile) const;
    std::vector<Prepared> prepare(std::vector<OrderFile> files);
    Outcome recall_lines(const std::vector<Prepared>& files);
    Outcome recall_orders();
    Judged judge(const Prepared& file, const ShopAtHand* shop) const;
    void judge_orders(const shops::ShopProfile& profile, const shops::OpenFile& file, Judged& judged) const;
    Outcome take_file(const Judged& file, const Tell& tell);
    Outcome refuse_file(const std::string& name, const std::string& bytes, const std::string& code,
                        const Tell& tell);
    Outcome take_recalled_orders(const Tell& tell);
    Outcome take_left_lines(const Tell& tell);
    const ShopAtHand* shop_for(const shops::ShopProfile& profile);

    const IntakeRules& rules_;
    const crypto::Key& key_;
    InTransaction in_transaction_;
    std::vector<std::unique_ptr<std::string>> bytes_;  // that the rows of lines point into
    shops::LinePool pool_;
    std::set<const shops::ShopProfile*> came_with_lines_;  // formats of the files of lines
    std::set<const shops::OpenFile*> recalled_lines_;      // lines in the pool that waited in intake
    std::map<const shops::ShopProfile*, std::vector<WaitingTwin>> recalled_orders_;
    TwinPositions twins_;        // that an order read whole settles
    std::int64_t began_at_ = 0;  // position in the chain
    std::optional<ShopId> only_;
    std::string only_format_;                                 // of that shop; empty: any
    std::map<std::string, std::optional<ShopAtHand>> shops_;  // by profile
    std::set<std::string> of_several_;  // profiles that more than one shop has: who is asked
    std::set<std::string> told_;        // files of lines that were refused for that
    std::set<std::string> keys_;        // of orders told in this import
    std::set<OwnerId> owners_;
    Day today_{};
};

/// Puts down who brought which file, and what became of it; the same content only once.
void note_order_file(const Deciding& deciding, protocol::OrderFileTaken file);

}  // namespace kenpin::app
