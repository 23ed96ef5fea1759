#include "server/app/shop_profiles.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>

#include "adaptors/config/config.hpp"
#include "server/shops/record_file.hpp"
#include "server/shops/values.hpp"

namespace kenpin::app {
namespace {

using config::Config;
using shops::ShopProfile;

/// Reads keys one after the other; the first error stays. Column names come out as they are compared.
class Reading {
public:
    explicit Reading(const Config& file) : file_(file) {}

    std::string text(const std::string& key) { return take(file_.text(key, ""), std::string{}); }
    std::string column(const std::string& key) { return shops::column_name(text(key)); }
    bool flag(const std::string& key, bool otherwise) { return take(file_.flag(key, otherwise), otherwise); }
    std::vector<std::string> texts(const std::string& key) {
        return take(file_.texts(key, {}), std::vector<std::string>{});
    }
    shops::Columns columns(const std::string& key) {
        auto names = texts(key);
        std::transform(names.begin(), names.end(), names.begin(), shops::column_name);
        return names;
    }
    /// "written = meaning", one each.
    shops::Meanings meanings(const std::string& key) {
        shops::Meanings all;
        for (const auto& line : texts(key)) {
            const auto sign = line.rfind('=');
            if (sign == std::string::npos) {
                note({Error::Kind::refused, key + ": \"" + line + "\" is no \"written = meaning\""});
                continue;
            }
            all.emplace_back(shops::plain_value(line.substr(0, sign)), shops::trimmed(line.substr(sign + 1)));
        }
        return all;
    }
    std::vector<Config> tables(const std::string& key) {
        return take(file_.tables(key), std::vector<Config>{});
    }
    void only_known(const std::vector<std::string>& known) {
        if (auto checked = file_.only_known(known); !checked) note(checked.error());
    }
    void note(const Error& error) {
        if (!error_) error_ = error;
    }
    const std::optional<Error>& error() const { return error_; }

private:
    template <class T>
    T take(Result<T> read, T otherwise) {
        if (read) return std::move(read).value();
        note(read.error());
        return otherwise;
    }
    const Config& file_;
    std::optional<Error> error_;
};

shops::AddresseeColumns person(Reading& read, const std::string& who) {
    return {read.columns(who + ".name"), read.columns(who + ".postcode"), read.columns(who + ".prefecture"),
            read.columns(who + ".city"), read.columns(who + ".street"),   read.columns(who + ".building"),
            read.columns(who + ".phone")};
}

std::vector<std::string> plain(std::vector<std::string> words) {
    std::transform(words.begin(), words.end(), words.begin(),
                   [](const auto& word) { return shops::plain_value(word); });
    return words;
}

shops::Condition condition(Reading& outer, const Config& table) {
    Reading read(table);
    read.only_known({"column", "is", "holds", "unless_payment"});
    shops::Condition one{read.column("column"), plain(read.texts("is")), plain(read.texts("holds")),
                         read.texts("unless_payment")};
    if (one.column.empty()) read.note({Error::Kind::refused, "a condition without its column"});
    if (read.error()) outer.note(*read.error());
    return one;
}

std::vector<shops::Condition> conditions(Reading& read, const std::string& key) {
    std::vector<shops::Condition> all;
    for (const auto& table : read.tables(key)) all.push_back(condition(read, table));
    return all;
}

plan::Voice voice_named(Reading& read, const std::string& name) {
    const std::map<std::string, plan::Voice> known = {
        {"buyer", plan::Voice::buyer}, {"shop", plan::Voice::shop}, {"form", plan::Voice::form}};
    const auto found = known.find(name);
    if (found != known.end()) return found->second;
    read.note({Error::Kind::refused, "texts.voice: buyer, shop or form"});
    return plan::Voice::buyer;
}

void check_labels(Reading& read, const shops::Meanings& labels) {
    const std::vector<std::string> known = {"remark", "day",        "slot",    "when",
                                            "noshi",  "noshi_name", "message", "wrapping"};
    for (const auto& [label, meaning] : labels)
        if (std::find(known.begin(), known.end(), meaning) == known.end())
            read.note({Error::Kind::refused, "texts.labels: nobody knows \"" + meaning + "\""});
}

std::vector<shops::TextColumn> texts(Reading& outer) {
    std::vector<shops::TextColumn> all;
    for (const auto& table : outer.tables("texts")) {
        Reading read(table);
        read.only_known({"column", "voice", "is_remark", "labels"});
        const auto voice = voice_named(read, read.text("voice"));
        all.push_back({read.column("column"), voice, read.flag("is_remark", false), read.meanings("labels")});
        check_labels(read, all.back().labels);
        if (read.error()) outer.note(*read.error());
    }
    return all;
}

void check_meanings(Reading& read, const char* key, const shops::Meanings& meanings,
                    const std::vector<std::string>& known) {
    for (const auto& [written, meaning] : meanings)
        if (!meaning.empty() && std::find(known.begin(), known.end(), meaning) == known.end())
            read.note({Error::Kind::refused, std::string(key) + ": nobody knows \"" + meaning + "\""});
}

void read_lines(Reading& read, ShopProfile& profile) {
    profile.lines_marks = read.columns("lines_file.marks");
    profile.lines_order_number = read.column("lines_file.order_number");
    profile.line = {read.column("line.number"),  read.columns("line.item_code"),
                    read.column("line.name"),    read.column("line.qty"),
                    read.column("line.options"), read.column("line.tax_rate"),
                    read.column("line.price"),   read.flag("line.price_is_of_line", false)};
    if (const auto goods = conditions(read, "line_is_goods"); !goods.empty())
        profile.line_is_goods = goods.front();
}

void read_wishes(Reading& read, ShopProfile& profile) {
    profile.wished_day = read.column("wishes.day");
    profile.wished_slot = read.column("wishes.slot");
    profile.shipping_method = read.column("wishes.method");
    profile.temperature = read.column("wishes.temperature");
    profile.delivery_place = read.column("wishes.place");
    profile.noshi = read.column("wishes.noshi");
    profile.noshi_name = read.column("wishes.noshi_name");
    profile.wrapping = read.column("wishes.wrapping");
    profile.message = read.column("wishes.message");
    profile.wants_slip = read.column("wishes.slip");
    profile.slots = read.meanings("wishes.slots");
    check_meanings(read, "wishes.slots", profile.slots, plan::slot_names);
    profile.gift = conditions(read, "gift");
    profile.texts = texts(read);
}

void read_money(Reading& read, ShopProfile& profile) {
    profile.payment = read.column("money.payment");
    profile.payments = read.meanings("money.payments");
    check_meanings(read, "money.payments", profile.payments, plan::payment_names);
    profile.cod_amount = read.column("money.cod_amount");
    profile.goods_total = read.column("money.goods_total");
    profile.goods_total_is_discounted = read.flag("money.goods_total_is_discounted", false);
    profile.total = read.column("money.total");
    profile.total_adds_up = read.flag("money.total_adds_up", false);
    profile.may_lack_payment = read.flag("money.may_lack_payment", false);
    profile.shipping = read.columns("money.shipping");
    profile.fee = read.columns("money.fee");
    profile.discount = read.columns("money.discount");
    profile.amounts_per_line = read.flag("money.amounts_per_line", false);
    profile.unpaid = conditions(read, "unpaid");
    profile.cancelled = conditions(read, "cancelled");
}

ShopProfile profile_in(Reading& read) {
    ShopProfile profile;
    profile.name = read.text("name");
    profile.title = read.text("title");
    profile.marks = read.columns("marks");
    profile.has_quotes = read.flag("has_quotes", true);
    profile.head_on_first_row = read.flag("head_on_first_row", false);
    profile.order_number = read.column("order.number");
    profile.addressee_number = read.column("order.addressee_number");
    profile.ordered_at = read.columns("order.ordered_at");
    read_lines(read, profile);
    read_wishes(read, profile);
    read_money(read, profile);
    profile.buyer = person(read, "buyer");
    profile.ship_to = person(read, "ship_to");
    return profile;
}

const std::vector<std::string>& known_keys() {
    static const std::vector<std::string> keys = [] {
        std::vector<std::string> all = {"name",
                                        "title",
                                        "marks",
                                        "has_quotes",
                                        "head_on_first_row",
                                        "order.number",
                                        "order.addressee_number",
                                        "order.ordered_at",
                                        "lines_file.marks",
                                        "lines_file.order_number",
                                        "line.number",
                                        "line.item_code",
                                        "line.name",
                                        "line.qty",
                                        "line.options",
                                        "line.tax_rate",
                                        "line.price",
                                        "line.price_is_of_line",
                                        "line_is_goods",
                                        "wishes.day",
                                        "wishes.slot",
                                        "wishes.method",
                                        "wishes.temperature",
                                        "wishes.place",
                                        "wishes.noshi",
                                        "wishes.noshi_name",
                                        "wishes.wrapping",
                                        "wishes.message",
                                        "wishes.slip",
                                        "wishes.slots",
                                        "gift",
                                        "texts",
                                        "money.payment",
                                        "money.payments",
                                        "money.cod_amount",
                                        "money.goods_total",
                                        "money.goods_total_is_discounted",
                                        "money.total",
                                        "money.total_adds_up",
                                        "money.may_lack_payment",
                                        "money.shipping",
                                        "money.fee",
                                        "money.discount",
                                        "money.amounts_per_line",
                                        "unpaid",
                                        "cancelled"};
        for (const std::string who : {"buyer", "ship_to"})
            for (const char* part :
                 {".name", ".postcode", ".prefecture", ".city", ".street", ".building", ".phone"})
                all.push_back(who + part);
        return all;
    }();
    return keys;
}

std::optional<std::string> missing_in(const ShopProfile& profile) {
    if (profile.name.empty()) return "name";
    if (profile.marks.empty()) return "marks";
    if (profile.order_number.empty()) return "order.number";
    if (profile.ordered_at.empty()) return "order.ordered_at";
    if (profile.line.item_code.empty()) return "line.item_code";
    if (profile.line.qty.empty()) return "line.qty";
    if (profile.ship_to.name.empty()) return "ship_to.name";
    if (profile.ship_to.street.empty()) return "ship_to.street";
    if (!profile.lines_marks.empty() && profile.lines_order_number.empty()) return "lines_file.order_number";
    return std::nullopt;
}

}  // namespace

Result<ShopProfile> read_shop_profile(const std::filesystem::path& file) {
    const auto config = Config::read_file(file.string());
    if (!config) return config.error();
    Reading read(config.value());
    read.only_known(known_keys());
    auto profile = profile_in(read);
    if (const auto missing = missing_in(profile))
        read.note({Error::Kind::refused, file.string() + ": " + *missing + " is missing"});
    if (read.error())
        return Error{read.error()->kind, file.filename().string() + ": " + read.error()->detail};
    return profile;
}

Result<std::vector<ShopProfile>> read_shop_profiles(const std::filesystem::path& folder) {
    std::error_code failed;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    if (failed)
        return Error{Error::Kind::not_found, "no folder " + std::filesystem::absolute(folder).string() +
                                                 ": assets/ belongs beside the program, in ../share/kenpin; "
                                                 "import takes another folder with --assets"};
    std::sort(files.begin(), files.end());
    std::vector<ShopProfile> profiles;
    for (const auto& file : files) {
        auto profile = read_shop_profile(file);
        if (!profile) return profile.error();
        profiles.push_back(std::move(profile).value());
    }
    return profiles;
}

}  // namespace kenpin::app
