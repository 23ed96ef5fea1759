#include "server/plan/put_back.hpp"

#include <algorithm>
#include <optional>

#include "core/domain/barcode.hpp"

namespace kenpin::plan {
namespace {

std::optional<LocationCode> shelf_of(const std::string& scanned, const std::vector<LocationCode>& shelves) {
    const auto code = domain::classify({scanned, {}}, domain::Expect::location);
    LocationCode shelf;
    if (const auto* own = std::get_if<domain::OwnCode>(&code); own && own->kind == domain::OwnKind::location)
        shelf = LocationCode{own->body};
    if (const auto* bare = std::get_if<domain::OtherText>(&code)) shelf = LocationCode{bare->text};
    const bool is_known = std::find(shelves.begin(), shelves.end(), shelf) != shelves.end();
    return is_known ? std::optional(shelf) : std::nullopt;
}

struct Match {
    const PutBackTask* task = nullptr;
    Qty units{};
};

// Of several lots the one that came from this shelf goes first.
Match match(const domain::Code& item, const LocationCode& shelf, const std::vector<PutBackTask>& tasks) {
    Match best;
    for (const auto& task : tasks) {
        const auto units = domain::units_of(task.codes, item);
        if (!units) continue;
        const bool is_better = !best.task || (best.task->location != shelf && task.location == shelf);
        if (is_better) best = {&task, *units};
    }
    return best;
}

}  // namespace

PutBackVerdict judge_put_back(const PutBackScan& scan, const std::vector<PutBackTask>& tasks,
                              const std::vector<LocationCode>& shelves) {
    const auto shelf = shelf_of(scan.location, shelves);
    if (!shelf) return PutBackRefused{"wrong_location"};
    const auto found = match(domain::classify({scan.item, {}}, domain::Expect::goods), *shelf, tasks);
    if (!found.task) return PutBackRefused{tasks.empty() ? "done_already" : "wrong_item"};
    const auto& task = *found.task;
    Qty left{};
    for (const auto& one : tasks)
        if (one.sku == task.sku) left.value += one.left.value;
    if (left != scan.left) return PutBackRefused{"done_already"};
    if (found.units > task.left) return PutBackRefused{"too_many"};
    return PutBack{task.sku, task.lot, *shelf, found.units};
}

}  // namespace kenpin::plan
