#include "server/shops/order_reader.hpp"

#include <algorithm>

#include "server/plan/check_order.hpp"
#include "server/shops/labelled_text.hpp"
#include "server/shops/values.hpp"

namespace kenpin::shops {
namespace {

using plan::Written;

constexpr std::int64_t most_yen = 100'000'000;

Written secret(std::string text) {
    return Written(std::move(text));
}

// The part of "のし(内祝)" between the brackets; the text itself when it has none.
std::string inside_brackets(const std::string& text) {
    const auto open = text.find('(');
    const auto close = text.rfind(')');
    if (open == std::string::npos || close == std::string::npos || close < open) return text;
    return text.substr(open + 1, close - open - 1);
}

bool speaks_of_noshi(const std::string& text) {
    return text.find("のし") != std::string::npos || text.find("熨斗") != std::string::npos;
}

class OrderReader {
public:
    OrderReader(const ShopProfile& profile, const OrderRows& rows)
        : profile_(profile), rows_(rows), head_(rows.heads.front()) {}

    OrderRead read() {
        order().number_in_shop = rows_.number;
        if (!plan::is_order_number(rows_.number) || is_spreadsheet_number(rows_.number))
            wrong("order_no", rows_.number.empty() ? "missing" : "out_of_range");
        read_time();
        read_payment();
        read_texts();
        read_wishes();
        read_wrapping();
        order().buyer = person(profile_.buyer, head_, "buyer.");
        for (const auto& row : rows_.lines) read_line(row);
        if (order().ship_to.empty()) order().ship_to.push_back(person(profile_.ship_to, head_, ""));
        read_totals();
        doubt_payment();
        for (const auto& row : rows_.heads) order().records.push_back(row.record().no);
        return std::move(read_);
    }

private:
    plan::ReceivedOrder& order() { return read_.order; }
    void wrong(const std::string& field, const std::string& reason) {
        read_.problems.push_back({field, reason});
    }
    void note(const std::string& code) {
        if (std::find(read_.notes.begin(), read_.notes.end(), code) == read_.notes.end())
            read_.notes.push_back(code);
    }
    void doubt(const std::string& code) {
        if (std::find(read_.doubts.begin(), read_.doubts.end(), code) == read_.doubts.end())
            read_.doubts.push_back(code);
    }

    void read_time() {
        const auto at = shop_instant(head_.joined_plain(profile_.ordered_at, " "));
        if (!at) wrong("ordered_at", "bad_value");
        order().ordered_at = at.value_or(Instant{});
    }

    void read_payment() {
        const auto written = head_.plain(profile_.payment);
        order().written.payment = secret(written);
        order().payment = payment_of(written);
        const auto is_so = [&](const Condition& condition) {
            return holds(condition, head_, order().payment);
        };
        const bool is_paid_later = order().payment == "cod" || order().payment == "atobarai";
        order().is_paid = std::none_of(profile_.unpaid.begin(), profile_.unpaid.end(), is_so) &&
                          (is_paid_later || !says_unpaid(written));
        order().is_cancelled = std::any_of(profile_.cancelled.begin(), profile_.cancelled.end(), is_so);
        read_cancelling_times();
        order().is_gift =
            std::any_of(rows_.lines.begin(), rows_.lines.end(),
                        [&](const Row& row) {
                            return std::any_of(profile_.gift.begin(), profile_.gift.end(),
                                               [&](const Condition& condition) {
                                                   return holds(condition, row, order().payment);
                                               });
                        }) ||
            std::any_of(profile_.gift.begin(), profile_.gift.end(), is_so);
    }

    // In a row that was shifted another column's word stands where the time of cancelling does: the order
    // would be dropped unseen.
    void read_cancelling_times() {
        for (const auto& condition : profile_.cancelled) {
            const auto text = head_.plain(condition.column);
            const bool is_a_time = condition.is.empty() && condition.holds.empty();
            if (is_a_time && !text.empty() && !shop_instant(text)) wrong("record", "columns");
        }
    }

    // The file may lack the column, or the row its word; where nothing is to be paid none is needed.
    void doubt_payment() {
        const auto written = head_.plain(profile_.payment);
        const bool needs_it = !profile_.payment.empty() && !profile_.may_lack_payment;
        const bool lacks_it = needs_it && written.empty() && order().totals.total.value != 0;
        if (lacks_it || says_no_payment(written)) doubt("E-PAYMENT");
    }

    std::string payment_of(const std::string& written) const {
        if (written.empty()) return "";
        if (const auto known = meaning_of(profile_.payments, written)) return *known;
        return means_cod(written) ? "cod" : "other";
    }

    // ---- texts and wishes ----

    void read_texts() {
        for (const auto& column : profile_.texts) {
            const std::string text(head_.at(column.column));
            if (text.empty()) continue;
            const auto style = column.voice == plan::Voice::buyer ? LabelStyle::sections : LabelStyle::any;
            for (auto& part : labelled_parts(text, column.labels, style)) take_part(column, std::move(part));
        }
    }

    void take_part(const TextColumn& column, LabelledPart part) {
        const bool is_remark = part.meaning == "remark" || (part.meaning.empty() && column.is_remark);
        if (is_remark && order().remark.reveal().empty()) order().remark = secret(part.text);
        if (is_remark || part.meaning.empty()) {
            const auto source = part.label.empty() ? column.column : column.column + "[" + part.label + "]";
            if (!part.text.empty()) order().texts.push_back({source, column.voice, secret(part.text)});
            return;
        }
        if (part.meaning == "day") day_in_text_ = plain_value(part.text);
        if (part.meaning == "slot") slot_in_text_ = plain_value(part.text);
        if (part.meaning == "when") take_when(part.text);
        if (part.meaning == "noshi") take_gift_words(part.text, order().noshi.kind);
        if (part.meaning == "noshi_name") take_gift_words(part.text, order().noshi.name);
        if (part.meaning == "message") take_gift_words(part.text, order().message);
        if (part.meaning == "wrapping") take_gift_words(part.text, order().wrapping);
    }

    // Two that differ stand both there, for the person who decides; neither is guessed.
    void take_gift_words(const std::string& text, Written& into) {
        const auto before = into.reveal();
        const bool is_other = !before.empty() && !text.empty() && plain_value(before) != plain_value(text);
        if (!is_other) {
            if (before.empty()) into = secret(text);
            return;
        }
        into = secret(before + " / " + text);
        doubt("E-GIFT-WORDS");
    }

    // "2026-11-28(土)\n18時～20時": a day, a time band, or both, a line each.
    void take_when(const std::string& text) {
        std::string line;
        for (const char c : text + "\n") {
            if (c != '\n' && c != '\r') {
                line += c;
                continue;
            }
            const auto plain = plain_value(line);
            if (shop_day(plain))
                day_in_text_ = plain;
            else if (!plain.empty())
                slot_in_text_ = plain;
            line.clear();
        }
    }

    void read_wishes() {
        auto day = head_.plain(profile_.wished_day);
        if (wishes_nothing(day)) day.clear();
        // Two different wishes: neither is guessed.
        if (!day.empty() && !day_in_text_.empty() && shop_day(day) != shop_day(day_in_text_))
            day += " / " + day_in_text_;
        if (day.empty() && !wishes_nothing(day_in_text_)) day = day_in_text_;
        order().written.day = secret(day);
        order().wished_day = shop_day(day);
        if (!day.empty() && !order().wished_day) doubt("E-DATE");
        auto slot = head_.plain(profile_.wished_slot);
        const auto in_column = slot_of(slot);
        if (slot.empty() || in_column == "")
            slot = slot_in_text_;
        else if (const auto in_text = slot_of(slot_in_text_); in_text != "" && in_text != in_column)
            slot += " / " + slot_in_text_;
        if (wishes_nothing(slot)) slot.clear();
        order().written.slot = secret(slot);
        const auto known = slot_of(slot);
        if (!known) doubt("E-SLOT");
        order().wished_slot = known.value_or("");
        order().written.shipping_method = secret(trimmed(head_.at(profile_.shipping_method)));
        order().written.temperature = secret(trimmed(head_.at(profile_.temperature)));
        order().written.delivery_place = secret(trimmed(head_.at(profile_.delivery_place)));
        const auto slip = head_.plain(profile_.wants_slip);
        if (slip == "true" || slip == "1") order().wants_slip = true;
        if (slip == "false" || slip == "0") order().wants_slip = false;
    }

    // Nothing: a band that nobody knows. Empty: none is wished.
    std::optional<std::string> slot_of(const std::string& text) const {
        if (text.empty() || wishes_nothing(text)) return "";
        for (const auto& [written, meaning] : profile_.slots)
            if (written == text) return meaning;
        const auto slot = shop_slot(text);
        const auto& names = plan::slot_names;
        if (!slot || std::find(names.begin(), names.end(), *slot) == names.end()) return std::nullopt;
        return slot;
    }

    void read_wrapping() {
        const auto from_column = [&](const std::string& column, Written& into) {
            if (const auto text = trimmed(head_.at(column)); !text.empty()) take_gift_words(text, into);
        };
        from_column(profile_.noshi, order().noshi.kind);
        from_column(profile_.noshi_name, order().noshi.name);
        from_column(profile_.wrapping, order().wrapping);
        from_column(profile_.message, order().message);
        const auto wrapping = plain_value(order().wrapping.reveal());
        if (!speaks_of_noshi(wrapping) || !order().noshi.kind.reveal().empty()) return;
        order().noshi.kind = secret(inside_brackets(wrapping));
        order().wrapping = secret("");
    }

    // ---- people ----

    std::string postcode(const Columns& columns, const Row& row) {
        constexpr std::size_t widths[] = {3, 4};
        if (columns.size() != 2) {
            const auto repaired = postcode_of(row.joined_plain(columns, ""));
            if (repaired.is_repaired) note("W-ZIP-ZERO");
            return repaired.text;
        }
        std::string text;
        for (std::size_t i = 0; i < 2; ++i) {
            auto part = row.plain(columns[i]);
            // A spreadsheet takes the zeros off "007" and "0001"; they can be put back in one way only.
            if (is_digits(part) && part.size() < widths[i]) {
                part.insert(0, widths[i] - part.size(), '0');
                note("W-ZIP-ZERO");
            }
            text += part;
        }
        return text;
    }

    // "太郎" whose family name was lost looks like a name, 東亰都 like a prefecture: a person must look at
    // them.
    void doubt_addressee(const AddresseeColumns& columns, const Row& row, const plan::Addressee& person) {
        const bool has_lost_its_front = columns.name.size() > 1 &&
                                        trimmed(row.at(columns.name.front())).empty() &&
                                        !person.name.reveal().empty();
        if (has_lost_its_front) doubt("E-NAME");
        const auto& prefecture = person.prefecture.reveal();
        if (!prefecture.empty() && prefecture_in_front(prefecture) != prefecture) doubt("E-ADDRESS");
    }

    plan::Addressee person(const AddresseeColumns& columns, const Row& row, const std::string& who) {
        plan::Addressee person;
        person.name = secret(row.joined(columns.name, " "));
        if (person.name.reveal().find('@') != std::string::npos) wrong(who + "name", "bad_value");
        person.postcode = secret(postcode(columns.postcode, row));
        auto phone = phone_of(row.joined_plain(columns.phone, "-"));
        if (phone.is_repaired) note("W-PHONE-ZERO");
        person.phone = secret(std::move(phone.text));
        auto street = row.joined(columns.street, " ");
        auto prefecture = prefecture_of(columns, row);
        if (prefecture.empty())
            if (const auto in_front = prefecture_in_front(street)) {
                prefecture = *in_front;
                street = trimmed(street.substr(prefecture.size()));
            }
        person.prefecture = secret(std::move(prefecture));
        person.city = secret(row.joined(columns.city, " "));
        person.street = secret(std::move(street));
        person.building = secret(row.joined(columns.building, " "));
        if (who.empty()) doubt_addressee(columns, row, person);
        return person;
    }

    static std::string prefecture_of(const AddresseeColumns& columns, const Row& row) {
        for (const auto& column : columns.prefecture) {
            const auto text = row.plain(column);
            if (const auto known = prefecture_of_code(text)) return *known;
            if (prefecture_in_front(text) == text) return text;
        }
        return row.first(columns.prefecture);
    }

    // The addressee's number in the order, 1..; a new one is remembered.
    int addressee(const Row& row) {
        const auto key = row.plain(profile_.addressee_number);
        const auto found = std::find(addressees_.begin(), addressees_.end(), key);
        if (found != addressees_.end()) return static_cast<int>(found - addressees_.begin()) + 1;
        addressees_.push_back(key);
        const auto& source = profile_.addressee_number.empty() ? head_ : row;
        order().ship_to.push_back(person(profile_.ship_to, source, ""));
        return static_cast<int>(addressees_.size());
    }

    // ---- goods and money ----

    Yen yen(const Row& row, const std::string& column, const std::string& field) {
        const auto text = row.plain(column);
        const auto number = text.empty() ? std::optional<std::int64_t>(0) : yen_number(text);
        if (!number || *number > most_yen || *number < -most_yen) wrong(field, "bad_value");
        return Yen{number && *number <= most_yen && *number >= -most_yen ? *number : 0};
    }

    void read_line(const Row& row) {
        if (profile_.line_is_goods && !holds(*profile_.line_is_goods, row, order().payment)) return;
        const auto where = "lines[" + std::to_string(order().lines.size()) + "].";
        plan::ReceivedLine line;
        line.no = static_cast<int>(order().lines.size()) + 1;
        line.number = row.plain(profile_.line.number);
        line.code = row.first(profile_.line.item_code);
        if (is_spreadsheet_number(line.code)) wrong(where + "sku", "bad_value");
        line.name = std::string(row.at(profile_.line.name));
        line.options = secret(trimmed(row.at(profile_.line.options)));
        read_qty(row, where, line);
        line.unit_price = yen(row, profile_.line.price, where + "unit_price_yen");
        goods_ += profile_.line.price_is_of_line ? line.unit_price.value : line.unit_price.value * line.qty;
        if (profile_.line.price_is_of_line && line.qty > 0) line.unit_price.value /= line.qty;
        const auto tax = count_number(row.plain(profile_.line.tax_rate));
        line.tax_rate_percent = tax && (*tax == 8 || *tax == 10) ? static_cast<int>(*tax) : 0;
        line.ship_to = addressee(row);
        order().lines.push_back(std::move(line));
    }

    void read_qty(const Row& row, const std::string& where, plan::ReceivedLine& line) {
        const auto plain = row.plain(profile_.line.qty);
        const auto qty = count_number(plain);
        const bool is_as_meant = plain == row.at(profile_.line.qty) && plain.find('.') == std::string::npos;
        if (qty && !is_as_meant) note("W-NORMALIZED");
        // What is no int is far outside of what a line may hold; 0 is refused for the same reason.
        line.qty = qty && *qty >= -1 && *qty <= 1'000'000 ? static_cast<int>(*qty) : 0;
        if (!qty) wrong(where + "qty", plain.empty() ? "missing" : "bad_value");
    }

    Yen sum(const Columns& columns, const std::string& field) {
        Yen total;
        for (const auto& column : columns)
            for (const auto& row : rows_.heads) {
                total.value += yen(row, column, field).value;
                if (!profile_.amounts_per_line) break;
            }
        return total;
    }

    void read_totals() {
        auto& totals = order().totals;
        totals.goods = yen(head_, profile_.goods_total, "totals.goods_yen");
        totals.shipping = sum(profile_.shipping, "totals.shipping_yen");
        totals.fee = sum(profile_.fee, "totals.fee_yen");
        totals.discount = sum(profile_.discount, "totals.discount_yen");
        totals.total = yen(head_, profile_.total, "totals.total_yen");
        const auto goods = goods_;
        const auto off = profile_.goods_total_is_discounted ? totals.discount.value : 0;
        check_sum(head_.plain(profile_.goods_total), totals.goods.value, goods - off, "totals.goods_yen");
        if (profile_.total_adds_up)
            check_sum(head_.plain(profile_.total), totals.total.value,
                      goods + totals.shipping.value + totals.fee.value - totals.discount.value,
                      "totals.total_yen");
        if (head_.plain(profile_.goods_total).empty()) totals.goods = Yen{goods};
        if (head_.plain(profile_.total).empty())
            totals.total = Yen{goods + totals.shipping.value + totals.fee.value - totals.discount.value};
        // What is to be collected and the way to pay contradict each other: money would be lost, or asked
        // twice.
        const auto collected = yen(head_, profile_.cod_amount, "totals.cod_yen");
        if (order().payment != "cod") {
            if (collected.value > 0) doubt("E-COD-AMOUNT");
            return;
        }
        const bool says_nothing = head_.plain(profile_.cod_amount).empty();
        order().cod = says_nothing ? totals.total : collected;
        const auto adds_up = goods + totals.shipping.value + totals.fee.value - totals.discount.value;
        // A total may hold a fee that no column of ours names, but never less than what we see.
        const bool is_sure = says_nothing ? totals.total.value >= adds_up : collected == totals.total;
        if (order().cod.value == 0 || !is_sure) doubt("E-COD-AMOUNT");
    }

    // A file that was cut between two records looks whole; the order's own sum tells that goods are missing.
    void check_sum(const std::string& written, std::int64_t says, std::int64_t is, const char* field) {
        const bool may_be_judged = read_.problems.empty() && !written.empty();
        if (may_be_judged && says != is) wrong(field, "does_not_add_up");
    }

    std::int64_t goods_ = 0;  // of all lines, as the file says it
    const ShopProfile& profile_;
    const OrderRows& rows_;
    const Row& head_;
    OrderRead read_;
    std::vector<std::string> addressees_;
    std::string day_in_text_, slot_in_text_;
};

}  // namespace

OrderRead read_order(const ShopProfile& profile, const OrderRows& rows) {
    return OrderReader(profile, rows).read();
}

}  // namespace kenpin::shops
