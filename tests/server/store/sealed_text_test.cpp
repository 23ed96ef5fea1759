#include "server/store/sealed_text.hpp"

#include "tests/server/store/floor_story.hpp"

using namespace kenpin;
using namespace kenpin::store;

namespace {

Private<std::string> hidden(const char* text) {
    return Private<std::string>(text);
}

struct Drawers : FloorStory {
    crypto::Key site_key = crypto::Key::random();
    BuyerTextId id{"bt-1"};

    plan::BuyerText buyer() {
        plan::BuyerText text;
        text.buyer = {hidden("見本 花子"), hidden("1000001"), hidden("東京都"),       hidden("千代田区"),
                      hidden("架空1-2"),   hidden(""),        hidden("000-0000-0000")};
        text.ship_to = {text.buyer, text.buyer};
        text.ship_to[1].name = hidden("例 太郎");
        text.remark = hidden("3:置き配で:");
        return text;
    }
    bool put() {
        return read(
            [&](sqlite::Tx& tx) { return put_buyer_text(tx, site, site_key, id, "HONTEN:1", buyer(), now); });
    }
    Result<plan::BuyerText> open(const crypto::Key& key) {
        return database.read([&](sqlite::Tx& tx) { return open_buyer_text(tx, site, key, id); });
    }
};

}  // namespace

TEST_CASE_FIXTURE(Drawers, "a buyer's words come back as they were, field by field") {
    CHECK(put());
    const auto text = open(site_key);
    REQUIRE(text);
    CHECK(text.value().buyer.name.reveal() == "見本 花子");
    CHECK(text.value().buyer.building.reveal().empty());
    REQUIRE(text.value().ship_to.size() == 2);
    CHECK(text.value().ship_to[1].name.reveal() == "例 太郎");
    CHECK(text.value().ship_to[1].phone.reveal() == "000-0000-0000");
    CHECK(text.value().remark.reveal() == "3:置き配で:");
}

TEST_CASE_FIXTURE(Drawers, "the same words put in twice stay as they were") {
    CHECK(put());
    CHECK_FALSE(put());
}

TEST_CASE_FIXTURE(Drawers, "without the site's key nobody reads them, in the database neither") {
    put();
    CHECK(open(crypto::Key::random()).error().kind == Error::Kind::corrupt);
    CHECK(text("sealed", "buyer_text").find("見本") == std::string::npos);
    CHECK(text("about", "buyer_text") == "HONTEN:1");
}

TEST_CASE_FIXTURE(Drawers, "an erased key makes the text unreadable, for ever and for everyone") {
    put();
    CHECK(read([&](sqlite::Tx& tx) { return erase_buyer_text(tx, site, id, now); }));
    CHECK(open(site_key).error().kind == Error::Kind::refused);
    CHECK(text("wrapped_key", "buyer_text") == "");
    CHECK_FALSE(read([&](sqlite::Tx& tx) { return erase_buyer_text(tx, site, id, now); }));
    CHECK_FALSE(put());  // a late copy of the order does not bring it back
    CHECK(open(site_key).error().kind == Error::Kind::refused);
}

TEST_CASE_FIXTURE(Drawers, "a text moved to another row does not open there") {
    put();
    read([](sqlite::Tx& tx) { return tx.run("UPDATE buyer_text SET id = 'bt-2'"); });
    id = BuyerTextId{"bt-2"};
    CHECK(open(site_key).error().kind == Error::Kind::corrupt);
}

TEST_CASE_FIXTURE(Drawers, "a buyer is found by what she is called, until she is erased") {
    put();
    const SearchField name{"name", hidden("見本花子")};
    const auto find = [&](const crypto::Key& key) {
        return read([&](sqlite::Tx& tx) { return find_buyers(tx, site, owner, key, name); });
    };
    read([&](sqlite::Tx& tx) {
        index_buyer(tx, site, owner, site_key, id, {name, {"phone", hidden("00000000000")}});
        return 0;
    });
    CHECK(find(site_key) == std::vector{id});
    CHECK(find(crypto::Key::random()).empty());
    read([&](sqlite::Tx& tx) { return erase_buyer_text(tx, site, id, now); });
    CHECK(find(site_key).empty());
}

TEST_CASE_FIXTURE(Drawers, "received records are kept sealed, and the old ones are named for erasing") {
    const SealedText record{"file-1", "orders.csv", hidden("受注番号,見本 花子")};
    CHECK(read(
        [&](sqlite::Tx& tx) { return put_sealed(tx, site, Drawer::received_file, site_key, record, now); }));
    const auto opened = database.read(
        [&](sqlite::Tx& tx) { return open_sealed(tx, site, Drawer::received_file, site_key, "file-1"); });
    CHECK(opened.value().reveal() == "受注番号,見本 花子");
    const auto old = [&](Instant limit) {
        return read([&](sqlite::Tx& tx) { return sealed_before(tx, site, Drawer::received_file, limit); });
    };
    CHECK(old(now).empty());
    CHECK(old(now + Millis{1}) == std::vector<std::string>{"file-1"});
    read([&](sqlite::Tx& tx) { return erase_sealed(tx, site, Drawer::received_file, "file-1", now); });
    CHECK(old(now + Millis{1}).empty());
}
