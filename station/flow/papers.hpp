#pragma once
// Which papers of a shipment are due at this bench.
#include <vector>

#include "station/flow/effects.hpp"
#include "station/flow/state.hpp"

namespace kenpin::flow {

/// First copies that nobody has asked for: with the goods complete, or asked for by "print now", the slip
/// and, where the label is our own and its number is known, the label of each open piece. Empty while goods
/// are missing, when stopped, or when papers are not made here.
std::vector<PrintPapers::Paper> papers_due(const HeldPack& pack);

/// The next copy of a paper of the open piece.
PrintPapers::Paper next_copy(const HeldPack& pack, const ReprintWanted& wanted);

}  // namespace kenpin::flow
