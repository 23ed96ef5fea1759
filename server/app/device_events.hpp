#pragma once
// Events of devices become the server's: stored, judged by the same rules as on the device, and followed by
// the server's own events (store::take_event), all in one transaction. Here is what a floor adds: who opens a
// list has it.
#include "server/app/deciding.hpp"
#include "server/sync/ingest.hpp"

namespace kenpin::app {

class DeviceEvents : public sync::IngestPort {
public:
    explicit DeviceEvents(const Deciding& deciding) : deciding_(deciding) {}

    Seq stored_upto(const DeviceId& device, Epoch epoch) override;
    void append(const protocol::Event& event) override;
    std::vector<protocol::AckNote> notes(const DeviceId& device, Epoch epoch, Seq first, Seq last) override;

private:
    void lease(const protocol::Event& event, const ListId& list);
    void take_over(const protocol::Event& event, const ListId& list);
    void note_changes(const protocol::Body& body);
    const Deciding& deciding_;
};

}  // namespace kenpin::app
