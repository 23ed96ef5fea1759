#include "tests/e2e/floor/floor.hpp"

#include <algorithm>
#include <fstream>
#include <thread>

#include <nlohmann/json.hpp>

#include "adaptors/http/client.hpp"
#include "adaptors/sqlite/database.hpp"
#include "tests/e2e/floor/csv.hpp"

namespace kenpin::floor {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using std::chrono::seconds;
using support::Process;

const std::string site = "TOKYO1";
const std::string admin_key = "demo-admin-key";

std::string password_of(const std::string& device) {
    return "demo-" + device;
}

Error failed(const std::string& what, const Process& process) {
    return {Error::Kind::refused, what + ": " + process.output()};
}

void write_file(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

void write_secret(const fs::path& path, const std::string& text) {
    write_file(path, text);
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

// The header and all records of the first `orders` order numbers (first column).
std::string first_orders(const std::string& csv, int orders) {
    std::string cut;
    std::set<std::string> numbers;
    const auto records = csv_records(csv);
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (i > 0) {
            numbers.insert(csv_cells(records[i]).front());
            if (static_cast<int>(numbers.size()) > orders) break;
        }
        cut += records[i];
    }
    return cut;
}

// The return file's rows of those orders: "number" or, for several addressees, "number-1" ...
std::string rows_of_orders(const std::string& csv, const std::string& orders_csv) {
    std::set<std::string> numbers;
    for (const auto& record : csv_records(orders_csv)) numbers.insert(csv_cells(record).front());
    std::string cut;
    bool is_header = true;
    for (const auto& record : csv_records(csv)) {
        const auto key = csv_cells(record).front();
        const auto without_part =
            key.size() > 2 && key[key.size() - 2] == '-' ? key.substr(0, key.size() - 2) : key;
        if (is_header || numbers.contains(key) || numbers.contains(without_part)) cut += record;
        is_header = false;
    }
    return cut;
}

std::vector<StoredEvent> stored_events(sqlite::Tx& tx) {
    std::vector<StoredEvent> events;
    for (auto& [device, epoch, seq, kind, payload] :
         tx.rows<std::string, std::int64_t, std::int64_t, std::string, std::string>(
             "SELECT device, epoch, seq, kind, payload FROM event ORDER BY position"))
        events.push_back({device, epoch, seq, kind, payload});
    return events;
}

}  // namespace

Result<std::unique_ptr<Floor>> Floor::open(FloorPlan plan) {
    std::unique_ptr<Floor> floor(new Floor(std::move(plan)));
    fs::create_directories(floor->plan_.folder);
    floor->shops_ = std::make_unique<ShopEnd>(floor->plan_.shops_refuse_first);
    if (auto broker = floor->start_broker(); !broker) return broker.error();
    if (auto cups = floor->start_slip_printer(); !cups) return cups.error();
    for (const auto& station : floor->plan_.stations) {
        floor->stations_.push_back(std::make_unique<Station>(floor->plan_, station));
        if (!floor->plan_.with_label_printers) continue;
        if (auto printer = floor->stations_.back()->start_printer(floor->plan_); !printer)
            return printer.error();
    }
    if (auto server = floor->start_server(); !server) return server.error();
    if (auto masters = floor->import_masters(); !masters) return masters.error();
    return floor;
}

Outcome Floor::start_broker() {
    std::vector<support::BrokerAccount> accounts{{"server", password_of("server")}};
    for (const auto& station : plan_.stations)
        accounts.push_back({station.device, password_of(station.device)});
    auto broker = support::PrivateMosquitto::start(site, accounts, {.address = plan_.broker_address});
    if (!broker) return broker.error();
    broker_ = std::move(broker).value();
    return Done{};
}

Outcome Floor::start_slip_printer() {
    if (!plan_.with_slips) return Done{};
    fs::create_directories(plan_.folder / "cups");
    auto cups = support::PrivateCups::start(plan_.folder / "cups");
    if (!cups) return cups.error();
    cups_ = std::move(cups).value();
    return cups_->queue("slips");
}

Outcome Floor::launch_server() {
    const auto folder = plan_.folder / "server";
    std::string accounts = "server:" + password_of("server") + "\n";
    for (const auto& station : plan_.stations)
        accounts += station.device + ":" + password_of(station.device) + "\n";
    write_secret(folder / "accounts", accounts);
    write_secret(folder / "admin.key", admin_key);
    write_file(folder / "server.toml",
               "site = \"" + site + "\"\nowner = \"OWN1\"\nsite_name = \"デモ倉庫\"\ndatabase = \"sqlite:" +
                   database().string() + "\"\ndata = \"" + folder.string() + "\"\nadmin_key_file = \"" +
                   (folder / "admin.key").string() + "\"\naccounts = \"" + (folder / "accounts").string() +
                   "\"\n\n[mqtt]\nhost = \"" + plan_.broker_address + "\"\nport = " +
                   std::to_string(broker_->port()) + "\n\n[http]\nport = " + std::to_string(http_port_) +
                   "\nassets = \"" + (plan_.sources / "assets").string() + "\"\n");
    auto server = Process::start({.argv = {plan_.programs / "kenpin-server", "--config",
                                           folder / "server.toml", "--now", to_text(plan_.now)},
                                  .output = folder / "server.log"});
    if (!server) return server.error();
    server_ = std::make_unique<Process>(std::move(server).value());
    return Done{};
}

Outcome Floor::start_server() {
    if (auto launched = launch_server(); !launched) return launched;
    const auto ready = server_->wait_for_line("\"http\"", seconds{30});
    if (!ready) return failed("kenpin-server", *server_);
    http_port_ = Json::parse(*ready)["http"];
    return Done{};
}

Outcome Floor::run_ctl(const std::vector<std::string>& words) const {
    std::vector<std::string> argv{plan_.programs / "kenpinctl"};
    argv.insert(argv.end(), words.begin(), words.end());
    argv.insert(argv.end(), {"--server", url(), "--key", admin_key});
    auto ctl = Process::start({.argv = argv});
    if (!ctl) return ctl.error();
    auto running = std::move(ctl).value();
    const auto end = running.wait(seconds{120});
    if (!end || end->code != 0) return failed("kenpinctl " + words.front(), running);
    return Done{};
}

Outcome Floor::import_masters() {
    const auto masters = plan_.folder / "masters";
    fs::create_directories(masters);
    const auto given = plan_.masters.empty() ? plan_.sources / "assets/demo" : plan_.masters;
    for (const auto& file : fs::directory_iterator(given)) {
        if (file.path().extension() != ".csv" || file.path().filename().string().starts_with("orders") ||
            file.path().filename().string().starts_with("waybills"))
            continue;
        write_file(masters / file.path().filename(),
                   replaced(read_file(file.path()), "{webhook_port}", std::to_string(shops_->port())));
    }
    return run_ctl({"import", masters});
}

Outcome Floor::take_orders(int orders) {
    const int from_file = orders - orders / 3;
    const auto demo = plan_.sources / "assets/demo";
    const auto csv = first_orders(read_file(demo / "orders-rakuten.csv"), from_file);
    const auto waybills = rows_of_orders(read_file(demo / "waybills-yamato.csv"), csv);
    write_file(plan_.folder / "in/orders-rakuten.csv", csv);
    write_file(plan_.folder / "in/waybills-yamato.csv", waybills);
    if (auto taken =
            run_ctl({"import", "orders", plan_.folder / "in/orders-rakuten.csv", "--shop", "RAKUTEN"});
        !taken)
        return taken;
    const auto bodies = Json::parse(read_file(demo / "orders-honten.json"));
    for (std::size_t i = 0; i < static_cast<std::size_t>(orders / 3) && i < bodies.size(); ++i) {
        const auto answer = http::post({.url = url() + "/api/v1/orders",
                                        .credentials = http::Bearer{Private<std::string>("demo-key-honten")},
                                        .content_type = "application/json",
                                        .body = bodies[i].dump()});
        if (!answer) return answer.error();
        if (!http::is_success(answer.value())) return Error{Error::Kind::refused, answer.value().body};
    }
    for (const auto& record : csv_records(waybills)) lying_.insert(csv_cells(record).at(3));
    return run_ctl({"import", "waybills", plan_.folder / "in/waybills-yamato.csv", "--shop", "RAKUTEN"});
}

Outcome Floor::start_work() {
    return run_ctl({"start"});
}

Outcome Floor::start_stations() {
    for (auto& station : stations_)
        if (auto started = start_station(*station); !started) return started;
    return wait_until_online();
}

Outcome Floor::start_station(Station& station) {
    const auto here = plan_.broker_address + ":" + std::to_string(broker_->port());
    std::vector<std::string> lines{"--site",     site,
                                   "--broker",   station.plan.broker.empty() ? here : station.plan.broker,
                                   "--password", password_of(station.plan.device),
                                   "--server",   url(),
                                   "--now",      to_text(plan_.now)};
    if (cups_ && station.plan.role == "packer") {
        lines.push_back("--slip-queue");
        lines.push_back("slips@" + cups_->server());
    }
    return station.start(plan_, lines);
}

Outcome Floor::wait_until_online() const {
    for (const auto until = std::chrono::steady_clock::now() + seconds{60};
         std::chrono::steady_clock::now() < until;) {
        const auto board = http::get({.url = url() + "/api/v1/board"});
        const auto json = board ? Json::parse(board.value().body, nullptr, false) : Json{};
        int online = 0;
        if (json.is_object())
            for (const auto& station : json.value("stations", Json::array()))
                online += station.value("online", false) ? 1 : 0;
        if (online >= static_cast<int>(stations_.size())) return Done{};
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
    return Error{Error::Kind::unreachable, "not all stations came online"};
}

Result<Floor::Progress> Floor::progress() const {
    auto database = sqlite::Database::open("sqlite:" + this->database().string(), {.read_only = true});
    if (!database) return database.error();
    auto opened = std::move(database).value();
    const auto events =
        opened.read([](sqlite::Tx& tx) -> Result<std::vector<StoredEvent>> { return stored_events(tx); });
    if (!events) return events.error();
    const auto today = to_text(japan_day(plan_.now));
    std::map<std::string, bool> due, allocated;
    Progress progress;
    for (const auto& event : events.value()) {
        if (event.kind == "shipment_shipped") ++progress.left;
        if (event.kind == "report_accepted") ++progress.told;
        if (event.kind != "shipment_planned" && event.kind != "stock_allocated") continue;
        const auto body = Json::parse(event.payload);
        if (event.kind == "shipment_planned")
            due[body["shipment"]] = body["ship_day"].get<std::string>() <= today;
        if (event.kind == "stock_allocated") allocated[body["shipment"]] = body["stock"] == "allocated";
    }
    for (const auto& [shipment, is_due] : due) progress.to_leave += is_due && allocated[shipment] ? 1 : 0;
    return progress;
}

Result<Evidence> Floor::evidence(const Parcels& parcels) const {
    Evidence evidence;
    auto database = sqlite::Database::open("sqlite:" + this->database().string(), {.read_only = true});
    if (!database) return database.error();
    auto opened = std::move(database).value();
    const auto read = opened.read([&](sqlite::Tx& tx) -> Outcome {
        evidence.events = stored_events(tx);
        for (const auto& [on_hand] : tx.rows<std::int64_t>("SELECT on_hand FROM stock"))
            evidence.stock_after += on_hand;
        return Done{};
    });
    if (!read) return read.error();
    for (const auto& station : stations_) {
        auto lines = read_screen_log(station->screen_log);
        evidence.screens.insert(evidence.screens.end(), lines.begin(), lines.end());
        std::ifstream tray(station->tray / "labels.jsonl");
        for (std::string line; std::getline(tray, line);)
            evidence.tray.push_back(Json::parse(line)["tracking"]);
    }
    evidence.lying = lying_;
    evidence.reports = shops_->accepted();
    evidence.parcels = parcels.all();
    if (cups_) evidence.slips = static_cast<int>(cups_->papers().size());
    return evidence;
}

}  // namespace kenpin::floor
