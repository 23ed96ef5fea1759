#include "tests/sim/ledger.hpp"

#include <algorithm>

namespace kenpin::sim {

bool Ledger::note(const Name& name, const std::string& body) {
    return records_.try_emplace(name, Record{body}).second;
}

bool Ledger::holds(const Name& name, const std::string& body) const {
    const auto found = records_.find(name);
    return found != records_.end() && found->second.body == body;
}

void Ledger::note_pruned(const std::vector<protocol::Life>& lives) {
    std::map<Epoch, Seq> first;
    for (const auto& life : lives) first[life.epoch] = life.first_seq;
    for (auto& [name, record] : records_) {
        const auto life = first.find(name.first);
        const bool is_gone = life == first.end() || name.second < life->second;
        if (is_gone && record.where == Where::disk) record.where = Where::pruned;
    }
}

void Ledger::disk_put_back(const Bodies& there, const Upto& upto) {
    for (auto& [name, record] : records_) {
        if (there.contains(name)) {
            record.where = Where::disk;
        } else if (record.where == Where::disk) {
            record.where = Where::went_with_disk;
            record.is_excused = name.second > upto(name.first);
            if (record.is_excused) ++excused_;
        }
    }
}

std::vector<Ledger::Name> Ledger::missing(const Bodies& there,
                                          const std::function<bool(const Name&)>& is_acked) {
    std::vector<Name> missing;
    for (auto& [name, record] : records_) {
        if (record.where != Where::disk) continue;
        const auto found = there.find(name);
        if (found == there.end() && is_acked(name))
            record.where = Where::pruned;
        else if (found == there.end() || found->second != record.body)
            missing.push_back(name);
    }
    return missing;
}

std::vector<std::string> Ledger::compare(const std::map<Name, std::vector<std::string>>& on_server) const {
    std::vector<std::string> broken;
    const auto told = [](const Name& name) { return "event " + std::to_string(name.second.value); };
    for (const auto& [name, record] : records_) {
        const auto found = on_server.find(name);
        const auto times = found == on_server.end() ? 0U : found->second.size();
        if (times == 0 && record.is_excused) continue;
        if (times != 1)
            broken.push_back(told(name) + " is on the server " + std::to_string(times) + " times");
        else if (found->second.front() != record.body)
            broken.push_back(told(name) + " is another on the server");
    }
    for (const auto& [name, bodies] : on_server)
        if (!records_.contains(name)) broken.push_back(told(name) + " was never on its disk");
    return broken;
}

bool Ledger::went_with_disk(const Name& name) const {
    const auto found = records_.find(name);
    return found != records_.end() && found->second.where == Where::went_with_disk;
}

}  // namespace kenpin::sim
