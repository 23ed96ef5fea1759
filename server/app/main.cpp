// kenpin-server: one process per site. Prints one line of JSON when it is ready; SIGTERM or SIGINT ends it
// cleanly.
#include <chrono>
#include <csignal>
#include <cstdio>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <signal.h>
#include <unistd.h>

#include "adaptors/log/log.hpp"
#include "server/app/backup.hpp"
#include "server/app/import_command.hpp"
#include "server/app/server.hpp"
#include "server/app/settings.hpp"

namespace {

using namespace kenpin;

sigset_t ending_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    return set;
}

/// True when a signal to end has come within `limit`.
bool is_asked_to_end(const sigset_t& set, std::chrono::milliseconds limit) {
    const timespec wait{limit.count() / 1000, (limit.count() % 1000) * 1'000'000};
    return sigtimedwait(&set, nullptr, &wait) > 0;
}

int say_error(const Error& error) {
    std::fprintf(stderr, "kenpin-server: %s\n", error.detail.c_str());
    return 1;
}

void say_ready(const app::Settings& settings, int port) {
    const nlohmann::ordered_json ready = {{"ready", true},
                                          {"http", port},
                                          {"site", settings.site.site.value},
                                          {"pid", getpid()},
                                          {"admin_key_file", settings.admin_key_file.string()}};
    std::printf("%s\n", ready.dump().c_str());
    std::fflush(stdout);
}

int import_files(const app::ImportGiven& given) {
    const auto done = app::run_import(given);
    if (!done) return say_error(done.error());
    std::printf("%s\n", done.value().c_str());
    return 0;
}

int restore(const app::Settings& settings, const std::string& backup) {
    constexpr std::string_view sqlite = "sqlite:";
    if (!settings.database.starts_with(sqlite))
        return say_error({Error::Kind::refused, "restore: PostgreSQL has tools of its own"});
    const auto done = app::restore_backup(backup, settings.database.substr(sqlite.size()),
                                          settings.numbers_file, settings.site.site);
    if (!done) return say_error(done.error());
    std::printf("restored up to event %lld%s%s\n", static_cast<long long>(done.value().upto),
                done.value().set_aside.empty() ? "" : "; what was there before lies in ",
                done.value().set_aside.c_str());
    return 0;
}

int serve(const app::Settings& settings) {
    const auto ending = ending_signals();
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);  // before any thread begins
    std::signal(SIGPIPE, SIG_IGN);
    auto server = app::Server::start(settings);
    if (!server) return say_error(server.error());
    say_ready(settings, server.value()->http_port());
    constexpr std::chrono::milliseconds look{100};
    while (!is_asked_to_end(ending, look)) server.value()->refresh();
    log::info("stopping");
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    app::Given given;
    int http_port = -1;
    CLI::App options{"Kenpin: the server of one site"};
    options.add_option("--config", given.config_file, "configuration (TOML); none: everything on loopback");
    options.add_option("--data", given.data, "folder of database and keys");
    options.add_option("--now", given.now, "business clock at start, e.g. 2026-11-24T08:00+09:00");
    options.add_option("--http-port", http_port, "0: any free one")->check(CLI::Range(0, 65'535));
    options
        .add_option("--watch", given.watch,
                    "folder whose order files are taken, as FOLDER or SHOP=FOLDER; may be given again")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    app::ImportGiven import;
    auto* importing = options.add_subcommand("import", "take the orders of files, without a running server");
    importing->add_option("--db", import.database, "database file; made when it is not there")->required();
    importing->add_option("--master", import.masters, "folder with items.csv and the other tables");
    importing->add_option("--now", import.now, "business clock, e.g. 2026-11-24T08:00:00+09:00");
    importing->add_option("--report", import.report, "what became of each order: one JSON object a line");
    importing->add_option("--assets", import.assets, "folder of formats and rules");
    bool is_same_shop_only = false;
    importing->add_flag("--same-shop-only", is_same_shop_only,
                        "name orders of one person together within one shop only; else of all shops of the "
                        "owner");
    importing->add_option("files", import.files, "order files of shops, packed by gzip or not")->required();
    std::string backup;
    auto* restoring =
        options.add_subcommand("restore", "put a backup in place of the database; the server is stopped");
    restoring->add_option("backup", backup, "the file that a backup made")->required();
    CLI11_PARSE(options, argc, argv);
    if (is_same_shop_only) import.consolidate_across = plan::AcrossShops::no;
    if (importing->parsed()) return import_files(import);
    if (http_port >= 0) given.http_port = http_port;
    const auto settings = app::load_settings(given);
    if (!settings) return say_error(settings.error());
    const auto level = log::level_named(settings.value().log_level);
    if (!level) return say_error({Error::Kind::refused, "log_level: debug, info, warn or error"});
    if (restoring->parsed()) return restore(settings.value(), backup);
    if (auto begun = log::start({.program = "kenpin-server", .least = *level, .file = {}}); !begun)
        return say_error(begun.error());
    return serve(settings.value());
}
