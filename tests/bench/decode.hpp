#pragma once
// What ./dev bench decode measures: our decoder child against zbar on photographs with a known text, and what
// a camera's frame costs both. CPU time, not wall clock: the ratio of one run holds on a busy machine too.
#include <map>
#include <string>
#include <vector>

#include "core/base/images.hpp"
#include "core/base/result.hpp"

namespace kenpin::bench {

struct Photograph {
    std::string file, symbology, text;  // as manifest.tsv; symbology "None": no code in it
    GrayImage image;
    std::string bytes;  // of the file
};

/// The pictures that `directory`/manifest.tsv names.
Result<std::vector<Photograph>> photographs(const std::string& directory);

/// The picture in the middle of a 1280x720 frame with a floor's clutter around it; the same for the same
/// `seed`.
GrayImage camera_frame(const GrayImage& picture, unsigned seed);

struct Count {
    int with_code = 0, read = 0;
};
struct Score {
    std::map<std::string, Count> by_symbology;
    std::vector<std::string> misread;      // another text than the label says
    std::vector<std::string> false_reads;  // a code where none is
    Count all() const;
};
struct StillScore {
    Score ours, zbar;
    int lost_children = 0;
};
/// Ours: the whole ladder, through the child; zbar: its default.
StillScore read_stills(const std::vector<Photograph>& set);

struct FrameCost {
    std::vector<double> ours_ms, zbar_ms;  // CPU of one frame, parent and child together
    int ours_read = 0, zbar_read = 0;
};
/// Every picture as a frame, all kinds looked for: ours as the live camera reads, zbar as it comes.
FrameCost read_frames(const std::vector<Photograph>& set);

/// Wall ms from the death of a child to the answer of the next: of `times` deaths.
std::vector<double> restarts(const Photograph& any, int times);

/// The `hundredths`-th part of `values` in order; 0 without values.
double percentile(std::vector<double> values, int hundredths);

}  // namespace kenpin::bench
