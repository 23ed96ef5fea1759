#include "tests/e2e/floor/crew.hpp"

#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/e2e/floor/csv.hpp"

namespace kenpin::floor {
namespace {

std::vector<ToteCode> all_boxes(const std::filesystem::path& masters) {
    std::vector<ToteCode> boxes;
    for (const auto& row : read_csv(masters / "totes.csv")) boxes.push_back(ToteCode{row.at("tote")});
    return boxes;
}

// The number on the `nth` label in a printer's tray (from 0), once it lies there.
std::optional<TrackingNo> label_in_tray(const std::filesystem::path& tray, std::size_t nth) {
    std::ifstream file(tray / "labels.jsonl");
    std::string line;
    for (std::size_t i = 0; std::getline(file, line); ++i) {
        const auto label = nlohmann::json::parse(line, nullptr, false);
        if (i == nth && label.is_object()) return TrackingNo{label.value("tracking", "")};
    }
    return std::nullopt;
}

}  // namespace

Crew::Crew(Floor& floor, Pace pace, unsigned seed, Onlooker onlooker)
    : shelves_(Shelves::from_masters(floor.plan().folder / "masters")),
      boxes_(all_boxes(floor.plan().folder / "masters")),
      tallies_(floor.stations().size()) {
    for (std::size_t i = 0; i < floor.stations().size(); ++i) {
        auto& station = *floor.stations()[i];
        Worker::Place place{.badge = station.plan.badge,
                            .scanner = *station.scanner,
                            .screen = Screen(station.screen_log),
                            .shelves = shelves_,
                            .boxes = boxes_,
                            .parcels = parcels_,
                            .papers = papers_at(floor, station),
                            .onlooker = {},
                            .pace = pace,
                            .seed = seed + static_cast<unsigned>(i)};
        if (onlooker) place.onlooker = [onlooker, &station](const Seen& seen) { onlooker(station, seen); };
        threads_.emplace_back([this, i, place = std::move(place)]() mutable {
            tallies_[i] = Worker(std::move(place)).work(stop_);
        });
    }
}

Crew::~Crew() {
    (void)stop();  // what they did does not matter any more
}

Tally Crew::stop() {
    stop_ = true;
    for (auto& thread : threads_) thread.join();
    threads_.clear();
    Tally sum;
    for (const auto& tally : tallies_) {
        sum.scans += tally.scans;
        sum.wrong_on_purpose += tally.wrong_on_purpose;
        sum.refused += tally.refused;
        sum.unanswered += tally.unanswered;
        sum.wrong_accepted += tally.wrong_accepted;
    }
    return sum;
}

Papers Crew::papers_at(const Floor& floor, const Station& station) {
    const auto lying = floor.lying_waybills();
    const std::vector<std::string> numbers(lying.begin(), lying.end());
    auto taken = std::make_shared<std::size_t>(0);  // by the one worker whose papers these are
    return {.lies_there = [lying](const TrackingNo& number) { return lying.contains(number.value); },
            .take_from_tray = [tray = station.tray, taken]() -> std::optional<TrackingNo> {
                const auto label = label_in_tray(tray, *taken);
                if (label) ++*taken;
                return label;
            },
            .some_other = [numbers](Random& random) -> std::optional<TrackingNo> {
                if (numbers.empty()) return std::nullopt;
                std::uniform_int_distribution<std::size_t> any(0, numbers.size() - 1);
                return TrackingNo{numbers[any(random)]};
            }};
}

}  // namespace kenpin::floor
