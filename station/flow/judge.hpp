#pragma once
// What one scan means for the state: the rules of core/domain asked at the right place, their answer turned
// into the records that must become durable and into what is shown once they are. Pure; changes nothing.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/domain/barcode.hpp"
#include "core/domain/refusal.hpp"
#include "core/protocol/events.hpp"
#include "station/flow/events.hpp"
#include "station/flow/state.hpp"
#include "station/flow/tone.hpp"

namespace kenpin::flow {

/// Bodies of the command codes (KC…) that stand for a button, for hands that cannot touch the glass: "I have
/// understood" on an NG at the bench and on a shortage, and the shortage itself.
inline constexpr const char* confirm_command = "OK";
inline constexpr const char* short_command = "SHORT";

struct Judged {
    std::vector<protocol::Body> bodies;  // to be stored in one transaction; never empty
    bool green = false;
    ToneKind tone = ToneKind::ng;
    std::optional<Band> band;    // shown when green
    std::optional<Alarm> alarm;  // shown when not
    std::string read;            // as shown
};

/// By role, and by what prompt(state) asks.
Judged judge(const State& state, const Scanned& scan);

// The parts of it, one for each place of work.
Judged judge_badge(const State& state, const Scanned& scan);
Judged judge_list_choice(const State& state, const Scanned& scan);
Judged judge_pick(const State& state, const HeldList& list, const Scanned& scan);
Judged judge_box(const State& state, const Scanned& scan);
Judged judge_pack(const State& state, const HeldPack& pack, const Scanned& scan);
/// The bench is waiting for a confirmation: refused, whatever it is.
Judged judge_unconfirmed(const State& state, const Scanned& scan);

/// A choice of the next list by its button; nothing when it is not offered any more.
std::optional<Judged> choose_list(const State& state, const ListId& list);

/// The shortage that was asked for, confirmed: the rest of the open line is not on the shelf. Nothing when
/// none is asked any more.
std::optional<Judged> judge_shortage(const State& state);

bool is_command(const Scanned& scan, std::string_view body);
/// The same bytes from the same device so soon that no hand passed a second piece: advisory.
bool is_read_twice(const State& state, const Scanned& scan);

struct Wanted {
    std::string shown;  // code or place; empty: any of a kind
    std::string goods;  // name and variant, where goods are wanted
    std::optional<Sku> sku;
};
/// The record of an error caught, and the NG that will say it.
Judged refuse(const State& state, const domain::Code& read, domain::Refusal why, const Wanted& wanted);
/// "name  variant" of the goods a code stands for, as far as the documents of the station know it; else
/// empty.
std::string goods_of(const State& state, const domain::Code& code);
std::string shown_goods(const protocol::GoodsText* text, const Sku& sku);

}  // namespace kenpin::flow
