#include "tests/sim/papers_in_sim.hpp"

#include <algorithm>
#include <utility>

#include "adaptors/crypto/crypto.hpp"

namespace kenpin::sim {
namespace {

const std::string queued = "queued", sent = "sent", printed = "printed", unknown = "unknown",
                  cancelled = "cancelled";

std::optional<TrackingNo> number_on(const protocol::PrintDocument& document, PieceNo piece) {
    for (const auto& waybill : document.waybills)
        if (waybill.piece == piece) return waybill.tracking;
    return std::nullopt;
}

Result<protocol::PrintDocument> unseal(const std::string& sealed, const std::string& key_text,
                                       const ShipmentId& shipment) {
    const auto bytes = crypto::from_base64(key_text);
    if (!bytes) return bytes.error();
    const auto key = crypto::Key::from_bytes(bytes.value());
    if (!key) return key.error();
    const auto plain = crypto::open(key.value(), sealed, protocol::sealing_context(shipment));
    if (!plain) return plain.error();
    return protocol::print_document_from_json(plain.value().reveal());
}

}  // namespace

// One that names other numbers is of before the server was put back.
void PapersInSim::prepare(const ShipmentId& shipment, const std::vector<TrackingNo>& numbers) {
    kept_.to_pull.insert(shipment);
    const auto held = kept_.documents.find(shipment);
    if (held == kept_.documents.end()) return;
    const auto& named = held->second.waybills;
    for (const auto& number : numbers)
        if (std::none_of(named.begin(), named.end(), [&](const auto& w) { return w.tracking == number; })) {
            kept_.documents.erase(held);
            return;
        }
}

void PapersInSim::print(const flow::PrintPapers& wanted) {
    for (const auto& paper : wanted.papers) {
        const Copy copy{wanted.shipment, paper.paper, paper.piece, paper.copy};
        const auto [job, is_new] = kept_.jobs.try_emplace(copy, Job{queued, paper.reason});
        if (!is_new && job->second.state != queued) report(copy, job->second);
    }
    kept_.to_pull.insert(wanted.shipment);
}

void PapersInSim::erase(const ShipmentId& shipment, app::PapersEnd) {
    kept_.to_pull.erase(shipment);
    kept_.documents.erase(shipment);
    for (auto& [copy, job] : kept_.jobs)
        if (std::get<ShipmentId>(copy) == shipment && job.state == queued) job.state = cancelled;
}

void PapersInSim::pull() {
    for (auto it = kept_.to_pull.begin(); it != kept_.to_pull.end();) {
        const auto sealed = kept_.documents.contains(*it) ? Error{Error::Kind::busy, ""} : place_.pull(*it);
        if (!sealed) {
            ++it;
            continue;
        }
        auto document = unseal(sealed.value(), place_.document_key(), *it);
        if (document)
            kept_.documents.insert_or_assign(*it, std::move(document).value());
        else
            place_.story.broken("the papers of " + it->value + " do not open: " + document.error().detail);
        it = kept_.to_pull.erase(it);
    }
}

void PapersInSim::step() {
    if (!place_.document_key().empty()) pull();
    for (auto& [copy, job] : kept_.jobs) {
        if (job.state == queued && kept_.documents.contains(std::get<ShipmentId>(copy)))
            return send(copy, job);
        if (job.state == sent) return finish(copy, job);
    }
}

void PapersInSim::send(const Copy& copy, Job& job) {
    const auto& [shipment, paper, piece, number] = copy;
    if (paper == "waybill" && !number_on(kept_.documents.at(shipment), piece)) {
        kept_.documents.erase(shipment);  // pulled before its number was known
        kept_.to_pull.insert(shipment);
        return;
    }
    job.state = sent;
    report(copy, job);
}

void PapersInSim::finish(const Copy& copy, Job& job) {
    const bool is_lost =
        std::get<std::string>(copy) == "waybill" && place_.misfortune.strikes(Fault::label_lost);
    job.state = is_lost ? unknown : printed;
    if (!is_lost || place_.chance.one_in(2)) come_out(copy);
    report(copy, job);
}

void PapersInSim::come_out(const Copy& copy) {
    const auto& [shipment, paper, piece, number] = copy;
    const auto document = kept_.documents.find(shipment);
    if (paper != "waybill" || document == kept_.documents.end()) return;
    labels_.push_back({shipment, piece, *number_on(document->second, piece), number});
    place_.story.tell("printer", "label of " + shipment.value + " comes out, copy " + std::to_string(number));
}

void PapersInSim::lose_power() {
    for (auto& [copy, job] : kept_.jobs) {
        if (job.state != sent) continue;
        job.state = unknown;
        if (place_.chance.one_in(2)) come_out(copy);
    }
}

void PapersInSim::report_all() const {
    for (const auto& [copy, job] : kept_.jobs)
        if (job.state != queued) report(copy, job);
}

void PapersInSim::report(const Copy& copy, const Job& job) const {
    const auto& [shipment, paper, piece, number] = copy;
    place_.report({shipment, piece, paper, number, PrinterId{paper == "waybill" ? "LP1" : "SP1"}, job.state,
                   std::nullopt, job.reason});
}

}  // namespace kenpin::sim
