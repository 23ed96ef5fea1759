// kenpin-demo: a day on the floor, on this machine, with real parts. `./dev demo` starts it.
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <mutex>
#include <thread>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "places.hpp"
#include "tests/e2e/floor/crew.hpp"
#include "tests/support/private_display.hpp"

namespace {

namespace fs = std::filesystem;
using namespace kenpin;
using namespace kenpin::floor;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr int demo_orders = 72;
constexpr seconds stuck_after{90};
constexpr seconds longest_day{300};

std::atomic<bool> interrupted = false;

struct Arguments {
    bool is_auto = false;
    bool is_hands_off = false;
    int orders = demo_orders;
    std::string now = "2026-11-24T08:00:00+09:00";
    std::string out;
    unsigned seed = 1;
    int wrong_one_in = 50;
};

int fail(const std::string& what) {
    std::fprintf(stderr, "demo: %s\n", what.c_str());
    return 1;
}

// Takes one picture of each kind while the worker looks at it.
class Photographer {
public:
    Photographer(std::string display, fs::path folder)
        : display_(std::move(display)), folder_(std::move(folder)) {
        fs::create_directories(folder_);
    }
    void look(const Station& station, const Seen& seen) {
        const auto name = name_of(station, seen);
        if (name.empty() || !is_first(name)) return;
        const bool is_bench = station.plan.role == "packer";
        const support::Frame window{station.plan.x, station.plan.y, is_bench ? 1280 : 480, 800};
        const auto done = support::photograph_display(display_, folder_ / (name + ".png"), window);
        if (!done)
            std::fprintf(stderr, "demo: no picture of %s: %s\n", name.c_str(), done.error().detail.c_str());
    }

private:
    static std::string name_of(const Station& station, const Seen& seen) {
        const auto who = station.plan.role;
        if (seen.kind == "ng") return seen.shipment.empty() && seen.list.empty() ? "" : who + "-ng";
        if (seen.step == "location" || seen.step == "item" || seen.step == "slot")
            return who + "-" + seen.step;
        if (seen.step == "goods" || seen.step == "waybill") return who + "-" + seen.step;
        if (seen.kind == "done") return who + "-done";
        return {};
    }
    bool is_first(const std::string& name) {
        const std::lock_guard lock(mutex_);  // the workers' threads all come here
        return taken_.insert(name).second;
    }
    std::string display_;
    fs::path folder_;
    std::mutex mutex_;
    std::set<std::string> taken_;
};

Outcome photograph_board(const std::string& url, const fs::path& file) {
    const support::TempDir profile;
    auto chromium = support::Process::start(
        {.argv = {"chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                  "--no-first-run", "--disable-background-networking", "--disable-component-update",
                  "--disable-sync", "--hide-scrollbars", "--user-data-dir=" + profile.path().string(),
                  "--window-size=1920,1080", "--timeout=8000", "--screenshot=" + file.string(), url}});
    if (!chromium) return chromium.error();
    auto running = std::move(chromium).value();
    const auto end = running.wait(seconds{60});
    if (!end || !fs::exists(file))
        return Error{Error::Kind::refused, "no picture of the board: " + running.output()};
    return Done{};
}

nlohmann::ordered_json summary(const Findings& found, const Tally& tally, double lasted) {
    return {{"orders", found.orders},
            {"shipments", found.shipments},
            {"due", found.due},
            {"lines", found.lines},
            {"goods", found.goods},
            {"lists", found.lists},
            {"scans", tally.scans},
            {"scans_refused", found.scans_refused},
            {"scans_wrong_on_purpose", tally.wrong_on_purpose},
            {"parcels", found.parcels},
            {"labels_printed", found.labels_printed},
            {"waybills_matched", found.waybills_matched},
            {"slips_printed", found.slips_printed},
            {"shipped", found.shipped_shipments},
            {"reports_received", found.reports_received},
            {"stock_before", found.stock_before},
            {"stock_after", found.stock_after},
            {"shipped_pieces", found.shipped_pieces},
            {"wrong_parcels", found.wrong_parcels},
            {"lost", found.lost},
            {"doubled", found.doubled},
            {"seconds", lasted},
            {"notes", found.notes}};
}

bool is_good(const Findings& found, const Tally& tally, const Floor::Progress& progress) {
    return found.lost == 0 && found.doubled == 0 && found.wrong_parcels == 0 && tally.wrong_accepted == 0 &&
           tally.unanswered == 0 && found.slips_printed == found.shipped_shipments &&
           found.stock_before == found.stock_after + found.shipped_pieces &&
           progress.left == progress.to_leave && progress.told == progress.left;
}

// Until all that can leave today has left and the shops were told; or nothing moved for too long.
Result<Floor::Progress> wait_for_the_day(const Floor& floor, bool may_end) {
    Floor::Progress last;
    auto moved = steady_clock::now();
    const auto began = moved;
    while (!interrupted) {
        std::this_thread::sleep_for(milliseconds{500});
        const auto now = floor.progress();
        if (!now) return now;
        if (now.value().left != last.left || now.value().told != last.told) {
            moved = steady_clock::now();
            std::printf("\r%d of %d shipments left, %d reported  ", now.value().left, now.value().to_leave,
                        now.value().told);
            std::fflush(stdout);
        }
        last = now.value();
        if (!may_end) continue;
        if (last.told == last.to_leave && last.left == last.to_leave) break;
        if (steady_clock::now() - moved > stuck_after || steady_clock::now() - began > longest_day) break;
    }
    std::printf("\n");
    return last;
}

int run(const Arguments& arguments) {
    const auto began = steady_clock::now();
    const support::TempDir temporary;
    const fs::path folder =
        fs::absolute(arguments.out.empty() ? temporary / "floor" : fs::path(arguments.out));
    if (fs::exists(folder) && !fs::is_empty(folder))
        return fail(folder.string() + " is not empty; name another --out");

    const auto now = parse_instant(arguments.now);
    if (!now) return fail("--now wants an instant like 2026-11-24T08:00:00+09:00");

    std::unique_ptr<support::PrivateDisplay> own_display;
    const char* given = std::getenv("DISPLAY");
    std::string display = given ? given : "";
    if (arguments.is_auto || display.empty()) {
        auto started = support::PrivateDisplay::start(2260, 1610);
        if (!started) return fail(started.error().detail);
        own_display = std::move(started).value();
        display = own_display->name();
    }

    const auto programs = fs::read_symlink("/proc/self/exe").parent_path();
    auto opened = Floor::open({.folder = folder,
                               .programs = programs,
                               .sources = KENPIN_SOURCE_ROOT,
                               .now = *now,
                               .stations = demo_stations(),
                               .display = display});
    if (!opened) return fail(opened.error().detail);
    auto& floor = *opened.value();
    if (const auto taken = floor.take_orders(arguments.orders); !taken) return fail(taken.error().detail);
    if (const auto started = floor.start_work(); !started) return fail(started.error().detail);
    if (const auto stations = floor.start_stations(); !stations) return fail(stations.error().detail);
    std::printf("the board: %s\n", floor.board_url().c_str());
    if (own_display && !arguments.is_auto)
        std::printf("no display here: the stations' windows are on %s\n", display.c_str());
    std::fflush(stdout);

    Photographer photographer(display, folder / "screens");
    std::unique_ptr<Crew> crew;
    if (!arguments.is_hands_off)
        crew = std::make_unique<Crew>(
            floor, Pace{milliseconds{arguments.is_auto ? 0 : 900}, arguments.wrong_one_in}, arguments.seed,
            arguments.is_auto ? Crew::Onlooker{[&](const Station& station, const Seen& seen) {
                photographer.look(station, seen);
            }}
                              : Crew::Onlooker{});
    const auto progress = wait_for_the_day(floor, arguments.is_auto);
    if (!progress) return fail(progress.error().detail);
    const Tally tally = crew ? crew->stop() : Tally{};
    if (!arguments.is_auto) return 0;

    if (const auto picture = photograph_board(floor.board_url(), folder / "screens/board.png"); !picture)
        return fail(picture.error().detail);
    const auto evidence = floor.evidence(crew->parcels());
    if (!evidence) return fail(evidence.error().detail);
    const auto found = examine(evidence.value(), to_text(japan_day(*now)));
    const std::chrono::duration<double> lasted = steady_clock::now() - began;
    const auto text = summary(found, tally, lasted.count()).dump(2);
    std::ofstream(folder / "summary.json") << text << "\n";
    std::ofstream reports(folder / "reports.jsonl");
    for (const auto& report : evidence.value().reports) reports << report.body << "\n";
    std::cout << text << std::endl;
    return is_good(found, tally, progress.value()) ? 0 : fail("the day did not end well; see the summary");
}

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    bool whole_day = false;
    CLI::App app{"A day on the floor, on this machine: broker, server, printers, stations, orders."};
    app.add_flag("--auto", arguments.is_auto,
                 "simulated workers at full speed; ends by itself and writes --out");
    app.add_flag("--hands-off", arguments.is_hands_off, "no simulated workers: scan (or type) yourself");
    app.add_option("--orders", arguments.orders, "how many orders")->check(CLI::Range(1, demo_orders));
    app.add_flag("--day", whole_day, "all 72 orders (the default)");
    app.add_option("--now", arguments.now, "where the business clock stands at the start");
    app.add_option("--out", arguments.out, "folder for everything that comes out");
    app.add_option("--seed", arguments.seed, "of the workers' mistakes");
    app.add_option("--wrong-one-in", arguments.wrong_one_in, "mistakes of the workers, 0: none");
    CLI11_PARSE(app, argc, argv);
    std::signal(SIGINT, [](int) { interrupted = true; });
    std::signal(SIGTERM, [](int) { interrupted = true; });
    return run(arguments);
}
