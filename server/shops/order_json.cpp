#include "server/shops/order_json.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include <nlohmann/json.hpp>

#include "core/base/limits.hpp"
#include "server/plan/check_order.hpp"
#include "server/shops/values.hpp"

namespace kenpin::shops {
namespace {

using Json = nlohmann::json;
using plan::Problem;

enum class Must { yes, no };

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(
        utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// One object of the body: reads its fields by name and remembers every problem with the field's full name.
class Fields {
public:
    Fields(const Json& object, std::string where, std::vector<Problem>& problems)
        : object_(object), where_(std::move(where)), problems_(problems) {
        if (!object_.is_object()) wrong("", "wrong_type");
    }

    void wrong(const std::string& field, const std::string& reason) const {
        auto name = where_ + field;
        if (field.empty() && name.ends_with('.')) name.pop_back();
        problems_.push_back({name, reason});
    }

    const Json* find(const std::string& field, Must must) const {
        if (!object_.is_object()) return nullptr;
        const auto found = object_.find(field);
        if (found != object_.end() && !found->is_null()) return &*found;
        if (must == Must::yes) wrong(field, "missing");
        return nullptr;
    }

    /// `most`: characters.
    std::string text(const std::string& field, Must must, std::size_t most = OrderLimits::others) const {
        const auto* value = find(field, must);
        if (!value) return {};
        if (value->is_string() && characters(value->get_ref<const std::string&>()) <= most)
            return value->get<std::string>();
        wrong(field, value->is_string() ? "too_long" : "wrong_type");
        return {};
    }

    Private<std::string> secret(const std::string& field, Must must, std::size_t most) const {
        return Private<std::string>(text(field, must, most));
    }

    std::int64_t number(const std::string& field, std::int64_t least, std::int64_t most, Must must) const {
        const auto* value = find(field, must);
        if (!value) return 0;
        if (!value->is_number_integer()) {
            wrong(field, "wrong_type");
            return 0;
        }
        const bool fits =
            !value->is_number_unsigned() || value->get<std::uint64_t>() <= static_cast<std::uint64_t>(most);
        const auto number = fits ? value->get<std::int64_t>() : most;
        if (!fits || number < least || number > most) wrong(field, "out_of_range");
        return number;
    }

    bool flag(const std::string& field) const {
        const auto* value = find(field, Must::no);
        if (!value) return false;
        if (!value->is_boolean()) wrong(field, "wrong_type");
        return value->is_boolean() && value->get<bool>();
    }

    // A field that the document does not list is refused rather than overlooked.
    void only(std::initializer_list<std::string_view> listed) const {
        if (!object_.is_object()) return;
        for (const auto& [name, value] : object_.items())
            if (std::find(listed.begin(), listed.end(), name) == listed.end())
                wrong(shown(name), "unknown_field");
    }

private:
    // A name that somebody sent may be anything: it is shown short and plain.
    static std::string shown(const std::string& name) {
        std::string plain;
        for (const char c : name.substr(0, 40)) plain += (c > ' ' && c <= '~') ? c : '?';
        return plain;
    }

    const Json& object_;
    std::string where_;
    std::vector<Problem>& problems_;
};

constexpr std::int64_t most_yen = 1'000'000'000;

plan::Addressee person(const Fields& fields) {
    return {fields.secret("name", Must::yes, OrderLimits::name),
            fields.secret("postcode", Must::yes, OrderLimits::postcode),
            fields.secret("prefecture", Must::yes, OrderLimits::prefecture),
            fields.secret("city", Must::yes, OrderLimits::name),
            fields.secret("street", Must::yes, OrderLimits::street),
            fields.secret("building", Must::no, OrderLimits::street),
            fields.secret("phone", Must::yes, OrderLimits::phone)};
}

class OrderBody {
public:
    explicit OrderBody(const Json& body) : fields_(body, "", problems_) {}

    ParsedOrder read() {
        fields_.only({"v", "order_no", "ordered_at", "buyer", "recipients", "lines", "wished_date", "slot",
                      "gift", "remark", "payment", "totals"});
        (void)fields_.number("v", 1, 1, Must::yes);  // only its range is of interest
        order_.number_in_shop = fields_.text("order_no", Must::yes);
        read_people();
        read_lines();
        read_wishes();
        read_totals();
        if (problems_.empty()) return std::move(order_);
        const bool is_plain = plan::is_order_number(order_.number_in_shop);
        auto number = is_plain ? order_.number_in_shop : "";
        return NotAcceptable{std::move(number), std::move(problems_), std::move(order_)};
    }

private:
    void read_people() {
        if (const auto* buyer = fields_.find("buyer", Must::yes)) {
            const Fields fields(*buyer, "buyer.", problems_);
            fields.only({"name", "postcode", "prefecture", "city", "street", "building", "phone"});
            order_.buyer = person(fields);
        }
        const auto* recipients = fields_.find("recipients", Must::no);
        has_recipients_ = recipients != nullptr;
        if (!recipients) {
            order_.ship_to = {order_.buyer};
        } else if (!recipients->is_array() || recipients->empty()) {
            fields_.wrong("recipients", "wrong_type");
        } else {
            for (const auto& one : *recipients) read_recipient(one);
        }
    }

    // recipient_no says which one a line is for; they stand in the order of the list.
    void read_recipient(const Json& one) {
        const Fields fields(one, "recipients[" + std::to_string(order_.ship_to.size()) + "].", problems_);
        fields.only(
            {"recipient_no", "name", "postcode", "prefecture", "city", "street", "building", "phone"});
        const auto no = fields.number("recipient_no", 1, limits::lines_per_order, Must::yes);
        if (std::find(recipient_nos_.begin(), recipient_nos_.end(), no) != recipient_nos_.end())
            fields.wrong("recipient_no", "not_unique");
        recipient_nos_.push_back(no);
        order_.ship_to.push_back(person(fields));
    }

    int recipient_of(const Fields& line) {
        if (!has_recipients_) {
            if (line.find("recipient_no", Must::no)) line.wrong("recipient_no", "no_recipients");
            return 1;
        }
        const auto no = line.number("recipient_no", 1, limits::lines_per_order, Must::yes);
        const auto found = std::find(recipient_nos_.begin(), recipient_nos_.end(), no);
        if (found == recipient_nos_.end()) {
            if (no > 0) line.wrong("recipient_no", "out_of_range");
            return 1;
        }
        return static_cast<int>(found - recipient_nos_.begin()) + 1;
    }

    void read_lines() {
        const auto* lines = fields_.find("lines", Must::yes);
        if (!lines) return;
        if (!lines->is_array()) return fields_.wrong("lines", "wrong_type");
        if (lines->size() > static_cast<std::size_t>(limits::lines_per_order))
            return fields_.wrong("lines", "too_many");
        for (const auto& one : *lines) read_line(one);
    }

    void read_line(const Json& one) {
        const Fields fields(one, "lines[" + std::to_string(order_.lines.size()) + "].", problems_);
        fields.only({"line_no", "recipient_no", "sku", "name", "qty", "unit_price_yen", "tax_rate_percent"});
        plan::ReceivedLine line;
        line.no = static_cast<int>(fields.number("line_no", 1, limits::lines_per_order, Must::yes));
        line.code = fields.text("sku", Must::yes, OrderLimits::sku);
        line.name = fields.text("name", Must::yes, OrderLimits::goods);
        line.qty = static_cast<int>(fields.number("qty", 1, limits::units_per_line, Must::yes));
        line.unit_price = Yen{fields.number("unit_price_yen", 0, most_yen, Must::yes)};
        line.tax_rate_percent = static_cast<int>(fields.number("tax_rate_percent", 8, 10, Must::yes));
        line.ship_to = recipient_of(fields);
        order_.lines.push_back(std::move(line));
    }

    void read_wishes() {
        const auto at = fields_.text("ordered_at", Must::yes);
        const auto instant = parse_instant(at);
        if (!at.empty() && !instant) fields_.wrong("ordered_at", "bad_value");
        order_.ordered_at = instant.value_or(Instant{});
        const auto day = fields_.text("wished_date", Must::no);
        order_.wished_day = parse_day(day);
        if (!day.empty() && !order_.wished_day) fields_.wrong("wished_date", "bad_value");
        order_.wished_slot = fields_.text("slot", Must::no);
        order_.is_gift = fields_.flag("gift");
        order_.remark = fields_.secret("remark", Must::no, OrderLimits::remark);
        order_.payment = fields_.text("payment", Must::yes);
        const auto& names = plan::payment_names;
        if (!order_.payment.empty() && std::find(names.begin(), names.end(), order_.payment) == names.end())
            fields_.wrong("payment", "bad_value");
    }

    void read_totals() {
        const auto* totals = fields_.find("totals", Must::yes);
        if (!totals) return;
        const Fields fields(*totals, "totals.", problems_);
        fields.only({"goods_yen", "shipping_yen", "fee_yen", "discount_yen", "total_yen"});
        const auto yen = [&](const char* field) { return Yen{fields.number(field, 0, most_yen, Must::yes)}; };
        auto& t = order_.totals;
        t = {yen("goods_yen"), yen("shipping_yen"), yen("fee_yen"), yen("discount_yen"), yen("total_yen")};
        std::int64_t goods = 0;
        for (const auto& line : order_.lines) goods += line.qty * line.unit_price.value;
        if (goods != t.goods.value) fields.wrong("goods_yen", "does_not_add_up");
        if (t.total.value != t.goods.value + t.shipping.value + t.fee.value - t.discount.value)
            fields.wrong("total_yen", "does_not_add_up");
    }

    std::vector<Problem> problems_;
    Fields fields_;
    plan::ReceivedOrder order_;
    std::vector<std::int64_t> recipient_nos_;
    bool has_recipients_ = false;
};

}  // namespace

ParsedOrder parse_order(std::string_view body) {
    const auto json = Json::parse(body, nullptr, false);
    if (json.is_discarded()) return NotJson{};
    return OrderBody(json).read();
}

}  // namespace kenpin::shops
