#include "core/domain/barcode.hpp"

#include <doctest/doctest.h>

#include "tests/support/property.hpp"

using namespace kenpin;
using namespace kenpin::domain;

namespace {

Code read(std::string bytes, Symbology symbology = Symbology::unknown, Expect expect = Expect::anything) {
    return classify({std::move(bytes), symbology}, expect);
}

template <class T>
bool is(const Code& code) {
    return std::holds_alternative<T>(code);
}

std::string eleven_digits() {
    return *rc::gen::container<std::string>(11, rc::gen::inRange('0', static_cast<char>('9' + 1)));
}

}  // namespace

TEST_CASE("a JAN with its right check digit is goods, with a wrong one it is unreadable") {
    CHECK(std::get<GoodsCode>(read("4901234567894")).digits == "4901234567894");
    CHECK(std::get<GoodsCode>(read("49123456")).digits == "49123456");
    const auto wrong = read("4901234567895");
    REQUIRE(is<Unreadable>(wrong));
    CHECK(std::get<Unreadable>(wrong).why == Unreadable::Why::check_digit);
}

TEST_CASE("a case code tells the JAN inside it with its check digit made anew") {
    const auto code = read("14901234567891");
    REQUIRE(is<CaseCode>(code));
    CHECK(std::get<CaseCode>(code).inner_jan == "4901234567894");
}

TEST_CASE("twelve digits are what the symbology says, else what the step asks for") {
    CHECK(is<WaybillCode>(read("200961185434", Symbology::codabar)));
    CHECK(is<GoodsCode>(read("036000291452", Symbology::upc_a)));
    CHECK(is<WaybillCode>(read("200961185434", Symbology::unknown, Expect::waybill)));
    CHECK(std::get<GoodsCode>(read("036000291452", Symbology::unknown, Expect::goods)).digits ==
          "0036000291452");
}

TEST_CASE(
    "a tracking number is read with any start and stop letters, and says when its check digit is wrong") {
    for (const auto* text : {"A200961185434A", "d200961185434d", "a200961185434b"}) {
        const auto code = read(text, Symbology::codabar);
        REQUIRE(is<WaybillCode>(code));
        CHECK(std::get<WaybillCode>(code).number == TrackingNo{"200961185434"});
        CHECK(std::get<WaybillCode>(code).check_is_right);
    }
    CHECK_FALSE(std::get<WaybillCode>(read("200961185435", Symbology::codabar)).check_is_right);
}

TEST_CASE("the check digit of a tracking number is its first eleven digits mod 7") {
    CHECK(tracking_check_digit("20096118543") == '4');
    CHECK(tracking_check_digit("12345678901") == '3');
    CHECK(tracking_check_is_right("444413758703"));
    CHECK(tracking_check_is_right("405548424886"));
    CHECK(tracking_check_is_right("512547514334"));
    CHECK_FALSE(tracking_check_is_right("51254751433"));
    test::holds("a made number checks, and no check digit is 7, 8 or 9", [] {
        const auto number = eleven_digits();
        const char digit = tracking_check_digit(number);
        RC_ASSERT(digit >= '0' && digit <= '6');
        RC_ASSERT(tracking_check_is_right(number + digit));
    });
}

TEST_CASE("each code of ours is read back as it was made") {
    const auto code = make_own_code(OwnKind::location, "A-01-03-2");
    REQUIRE(code);
    const auto read_back = read(*code);
    REQUIRE(is<OwnCode>(read_back));
    CHECK(std::get<OwnCode>(read_back).kind == OwnKind::location);
    CHECK(std::get<OwnCode>(read_back).body == "A-01-03-2");
}

TEST_CASE("one changed character of a code of ours never makes another code of ours") {
    test::holds("single substitution is caught", [] {
        const auto body = *rc::gen::nonEmpty(rc::gen::container<std::string>(
            rc::gen::elementOf(std::string("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))));
        RC_PRE(body.size() <= 20U);
        const auto code = *make_own_code(OwnKind::tote, body);
        const auto at = *rc::gen::inRange<std::size_t>(2, code.size());
        auto broken = code;
        broken[at] = *rc::gen::elementOf(std::string("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
        RC_PRE(broken != code);
        RC_ASSERT(
            std::holds_alternative<Unreadable>(classify({broken, Symbology::unknown}, Expect::anything)));
    });
}

TEST_CASE("a code of ours is not made from a body that does not fit") {
    CHECK_FALSE(make_own_code(OwnKind::tote, ""));
    CHECK_FALSE(make_own_code(OwnKind::tote, "abc"));
    CHECK_FALSE(make_own_code(OwnKind::tote, "123456789012345678901"));
}

TEST_CASE("what fits nothing is unreadable or plain text, never a part of itself") {
    CHECK(is<Unreadable>(read("")));
    CHECK(is<Unreadable>(read(std::string(5000, '1'))));
    CHECK(std::get<Unreadable>(read("490\x1d"
                                    "1234"))
              .text == "490?1234");
    CHECK(std::get<OtherText>(read("A-01-03-2")).text == "A-01-03-2");
    CHECK(std::get<OtherText>(read("12345")).text == "12345");
    CHECK(is<OtherText>(read("1234567", Symbology::code128)));
    test::holds("any bytes are classified", [](const std::string& bytes) { (void)shown(read(bytes)); });
}

TEST_CASE("a tracking number is shown in groups of four") {
    CHECK(shown(read("200961185434", Symbology::codabar)) == "2009-6118-5434");
}

TEST_CASE("an international mail item shows a wrong digit, and only its own form is one") {
    CHECK(mail_check_digit("47312482") == '9');  // the example of UPU S10
    CHECK(mail_check_digit("00000000") == '5');
    CHECK(mail_check_is_right("RR473124829JP"));
    CHECK_FALSE(mail_check_is_right("RR473124828JP"));
    CHECK_FALSE(is_mail_item("RR47312482JP"));
    CHECK_FALSE(is_mail_item("R1473124829JP"));
    CHECK_FALSE(is_mail_item("RR473124829J1"));
}
