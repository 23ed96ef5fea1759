#pragma once
// Every limit of the floor, with its name. A limit that is reached is always said aloud, never silent.
#include <chrono>
#include <cstddef>

namespace kenpin::limits {

inline constexpr std::size_t waiting_scans = 64;  // scanned while the one before is being stored
inline constexpr std::chrono::milliseconds twice_read{
    300};  // the same code again sooner: one piece read twice?
inline constexpr std::chrono::milliseconds just_gone{
    3'000};  // a list that went to another so lately was meant to be begun, not to be taken over
inline constexpr std::size_t outbox_events = 100'000;  // a device refuses work visibly beyond this
inline constexpr std::size_t own_events = 20'000;      // a running station remembers, for documents to come
inline constexpr std::size_t batch_events = 50;        // events in one MQTT message
inline constexpr std::size_t window_batches = 4;       // unacknowledged messages in flight
inline constexpr std::chrono::milliseconds resend_first{1'000};
inline constexpr std::chrono::milliseconds resend_longest{15'000};
inline constexpr std::chrono::milliseconds not_accepted_after{
    3'000};  // no answer to hello: refused by the ACL
inline constexpr std::chrono::milliseconds command_expiry{60'000};
inline constexpr std::chrono::hours command_longest{12};  // a message may wait so long for its device
inline constexpr std::size_t message_characters = 60;     // of a message to workers: one look
inline constexpr std::chrono::milliseconds message_latest{60'000};  // nothing is longer on its way
inline constexpr std::chrono::milliseconds clock_off{2'000};        // of a device's clock: said to people
inline constexpr std::chrono::milliseconds reconnect_first{250};    // pause after a lost connection, doubling
inline constexpr std::chrono::milliseconds reconnect_longest{15'000};
inline constexpr std::chrono::milliseconds connect_longest{20'000};    // then a connect counts as failed
inline constexpr std::chrono::milliseconds silent_connection{45'000};  // no answer for so long: connect anew
inline constexpr std::chrono::milliseconds greet_again{
    30'000};  // hello while all is well: catches up on lost documents
inline constexpr std::chrono::hours keep_after_ack{24};  // acknowledged events stay this long on the device

inline constexpr int slots_per_cart = 12;
inline constexpr int pieces_per_shipment = 99;
inline constexpr int lines_per_order = 500;
inline constexpr int units_per_line = 9'999;
inline constexpr std::size_t code_body = 20;      // characters of a code of ours
inline constexpr std::size_t scan_bytes = 4'096;  // longest code any device may hand us

inline constexpr std::chrono::minutes lease{45};
inline constexpr std::chrono::minutes lease_grace{2};  // the server waits this much longer than the device

inline constexpr int labels_in_flight = 2;  // sent but unproven, per printer
inline constexpr std::chrono::hours print_document_life{12};

inline constexpr std::size_t inbox_small = 1'024;
inline constexpr std::size_t inbox_large = 65'536;
inline constexpr std::size_t bridge_ring = 256;           // unacknowledged scans kept by the bridge
inline constexpr std::size_t bridge_packet = 64 * 1'024;  // bytes of one packet
inline constexpr std::chrono::milliseconds device_reopen_first{
    50};  // a device that vanished is looked for again
inline constexpr std::chrono::milliseconds device_reopen_longest{2'000};
inline constexpr std::size_t http_body = 16 * 1'024 * 1'024;
inline constexpr std::size_t order_file = 256 * 1'024 * 1'024;  // bytes, also unpacked
inline constexpr int board_streams = 64;
inline constexpr std::chrono::seconds write_answer{5};  // an HTTP handler waits this long for the writer

}  // namespace kenpin::limits
