#pragma once
// What may go wrong in a simulated world, each as "once in N chances"; 0: never.
namespace kenpin::sim {

struct Faults {
    int message_lost = 0;      // of messages
    int message_repeated = 0;  // of messages
    int message_late = 0;      // of messages: overtaken by others
    int line_cut = 0;          // of steps, for each station
    int power_lost = 0;        // of steps, for each station
    int server_restarted = 0;  // of steps
    int station_disk = 0;      // of commits: not stored
    int server_disk = 0;       // of commits: not stored
    int scan_sent_again = 0;   // of steps, for each station: its bridge sends what is not acknowledged
    int label_lost = 0;        // of labels: nobody knows whether it came out
    int shop_deaf = 0;         // of reports: the shop answers an error
    int scan_wrong = 0;        // of scans
    int worker_leaves = 0;     // of turns: he comes back after minutes
};

inline Faults no_faults() {
    return {};
}
inline Faults a_bad_day() {
    return {.message_lost = 15,
            .message_repeated = 15,
            .message_late = 8,
            .line_cut = 150,
            .power_lost = 250,
            .server_restarted = 300,
            .station_disk = 60,
            .server_disk = 40,
            .scan_sent_again = 60,
            .label_lost = 5,
            .shop_deaf = 3,
            .scan_wrong = 10,
            .worker_leaves = 60};
}

}  // namespace kenpin::sim
