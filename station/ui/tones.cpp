#include "station/ui/tones.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <string>
#include <utility>

#include <SDL2/SDL.h>

namespace kenpin::ui {
namespace {

enum class Wave { sine, square };
struct Beat {
    double hz;  // 0: a pause
    int ms;
};
struct Tune {
    Wave wave;
    double volume;
    std::vector<Beat> beats;
};

constexpr int fade_ms = 4;  // no clicks
constexpr std::size_t kinds = 5;

const Tune& tune(flow::ToneKind kind) {
    static const std::array<Tune, kinds> tunes{{
        {Wave::sine, 0.7, {{1568, 80}, {2093, 90}}},
        {Wave::square, 0.55, {{220, 240}, {0, 60}, {220, 240}, {0, 60}, {185, 300}}},
        {Wave::sine, 0.7, {{1319, 80}, {1568, 80}, {2093, 120}}},
        {Wave::sine, 0.7, {{1047, 90}, {1319, 90}, {1568, 90}, {2093, 220}}},
        {Wave::sine, 0.7, {{880, 90}, {0, 60}, {880, 90}}},
    }};
    return tunes[static_cast<std::size_t>(kind)];
}

double wave_at(Wave wave, double phase) {
    const double s = std::sin(2 * std::numbers::pi * phase);
    return wave == Wave::sine ? s : (s >= 0 ? 1.0 : -1.0);
}

void append(std::vector<std::int16_t>& out, const Beat& beat, const Tune& whole) {
    const int count = beat.ms * sample_rate / 1000;
    const int fade = fade_ms * sample_rate / 1000;
    for (int i = 0; i < count; ++i) {
        const double edge =
            std::min({1.0, i / static_cast<double>(fade), (count - 1 - i) / static_cast<double>(fade)});
        const double s = beat.hz == 0 ? 0 : wave_at(whole.wave, beat.hz * i / sample_rate);
        out.push_back(static_cast<std::int16_t>(std::lround(s * edge * whole.volume * 32767)));
    }
}

}  // namespace

std::vector<std::int16_t> tone_samples(flow::ToneKind kind) {
    std::vector<std::int16_t> out;
    for (const Beat& beat : tune(kind).beats) append(out, beat, tune(kind));
    return out;
}

Tones::Tones(std::uint32_t device) : device_(device) {
    for (std::size_t i = 0; i < kinds; ++i) ready_.push_back(tone_samples(static_cast<flow::ToneKind>(i)));
}

Tones::Tones(Tones&& other) noexcept
    : device_(std::exchange(other.device_, 0)), ready_(std::move(other.ready_)) {}

Tones::~Tones() {
    if (device_ == 0) return;
    SDL_CloseAudioDevice(device_);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

Result<Tones> Tones::open() {
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return Error{Error::Kind::unreachable, SDL_GetError()};
    SDL_AudioSpec wanted{};
    wanted.freq = sample_rate;
    wanted.format = AUDIO_S16SYS;
    wanted.channels = 1;
    wanted.samples = 512;  // 11 ms: a tone starts within the next buffer
    const std::uint32_t device = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
    if (device == 0) {
        const std::string why = SDL_GetError();
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
        return Error{Error::Kind::unreachable, why};
    }
    SDL_PauseAudioDevice(device, 0);
    return Tones(device);
}

void Tones::play(flow::ToneKind kind) {
    const auto& samples = ready_[static_cast<std::size_t>(kind)];
    SDL_ClearQueuedAudio(device_);
    SDL_QueueAudio(device_, samples.data(),
                   static_cast<std::uint32_t>(samples.size() * sizeof(std::int16_t)));
}

}  // namespace kenpin::ui
