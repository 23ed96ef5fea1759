#pragma once
// holds(what, property): a rapidcheck property as a doctest check, so that a counter-example fails the test.
#include <string>
#include <utility>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace kenpin::test {

template <class Property>
void holds(const std::string& what, Property&& property) {
    INFO(what);
    CHECK(rc::check(what, std::forward<Property>(property)));
}

}  // namespace kenpin::test
