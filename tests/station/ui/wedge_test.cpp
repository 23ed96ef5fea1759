#include "station/ui/wedge.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace kenpin;
using ui::Key;
using ui::Wedge;

namespace {

constexpr int shift = 225;

struct Typist {
    Wedge wedge;
    Millis now{1'000};
    std::vector<std::string> scans;
    std::vector<Key> typed;

    void take(const Wedge::Found& found) {
        if (found.scan) scans.push_back(*found.scan);
        typed.insert(typed.end(), found.typed.begin(), found.typed.end());
    }
    void press(int scancode) {
        take(wedge.key({scancode, true, now}));
        take(wedge.key({scancode, false, now}));
    }
    void character(char c) {
        if (c >= '1' && c <= '9') press(30 + c - '1');
        if (c == '0') press(39);
        if (c == '-') press(45);
        if (c >= 'a' && c <= 'z') press(4 + c - 'a');
        if (c >= 'A' && c <= 'Z') {
            take(wedge.key({shift, true, now}));
            press(4 + c - 'A');
            take(wedge.key({shift, false, now}));
        }
    }
    void type(const std::string& text, Millis pace) {
        for (const char c : text) {
            character(c);
            now += pace;
        }
    }
};

}  // namespace

TEST_CASE("a wedge scanner's burst becomes one scan at any pace a scanner has") {
    for (const int pace : {0, 1, 5, 20, 100}) {
        Typist typist;
        for (int i = 0; i < 10; ++i) {
            typist.type("4901234567894", Millis{pace});
            typist.press(40);
            typist.now += Millis{300};
        }
        INFO(pace);
        CHECK(typist.scans == std::vector<std::string>(10, "4901234567894"));
        CHECK(typist.typed.empty());
    }
}

TEST_CASE("our own codes arrive with capitals and hyphens, whatever the layout of the machine") {
    Typist typist;
    typist.type("KLA-03-2-15X", Millis{2});
    typist.press(43);
    CHECK(typist.scans == std::vector<std::string>{"KLA-03-2-15X"});
}

TEST_CASE("equal digits sent so fast that the window system calls them repeats are all kept") {
    Typist typist;
    for (int i = 0; i < 6; ++i) typist.take(typist.wedge.key({30, true, typist.now}));  // no release between
    typist.press(40);
    CHECK(typist.scans == std::vector<std::string>{"111111"});
}

TEST_CASE("a person's typing reaches the text field in order, late by no more than the gap") {
    Typist typist;
    typist.type("abcd", Millis{250});
    typist.press(40);
    typist.take(typist.wedge.quiet(typist.now + Millis{200}));
    CHECK(typist.scans.empty());
    REQUIRE(typist.typed.size() == 9);
    CHECK(typist.typed.front().scancode == 4);
    CHECK(typist.typed.back().scancode == 40);
}

TEST_CASE("fewer than four characters before Enter are typing, not a scan") {
    Typist typist;
    typist.type("123", Millis{1});
    typist.press(40);
    CHECK(typist.scans.empty());
    CHECK(typist.typed.size() == 7);
}

TEST_CASE("a code cut off by a pause is never joined to the next one") {
    Typist typist;
    typist.type("49012345", Millis{2});
    typist.now += Millis{400};
    typist.type("4901234567894", Millis{2});
    typist.press(40);
    CHECK(typist.scans == std::vector<std::string>{"4901234567894"});
}

TEST_CASE("the separator of a GS1 code arrives as its control character") {
    Typist typist;
    typist.type("0101", Millis{1});
    typist.take(typist.wedge.key({224, true, typist.now}));
    typist.press(48);
    typist.take(typist.wedge.key({224, false, typist.now}));
    typist.type("21", Millis{1});
    typist.press(40);
    CHECK(typist.scans == std::vector<std::string>{"0101\x1D"
                                                   "21"});
}

TEST_CASE("a code longer than any code is neither a scan nor typing") {
    Typist typist;
    typist.type(std::string(5'000, '1'), Millis{1});
    typist.press(40);
    typist.type("4901234567894", Millis{1});
    typist.press(40);
    CHECK(typist.scans == std::vector<std::string>{"4901234567894"});
    CHECK(typist.typed.empty());
}
