#include "station/app/document_store.hpp"

#include <array>
#include <utility>

#include "adaptors/sqlite/migrate.hpp"
#include "core/base/limits.hpp"

namespace kenpin::app {
namespace {

constexpr std::array migrations{sqlite::Migration{
    1, "sealed print documents",
    "CREATE TABLE document (shipment TEXT PRIMARY KEY, sealed TEXT NOT NULL, received BIGINT NOT NULL);"}};

template <class... Params>
Outcome run(sqlite::Database& database, std::string_view sql, const Params&... params) {
    return database.transact([&](sqlite::Tx& tx) -> Outcome {
        tx.run(sql, params...);
        return Done{};
    });
}

}  // namespace

Result<DocumentStore> DocumentStore::open(const std::string& url) {
    auto database = sqlite::Database::open(url);
    if (!database) return database.error();
    auto opened = std::move(database).value();
    if (auto migrated = sqlite::migrate(opened, migrations); !migrated) return migrated.error();
    return DocumentStore(std::move(opened));
}

Outcome DocumentStore::put(const ShipmentId& shipment, const std::string& sealed, Instant now) {
    return run(database_,
               "INSERT INTO document (shipment, sealed, received) VALUES (?, ?, ?) "
               "ON CONFLICT (shipment) DO UPDATE SET sealed = excluded.sealed, received = excluded.received",
               shipment, sealed, now);
}

Result<std::optional<std::string>> DocumentStore::sealed(const ShipmentId& shipment) {
    return database_.read([&](sqlite::Tx& tx) -> Result<std::optional<std::string>> {
        return tx.value<std::string>("SELECT sealed FROM document WHERE shipment = ?", shipment);
    });
}

Outcome DocumentStore::erase(const ShipmentId& shipment) {
    return run(database_, "DELETE FROM document WHERE shipment = ?", shipment);
}

Outcome DocumentStore::erase_expired(Instant now) {
    return run(database_, "DELETE FROM document WHERE received < ?", now - limits::print_document_life);
}

}  // namespace kenpin::app
