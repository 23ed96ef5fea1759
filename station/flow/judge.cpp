#include "station/flow/judge.hpp"

#include "core/base/limits.hpp"
#include "core/domain/goods.hpp"
#include "station/flow/prompt.hpp"
#include "station/flow/recorded.hpp"

namespace kenpin::flow {
namespace {

std::string place_of(const State& state) {
    if (!state.worker) return "sign_in";
    return state.role == Role::picker ? "pick" : "pack";
}

template <class Held>
std::string goods_in(const std::vector<Held>& documents, const domain::Code& code) {
    for (const auto& held : documents)
        for (const auto& line : held.task.lines)
            if (domain::units_of(line.codes, code))
                return shown_goods(goods_text(held.doc.goods, line.sku), line.sku);
    return {};
}

}  // namespace

std::string shown_goods(const protocol::GoodsText* text, const Sku& sku) {
    if (!text) return sku.value;
    return text->variant.empty() ? text->name : text->name + "  " + text->variant;
}

std::string goods_of(const State& state, const domain::Code& code) {
    const std::string in_lists = goods_in(state.lists, code);
    return in_lists.empty() ? goods_in(state.packs, code) : in_lists;
}

bool is_read_twice(const State& state, const Scanned& scan) {
    return state.last_scan && state.last_scan->bytes == scan.code.bytes &&
           scan.mono - state.last_scan->mono < limits::twice_read;
}

bool is_command(const Scanned& scan, std::string_view body) {
    const auto code = domain::classify(scan.code, domain::Expect::anything);
    const auto* own = std::get_if<domain::OwnCode>(&code);
    return own && own->kind == domain::OwnKind::command && own->body == body;
}

Judged refuse(const State& state, const domain::Code& read, domain::Refusal why, const Wanted& wanted) {
    const Prompt asked = prompt(state);
    const std::string shown = domain::shown(read);
    protocol::ScanRefused record{.place = place_of(state),
                                 .refusal = why,
                                 .read = recorded(read),
                                 .wanted = wanted.shown,
                                 .list = asked.list,
                                 .shipment = asked.shipment,
                                 .sku = wanted.sku};
    Alarm alarm{.refusal = why,
                .message = {"ng." + std::string(domain::name(why)), {}, {}},
                .read = shown,
                .read_goods = goods_of(state, read),
                .wanted = wanted.shown,
                .wanted_goods = wanted.goods};
    return {.bodies = {std::move(record)},
            .green = false,
            .tone = ToneKind::ng,
            .band = {},
            .alarm = std::move(alarm),
            .read = shown};
}

Judged judge_unconfirmed(const State& state, const Scanned& scan) {
    const auto code = domain::classify(scan.code, domain::Expect::anything);
    Judged judged = refuse(state, code, domain::Refusal::not_confirmed, {});
    judged.alarm = state.alarm;  // what must be confirmed stays on the screen
    return judged;
}

Judged judge(const State& state, const Scanned& scan) {
    if (!state.worker) return judge_badge(state, scan);
    if (state.role == Role::picker) {
        const HeldList* list = open_list(state);
        return list && !must_stop_list(state) ? judge_pick(state, *list, scan)
                                              : judge_list_choice(state, scan);
    }
    if (state.alarm) return judge_unconfirmed(state, scan);
    const HeldPack* pack = open_pack(state);
    return pack && !state.is_aside ? judge_pack(state, *pack, scan) : judge_box(state, scan);
}

}  // namespace kenpin::flow
