#include "station/flow/papers.hpp"

namespace kenpin::flow {
namespace {

const std::string waybill = "waybill";
const std::string slip = "slip";
constexpr PieceNo slip_piece{1};

bool is_asked_for(const HeldPack& pack, const std::string& paper, PieceNo piece) {
    return pack.papers.contains({paper, piece});
}

}  // namespace

std::vector<PrintPapers::Paper> papers_due(const HeldPack& pack) {
    const bool is_complete = domain::goods_missing(pack.task) == Qty{0};
    const bool is_asked = pack.print_asked && domain::open_piece(pack.task) != nullptr;
    if ((!is_complete && !is_asked) || pack.task.stopped || !pack.doc.print_here) return {};
    std::vector<PrintPapers::Paper> out;
    if (pack.task.way == domain::WaybillWay::own_label)
        for (const auto& piece : pack.task.pieces)
            if (piece.live && !piece.closed && !is_asked_for(pack, waybill, piece.no))
                out.push_back({waybill, piece.no, 1, {}});
    if (pack.doc.with_slip && !is_asked_for(pack, slip, slip_piece)) out.push_back({slip, slip_piece, 1, {}});
    return out;
}

PrintPapers::Paper next_copy(const HeldPack& pack, const ReprintWanted& wanted) {
    const auto* open = domain::open_piece(pack.task);
    const PieceNo piece = wanted.paper == slip || !open ? slip_piece : open->no;
    const auto last = pack.papers.find({wanted.paper, piece});
    return {wanted.paper, piece, last == pack.papers.end() ? 1 : last->second.copy + 1, wanted.reason};
}

}  // namespace kenpin::flow
