#pragma once
// The truth about one station's records, beside the world: no fault touches it. Whatever was ever safe on its
// disk is on the server exactly once in the end. Excused, and counted, is only what neither side had any
// more:
//
//   on the disk ──pruned: acknowledged, and in a backup──────────────┐
//        │                                                           ├──> on the server only: must stay there
//        └──the disk is put back to a copy without it, the server──> ┘
//           has it, or else: excused (a letter that is on its way may bring it all the same, once)
//
// Where the server's database was put back to a backup, what stood on the server only went with it: excused,
// if a newer backup held it, or if the station's disk had been put back too.
#include <functional>
#include <map>
#include <optional>
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

    /// The server was put back and has so much: what is not on the disk any more beyond it is nowhere.
    void note_gone_with_server(const Upto& upto);
    /// Some of the work on this list or shipment is.
    bool is_work_nowhere(const std::string& list_or_shipment) const;

    /// Records that are to be on the disk, which has `there`, and are not; `is_acked`: it may be pruned.
    std::vector<Name> missing(const Bodies& there, const std::function<bool(const Name&)>& is_acked);
    /// Of a server that was put back to a backup: what may be gone with the one before, and what it said of
    /// it.
    struct PutBack {
        Upto kept;  // what the newest backup holds: devices may have let go of it
        std::function<bool(const Name&)> is_told_lost;
    };
    /// What the server has of this station in the end, against what it must have: broken promises.
    std::vector<std::string> compare(const std::map<Name, std::vector<std::string>>& on_server,
                                     const std::optional<PutBack>& put_back) const;

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
        bool is_nowhere = false;  // went with the server
    };
    static bool is_gone(const Name& name, const Record& record, const PutBack& put_back);

    std::map<Name, Record> records_;
    int excused_ = 0;
};

}  // namespace kenpin::sim
