#pragma once
// The store that ingest tests use: a log in memory behind IngestPort, with transactions that really roll
// back.
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/sync/ingest.hpp"

namespace kenpin::test {

class MemoryStore {
public:
    std::vector<protocol::Event> log;
    int commits = 0;
    bool is_full = false;  // every commit fails
    std::string poison;    // an event about this list spoils its transaction

    sync::Transact transact() {
        return [this](const std::function<void(sync::IngestPort&)>& closure) -> Outcome {
            Transaction tx(*this);
            closure(tx);
            if (is_full) return Error{Error::Kind::full, "disk full"};
            if (tx.is_spoiled) return Error{Error::Kind::refused, "poison"};
            log = std::move(tx.log);
            cursors = std::move(tx.cursors);
            ++commits;
            return Done{};
        };
    }
    Seq stored_upto(const DeviceId& device, Epoch epoch) const {
        const auto found = cursors.find({device, epoch});
        return found == cursors.end() ? Seq{0} : found->second;
    }

private:
    using Cursors = std::map<std::pair<DeviceId, Epoch>, Seq>;
    struct Transaction : sync::IngestPort {
        explicit Transaction(const MemoryStore& of) : log(of.log), cursors(of.cursors), poison(of.poison) {}
        Seq stored_upto(const DeviceId& device, Epoch epoch) override { return cursors[{device, epoch}]; }
        void append(const protocol::Event& event) override {
            const auto* opened = std::get_if<protocol::ListOpened>(&event.body);
            if (!poison.empty() && opened != nullptr && opened->list.value == poison) is_spoiled = true;
            log.push_back(event);
            cursors[{event.device, event.epoch}] = event.seq;
        }
        std::vector<protocol::Event> log;
        Cursors cursors;
        std::string poison;
        bool is_spoiled = false;
    };
    Cursors cursors;
};

}  // namespace kenpin::test
