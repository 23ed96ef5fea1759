#include "station/ui/draw.hpp"

#include "station/flow/prompt.hpp"
#include "station/ui/views.hpp"

namespace kenpin::ui {

std::set<char32_t> Languages::characters() const {
    std::set<char32_t> out;
    for (const auto* table : {&ja, &en})
        for (const auto& [key, text] : table->all()) out.merge(characters_of(text));
    return out;
}

Result<Languages> load_languages(const std::string& folder) {
    auto ja = Translations::load(folder + "/ja.tsv");
    if (!ja) return ja.error();
    auto en = Translations::load(folder + "/en.tsv");
    if (!en) return en.error();
    return Languages{std::move(ja).value(), std::move(en).value()};
}

std::vector<flow::Event> draw(const flow::State& state, Kit& kit, const Translations& tr, Instant at) {
    Touches touches;
    Pen pen{state, kit, tr};
    const flow::Prompt prompt = flow::prompt(state);
    const flow::HeldList* list = flow::open_list(state);
    const flow::HeldPack* pack = flow::open_pack(state);
    if (state.alarm)
        alarm_view(pen, *state.alarm, touches, at);
    else if (!state.worker)
        sign_in_view(pen, touches, at);
    else if (state.role == flow::Role::packer && pack && !state.is_aside)
        packer_view(pen, *pack, prompt, touches, at);
    else if (state.role == flow::Role::packer)
        box_view(pen, prompt, touches, at);
    else if (list && prompt.ask == flow::Ask::short_pick)
        short_view(pen, *list, prompt, touches, at);
    else if (list && prompt.ask != flow::Ask::lease_over)
        picker_view(pen, *list, prompt, touches, at);
    else
        list_choice_view(pen, touches, at);
    kit.end();
    return touches;
}

}  // namespace kenpin::ui
