#include "server/store/sealed_text.hpp"

#include <charconv>

#include "server/store/waiting_codes.hpp"

namespace kenpin::store {
namespace {

std::string table_of(Drawer drawer) {
    return drawer == Drawer::buyer_text ? "buyer_text" : "received_file";
}

std::string place_of(const SiteId& site, Drawer drawer, const std::string& id) {
    return site.value + "\n" + table_of(drawer) + "\n" + id;
}

// Fields as "length:bytes", one after the other: nothing in a field can be taken for the end of it.
void write_field(std::string& out, const Private<std::string>& field) {
    out += std::to_string(field.reveal().size()) + ":" + field.reveal();
}

std::optional<Private<std::string>> read_field(std::string_view& text) {
    std::size_t length = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), length);
    if (problem != std::errc{} || end == text.data() + text.size() || *end != ':') return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    if (length > text.size()) return std::nullopt;
    Private<std::string> field(std::string(text.substr(0, length)));
    text.remove_prefix(length);
    return field;
}

constexpr Private<std::string> plan::Addressee::*addressee_fields[] = {
    &plan::Addressee::name, &plan::Addressee::postcode, &plan::Addressee::prefecture,
    &plan::Addressee::city, &plan::Addressee::street,   &plan::Addressee::building,
    &plan::Addressee::phone};

void write(std::string& out, const plan::Addressee& who) {
    for (const auto field : addressee_fields) write_field(out, who.*field);
}

bool read(std::string_view& text, plan::Addressee& who) {
    for (const auto field : addressee_fields) {
        const auto value = read_field(text);
        if (!value) return false;
        who.*field = *value;
    }
    return true;
}

Private<std::string> written(const plan::BuyerText& text) {
    std::string out;
    write(out, text.buyer);
    write_field(out, text.remark);
    write_field(out, text.wrapping);
    for (const auto& who : text.ship_to) write(out, who);
    return Private<std::string>(std::move(out));
}

std::optional<plan::BuyerText> read_buyer_text(std::string_view text) {
    plan::BuyerText buyer;
    if (!read(text, buyer.buyer)) return std::nullopt;
    const auto remark = read_field(text);
    const auto wrapping = read_field(text);
    if (!remark || !wrapping) return std::nullopt;
    buyer.remark = *remark;
    buyer.wrapping = *wrapping;
    while (!text.empty()) {
        plan::Addressee who;
        if (!read(text, who)) return std::nullopt;
        buyer.ship_to.push_back(std::move(who));
    }
    return buyer;
}

std::string search_hash(const crypto::Key& site_key, const SearchField& field) {
    return crypto::keyed_hash(site_key, field.field + "\n" + field.folded.reveal());
}

}  // namespace

bool put_sealed(sqlite::Tx& tx, const SiteId& site, Drawer drawer, const crypto::Key& site_key,
                const SealedText& text, Instant now) {
    const auto place = place_of(site, drawer, text.id);
    const auto key = crypto::Key::random();
    return tx.run("INSERT INTO " + table_of(drawer) +
                      " (site, id, about, wrapped_key, sealed, stored_ms, erased_ms) VALUES (?, ?, ?, ?, ?, "
                      "?, 0) "
                      "ON CONFLICT (site, id) DO NOTHING",
                  site, text.id, text.about, crypto::wrap(site_key, key, place),
                  crypto::seal(key, text.text, place), now) == 1;
}

Result<Private<std::string>> open_sealed(sqlite::Tx& tx, const SiteId& site, Drawer drawer,
                                         const crypto::Key& site_key, const std::string& id) {
    const auto row = tx.row<std::string, std::string, Instant>(
        "SELECT wrapped_key, sealed, erased_ms FROM " + table_of(drawer) + " WHERE site = ? AND id = ?", site,
        id);
    if (!row) return Error{Error::Kind::not_found, table_of(drawer) + " " + id + ": not there"};
    const auto& [wrapped, sealed, erased_at] = *row;
    if (to_ms(erased_at) != 0) return Error{Error::Kind::refused, table_of(drawer) + " " + id + ": erased"};
    const auto place = place_of(site, drawer, id);
    const auto key = crypto::unwrap(site_key, wrapped, place);
    if (!key) return key.error();
    return crypto::open(key.value(), sealed, place);
}

bool erase_sealed(sqlite::Tx& tx, const SiteId& site, Drawer drawer, const std::string& id, Instant now) {
    if (drawer == Drawer::received_file) drop_waiting_codes(tx, site, id);
    return tx.run("UPDATE " + table_of(drawer) +
                      " SET wrapped_key = '', sealed = '', erased_ms = ? WHERE site = ? AND id = ? AND "
                      "erased_ms = 0",
                  now, site, id) == 1;
}

std::vector<std::string> sealed_before(sqlite::Tx& tx, const SiteId& site, Drawer drawer, Instant limit) {
    std::vector<std::string> ids;
    for (auto& [id] : tx.rows<std::string>("SELECT id FROM " + table_of(drawer) +
                                               " WHERE site = ? AND stored_ms < ? AND erased_ms = 0 "
                                               "ORDER BY stored_ms, id",
                                           site, limit))
        ids.push_back(std::move(id));
    return ids;
}

bool put_buyer_text(sqlite::Tx& tx, const SiteId& site, const crypto::Key& site_key, const BuyerTextId& id,
                    const std::string& about, const plan::BuyerText& text, Instant now) {
    return put_sealed(tx, site, Drawer::buyer_text, site_key, {id.value, about, written(text)}, now);
}

Result<plan::BuyerText> open_buyer_text(sqlite::Tx& tx, const SiteId& site, const crypto::Key& site_key,
                                        const BuyerTextId& id) {
    const auto text = open_sealed(tx, site, Drawer::buyer_text, site_key, id.value);
    if (!text) return text.error();
    auto buyer = read_buyer_text(text.value().reveal());
    if (!buyer) return Error{Error::Kind::corrupt, "buyer_text " + id.value + ": not readable"};
    return std::move(*buyer);
}

bool erase_buyer_text(sqlite::Tx& tx, const SiteId& site, const BuyerTextId& id, Instant now) {
    tx.run("DELETE FROM buyer_hash WHERE site = ? AND buyer_text = ?", site, id);
    return erase_sealed(tx, site, Drawer::buyer_text, id.value, now);
}

void index_buyer(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner, const crypto::Key& site_key,
                 const BuyerTextId& id, const std::vector<SearchField>& fields) {
    for (const auto& field : fields)
        tx.run(
            "INSERT INTO buyer_hash (site, owner, field, hash, buyer_text) VALUES (?, ?, ?, ?, ?) ON "
            "CONFLICT DO NOTHING",
            site, owner, field.field, search_hash(site_key, field), id);
}

std::vector<BuyerTextId> find_buyers(sqlite::Tx& tx, const SiteId& site, const OwnerId& owner,
                                     const crypto::Key& site_key, const SearchField& field) {
    std::vector<BuyerTextId> ids;
    for (auto& [id] : tx.rows<BuyerTextId>(
             "SELECT buyer_text FROM buyer_hash WHERE site = ? AND owner = ? AND field = ? AND hash = ? "
             "ORDER BY buyer_text",
             site, owner, field.field, search_hash(site_key, field)))
        ids.push_back(std::move(id));
    return ids;
}

}  // namespace kenpin::store
