#include "tests/e2e/chaos/run.hpp"

#include <algorithm>
#include <fstream>
#include <thread>

#include "adaptors/http/client.hpp"
#include "adaptors/sqlite/database.hpp"
#include "core/domain/barcode.hpp"
#include "tests/e2e/chaos/goods.hpp"
#include "tests/e2e/chaos/proxy_line.hpp"
#include "tests/e2e/chaos/tun_line.hpp"

namespace kenpin::chaos {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds turn{5};
constexpr Millis kill_least{400}, kill_most{2'800};    // between two kills
constexpr Millis away_least{100}, away_most{3'000};    // until what was killed is started again
constexpr Millis cut_least{500}, cut_most{4'000};      // between two lines that are cut
constexpr Millis dark_least{1'000}, darkest{180'000};  // how long a line is cut ...
constexpr int dark_part = 6;                           // ... at most this part of the storm
constexpr Millis fill_least{3'000}, fill_most{9'000};  // between two disks that are full
constexpr Millis full_least{500}, full_most{4'000};
constexpr milliseconds order_every{900}, start_every{15'000};
constexpr int orders_at_first = 80, orders_a_minute = 130;
constexpr std::size_t slow_disk_one_in = 7, small_disk_one_in = 5;
constexpr const char* slow_sync_ms = "15";
constexpr seconds most_rest{60};
constexpr milliseconds look_every{250};
constexpr int looks_at_rest = 12;  // nothing more comes for so long

/// The newest seq of each (device, epoch) that the server has.
using Cursors = std::map<std::pair<std::string, std::int64_t>, std::int64_t>;

Cursors cursors(const std::filesystem::path& file) {
    Cursors all;
    auto opened = sqlite::Database::open("sqlite:" + file.string(), {.read_only = true});
    if (!opened) return all;
    auto database = std::move(opened).value();
    (void)database.read([&](sqlite::Tx& tx) -> Outcome {  // looked at again a moment later
        for (auto& [device, epoch, seq] : tx.rows<std::string, std::int64_t, std::int64_t>(
                 "SELECT device, epoch, last_seq FROM device_cursor"))
            all[{device, epoch}] = seq;
        return Done{};
    });
    return all;
}

Cursors shown_green(const floor::Station& station) {
    Cursors newest;
    for (const auto& line : floor::read_screen_log(station.screen_log))
        if (line.is_green())
            for (const auto seq : line.seqs) {
                auto& last = newest[{station.plan.device, line.epoch}];
                last = std::max(last, seq);
            }
    return newest;
}

std::string tote_code(int number) {
    const auto text = std::to_string(number);
    return domain::make_own_code(domain::OwnKind::tote, std::string(4 - text.size(), '0') + text)
        .value_or("");
}

}  // namespace

int Summary::all_kills() const {
    int all = 0;
    for (const auto& [what, times] : kills) all += times;
    return all;
}

Run::Run(Plan plan)
    : plan_(std::move(plan)),
      chance_(plan_.seed),
      folder_(plan_.out.empty() ? temporary_.path() : std::filesystem::absolute(plan_.out)) {}
Run::~Run() = default;

Result<Summary> Run::run() {
    if (auto begun = begin(); !begun) return begun.error();
    storm();
    calm();
    wait_for_rest();
    auto verdict = end();
    if (!verdict) return verdict.error();
    summary_.verdict = std::move(verdict).value();
    return summary_;
}

// ---- the beginning

Outcome Run::begin() {
    if (auto made = make_line(); !made) return made;
    auto opened = floor::Floor::open(floor_plan());
    if (!opened) return opened.error();
    floor_ = std::move(opened).value();
    line_->open(floor_->broker().port());
    auto& all = floor_->stations();
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i]->plan.broker = line_->broker_for(i);
        all[i]->plan.launcher = line_->launcher(i);
    }
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(plan_.storm).count();
    const int wanted = orders_at_first + orders_a_minute * static_cast<int>(minutes);
    while (summary_.orders < wanted) {
        send_order();
        if (summary_.orders == 0) return Error{Error::Kind::refused, "the server takes no orders"};
    }
    if (auto started = floor_->run_ctl({"start"}); !started) return started;
    if (auto online = floor_->start_stations(); !online) return online;
    make_workers();
    return Done{};
}

// First of all: a namespace is entered before any thread runs.
Outcome Run::make_line() {
    const auto devices = static_cast<std::size_t>(plan_.pickers + plan_.packers);
    auto line = Result<std::unique_ptr<Line>>(Error{Error::Kind::refused, "not wanted"});
    if (plan_.may_use_tun) line = make_tun_line(devices, plan_.seed);
    if (!line) {
        summary_.why_no_tun = line.error().detail;
        line = make_proxy_line(devices, plan_.seed);
    }
    if (!line) return line.error();
    line_ = std::move(line).value();
    summary_.line = line_->name();
    return Done{};
}

floor::FloorPlan Run::floor_plan() {
    auto all = stations(plan_.pickers, plan_.packers);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool is_slow = i % slow_disk_one_in == 0, is_small = i % small_disk_one_in == 1;
        if (!is_slow && !is_small) continue;
        all[i].env["LD_PRELOAD"] = (plan_.programs / "libkenpin-bad-disk.so").string();
        if (is_slow) all[i].env["KENPIN_FSYNC_MS"] = slow_sync_ms;
        if (is_small) all[i].env["KENPIN_DISK_FULL"] = full_flag(i).string();
        if (is_slow) ++summary_.slow_disks;
    }
    write_masters(folder_ / "given", all);
    return {.folder = folder_ / "floor",
            .programs = plan_.programs,
            .sources = plan_.sources,
            .now = *parse_instant("2026-11-24T08:00:00+09:00"),
            .stations = all,
            .display = "",
            .with_slips = false,
            .masters = folder_ / "given",
            .broker_address = line_->broker_address(),
            .with_label_printers = false};
}

std::filesystem::path Run::full_flag(std::size_t station) const {
    return folder_ / ("full-" + std::to_string(station));
}

void Run::make_workers() {
    const auto& all = floor_->stations();
    for (std::size_t i = 0; i < all.size(); ++i)
        workers_.push_back(
            std::make_unique<Worker>(Worker::Place{.badge = all[i]->plan.badge,
                                                   .scanner = *all[i]->scanner,
                                                   .screen = floor::Screen(all[i]->screen_log),
                                                   .number = static_cast<int>(i),
                                                   .empty_tote = [this] { return tote_code(++totes_used_); },
                                                   .seed = chance_.next()}));
}

// The same order again until the server says it has it: a shop does not know whether it was heard either.
void Run::send_order() {
    if (next_order_.empty()) next_order_ = order_json(summary_.orders + 1, chance_);
    const auto answer = http::post({.url = floor_->url() + "/api/v1/orders",
                                    .credentials = http::Bearer{Private<std::string>(shop_key)},
                                    .content_type = "application/json",
                                    .body = next_order_});
    if (!answer || !http::is_success(answer.value())) return;
    next_order_.clear();
    ++summary_.orders;
}

// ---- the storm

void Run::storm() {
    for (std::size_t i = 0; i < workers_.size(); ++i) line_->set(i, bad_weather());
    for (const auto until = Clock::now() + plan_.storm; Clock::now() < until;) {
        step(Clock::now());
        std::this_thread::sleep_for(turn);
    }
}

void Run::step(Time now) {
    kill_something(now);
    bring_back(now);
    change_weather(now);
    change_disks(now);
    let_orders_come(now);
    for (auto& worker : workers_) worker->step(Clock::now());
}

void Run::kill_something(Time now) {
    if (now < kills_at_) return;
    kills_at_ = now + chance_.between(kill_least, kill_most);
    constexpr int fates = 20, stations_die = 11, bridges_die = 14, servers_die = 17;
    const int fate = chance_.below(fates);
    auto& all = floor_->stations();
    const auto number = static_cast<std::size_t>(chance_.below(static_cast<int>(all.size())));
    const std::string what = fate < stations_die  ? "station"
                             : fate < bridges_die ? "bridge"
                             : fate < servers_die ? "server"
                                                  : "broker";
    const auto is_down = [&](const Down& down) {
        return down.what == what && (down.number == number || what == "server" || what == "broker");
    };
    if (std::any_of(down_.begin(), down_.end(), is_down)) return;
    if (what == "station") all[number]->kill();
    if (what == "bridge") all[number]->kill_bridge();
    if (what == "server") floor_->kill_server();
    if (what == "broker") floor_->broker().kill();
    ++summary_.kills[what];
    down_.push_back({what, number, now + chance_.between(away_least, away_most)});
}

void Run::bring_back(Time now) {
    const auto is_due = [&](const Down& down) { return down.back <= now; };
    for (const auto& down : down_)
        if (is_due(down)) start_again(down);
    std::erase_if(down_, is_due);
}

// What does not start is started again: nothing of it may be broken for good.
void Run::start_again(const Down& down) {
    if (down.what == "server") (void)floor_->launch_server();
    if (down.what == "broker") (void)floor_->broker().start_again();
    if (down.what == "station" || down.what == "bridge")
        (void)floor_->start_station(*floor_->stations()[down.number]);
}

void Run::change_weather(Time now) {
    for (auto cut = cut_until_.begin(); cut != cut_until_.end();) {
        if (cut->second > now) {
            ++cut;
            continue;
        }
        line_->set(cut->first, bad_weather());
        cut = cut_until_.erase(cut);
    }
    if (now < cuts_at_) return;
    cuts_at_ = now + chance_.between(cut_least, cut_most);
    const auto device = static_cast<std::size_t>(chance_.below(static_cast<int>(workers_.size())));
    if (cut_until_.contains(device)) return;
    const auto most = std::min(darkest, std::max(dark_least, Millis{plan_.storm} / dark_part));
    auto weather = bad_weather();
    const int way = chance_.below(3);
    weather.is_cut_up = way != 1;
    weather.is_cut_down = way != 2;
    line_->set(device, weather);
    cut_until_[device] = now + chance_.between(dark_least, most);
    ++summary_.cuts;
}

void Run::change_disks(Time now) {
    for (auto full = full_until_.begin(); full != full_until_.end();) {
        if (full->second > now) {
            ++full;
            continue;
        }
        std::filesystem::remove(full_flag(full->first));
        full = full_until_.erase(full);
    }
    if (now < fills_at_) return;
    fills_at_ = now + chance_.between(fill_least, fill_most);
    const auto small_disks = (workers_.size() - 1 + small_disk_one_in - 1) / small_disk_one_in;
    const auto device =
        1 + small_disk_one_in * static_cast<std::size_t>(chance_.below(static_cast<int>(small_disks)));
    if (full_until_.contains(device)) return;
    std::ofstream{full_flag(device)};
    full_until_[device] = now + chance_.between(full_least, full_most);
    ++summary_.full_disks;
}

void Run::let_orders_come(Time now) {
    if (now >= orders_at_) {
        orders_at_ = now + order_every;
        send_order();
    }
    if (now < starts_at_) return;
    starts_at_ = now + start_every;
    (void)floor_->run_ctl({"start"});  // a server that is down starts the next time
}

// ---- the rest

void Run::calm() {
    for (auto& [device, until] : full_until_) std::filesystem::remove(full_flag(device));
    for (std::size_t i = 0; i < workers_.size(); ++i) line_->set(i, Weather{});
    for (const auto& down : down_) start_again(down);
    down_.clear();
    if (!floor_->is_server_running()) (void)floor_->launch_server();
    for (auto& station : floor_->stations()) (void)floor_->start_station(*station);
}

bool Run::has_everything() {
    const auto stored = cursors(floor_->database());
    for (const auto& station : floor_->stations())
        for (const auto& [key, seq] : shown_green(*station)) {
            const auto found = stored.find(key);
            if (found == stored.end() || found->second < seq) return false;
        }
    const auto& all = floor_->stations();
    return std::all_of(all.begin(), all.end(),
                       [&](const auto& station) { return is_outbox_empty(*station); });
}

// Its file belongs to the station alone: a copy is looked at, and looked at again when it was taken in the
// middle of something. What counts is judged on the file itself, later.
bool Run::is_outbox_empty(const floor::Station& station) const {
    const auto copy = folder_ / "look.db", log = folder_ / "look.db-wal";
    const auto file = database_of(station);
    std::error_code failed;
    std::filesystem::copy_file(file, copy, std::filesystem::copy_options::overwrite_existing, failed);
    if (failed) return false;
    std::filesystem::remove(log);
    std::filesystem::copy_file(file.string() + "-wal", log, failed);  // none: all is in the file
    auto opened = sqlite::Database::open("sqlite:" + copy.string());
    if (!opened) return false;
    auto database = std::move(opened).value();
    const auto waiting = database.read([](sqlite::Tx& tx) -> Result<std::int64_t> {
        return tx.value<std::int64_t>("SELECT sum(last_seq - acked_upto) FROM life").value_or(0);
    });
    return waiting && waiting.value() == 0;
}

std::filesystem::path Run::database_of(const floor::Station& station) const {
    return floor_->plan().folder / station.plan.device / "data/station.db";
}

void Run::wait_for_rest() {
    const auto start = Clock::now();
    auto reached = start;
    Cursors before;
    for (int quiet = 0; Clock::now() < start + most_rest;) {
        auto now = cursors(floor_->database());
        if (!next_order_.empty()) send_order();
        const bool is_quiet = now == before && next_order_.empty() && has_everything();
        if (!is_quiet) reached = Clock::now();
        quiet = is_quiet ? quiet + 1 : 0;
        before = std::move(now);
        if (quiet >= looks_at_rest) {
            summary_.rest_s = std::chrono::duration<double>(reached - start).count();
            return;
        }
        std::this_thread::sleep_for(look_every);
    }
}

Result<Verdict> Run::end() {
    std::vector<StationFiles> files;
    for (auto& station : floor_->stations()) {
        station->stop();
        files.push_back({station->plan.device, station->screen_log, database_of(*station)});
    }
    floor_->stop_server();
    for (const auto& worker : workers_) {
        const auto& tally = worker->tally();
        summary_.scans += tally.scans;
        summary_.wrong += tally.wrong;
        summary_.wrong_accepted += tally.wrong_accepted;
        summary_.unanswered += tally.unanswered;
    }
    summary_.packets = line_->counts();
    return judge(files, floor_->database(), summary_.orders);
}

}  // namespace kenpin::chaos
