#pragma once
// A4 and A5 papers through CUPS. "Completed" there means that CUPS has handed the bytes on, not that paper
// came out (printing.md §1.5): callers treat it as sent. One thread at a time; calls block on the network for
// some ms.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"

namespace kenpin::transport {

struct CupsQueue {
    /// "localhost:631"; empty: the machine's own CUPS. "127.0.0.1:port" is turned into "localhost:port", for
    /// libcups fails with the former.
    std::string server;
    std::string name;
};

struct PaperOptions {
    std::string media = "A5";  // as the queue calls it; empty: the queue's default
    int copies = 1;            // 1..99
    std::vector<std::pair<std::string, std::string>> more{};  // e.g. {"sides", "one-sided"}
};

enum class CupsJobState { waiting, held, printing, stopped, completed, cancelled, aborted };

/// Hands a PDF to the queue and answers CUPS' number of the job. `title` must hold no personal data: it
/// stands in CUPS' logs. Errors: not_found (no such queue), unreachable (no server), refused (the queue does
/// not take it): nothing of it will come out; busy: CUPS may hold the paper, and nobody knows whether it
/// comes.
Result<int> submit_pdf(const CupsQueue& queue, const std::string& title, std::string_view pdf,
                       const PaperOptions& options);

/// Errors: not_found (CUPS has forgotten the job), unreachable.
Result<CupsJobState> job_state(const CupsQueue& queue, int job);

struct CupsFound {
    std::string name, device, make_and_model;
};
/// Every queue of the server. Error: unreachable.
Result<std::vector<CupsFound>> cups_queues(const std::string& server);

}  // namespace kenpin::transport
