#pragma once
// The truth about one station's records, beside the world: no fault touches it. Whatever was ever safe on its
// disk is on the server exactly once in the end. Excused, and counted, is only what neither side had any
// more:
//
//   on the disk ──pruned: acknowledged, and in a backup──────────────┐
//        │                                                           ├──> on the server only: must stay there
//        └──the disk is put back to a copy without it, the server──> ┘
//           has it, or else: excused (a letter that is on its way may bring it all the same, once)
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/ids.hpp"
#include "core/protocol/messages.hpp"

namespace kenpin::sim {

class Ledger {
public:
    using Name = std::pair<Epoch, Seq>;
    using Bodies = std::map<Name, std::string>;
    /// How far the server has the events of a life, as it told.
    using Upto = std::function<Seq(Epoch)>;

    /// It is safe on the disk. True: it was not known before.
    bool note(const Name& name, const std::string& body);
    bool holds(const Name& name, const std::string& body) const;
    /// Acknowledged events before the oldest of each of these lives, and other lives, are not on the disk.
    void note_pruned(const std::vector<protocol::Life>& lives);
    /// The disk was put back and has `there`.
    void disk_put_back(const Bodies& there, const Upto& upto);

    /// Records that are to be on the disk, which has `there`, and are not; `is_acked`: it may be pruned.
    std::vector<Name> missing(const Bodies& there, const std::function<bool(const Name&)>& is_acked);
    /// What the server has of this station in the end, against what it must have: broken promises.
    std::vector<std::string> compare(const std::map<Name, std::vector<std::string>>& on_server) const;

    /// Its disk was put back to a copy without it; the server may have had it.
    bool went_with_disk(const Name& name) const;
    /// Of those, how many the server did not have.
    int excused() const { return excused_; }

private:
    enum class Where { disk, pruned, went_with_disk };
    struct Record {
        std::string body;
        Where where = Where::disk;
        bool is_excused = false;
    };
    std::map<Name, Record> records_;
    int excused_ = 0;
};

}  // namespace kenpin::sim
