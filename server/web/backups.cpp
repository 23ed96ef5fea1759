#include "server/web/backups.hpp"

#include <nlohmann/json.hpp>

#include "server/web/problem.hpp"
#include "server/web/show.hpp"

namespace kenpin::web {
namespace {

constexpr std::size_t longest_name = 200;

Answer made(const Result<BackupView>& backup) {
    if (backup) return {.status = 201, .body = show(backup.value())};
    if (backup.error().kind == Error::Kind::refused) return problem(422, "no_backup_here");
    return failed(backup.error());
}

// {"name", "upto"}: one that other tools made; nothing or {}: make one.
Answer make(Desk& desk, const Request& request) {
    if (request.body.empty()) return made(desk.make_backup());
    const auto body = nlohmann::json::parse(request.body, nullptr, false);
    if (!body.is_object()) return problem(400, "not_json");
    if (body.empty()) return made(desk.make_backup());
    const auto name = body.value("name", nlohmann::json()), upto = body.value("upto", nlohmann::json());
    if (!name.is_string() || name.get_ref<const std::string&>().empty() ||
        name.get_ref<const std::string&>().size() > longest_name)
        return problem(422, "not_acceptable", {{.field = "name", .reason = "bad_value"}});
    if (!upto.is_number_integer() || upto.get<std::int64_t>() < 0)
        return problem(422, "not_acceptable", {{.field = "upto", .reason = "bad_value"}});
    const auto noted = desk.note_backup(name.get<std::string>(), upto.get<std::int64_t>());
    if (!noted && noted.error().kind == Error::Kind::refused)
        return problem(422, "not_acceptable", {{.field = "upto", .reason = "out_of_range"}});
    return made(noted);
}

}  // namespace

std::vector<Route> backup_routes(Desk& desk) {
    return {
        {Method::get, "/api/v1/backups", Access::admin,
         [&desk](const Request&, const Caller&) {
             const auto all = desk.backups();
             return all ? Answer{.body = show(all.value())} : failed(all.error());
         }},
        {Method::post, "/api/v1/backups", Access::admin,
         [&desk](const Request& r, const Caller&) { return make(desk, r); }},
    };
}

}  // namespace kenpin::web
