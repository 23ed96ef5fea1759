#pragma once
// What a worker hears. Each can be told from the others without a sense of pitch: by length, number of beats,
// roughness.
namespace kenpin::flow {

enum class ToneKind {
    ok,             // this scan is right
    ng,             // this scan is wrong: longer, lower, rougher; never muted
    line_done,      // all pieces of a line
    shipment_done,  // the piece is closed, or the list is done
    twice,          // the same code again, faster than a hand can pass a second piece
};

}  // namespace kenpin::flow
