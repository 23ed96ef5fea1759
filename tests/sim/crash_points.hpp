#pragma once
// Every point at which a transaction can be cut: it is run again and again over a disk of memory, and stopped
// at its first write, its second, … until it passes without reaching the stop. After each, what is left is
// wholly the state before or wholly the state after; what was reported as done is there; the database is
// whole. The same with one failing operation and with a full disk: the error is told, nothing is half done,
// and the next try works.
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "tests/support/fault_disk.hpp"

namespace kenpin::sim {

/// One attempt at a transaction over a disk that may fail.
class Attempt {
public:
    /// What happens at its n-th operation. `skips`: it is not run at all, only what comes before it.
    enum class Blow { none, skips, stops, fails, fills };
    Attempt(support::FaultDisk& disk, Blow blow, std::int64_t operation)
        : disk_(disk), blow_(blow), operation_(operation) {}

    /// Runs `transaction`; a blow strikes from here on. When it failed and the disk lives, the disk is mended
    /// and it is tried once more.
    Outcome run(const std::function<Outcome()>& transaction);

    std::optional<Outcome> first() const { return first_; }
    std::optional<Outcome> second() const { return second_; }

private:
    support::FaultDisk& disk_;
    Blow blow_;
    std::int64_t operation_;
    std::optional<Outcome> first_, second_;
};

struct Transaction {
    std::string name{};              // a sentence of the floor: "a batch with item_picked is taken"
    std::string file{};              // of the database
    std::set<std::string> hidden{};  // columns that no two runs have alike
    /// Brings an empty disk to where the transaction begins; leaves no database open.
    std::function<void(support::FaultDisk&)> before{};
    /// Opens what it needs, hands the transaction to the attempt, closes everything.
    std::function<void(support::FaultDisk&, Attempt&)> run{};
    /// Starts the program on what is left, as after a crash; `then` is called while it is open. Answers
    /// whether it came up.
    std::function<bool(support::FaultDisk&, const std::function<void()>& then)> start{};
    /// It draws keys or nonces, so two runs never give the same bytes: rows are counted instead of compared.
    bool is_random = false;
    /// It is several transactions: what was cut is finished by running it again.
    bool is_in_steps = false;
    /// It has a thousand points: at each the power goes and one of the other faults strikes, in turn.
    bool is_long = false;
    /// After a restart it does not fit any more (a paper that was begun is unknown then).
    bool ends_with_program = false;
    /// It may leave everything as it was (a checkpoint).
    bool changes_nothing = false;
};

struct Visited {
    int points = 0, runs = 0;
    std::vector<std::string> broken{};  // sentences
};
/// Every point of `transaction`.
Visited visit(const Transaction& transaction);

/// All tables of a database as text, and whether it is whole. Opens it anew.
std::string content(const support::FaultDisk& disk, const Transaction& of);

std::vector<Transaction> transactions_of_station();
std::vector<Transaction> transactions_of_spool();
std::vector<Transaction> transactions_of_server();

}  // namespace kenpin::sim
