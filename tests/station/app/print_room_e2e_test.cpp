// The papers of a bench on a real (virtual) label printer: what is asked for comes out once.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/limits.hpp"
#include "places.hpp"
#include "station/app/print_room.hpp"
#include "tests/support/floor.hpp"
#include "tests/support/process.hpp"

using namespace kenpin;
using std::chrono::seconds;
using support::Process;

namespace {

const ShipmentId shipment{"S001"};
const std::string bin = KENPIN_BIN_DIR;

protocol::PrintDocument print_document(const ShipmentId& of = shipment) {
    protocol::PrintDocument out;
    out.shipment = of;
    out.order_shown = "R-260041";
    out.ship_day = *parse_day("2026-11-24");
    out.ordered_on = "2026-11-23";
    out.carrier = "ヤマト運輸";
    out.service = "宅急便";
    out.contents = "雑貨";
    out.ship_to = {.postcode = Private<std::string>("1600022"),
                   .lines = Private<std::string>("東京都新宿区新宿0-0-0"),
                   .name = Private<std::string>("見本 太郎"),
                   .phone = Private<std::string>("03-0000-0000")};
    out.buyer_name = Private<std::string>("見本 太郎");
    out.sender = {.name = "あおば雑貨店",
                  .postcode = "1000001",
                  .address = "東京都千代田区千代田0-0",
                  .phone = "03-0000-0000",
                  .mail = {},
                  .registration_no = {},
                  .message = {}};
    out.waybills = {{PieceNo{1}, 1, test::checked_number(test::first_number)}};
    out.lines = {{"マグカップ", Sku{"MUG-1"}, Qty{1}, Yen{1'200}, 10}};
    return out;
}

/// A bench's printing thread in the test's hand.
struct Bench {
    support::TempDir folder;
    int port = support::free_port();
    crypto::Key key = crypto::Key::random();
    bool is_line_up = true;
    int fetched = 0;
    TrackingNo number = test::checked_number(test::first_number);  // as the server says it
    std::set<ShipmentId> queued{shipment};                         // for this bench
    std::vector<flow::Event> reports;
    std::optional<Process> printer, second_printer;
    int second_port = 0;  // 0: there is none
    std::unique_ptr<app::PrintRoom> room;
    Millis mono{0};
    Instant now = *parse_instant("2026-11-24T08:00+09:00");

    Bench() {
        setenv("KENPIN_DECODER", (bin + "/kenpin-decoder").c_str(), 1);
        switch_on();
    }
    void switch_on() {
        room.reset();
        app::PrintRoomSetup setup;
        setup.spool_url = "sqlite:" + (folder / "spool.db").string();
        setup.documents_url = "sqlite:" + (folder / "documents.db").string();
        setup.label_printer = PrinterId{"LP1"};
        setup.label_address = transport::Address{"127.0.0.1", port};
        if (second_port != 0) {
            setup.stand_in_printer = PrinterId{"LP2"};
            setup.stand_in_address = transport::Address{"127.0.0.1", second_port};
        }
        auto opened = app::PrintRoom::open(
            setup, [this](const ShipmentId& wanted) { return fetch(wanted); },
            [this](const flow::Event& event) { reports.push_back(event); }, now);
        REQUIRE(opened);
        room = std::move(opened).value();
        room->use_key(crypto::to_base64(key.bytes()));
    }
    Result<std::string> fetch(const ShipmentId& wanted) {
        if (!is_line_up) return Error{Error::Kind::unreachable, "down"};
        if (!queued.contains(wanted)) return Error{Error::Kind::not_found, "not for this bench"};
        ++fetched;
        auto document = print_document(wanted);
        document.waybills.front().tracking = number;
        return crypto::seal(key, Private<std::string>(to_json(document)), protocol::sealing_context(wanted));
    }
    void load_printer() {
        auto started = Process::start({.argv = {bin + "/kenpin-virtual-printer", "--port",
                                                std::to_string(port), "--out", folder / "labels"}});
        REQUIRE(started);
        printer = std::move(started).value();
        REQUIRE(printer->wait_for_line("port", seconds{20}));
    }
    void load_second_printer() {
        second_port = support::free_port();
        auto started = Process::start({.argv = {bin + "/kenpin-virtual-printer", "--port",
                                                std::to_string(second_port), "--out", folder / "labels-2"}});
        REQUIRE(started);
        second_printer = std::move(started).value();
        REQUIRE(second_printer->wait_for_line("port", seconds{20}));
        switch_on();
    }
    void print(const ShipmentId& of = shipment) { room->print({of, {{"waybill", PieceNo{1}, 1, {}}}}, now); }
    void wait(Millis time) {
        mono += time;
        now += time;
    }
    void step(int times = 1) {
        for (int i = 0; i < times; ++i) {
            wait(Millis{20'000});
            (void)room->step(now, mono);  // when it wants to be called again does not matter here
        }
    }
    /// Every byte that this bench has on its disk.
    std::string on_disk() const {
        std::string all;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
            if (entry.is_regular_file()) {
                std::ifstream file(entry.path(), std::ios::binary);
                all.append(std::istreambuf_iterator<char>(file), {});
            }
        return all;
    }
    int labels(const char* tray = "labels") const {
        std::ifstream file(folder / tray / "labels.jsonl");
        int n = 0;
        for (std::string line; std::getline(file, line);) ++n;
        return n;
    }
    /// The newest word on the waybill.
    std::string paper_state() const {
        std::string state;
        for (const auto& event : reports)
            if (const auto* report = std::get_if<flow::PaperReported>(&event)) state = report->paper.state;
        return state;
    }
    /// Where the newest word on the waybill says it comes out.
    PrinterId printed_by() const {
        PrinterId last;
        for (const auto& event : reports)
            if (const auto* report = std::get_if<flow::PaperReported>(&event)) last = report->paper.printer;
        return last;
    }
    std::string printer_state() const {
        std::string state;
        for (const auto& event : reports)
            if (const auto* report = std::get_if<flow::PrinterReported>(&event)) state = report->state;
        return state;
    }
    void step_until_printed() {
        for (int i = 0; i < 100 && paper_state() != "printed"; ++i) {
            step();
            std::this_thread::sleep_for(std::chrono::milliseconds{50});
        }
        CHECK(paper_state() == "printed");
    }
};

/// A printer that takes the first bytes of a job and then nothing more, on the bench's own port.
class StuckPrinter {
public:
    explicit StuckPrinter(int port) {
        const int small = 2'048, yes = 1;
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        REQUIRE(setsockopt(listening_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0);
        REQUIRE(setsockopt(listening_, SOL_SOCKET, SO_RCVBUF, &small, sizeof small) == 0);
        REQUIRE(bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(listen(listening_, 1) == 0);
    }
    StuckPrinter(const StuckPrinter&) = delete;
    StuckPrinter& operator=(const StuckPrinter&) = delete;
    ~StuckPrinter() {
        close(line_);
        close(listening_);
    }
    /// Waits for a job; answers how many bytes of it were taken.
    ssize_t take_some() {
        line_ = accept(listening_, nullptr, nullptr);
        std::string bytes(100, ' ');
        return recv(line_, bytes.data(), bytes.size(), MSG_WAITALL);
    }

private:
    int listening_ = socket(AF_INET, SOCK_STREAM, 0);
    int line_ = -1;
};

}  // namespace

TEST_CASE("a label that is asked for again, also after a restart, is printed once") {
    Bench bench;
    bench.load_printer();
    bench.print();
    bench.print();
    bench.step_until_printed();
    bench.switch_on();
    bench.print();
    bench.step(3);
    CHECK(bench.labels() == 1);
    CHECK(bench.paper_state() == "printed");
}

TEST_CASE("with the printer down the paper waits, the trouble is told once, and it comes when it is back") {
    Bench bench;
    bench.print();
    bench.step(3);
    CHECK(bench.printer_state() == "offline");
    CHECK(bench.paper_state().empty());
    CHECK(bench.reports.size() == 1);
    bench.load_printer();
    bench.step_until_printed();
    CHECK(bench.labels() == 1);
    CHECK(bench.printer_state() == "ready");
}

TEST_CASE("while a printer cannot print its stand-in does, once; then labels come out of the first again") {
    Bench bench;
    bench.load_second_printer();
    bench.queued = {ShipmentId{"S001"}, ShipmentId{"S002"}};
    bench.print();
    bench.step_until_printed();
    CHECK(bench.printed_by() == PrinterId{"LP2"});
    CHECK(bench.labels("labels-2") == 1);
    bench.load_printer();
    bench.step(2);
    CHECK(bench.labels() == 0);
    bench.reports.clear();
    bench.print(ShipmentId{"S002"});
    bench.step_until_printed();
    CHECK(bench.printed_by() == PrinterId{"LP1"});
    CHECK(bench.labels() == 1);
    CHECK(bench.labels("labels-2") == 1);
}

TEST_CASE("papers come with the line down when their document was fetched before") {
    Bench bench;
    bench.load_printer();
    bench.room->prepare(shipment, {});
    bench.step();
    CHECK(bench.fetched == 1);
    bench.is_line_up = false;
    bench.print();
    bench.step_until_printed();
    CHECK(bench.labels() == 1);
}

TEST_CASE("a document that lies ready is sealed: nobody who takes the disk reads the addressee") {
    Bench bench;
    bench.room->prepare(shipment, {});
    bench.print();
    bench.step();
    CHECK(bench.fetched == 1);
    const auto bytes = bench.on_disk();
    CHECK(bytes.find(shipment.value) != std::string::npos);  // it is there
    for (const auto* secret : {"見本 太郎", "新宿", "1600022", "03-0000-0000"})
        CHECK(bytes.find(secret) == std::string::npos);
}

TEST_CASE("a document that the server does not give does not keep the others from coming") {
    Bench bench;
    bench.room->prepare(ShipmentId{"S000"}, {});  // comes first
    bench.room->prepare(shipment, {});
    bench.step();
    CHECK(bench.fetched == 1);
}

TEST_CASE(
    "papers with a number that the server does not know any more are fetched anew, and not printed before") {
    Bench bench;
    bench.load_printer();
    const auto former = bench.number;
    bench.room->prepare(shipment, {former});
    bench.step();
    bench.number = test::checked_number(test::second_number);  // it was put back to a backup
    bench.room->prepare(shipment, {bench.number});
    bench.is_line_up = false;
    bench.print();
    bench.step(3);
    CHECK(bench.labels() == 0);
    bench.is_line_up = true;
    bench.step_until_printed();
    CHECK(bench.labels() == 1);
    CHECK(bench.fetched == 2);
    bench.room->prepare(shipment, {bench.number});
    bench.switch_on();
    bench.room->prepare(shipment, {bench.number});
    bench.step();
    CHECK(bench.fetched == 2);
}

TEST_CASE("papers without their document wait for the line") {
    Bench bench;
    bench.load_printer();
    bench.is_line_up = false;
    bench.print();
    bench.step(2);
    CHECK(bench.labels() == 0);
    bench.is_line_up = true;
    bench.step_until_printed();
    CHECK(bench.labels() == 1);
}

TEST_CASE("the waybill in hand proves the label, and nothing of the buyer stays at the bench") {
    Bench bench;
    bench.load_printer();
    bench.print();
    bench.step_until_printed();
    bench.room->erase(shipment, app::PapersEnd::closed, bench.now);
    bench.is_line_up = false;
    bench.print();  // nothing is here any more
    bench.step(2);
    CHECK(bench.labels() == 1);
    auto opened = app::DocumentStore::open("sqlite:" + (bench.folder / "documents.db").string());
    REQUIRE(opened);
    auto documents = std::move(opened).value();
    CHECK_FALSE(documents.sealed(shipment).value());
}

TEST_CASE(
    "an addressee stays at the bench no longer than twelve hours, also when the station is never switched "
    "off") {
    Bench bench;
    bench.room->prepare(shipment, {});
    bench.step();
    auto documents = app::DocumentStore::open("sqlite:" + (bench.folder / "documents.db").string()).value();
    REQUIRE(documents.sealed(shipment).value());
    bench.now += limits::print_document_life + std::chrono::minutes{1};
    bench.step(4);
    CHECK_FALSE(documents.sealed(shipment).value());
}

TEST_CASE("a bench without a slip printer says so instead of waiting for ever") {
    Bench bench;
    bench.room->prepare(shipment, {});
    bench.step();
    bench.room->print({shipment, {{"slip", PieceNo{1}, 1, {}}}}, bench.now);
    CHECK(bench.paper_state() == "failed");
}

TEST_CASE(
    "a bench that is out of contact for a whole shift prints what lies ready, once each; what is used or too "
    "old is erased") {
    Bench bench;
    bench.load_printer();
    std::vector<ShipmentId> day;
    for (int no = 101; no < 113; ++no) day.emplace_back(ShipmentId{"S" + std::to_string(no)});
    bench.queued = {day.begin(), day.end()};
    for (const auto& each : day) bench.room->prepare(each, {});
    bench.step();
    CHECK(bench.fetched == 12);
    bench.is_line_up = false;

    auto documents = app::DocumentStore::open("sqlite:" + (bench.folder / "documents.db").string()).value();
    for (int box = 0; box < 10; ++box) {  // eight hours
        bench.wait(std::chrono::minutes{48});
        if (box == 5) bench.switch_on();  // the machine was started anew in between
        bench.reports.clear();
        const auto& packed = day.at(static_cast<std::size_t>(box));
        bench.print(packed);
        bench.step_until_printed();
        bench.room->erase(packed, app::PapersEnd::closed, bench.now);  // its waybill was scanned
        CHECK_FALSE(documents.sealed(packed).value());
    }
    CHECK(bench.labels() == 10);
    CHECK(documents.sealed(day.back()).value());
    bench.wait(std::chrono::hours{4});  // two were never packed
    bench.step(4);
    for (const auto& each : day) CHECK_FALSE(documents.sealed(each).value());
    bench.print(day.back());
    bench.step(4);
    CHECK(bench.labels() == 10);
    CHECK(bench.fetched == 12);
}

TEST_CASE(
    "a power cut while a label is on its way to the printer leaves it unknown; it is never printed again by "
    "itself") {
    Bench bench;
    {
        StuckPrinter stuck(bench.port);
        const auto station = fork();
        if (station == 0) {
            bench.print();
            bench.step(100);
            _exit(0);  // not reached while the printer is stuck
        }
        REQUIRE(station > 0);
        CHECK(stuck.take_some() == 100);
        kill(station, SIGKILL);
        int how = 0;
        REQUIRE(waitpid(station, &how, 0) == station);
        REQUIRE(WIFSIGNALED(how));
    }
    bench.wait(std::chrono::minutes{1});
    bench.switch_on();
    CHECK(bench.paper_state() == "unknown");
    bench.load_printer();
    bench.print();  // the flow asks again after a start
    bench.step(5);
    CHECK(bench.labels() == 0);
    CHECK(bench.paper_state() == "unknown");
    bench.room->print({shipment, {{"waybill", PieceNo{1}, 2, "not_out"}}}, bench.now);  // a person says so
    bench.step_until_printed();
    CHECK(bench.labels() == 1);
}
