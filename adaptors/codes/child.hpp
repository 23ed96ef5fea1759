#pragma once
// The process kenpin-decoder, held by one socket. It may die at any moment; whoever holds it starts another.
#include <string>

#include "core/base/result.hpp"

namespace kenpin::codes {

class Child {
public:
    /// `program`: its path; empty: $KENPIN_DECODER, else kenpin-decoder beside the running program.
    explicit Child(std::string program) : program_(std::move(program)) {}
    ~Child();
    Child(Child&& other) noexcept;
    Child& operator=(Child&& other) noexcept;

    /// Does nothing when it runs. unreachable: it cannot be started.
    Outcome start();
    /// Ends it at once and waits for that.
    void stop();

    int pid() const { return pid_; }        // -1: not running, as far as we know
    int socket() const { return socket_; }  // -1 likewise; blocking, use MSG_DONTWAIT

private:
    std::string program_;
    int pid_ = -1;
    int socket_ = -1;
};

}  // namespace kenpin::codes
