#include "server/plan/handling_findings.hpp"

#include <algorithm>
#include <chrono>

#include "server/plan/addressee_doubts.hpp"

namespace kenpin::plan {
namespace {

void add_once(const std::string& code, std::vector<std::string>& codes) {
    if (std::find(codes.begin(), codes.end(), code) == codes.end()) codes.push_back(code);
}

GoodsFacts facts_of(const std::vector<GoodsLine>& goods, const CarriageSite& site) {
    GoodsFacts facts;
    std::vector<GoodsSize> sizes;
    for (const auto& line : goods) {
        facts.temperatures.insert(line.temperature);
        sizes.push_back(line.size);
    }
    facts.fits_mailbox = fits_mailbox(sizes, site);
    return facts;
}

// A buyer's wish for メール便 in a remark is a person's to decide; the shop's word and the goods are not.
bool goes_by_mail(const Handling& handling) {
    return std::any_of(handling.reasons.begin(), handling.reasons.end(), [](const HandlingReason& reason) {
        return reason.flag == "MAIL" && (reason.source == "shipping_method" || reason.source == "goods");
    });
}

CarriageWish wish_of(const ReceivedOrder& order, const GoodsFacts& goods, const Handling& handling) {
    CarriageWish wish;
    wish.is_mail = goes_by_mail(handling);
    wish.day = order.wished_day;
    wish.slot = order.wished_slot;
    wish.temperatures = goods.temperatures;
    if (order.payment == "cod" || order.cod > Yen{0}) wish.cod = std::max(order.cod, Yen{0});
    return wish;
}

// What is missing or no postcode at all is refused where orders are checked (check_order.hpp).
void check_postcodes(const ReceivedOrder& order, const Postcodes& postcodes, OrderFindings& findings) {
    for (const auto& who : order.ship_to) {
        const auto verdict = judge_postcode(who.postcode.reveal(), who.prefecture.reveal(), postcodes);
        const std::string code(code_of(verdict.state));
        if (verdict.state == PostcodeState::other_prefecture) add_once(code, findings.doubts);
        if (verdict.state == PostcodeState::zero_restored) add_once(code, findings.notes);
    }
}

// A carrier that cannot call brings the parcel back. One that is missing is refused where orders are checked.
void check_phones(const ReceivedOrder& order, const Nfkc& nfkc, OrderFindings& findings) {
    for (const auto& who : order.ship_to)
        if (const auto phone = nfkc(who.phone.reveal()); !phone.empty() && !is_telephone_number(phone))
            add_once("E-PHONE", findings.doubts);
}

void check_addressees(const ReceivedOrder& order, const Nfkc& nfkc, OrderFindings& findings) {
    for (const auto& who : order.ship_to)
        for (const auto& code : addressee_doubts(who, nfkc)) add_once(code, findings.doubts);
}

// 560 pieces of 2 yen each were 2 of 560 yen, before somebody moved the columns: their product is right.
bool has_changed_places(const ReceivedLine& line) {
    constexpr int many = 100, cheap_yen = 9;  // bags of 20 yen and screws of 10 are sold in hundreds
    return line.qty >= many && line.unit_price.value > 0 && line.unit_price.value <= cheap_yen &&
           line.unit_price.value < line.qty;
}

void check_plausible(const ReceivedOrder& order, Day today, OrderFindings& findings) {
    constexpr std::chrono::days long_ago{366};
    if (std::any_of(order.lines.begin(), order.lines.end(), has_changed_places))
        add_once("E-QTY-PRICE", findings.doubts);
    if (japan_day(order.ordered_at) < today - long_ago) add_once("E-ORDERED-AT", findings.doubts);
}

void check_texts(const ReceivedOrder& order, const TextRulesOfCarriers& rules, OrderFindings& findings) {
    findings.texts = text_findings(order, rules);
    for (const auto& finding : findings.texts)
        add_once(finding.code, finding.code.starts_with("E-") ? findings.doubts : findings.notes);
}

}  // namespace

OrderFindings findings_of(const ReceivedOrder& order, const std::vector<GoodsLine>& goods,
                          const FloorRules& rules, const FindingsSite& site) {
    const CarriageSite carriers{rules.carriers, site.carriers, site.today};
    const auto facts = facts_of(goods, carriers);
    OrderFindings findings;
    findings.handling = handling_of(order, facts, rules.words, rules.matching.nfkc);
    const auto wish = wish_of(order, facts, findings.handling);
    findings.carriages = carriages(wish, carriers);
    for (const auto& code : carriage_codes(wish, carriers)) add_once(code, findings.doubts);
    check_postcodes(order, rules.postcodes, findings);
    check_phones(order, rules.matching.nfkc, findings);
    check_addressees(order, rules.matching.nfkc, findings);
    check_plausible(order, site.today, findings);
    check_texts(order, rules.texts, findings);
    const auto& reasons = findings.handling.reasons;
    if (std::any_of(reasons.begin(), reasons.end(),
                    [](const auto& one) { return one.flag == asks_for_a_person; }))
        add_once("E-REMARK", findings.doubts);
    if (findings.handling.needs_reading) add_once("W-REMARK", findings.notes);
    return findings;
}

}  // namespace kenpin::plan
