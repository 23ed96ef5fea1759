#include "station/flow/commands.hpp"

#include <algorithm>

#include "station/flow/papers.hpp"

namespace kenpin::flow {
namespace {

std::string answer_to_print(const State& state, const ShipmentId& shipment) {
    const auto pack = std::find_if(state.packs.begin(), state.packs.end(),
                                   [&](const HeldPack& held) { return held.task.shipment == shipment; });
    if (pack == state.packs.end()) return "unknown";
    auto asked = *pack;
    asked.print_asked = true;
    return papers_due(asked).empty() ? "nothing_due" : "printing";
}

}  // namespace

protocol::CommandAnswered answer_to(const State& state, const CommandCame& came) {
    const auto& command = came.command;
    protocol::CommandAnswered answer{command.command, command.what, "expired", {}, {}};
    const bool is_print = command.what == "print_now";
    if (is_print) answer.shipment = ShipmentId{command.id};
    if (came.is_late) return answer;
    if (is_print) {
        answer.answer = answer_to_print(state, *answer.shipment);
    } else {
        answer.answer = "shown";
        answer.text = command.text;
    }
    return answer;
}

protocol::CommandAnswered seen(const ShownMessage& message) {
    return {message.command, "message", "seen", {}, {}};
}

std::vector<PrintPapers> papers_to_print(const State& state) {
    std::vector<PrintPapers> out;
    for (const auto& pack : state.packs) {
        if (!pack.print_asked && state.open_pack != pack.task.shipment) continue;
        auto papers = papers_due(pack);
        if (!papers.empty()) out.push_back({pack.task.shipment, std::move(papers)});
    }
    return out;
}

}  // namespace kenpin::flow
