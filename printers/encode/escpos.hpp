#pragma once
// ESC/POS, the language of receipt printers, some of which hold labels (Epson TM-L90, Citizen CT-S2000).
// Sources: Epson TM-L90 reference (GS v 0, GS FF, GS V, DLE EOT), Citizen CT-S2000 command reference. Pure.
//
// It is asked in real time with four questions of one byte each; the answers look alike and are known by
// their order only, so what is left of an older round is dropped when a new one begins. No answer tells which
// label is out: the scan of the label in hand is the only proof. ESC @ sets speed and darkness to what the
// printer is set to: the base language has no word for them.
#include "printers/encode/language.hpp"

namespace kenpin::encode {

extern const Language escpos;

}  // namespace kenpin::encode
