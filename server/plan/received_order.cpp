#include "server/plan/received_order.hpp"

#include <algorithm>

namespace kenpin::plan {
namespace {

// Length before content: no content can look like the border between two fields.
void add(std::string& text, const std::string& part) {
    text += std::to_string(part.size()) + ":" + part;
}

void add(std::string& text, std::int64_t number) {
    add(text, std::to_string(number));
}

void add(std::string& text, const Addressee& who) {
    for (const auto* part :
         {&who.name, &who.postcode, &who.prefecture, &who.city, &who.street, &who.building, &who.phone})
        add(text, part->reveal());
}

// Its place in the file is no content, neither is the number that we give to its addressee.
std::string text_of(const ReceivedLine& line, const ReceivedOrder& order) {
    std::string text;
    add(text, line.number);
    add(text, line.code);
    add(text, line.name);
    add(text, line.qty);
    add(text, line.unit_price.value);
    add(text, line.tax_rate_percent);
    add(text, line.options.reveal());
    if (line.ship_to >= 1 && line.ship_to <= static_cast<int>(order.ship_to.size()))
        add(text, order.ship_to[static_cast<std::size_t>(line.ship_to) - 1]);
    return text;
}

void add_sorted(std::string& text, std::vector<std::string> parts) {
    std::sort(parts.begin(), parts.end());
    for (const auto& part : parts) add(text, part);
}

void add(std::string& text, const ReceivedTotals& totals) {
    for (const auto& yen : {totals.goods, totals.shipping, totals.fee, totals.discount, totals.total})
        add(text, yen.value);
}

void add_work_text(std::string& text, const char* title, const Written& part) {
    if (part.reveal().empty()) return;
    text += (text.empty() ? "" : "\n") + std::string(title) + part.reveal();
}

// のし first: it is what a packer must not overlook.
Private<std::string> work_text(const ReceivedOrder& order) {
    std::string text;
    add_work_text(text, "のし: ", order.noshi.kind);
    add_work_text(text, "名入れ: ", order.noshi.name);
    add_work_text(text, "包装: ", order.wrapping);
    add_work_text(text, "カード: ", order.message);
    return Private<std::string>(std::move(text));
}

}  // namespace

BuyerText buyer_text_of(const ReceivedOrder& order) {
    return {order.buyer, order.ship_to, order.remark, work_text(order)};
}

// What may change while the order stays the same (paid, cancelled) is a request of its own, not content.
Private<std::string> canonical_text(const ReceivedOrder& order) {
    std::string text;
    add(text, order.number_in_shop);
    add(text, to_ms(order.ordered_at));
    add(text, order.buyer);
    std::vector<std::string> addressees, lines;
    for (const auto& who : order.ship_to) add(addressees.emplace_back(), who);
    for (const auto& line : order.lines) lines.push_back(text_of(line, order));
    add_sorted(text, std::move(addressees));
    add_sorted(text, std::move(lines));
    add(text, order.wished_day ? to_text(*order.wished_day) : std::string{});
    add(text, order.wished_slot);
    add(text, order.is_gift ? 1 : 0);
    add(text, order.remark.reveal());
    for (const auto* part :
         {&order.noshi.kind, &order.noshi.name, &order.wrapping, &order.message,
          &order.written.shipping_method, &order.written.temperature, &order.written.delivery_place})
        add(text, part->reveal());
    // A wish that was understood may be written in another way the next time.
    add(text, order.wished_day ? std::string{} : order.written.day.reveal());
    add(text, order.wished_slot.empty() ? order.written.slot.reveal() : std::string{});
    for (const auto& said : order.texts) add(text, said.text.reveal());
    add(text, order.payment);
    add(text, order.totals);
    add(text, order.cod.value);
    add(text, order.wants_slip ? (*order.wants_slip ? "slip" : "no slip") : "");
    return Private<std::string>(std::move(text));
}

}  // namespace kenpin::plan
