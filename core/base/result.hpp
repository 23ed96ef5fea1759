#pragma once
// Result<T>: a value, or the reason there is none. For failures of the outside world (disk, network,
// printer). A wrong scan is not a failure: domain refusals are ordinary return values (core/domain).
#include <string>
#include <utility>
#include <variant>

#include "core/base/check.hpp"

namespace kenpin {

struct Error {
    enum class Kind { not_found, refused, unreachable, corrupt, busy, full };
    Kind kind;
    std::string detail;  // for the log, never for a worker's screen; holds no personal data
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return state_.index() == 0; }
    const T& value() const& { return checked(); }
    T&& value() && {
        (void)checked();  // only to stop on a missing value
        return std::move(std::get<0>(state_));
    }
    const Error& error() const { return std::get<1>(state_); }

private:
    const T& checked() const {
        KENPIN_CHECK(state_.index() == 0);
        return std::get<0>(state_);
    }
    std::variant<T, Error> state_;
};

struct Done {};  // Result<Done>: it worked, there is nothing to return
using Outcome = Result<Done>;

}  // namespace kenpin
