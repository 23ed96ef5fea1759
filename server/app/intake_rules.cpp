#include "server/app/intake_rules.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include "server/app/floor_rules.hpp"
#include "server/app/shop_profiles.hpp"

namespace kenpin::app {
namespace {

namespace fs = std::filesystem;

Result<std::string> table(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Error{Error::Kind::not_found, "cannot read " + path.string()};
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    return bytes;
}

plan::GoodsSize size_of(const plan::ItemTraits& traits, int qty) {
    return {traits.length_mm, traits.width_mm, traits.height_mm, traits.weight_g, std::max(qty, 1)};
}

struct Goods {
    std::vector<plan::GoodsLine> lines;
    bool is_found_by_table = false;  // some code is the shop's own, or of a set
};

Goods goods_of(const plan::ReceivedOrder& order, const plan::Catalogue& catalogue) {
    static const std::string names[] = {"ambient", "chilled", "frozen"};
    Goods goods;
    for (const auto& line : order.lines)
        for (const auto& part : plan::items_of(catalogue, line.code, line.options.reveal())) {
            const auto traits = plan::traits_of(catalogue, part.sku);
            goods.lines.push_back({names[static_cast<std::size_t>(traits.temperature)],
                                   size_of(traits, part.units.value * line.qty)});
            goods.is_found_by_table = goods.is_found_by_table || part.sku.value != line.code;
        }
    return goods;
}

}  // namespace

fs::path default_assets() {
    std::error_code failed;
    const auto program = fs::read_symlink("/proc/self/exe", failed);
    const auto bin = program.parent_path();
    for (const auto& folder : {bin / "../../../assets", bin / "../share/kenpin/assets"})
        if (fs::exists(folder / "shops", failed)) return folder.lexically_normal();
    return "assets";
}

Result<IntakeRules> load_intake_rules(const fs::path& assets) {
    auto profiles = read_shop_profiles(assets / "shops");
    if (!profiles) return profiles.error();
    auto floor = read_floor_rules(assets);
    if (!floor) return floor.error();
    const auto text = table(assets / "shops" / "reasons.tsv");
    if (!text) return text.error();
    const auto reasons = plan::read_reason_texts(text.value());
    if (!reasons) return reasons.error();
    IntakeRules rules{std::move(profiles).value(), std::move(floor).value(), {}};
    for (const auto& reason : reasons.value()) rules.reasons.emplace(reason.code, reason);
    return rules;
}

plan::FoundBefore found_in(const plan::ReceivedOrder& order, const plan::Catalogue& catalogue,
                           const IntakeRules& rules, const plan::FindingsSite& site) {
    const auto goods = goods_of(order, catalogue);
    auto findings = plan::findings_of(order, goods.lines, rules.floor, site);
    plan::FoundBefore found;
    found.doubts = std::move(findings.doubts);
    found.notes = std::move(findings.notes);
    if (goods.is_found_by_table) found.notes.emplace_back("W-SKU-ALIAS");
    found.handling.assign(findings.handling.flags.begin(), findings.handling.flags.end());
    return found;
}

Message message_of(const std::string& outcome, const std::vector<std::string>& codes,
                   const IntakeRules& rules) {
    Message message;
    for (const auto& code : codes) {
        const auto found = rules.reasons.find(code);
        if (found == rules.reasons.end()) continue;
        const auto& reason = found->second;
        message.ja += reason.ja + "。" + reason.do_ja + "。";
        message.en += (message.en.empty() ? "" : " ") + reason.en + ". " + reason.do_en + ".";
    }
    if (!message.ja.empty()) return message;
    if (outcome == "skip") return {"すでに取り込まれています。", "It is here already."};
    return {"取り込みました。", "Taken."};
}

}  // namespace kenpin::app
