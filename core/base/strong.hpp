#pragma once
// Strong<Tag, Rep>: an int or string that cannot be mixed up with another one.
#include <compare>
#include <cstddef>
#include <functional>

namespace kenpin {

template <class Tag, class Rep>
struct Strong {
    Rep value{};
    auto operator<=>(const Strong&) const = default;
};

}  // namespace kenpin

template <class Tag, class Rep>
struct std::hash<kenpin::Strong<Tag, Rep>> {
    std::size_t operator()(const kenpin::Strong<Tag, Rep>& id) const { return std::hash<Rep>{}(id.value); }
};
