#pragma once
// The sealed print documents of the shipments that this bench will pack: fetched while the line is up, so
// that papers also come when it is down. Holds only what is sealed; opens nothing. One thread (the printing
// thread).
#include <optional>
#include <string>

#include "adaptors/sqlite/database.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace kenpin::app {

class DocumentStore {
public:
    /// `url` as sqlite::Database takes it.
    static Result<DocumentStore> open(const std::string& url);

    Outcome put(const ShipmentId& shipment, const std::string& sealed, Instant now);
    Result<std::optional<std::string>> sealed(const ShipmentId& shipment);
    Outcome erase(const ShipmentId& shipment);
    /// What was put longer ago than limits::print_document_life.
    Outcome erase_expired(Instant now);

private:
    explicit DocumentStore(sqlite::Database database) : database_(std::move(database)) {}
    sqlite::Database database_;
};

}  // namespace kenpin::app
