#include "tests/sim/crash_points.hpp"

#include <algorithm>
#include <array>

#include <sqlite3.h>

#include "core/base/check.hpp"

namespace kenpin::sim {
namespace {

using support::FaultDisk;
using support::Unsynced;
using Blow = Attempt::Blow;

constexpr int most_points = 5'000;  // of one transaction; more means that it never ends

// ---- what is in a database

class Reader {
public:
    explicit Reader(const std::string& path) {
        constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI;
        KENPIN_CHECK(sqlite3_open_v2(path.c_str(), &database_, flags, nullptr) == SQLITE_OK);
    }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    ~Reader() { sqlite3_close(database_); }

    /// Each row with its columns quoted; an error is a row too.
    std::vector<std::string> rows(const std::string& sql) {
        std::vector<std::string> found;
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
            return {std::string("ERROR ") + sqlite3_errmsg(database_)};
        int result = SQLITE_ROW;
        while ((result = sqlite3_step(statement)) == SQLITE_ROW) {
            std::string row;
            for (int column = 0; column < sqlite3_column_count(statement); ++column) {
                const auto* text = sqlite3_column_text(statement, column);
                if (column > 0) row += '|';
                if (text != nullptr)
                    row.append(reinterpret_cast<const char*>(text),
                               static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
            }
            found.push_back(std::move(row));
        }
        if (result != SQLITE_DONE) found.push_back(std::string("ERROR ") + sqlite3_errmsg(database_));
        sqlite3_finalize(statement);
        return found;
    }

private:
    sqlite3* database_ = nullptr;
};

// ---- one transaction

class Visit {
public:
    explicit Visit(const Transaction& what) : what_(what) {
        FaultDisk disk(1);
        what_.before(disk);
        start_ = disk.image();
        FaultDisk untouched(2), undisturbed(2);
        untouched.put_back(start_);
        undisturbed.put_back(start_);
        (void)run(untouched, Blow::skips, 0);  // nothing is tried
        before_ = content(untouched, what_);
        const auto first = run(undisturbed, Blow::none, 0);
        if (!first.first() || !*first.first()) fail("fails on a sound disk", 0);
        after_ = content(undisturbed, what_);
        (void)run(undisturbed, Blow::none, 0);  // whatever it answers: only steps are asked for it
        after_twice_ = content(undisturbed, what_);
        if (!what_.changes_nothing && before_ == after_) fail("changes nothing", 0);
    }

    Visited all() {
        for (int n = 1; found_.broken.empty() && n < most_points; ++n) {
            found_.points = n;
            const auto is_turn_of = [&](int which) { return !what_.is_long || n % 4 == which; };
            const bool is_reached = cut(n, Unsynced::torn);
            if (is_turn_of(0)) (void)cut(n, Unsynced::dropped);  // as far as the other one
            if (is_turn_of(1)) die_then_lose_power(n);
            if (is_turn_of(2)) meet(Blow::fails, n);
            if (is_turn_of(3)) meet(Blow::fills, n);
            if (!is_reached) return found_;
        }
        if (found_.broken.empty()) fail("never ends", most_points);
        return found_;
    }

private:
    void fail(const std::string& what, int n) {
        found_.broken.push_back(what_.name + ", at operation " + std::to_string(n) + ": " + what);
    }

    Attempt run(FaultDisk& disk, Blow blow, int n) {
        ++found_.runs;
        Attempt attempt(disk, blow, n);
        what_.run(disk, attempt);
        return attempt;
    }

    // The power goes at the n-th operation. Answers whether it was reached.
    bool cut(int n, Unsynced left) {
        FaultDisk disk(static_cast<std::uint64_t>(n));
        disk.put_back(start_);
        const auto attempt = run(disk, Blow::stops, n);
        const bool is_reached = disk.is_stopped();
        disk.restart_power(left);
        judge(disk, n, attempt.first() && *attempt.first(), left);
        return is_reached;
    }

    void judge(FaultDisk& disk, int n, bool was_reported, Unsynced left) {
        const auto there = content(disk, what_);
        if (there.find("ok\n") != 0) return fail("the database is broken: " + there.substr(0, 200), n);
        const bool is_whole = there == before_ || there == after_ || what_.is_in_steps;
        if (!is_whole) return fail("it is half done", n);
        if (was_reported && there != after_) return fail("was reported as done and is not there", n);
        if (left != Unsynced::torn) return;  // one way to go on is enough
        if (what_.ends_with_program || (there == after_ && !what_.is_in_steps)) return came_up(disk, n);
        const auto again = run(disk, Blow::none, 0);
        if (!again.first() || !*again.first()) return fail("cannot be done afterwards", n);
        const auto now = content(disk, what_);
        if (now != after_ && now != after_twice_) fail("does something else afterwards", n);
    }

    void came_up(FaultDisk& disk, int n) {
        if (!what_.start(disk, [] {})) fail("the program does not come up any more", n);
    }

    // What a program that died had written is acted on by the next one; so it must outlast the power.
    void die_then_lose_power(int n) {
        FaultDisk looked_at(static_cast<std::uint64_t>(n)), disk(static_cast<std::uint64_t>(n));
        looked_at.put_back(start_);
        disk.put_back(start_);
        const auto attempt = run(looked_at, Blow::stops, n);
        (void)run(disk, Blow::stops, n);  // the same again
        looked_at.restart_program();
        disk.restart_program();
        judge(looked_at, n, attempt.first() && *attempt.first(), Unsynced::kept);
        std::string seen, left;
        const auto up = what_.start(looked_at, [] {});
        seen = content(looked_at, what_);
        const auto up_again = what_.start(disk, [&] { disk.stop(); });
        disk.restart_power(Unsynced::dropped);
        left = content(disk, what_);
        if (!up || !up_again) return fail("the program does not come up after it died", n);
        if (seen != left) fail("what the program that died left was acted on and is gone", n);
    }

    // A full disk, or one operation that fails: told, nothing half done, and the next try works.
    void meet(Blow blow, int n) {
        const std::string name = blow == Blow::fills ? "with a full disk " : "with a failing disk ";
        FaultDisk disk(static_cast<std::uint64_t>(n));
        disk.put_back(start_);
        const auto attempt = run(disk, blow, n);
        const bool was_told = attempt.first() && !*attempt.first();
        if (was_told && !(attempt.second() && *attempt.second()))
            return fail(name + "it never works again", n);
        if (!attempt.first()) return fail(name + "it was not tried", n);
        const auto there = content(disk, what_);
        const bool is_done = there == after_ || (what_.is_in_steps && there == after_twice_);
        if (!is_done) fail(name + (was_told ? "the second try is not all there is" : "done is not done"), n);
    }

    const Transaction& what_;
    FaultDisk::Image start_;
    std::string before_, after_, after_twice_;
    Visited found_;
};

}  // namespace

Outcome Attempt::run(const std::function<Outcome()>& transaction) {
    if (blow_ == Blow::skips) return Done{};
    const auto at = disk_.operations() + operation_;
    if (blow_ == Blow::stops) disk_.stop_at(at);
    if (blow_ == Blow::fails) disk_.fail_at(at);
    if (blow_ == Blow::fills) disk_.fill_at(at);
    first_ = transaction();
    if (disk_.is_stopped()) return *first_;
    if (blow_ != Blow::stops) {
        disk_.fail_at(0);
        disk_.set_room(std::nullopt);
    }
    if (!*first_ && blow_ != Blow::none) second_ = transaction();
    return *first_;
}

std::string content(const FaultDisk& disk, const Transaction& of) {
    Reader reader(disk.path(of.file));
    std::string text;
    for (const auto& row : reader.rows("PRAGMA integrity_check")) text += row + "\n";
    for (const auto& table :
         reader.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
        std::string columns;
        for (const auto& column : reader.rows("SELECT name FROM pragma_table_info('" + table + "')"))
            if (!of.hidden.contains(column)) columns += (columns.empty() ? "" : ", ") + column;
        auto rows = reader.rows("SELECT " + (of.is_random ? "count(*)" : columns) + " FROM " + table);
        std::sort(rows.begin(), rows.end());
        text += table + ":\n";
        for (const auto& row : rows) text += row + "\n";
    }
    return text;
}

Visited visit(const Transaction& transaction) {
    Visit visit(transaction);
    return visit.all();
}

}  // namespace kenpin::sim
