#pragma once
// The tones of the floor, made by arithmetic, and the loudspeaker they are queued to.
#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/result.hpp"
#include "station/flow/tone.hpp"

namespace kenpin::ui {

inline constexpr int sample_rate = 48'000;  // mono, signed 16 bit

/// The whole tone, silence at both ends; peak at most 0.8 of full scale.
std::vector<std::int16_t> tone_samples(flow::ToneKind kind);

/// Plays tones through SDL. play() only queues (well under a millisecond) and may be called from one thread
/// at a time. A new tone cuts off the one before: the last verdict is the one that counts.
class Tones {
public:
    static Result<Tones> open();  // unreachable: no audio device
    Tones(Tones&& other) noexcept;
    Tones& operator=(Tones&&) = delete;
    ~Tones();

    void play(flow::ToneKind kind);

private:
    explicit Tones(std::uint32_t device);
    std::uint32_t device_;
    std::vector<std::vector<std::int16_t>> ready_;  // by kind
};

}  // namespace kenpin::ui
