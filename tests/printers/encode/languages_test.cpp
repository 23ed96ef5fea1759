// What holds for every language of the table. A new one is tested by being in it; its golden file is written
// by ./dev test --update and read like code.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "tests/printers/encode/conversation.hpp"
#include "tests/printers/golden.hpp"

using namespace kenpin;
using namespace kenpin::encode;

namespace {

// 16 x 3 mm at 8 dots/mm: dots in every bit of a byte, and at the edges.
Bitmap small_picture() {
    Bitmap out(20, 24);
    for (int i = 0; i < 20; ++i) out.blacken(i, i);
    for (int x = 0; x < 20; ++x) out.blacken(x, 23);
    return out;
}
constexpr Media small_media{.width_dots = 24, .length_dots = 24};

// One line per command byte that begins one, what is not printable as \xNN.
std::string readable(std::string_view bytes) {
    constexpr std::string_view hex = "0123456789abcdef";
    std::string out;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\x1b' && !out.empty()) out += '\n';
        if (c == '\n') {
            out += "\\n\n";
        } else if (byte < 0x20 || byte > 0x7e || c == '\\') {
            out += std::string("\\x") + hex[byte >> 4U] + hex[byte & 15U];
        } else {
            out += c;
        }
    }
    return out + "\n";
}

LabelJob job_of(const Bitmap& bitmap, const Media& media) {
    return {.bitmap = bitmap, .media = media, .mark = {.number = 7, .name = "S26112400017-1"}};
}

// A job as bytes, or why this language refuses it.
std::string said(const Language& language, const LabelJob& job) {
    const auto bytes = language.encode(job);
    return bytes ? readable(bytes.value()) : "refused: " + bytes.error().detail + "\n";
}

std::string golden_of(const Language& language) {
    const auto picture = small_picture();
    auto job = job_of(picture, small_media);
    auto out = "# as made\n" + said(language, job);
    job.settings.after = After::cut;
    job.media.tracking = Tracking::continuous;
    out += "# a roll without gaps, cut\n" + said(language, job);
    job.media.tracking = Tracking::black_mark;
    job.media.ribbon = Ribbon::thermal_transfer;
    job.settings = {.speed_inch_per_s = 6, .darkness = 30};
    out += "# marks, ribbon, fast, dark\n" + said(language, job);
    job.media = small_media;
    job.settings = {.speed_inch_per_s = 2, .darkness = 0, .after = After::peel_off};
    out += "# slow, light, peeled off\n" + said(language, job);
    const auto ours = language.dialogue(small_media, {});
    for (int asked = 0;; ++asked) {
        const auto question = ours->question(asked);
        if (question.empty()) return out;
        out += "# question\n" + readable(question);
    }
}

bool is_same_picture(const Bitmap& drawn, const Bitmap& sent) {
    if (drawn.width_dots < sent.width_dots || drawn.height_dots < sent.height_dots) return false;
    for (int y = 0; y < drawn.height_dots; ++y)
        for (int x = 0; x < drawn.width_dots; ++x) {
            const bool is_sent = x < sent.width_dots && y < sent.height_dots && sent.is_black(x, y);
            if (drawn.is_black(x, y) != is_sent) return false;
        }
    return true;
}

std::vector<ReceivedLabel> labels_in(std::vector<Received> events) {
    std::vector<ReceivedLabel> out;
    for (auto& event : events)
        if (auto* label = std::get_if<ReceivedLabel>(&event)) out.push_back(std::move(*label));
    return out;
}

template <class Check>
void for_each_language(Check&& check) {
    for (const auto* language : languages()) {
        INFO("language ", language->name);
        check(*language);
    }
}

}  // namespace

TEST_CASE("every language is found by its name, and by no other") {
    for_each_language([](const Language& language) { CHECK(language_of(language.name) == &language); });
    CHECK(language_of("") == nullptr);
    CHECK(language_of("klingon") == nullptr);
}

TEST_CASE("what goes to a printer is what always went to it: each mode set in each job") {
    for_each_language([](const Language& language) {
        support::check_golden("printers/language_" + std::string(language.name) + ".txt",
                              golden_of(language));
    });
}

TEST_CASE("what we send is what the printer draws, dot for dot, wherever the network cuts the stream") {
    for_each_language([](const Language& language) {
        CHECK(rc::check(language.name, [&] {
            Bitmap bitmap(*rc::gen::inRange(1, 120), *rc::gen::inRange(1, 60));
            for (int y = 0; y < bitmap.height_dots; ++y)
                for (int x = 0; x < bitmap.width_dots; ++x)
                    if (*rc::gen::inRange(0, 3) == 0) bitmap.blacken(x, y);
            const Media media{.width_dots = 120, .length_dots = 64};
            const auto job = language.encode(job_of(bitmap, media)).value();
            const auto stream = job + job;
            const auto theirs = language.printer(media, {});
            const auto cut = *rc::gen::inRange<std::size_t>(0, stream.size() + 1);
            auto labels = labels_in(theirs->receive(stream.substr(0, cut)));
            for (auto& label : labels_in(theirs->receive(stream.substr(cut))))
                labels.push_back(std::move(label));
            RC_ASSERT(labels.size() == 2U);
            for (const auto& label : labels) RC_ASSERT(is_same_picture(label.bitmap, bitmap));
            RC_ASSERT(!theirs->is_inside_label());
        }));
    });
}

TEST_CASE("byte by byte is the same as at once, and copies are one label each") {
    for_each_language([](const Language& language) {
        const auto picture = small_picture();
        const auto job = language.encode(job_of(picture, small_media)).value();
        const auto theirs = language.printer(small_media, {});
        std::vector<ReceivedLabel> labels;
        for (const char c : job)
            for (auto& label : labels_in(theirs->receive(std::string(1, c))))
                labels.push_back(std::move(label));
        REQUIRE(labels.size() == 1);
        CHECK(is_same_picture(labels.front().bitmap, picture));
        CHECK(labels.front().quantity == 1);
    });
}

TEST_CASE(
    "a label larger than its media, an empty one and impossible settings are refused in every language") {
    for_each_language([](const Language& language) {
        const Bitmap wide(25, 2);
        const Bitmap none;
        const Bitmap good(8, 8);
        auto job = job_of(good, small_media);
        CHECK_FALSE(language.encode(job_of(wide, small_media)));
        CHECK_FALSE(language.encode(job_of(none, small_media)));
        job.settings.darkness = 31;
        CHECK_FALSE(language.encode(job));
        job.settings = {.speed_inch_per_s = 1};
        CHECK_FALSE(language.encode(job));
    });
}

TEST_CASE(
    "a printer that is well says so, and one without media or with an open cover never says it can print") {
    for_each_language([](const Language& language) {
        for (const auto condition : {Condition::media_out, Condition::head_open}) {
            INFO(to_text(condition));
            Conversation talk(language);
            (void)talk.ask();
            if (!talk.ours->status()) continue;  // a language in which printers say nothing
            CHECK(talk.ours->status()->can_print());
            talk.is_stopped_by(condition);
            (void)talk.ask();
            CHECK_FALSE(talk.ours->status()->can_print());
            CHECK(talk.ours->status()->conditions == std::vector{condition});
            talk.inside.status = {};
            (void)talk.ask();
            CHECK(talk.ours->status()->can_print());
        }
    });
}

TEST_CASE("answers are understood at every split, glued together, and after noise") {
    for_each_language([](const Language& language) {
        Conversation talk(language);
        talk.is_stopped_by(Condition::head_open);
        const auto question = talk.ours->question(0);
        auto said = talk.answer(question);
        if (said.empty()) said = talk.answer(talk.ours->question(1));
        if (said.empty()) return;
        for (std::size_t cut = 0; cut <= said.size(); ++cut) {
            const auto ours = language.dialogue({}, {});
            for (int asked = 0; !ours->question(asked).empty();) ++asked;  // all of them are open
            (void)ours->hear(said.substr(0, cut));
            (void)ours->hear(said.substr(cut));
            REQUIRE(ours->status().has_value());
            CHECK(ours->status()->has(Condition::head_open));
        }
    });
}

TEST_CASE(
    "no label is called printed while the printer has it inside, and each is proven as its language can") {
    for_each_language([](const Language& language) {
        const auto picture = small_picture();
        Conversation talk(language);
        (void)talk.ask();
        const auto one =
            talk.send(language.encode(job_of(picture, small_media)).value(), {7, "S26112400017-1"});
        talk.begins(one);
        (void)talk.ask();
        CHECK(talk.ours->take_proven().empty());
        talk.is_stopped_by(Condition::media_out);
        talk.inside.status.labels_remaining = 1;
        (void)talk.ask();
        CHECK(talk.ours->take_proven().empty());
        talk.begins(one);
        (void)talk.ask();
        CHECK(talk.ours->take_proven().empty());
        talk.is_out(one);
        (void)talk.ask();
        const auto proven = talk.ours->take_proven();
        if (language.proof == PrinterProof::none)
            CHECK(proven.empty());
        else
            CHECK(proven == std::vector<JobMark>{{7, "S26112400017-1"}});
        (void)talk.ask();
        CHECK(talk.ours->take_proven().empty());  // told once
    });
}

TEST_CASE("what a printer said before it had the label proves nothing about it") {
    for_each_language([](const Language& language) {
        const auto picture = small_picture();
        Conversation talk(language);
        std::string early;
        for (int asked = 0;; ++asked) {
            const auto question = talk.ours->question(asked);
            if (question.empty()) break;
            early += talk.answer(question);
        }
        (void)talk.send(language.encode(job_of(picture, small_media)).value(), {7, "S26112400017-1"});
        (void)talk.ours->hear(early);
        CHECK(talk.ours->take_proven().empty());
    });
}
