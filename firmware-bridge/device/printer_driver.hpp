#pragma once
// A USB printer (class 07/01): jobs go out in chunks, one job after the other, and each ends with exactly one
// Printed. What was begun and cut off is unknown: it is never sent again by itself, a person looks at the
// label.
//
//   Waiting ── its turn ──> Sending ── last chunk taken ──> sent
//   Sending ── stall or no progress, and nothing was taken ──> failed
//   Sending ── stall or no progress after some; error; gone with a chunk on its way ──> unknown
//   Waiting ── gone ──> failed
//
// A printer that was cut off in the middle still waits for the rest of a label and would take the next one
// for it: before the next job it is reset.
#include <deque>
#include <string>

#include "firmware-bridge/decode/printer_class.hpp"
#include "firmware-bridge/device/usb_driver.hpp"

namespace kenpin::device {

/// What is known of a job whose last chunk ended like this (not good) after `sent` bytes in all. After an
/// error or an unplugging the last packet may have arrived without our knowing.
PrintEnd end_of_cut_job(TransferEnd end, std::size_t sent);

class PrinterDriver : public UsbDriver {
public:
    static constexpr std::size_t most_jobs = 8;     // waiting; one more fails at once
    static constexpr Millis chunk_patience{2'000};  // then it is asked how far it came, and goes on
    static constexpr Millis no_progress{60'000};    // paper was out for so long: the job ends
    static constexpr Millis ask_status_every{1'000};

    void begin(Wire& wire) override;
    State state() const override { return state_; }
    void describe(Attachment& device) const override;
    bool knows_its_kind() const override { return true; }
    std::size_t read_bytes() const override;

    void on_answer(Wire& wire, const Finished& answer, Mono now, Teller& tell) override;
    void on_read(std::string_view bytes, Mono now, Teller& tell) override;
    void on_written(Wire& wire, const Finished& written, Mono now, Teller& tell) override;
    void on_cut(bool is_over, Teller& tell) override;
    Mono next_wake() const override;
    void on_time(Wire& wire, Mono now, Teller& tell) override;

    bool print(Wire& wire, std::string job, std::string bytes) override;
    void soft_reset(Wire& wire) override;

private:
    struct Job {
        std::string name, bytes;
        std::size_t sent = 0;
        bool is_begun = false;
    };
    void send_next(Wire& wire, Mono now, Teller& tell);
    void end_job(PrintEnd end, Teller& tell);
    void take_status(const Finished& answer, Teller& tell);
    bool is_reset_first(Wire& wire);

    State state_ = State::getting_ready;
    decode::PrinterId id_;
    std::uint8_t status_ = 0;
    bool has_status_ = true;  // until it refuses to tell
    bool status_was_told_ = false;
    Mono ask_status_at_{};
    std::deque<Job> jobs_;       // the first is being sent
    bool is_writing_ = false;    // a chunk is on its way
    bool is_clearing_ = false;   // a halt of the way out is being ended
    bool must_reset_ = false;    // a job was cut off in the middle
    bool is_resetting_ = false;  // the printer is asked to forget it
    bool has_news_job_ = false;  // print() was called since the last turn
    Mono progress_at_{};
};

}  // namespace kenpin::device
