#pragma once
// What the administrator may ask of kenpin-bridge besides being the daemon. Each verb adds itself to the
// command line and, when the user chose it, puts what is to be run into `chosen`; it returns the exit code.
#include <functional>
#include <string>

namespace CLI {
class App;
}

namespace kenpin::app {

inline constexpr const char* usual_socket = "/run/kenpin-bridge/bridge.sock";
inline constexpr const char* usual_configuration = "/etc/kenpin/bridge.toml";

using Verb = std::function<int()>;

void add_list(CLI::App& program, Verb& chosen);
void add_monitor(CLI::App& program, Verb& chosen);
void add_doctor(CLI::App& program, Verb& chosen);
void add_decode(CLI::App& program, Verb& chosen);

}  // namespace kenpin::app
