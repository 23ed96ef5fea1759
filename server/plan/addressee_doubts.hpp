#pragma once
// What stands in the fields of an addressee and is nobody's name or address: what a spreadsheet or a program
// left there ("#REF!", "null", "1月2日"), letters that were lost ("渡辺??"), fields that changed places. A
// person decides about it; nothing is guessed, and the content is never repeated.
#include <functional>
#include <string>
#include <vector>

#include "server/plan/received_order.hpp"

namespace kenpin::plan {

/// "E-NAME", "E-ADDRESS" and "W-ADDR-MISMATCH" (the street names another prefecture), each once. `nfkc`:
/// full-width letters and digits count as their half-width ones.
std::vector<std::string> addressee_doubts(const Addressee& who,
                                          const std::function<std::string(const std::string&)>& nfkc);

}  // namespace kenpin::plan
