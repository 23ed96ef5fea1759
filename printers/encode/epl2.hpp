#pragma once
// EPL2, the language of old Zebra and Eltron printers (LP 2844). Sources: Zebra EPL programming guide 14245L,
// EPL2 manual 980352-001, Intermec ESim reference (^ee). Pure.
//
// ^ee is answered with codes of two digits, over a line that has a way back (serial, USB; few print servers):
// a printer without one is "silent" in the table of models. No answer tells which label is out: the scan of
// the label in hand is the only proof.
#include "printers/encode/language.hpp"

namespace kenpin::encode {

extern const Language epl2;

}  // namespace kenpin::encode
