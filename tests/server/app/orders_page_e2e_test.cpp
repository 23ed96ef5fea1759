// The page about what came in, in a real browser. KENPIN_SCREENS=DIR leaves its pictures there.
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/protocol/base64.hpp"
#include "places.hpp"
#include "tests/server/app/server_process.hpp"
#include "tests/support/browser.hpp"

using namespace kenpin;
using nlohmann::json;

namespace {

constexpr std::chrono::seconds patience{30};

std::string order(const std::string& number, const std::string& sku, int qty) {
    const auto total = std::to_string(310 * qty);
    return R"({"v":1,"order_no":")" + number +
           R"(","ordered_at":"2026-11-23T10:06:00+09:00","buyer":{"name":"𠮷田 髙子①","postcode":"1000001",)"
           R"("prefecture":"東京都","city":"千代田区","street":"千代田1-1","building":"","phone":"090-0000-1234"},)"
           R"("lines":[{"line_no":1,"sku":")" +
           sku + R"(","name":"リボン","qty":)" + std::to_string(qty) +
           R"(,"unit_price_yen":310,"tax_rate_percent":10}],"payment":"card","totals":{"goods_yen":)" +
           total + R"(,"shipping_yen":0,"fee_yen":0,"discount_yen":0,"total_yen":)" + total + "}}";
}

// In base64: it is CP932.
std::string order_file() {
    std::ifstream file(std::string(KENPIN_SOURCE_ROOT) + "/assets/demo/orders-rakuten.csv", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    return protocol::to_base64(bytes);
}

struct OrdersPage {
    support::ServerProcess server;
    std::unique_ptr<support::Browser> browser;

    OrdersPage() {
        server.import_demo();
        CHECK(server.post("/api/v1/orders?shop=HONTEN", order("H1", "G-22081", 2)).status == 201);
        CHECK(server.post("/api/v1/orders?shop=HONTEN", order("H1", "G-22081", 3)).status == 409);
        CHECK(server.post("/api/v1/orders?shop=HONTEN", order("H2", "NOT-OURS", 1)).status == 422);
        const auto made = server.post("/api/v1/keys", R"({"name":"desk","scopes":["supervisor"]})");
        key = json::parse(made.body)["secret"].get<std::string>();
        auto started = support::Browser::start(1280, 1400);
        if (!started) FAIL(started.error().detail);
        browser = std::move(started).value();
    }

    void open(const std::string& path) {
        REQUIRE(browser->open(server.url(path)));
        run("sessionStorage.setItem('kenpin-key', '" + key + "')");
        REQUIRE(browser->open(server.url(path)));
        until("document.body.dataset.drawn === 'yes'");
    }
    void run(const std::string& script) { REQUIRE(browser->evaluate(script)); }
    void until(const std::string& script) {
        INFO(script);
        CHECK(browser->wait_until(script, patience));
    }
    void picture(const std::string& name) {
        if (const char* folder = std::getenv("KENPIN_SCREENS"))
            CHECK(browser->photograph(std::filesystem::path(folder) / (name + ".png")));
    }
    static std::string row(const std::string& code) {
        return "[...document.querySelectorAll('#records > li')].find((li) => "
               "li.querySelector('code')?.textContent "
               "=== '" +
               code + "')";
    }
    static std::string press(const std::string& inside, const std::string& text) {
        return "[..." + inside + ".querySelectorAll('button')].find((b) => b.textContent === '" + text +
               "').click()";
    }

    std::string key;
};

}  // namespace

TEST_CASE("in the browser a person sees what waits, takes files in, corrects one order and decides another") {
    OrdersPage page;
    page.open("/orders");
    page.until("document.body.innerText.includes('知らない商品コードです')");
    page.until("document.body.innerText.includes('同じ受注番号で内容の違う受注があります')");

    // A file, as a person would drop it.
    const auto file = json("a,b\r\n1,2\r\n").dump();
    page.run("uploadAll([new File([" + file + "], '受注.csv')]), 1");
    page.until("document.querySelector('#uploads li.bad')?.textContent.includes('受注.csv')");
    page.picture("orders-ja");

    // The record that nobody knew: opened, shown exactly, corrected.
    page.run(OrdersPage::press(OrdersPage::row("E-SKU"), "元の記録を見る"));
    page.until("document.querySelector('.original textarea')?.value.includes('𠮷田 髙子①')");
    page.picture("orders-original-ja");
    page.run(
        "(() => { const t = document.querySelector('.original textarea'); t.value = "
        "t.value.replace('NOT-OURS', 'G-22081'); })()");
    page.run(OrdersPage::press("document", "直して取り込む"));
    page.until("document.querySelector('.note')?.textContent.includes('取り込みました')");

    // The conflict.
    page.run(OrdersPage::press(OrdersPage::row("E-DUP-CONFLICT"), "今の受注を残す"));
    page.until("document.querySelector('.note')?.textContent.includes('今の受注を残しました')");
    const auto open = json::parse(page.server.get("/api/v1/intake?state=open").body)["records"];
    REQUIRE(open.size() == 1);  // the file that is no order file waits still
    CHECK(open[0]["file"] == "受注.csv");
    CHECK(page.browser->evaluate("document.documentElement.scrollWidth <= innerWidth").value() == "true");
    CHECK(page.server.output().find("髙子") == std::string::npos);

    page.open("/orders?lang=en");
    page.until("document.body.innerText.includes('Orders in')");
    page.picture("orders-en");
}

TEST_CASE("a code that nobody knows is asked once; the answer takes every order that waits for it") {
    OrdersPage page;
    CHECK(page.server.post("/api/v1/orders?shop=HONTEN", order("H3", "NOT-OURS", 2)).status == 422);
    CHECK(page.server.post("/api/v1/orders?shop=HONTEN", order("H4", "G 22081", 1)).status == 422);
    page.open("/orders");
    page.until("document.querySelectorAll('#questions li.ask').length === 2");
    page.until("document.querySelector('#questions li.ask b').textContent === 'NOT-OURS'");
    page.until(
        "document.querySelector('#questions .waits').textContent.startsWith('2件の受注が待っています')");
    page.picture("orders-codes-ja");

    // An item that nobody has: told, nothing changed.
    const std::string asked = "document.querySelector('#questions li.ask')";
    page.run(asked + ".querySelector('.sku').value = 'NOBODY'");
    page.run(OrdersPage::press(asked, "保存"));
    page.until(asked + ".querySelector('.note').textContent.includes('商品マスタにない商品です')");

    // A set: two items.
    page.run(asked + ".querySelector('.sku').value = 'G-22081'");
    page.run(asked + ".querySelector('.units').value = 2");
    page.run(OrdersPage::press(asked, "商品を追加(セット)"));
    page.run("[..." + asked + ".querySelectorAll('.sku')].at(-1).value = 'G-22139'");
    page.run(OrdersPage::press(asked, "保存"));
    page.until(
        "document.querySelector('#questions .good')?.textContent.includes('NOT-OURS: "
        "2件の受注を取り込みました')");
    page.until("document.querySelectorAll('#questions li.ask').length === 1");
    const auto waiting = json::parse(page.server.get("/api/v1/intake?state=open&code=E-SKU").body)["records"];
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0]["order_no"] == "H4");

    // What is nearly an item's code is proposed, in the other language too.
    page.open("/orders?lang=en");
    page.until("document.querySelector('#questions .proposal')?.textContent.startsWith('Perhaps G-22081')");
    page.picture("orders-codes-en");
    page.run("document.querySelector('#questions .proposal').click()");
    page.run(OrdersPage::press("document.querySelector('#questions')", "Save"));
    page.until(
        "document.querySelector('#questions .good')?.textContent.includes('G 22081: orders taken: 1')");
    CHECK(page.browser->evaluate("document.documentElement.scrollWidth <= innerWidth").value() == "true");
}

TEST_CASE(
    "orders for one person are shown with what may go together and what differs, and kenpinctl says the "
    "same") {
    OrdersPage page;
    CHECK(page.server.post("/api/v1/orders?shop=HONTEN", order("H5", "G-22081", 1)).status == 201);
    CHECK(page.server.post("/api/v1/orders?shop=HONTEN", order("H7", "G-22081", 1)).status == 201);
    auto cod = order("H6", "G-22081", 1);
    cod.replace(cod.find("\"card\""), 6, "\"cod\"");
    CHECK(page.server.post("/api/v1/orders?shop=HONTEN", cod).status == 201);
    page.open("/orders");
    page.until("document.querySelectorAll('#together li').length === 1");
    page.until(
        "document.querySelector('#together .offer').textContent === 'まとめられます: HONTEN:H5、HONTEN:H7'");
    page.until("document.querySelector('#together .differs').textContent.includes('代引き')");
    page.picture("orders-together-ja");
    page.open("/orders?lang=en");
    page.until("document.querySelector('#together .differs')?.textContent.endsWith('COD')");
    page.picture("orders-together-en");

    const auto said = [&](const std::string& language, const std::string& key) {
        auto started = support::Process::start(
            {.argv = {std::string(KENPIN_BIN_DIR) + "/kenpinctl", "--lang", language, "orders", "together",
                      "--server", page.server.url(""), "--key", key}});
        if (!started) FAIL(started.error().detail);
        auto process = std::move(started).value();
        REQUIRE(process.wait(std::chrono::seconds{20}));
        return process.output();
    };
    CHECK(said("ja", page.key).find("まとめられます: HONTEN:H5 HONTEN:H7") != std::string::npos);
    CHECK(said("ja", page.key).find("違うところ: 代引き (cod)") != std::string::npos);
    const auto english = said("en", page.key);
    INFO(english);
    CHECK(english.find("may go together: HONTEN:H5 HONTEN:H7") != std::string::npos);
    CHECK(english.find("differs: COD (cod)") != std::string::npos);
    CHECK(said("ja", "a-key-of-nobody").find("--key") != std::string::npos);  // what one at a terminal can do
    for (const auto& text : {english, page.server.get("/api/v1/consolidations").body})
        CHECK(text.find("髙子") == std::string::npos);
}

TEST_CASE("a file that is dropped tells what became of each order, also of those that were here already") {
    OrdersPage page;
    page.open("/orders");
    const std::string file = json(order_file()).dump();
    page.run("uploadAll([new File([Uint8Array.from(atob(" + file +
             "), (c) => c.charCodeAt(0))], '楽天.csv')]), 1");
    page.until(
        "document.querySelector('#uploads li')?.textContent.includes('楽天.csv: 受入 48件、保留 "
        "0件、取込不可 0件')");
    page.until("document.querySelectorAll('#uploads details li').length >= 48");
    page.run("delete document.body.dataset.uploaded");
    page.run("uploadAll([new File([Uint8Array.from(atob(" + file +
             "), (c) => c.charCodeAt(0)), '\\r\\n'], '楽天2.csv')]), 1");
    page.until("document.body.dataset.uploaded === 'yes'");
    page.until(
        "/楽天2.csv: 受入 0件、保留 0件、取込不可 "
        "0件、すでにあった受注や対象外の行 4[89]件/.test(document.querySelector('#uploads li').textContent)");
    page.until("document.querySelector('#file-list').textContent.includes('すでにあった 48件')");
    page.run(
        "document.querySelector('#uploads details').open = document.querySelector('#files-in').open = true");
    page.picture("orders-upload-ja");
}

TEST_CASE("of a name too long for a carrier the page tells which field, how long, and how much fits") {
    OrdersPage page;
    auto text = order("H9", "G-22081", 1);
    std::string name;
    for (int i = 0; i < 34; ++i) name += "漢";
    text.replace(text.find("𠮷田 髙子①"), std::string("𠮷田 髙子①").size(), name);
    CHECK(page.server.post("/api/v1/orders?shop=HONTEN", text).status == 201);
    page.open("/orders");
    page.run(OrdersPage::press("document", "どの欄が長いか"));
    page.until(
        "document.querySelector('.lengths')?.innerText.replaceAll('\\t', ' ').includes('1 名前 34 ヤマト運輸 "
        "16(1行)')");
    page.picture("orders-lengths-ja");
}

TEST_CASE("a key that may only look is asked nothing and stays signed in") {
    OrdersPage page;
    const auto made = page.server.post("/api/v1/keys", R"({"name":"looker","scopes":["orders:read"]})");
    page.key = json::parse(made.body)["secret"].get<std::string>();
    page.open("/orders");
    page.until("document.body.dataset.asked === 'yes'");
    page.until("document.querySelector('#questions').textContent === ''");
    page.until("!document.querySelector('main').hidden");

    // What needs another key is not offered, and a press that came through all the same is answered, not
    // signed out.
    page.until("document.body.classList.contains('no-upload')");
    page.until("document.body.innerText.includes('このキーは見るだけです')");
    page.until("[...document.querySelectorAll('.supervises')].every((b) => b.offsetParent === null)");
    page.run("document.querySelector('#records > li button').click()");
    page.until("document.querySelector('.note')?.textContent.includes('supervisor のキーが要ります')");
    page.until("!document.querySelector('main').hidden");
    page.picture("orders-only-looks-ja");
}

TEST_CASE("the filter of the list never decides where a file goes; the upload has its own shop") {
    OrdersPage page;
    page.open("/orders");
    page.until(
        "document.querySelector('#upload-shop').selectedOptions[0].textContent === '店舗は見出しから(自動)'");
    page.until("[...document.querySelectorAll('#upload-shop option')].some((o) => o.value === 'HONTEN')");
    page.run("document.querySelector('#shop').value = 'NOBODY'");
    const std::string file = json(order_file()).dump();
    page.run("uploadAll([new File([Uint8Array.from(atob(" + file +
             "), (c) => c.charCodeAt(0))], '楽天.csv')]), 1");
    page.until("document.querySelector('#uploads li')?.textContent.includes('楽天.csv: 受入 48件')");
}

TEST_CASE("where the server cannot tell whose orders a file holds the page points at the choice of shops") {
    OrdersPage page;
    page.open("/orders");
    page.run(
        "window.fetch = ((real) => (path, how) => path.startsWith('/api/v1/import') ? Promise.resolve(new "
        "Response(JSON.stringify({ error: 'shop_needed', ja: 'どの店舗か分かりません', remedy: { ja: "
        "'?shop=店舗コード を付けてください' } }), { status: 422 })) : real(path, how))(window.fetch), 1");
    page.run("uploadAll([new File(['a'], 'shop.csv')]), 1");
    page.until("document.querySelector('#uploads li.bad')?.textContent.includes('「取り込む店舗」で選んで')");
    page.until("document.activeElement.id === 'upload-shop'");
    page.until("!document.body.innerText.includes('?shop=')");
    page.picture("orders-shop-needed-ja");
}

TEST_CASE(
    "a server that cannot be reached is said at the list and at the file, which can be sent once more") {
    OrdersPage page;
    page.open("/orders");
    page.run("window.reached = window.fetch, 1");
    page.run("window.fetch = () => Promise.reject(new TypeError('down')), 1");
    page.run(OrdersPage::press("document", "表示"));
    page.until("document.querySelector('#list-problem').textContent.startsWith('サーバーに届きません')");
    page.run("uploadAll([new File(['a,b'], 'late.csv')]), 1");
    page.until("document.querySelector('#uploads li.bad')?.textContent.includes('サーバーに届きません')");
    page.run("window.fetch = () => Promise.resolve(new Response('<html>', { status: 502 })), 1");
    page.run("document.querySelector('#list-problem').textContent = ''");
    page.run(OrdersPage::press("document", "表示"));
    page.until("document.querySelector('#list-problem').textContent.startsWith('サーバーに届きません')");
    page.run(
        "window.fetch = () => Promise.resolve(new Response('{\"error\":\"too_many_requests\"}', { status: "
        "429, headers: { 'Retry-After': '7' } })), 1");
    page.run(OrdersPage::press("document", "表示"));
    page.until("document.querySelector('#list-problem').textContent.includes('7秒待って')");
    page.run("window.fetch = window.reached, 1");
    page.run(OrdersPage::press("document.querySelector('#uploads')", "もう一度"));
    page.until("document.querySelector('#uploads li.bad')?.textContent.includes('形式')");
    page.until("document.querySelector('#list-problem').textContent === ''");
}

TEST_CASE("an order is dropped only by a button pressed twice; choosing the reason alone changes nothing") {
    OrdersPage page;
    page.open("/orders");
    const std::string why = OrdersPage::row("E-SKU") + ".querySelector('.why')";
    page.until(why + ".querySelector('button').disabled");
    page.run("(() => { const s = " + why +
             ".querySelector('select'); s.value = 'checked'; s.dispatchEvent(new Event('change')); })()");
    page.run(OrdersPage::press(why, "取り込まない"));
    page.until(why + ".textContent.includes('もう一度押すと取り込みません')");
    page.picture("orders-sure-ja");
    CHECK(json::parse(page.server.get("/api/v1/intake?state=open&code=E-SKU").body)["records"].size() == 1);
    page.until(why + ".querySelector('button').textContent === '取り込まない'");  // nobody pressed again
    page.run(OrdersPage::press(why, "取り込まない"));
    page.run(OrdersPage::press(why, "もう一度押すと取り込みません"));
    page.until(
        "document.querySelector('#records .note')?.textContent.includes('取り込まないことにしました')");
    CHECK(json::parse(page.server.get("/api/v1/intake?state=open&code=E-SKU").body)["records"].empty());
}

TEST_CASE("an order that somebody set aside is taken after all by a button of its row") {
    OrdersPage page;
    const auto waiting = json::parse(page.server.get("/api/v1/intake?state=open&code=E-SKU").body)["records"];
    REQUIRE(waiting.size() == 1);
    const auto record = waiting[0]["record"].dump();
    CHECK(page.server.post("/api/v1/intake/" + record + "/drop", R"({"reason":"checked"})").status == 200);
    CHECK(page.server
              .post("/api/v1/codes",
                    R"({"shop":"HONTEN","code":"NOT-OURS","items":[{"sku":"G-22081","units":1}]})")
              .status == 200);  // what was set aside stays so
    page.open("/orders");
    page.run(
        "(() => { const s = document.getElementById('state'); s.value = 'closed'; "
        "s.dispatchEvent(new Event('change', { bubbles: true })); })(), 1");
    const auto row = "document.querySelector('[data-record=\"" + record + "\"]')";
    page.until(row + " !== null");
    page.until(row + ".querySelector('.why') === null");  // set aside already
    page.run(OrdersPage::press(row, "もう一度取り込む"));
    page.until("document.querySelector('#records .note')?.textContent.includes('取り込みました')");
    CHECK(page.server.get("/api/v1/orders/HONTEN:H2").status == 200);
}

TEST_CASE("what is typed in one row, and how many rows are shown, outlive what is done in another") {
    OrdersPage page;
    for (int i = 0; i < 60; ++i)
        page.server.post("/api/v1/orders?shop=HONTEN", order("T" + std::to_string(i), "ODD", 1));
    page.open("/orders");
    page.run("document.querySelector('#more').click()");
    page.until("document.querySelectorAll('#records > li').length > 60");
    const std::string last =
        "[...document.querySelectorAll('#records > li')].find((li) => li.querySelector('b').textContent === "
        "'H2')";
    page.run(OrdersPage::press(last, "元の記録を見る"));
    page.until(last + ".querySelector('textarea') !== null");
    page.run(last + ".querySelector('textarea').value = 'half typed'");
    page.until("document.querySelector('#questions .sku') !== null");
    page.run("document.querySelector('#questions .sku').value = 'HALF'");
    page.run(OrdersPage::press(OrdersPage::row("E-DUP-CONFLICT"), "今の受注を残す"));
    page.until("document.querySelector('#records .note')?.textContent.includes('今の受注を残しました')");
    page.until("document.querySelectorAll('#records > li').length > 60");
    page.until(last + ".querySelector('textarea').value === 'half typed'");
    page.until("document.querySelector('#questions .sku').value === 'HALF'");
}

TEST_CASE(
    "a record of a file is corrected field by field, empty ones too; what was not touched stays as it came") {
    OrdersPage page;
    const std::string file = json("注文番号,商品,備考,個数\r\n\"A1\",\"x \"\"y\"\", z\",,3\r\n").dump();
    page.open("/orders");
    // The form itself, with records as the server gives them.
    page.run(
        "window.kept = ((text) => ({ file: 'f.csv', part: 0, record: 2, charset: 'utf-8', header: "
        "text.split('\\r\\n')[0], text: text.split('\\r\\n')[1] + '\\r\\n' }))(" +
        file + "), 1");
    page.run("window.form = fieldTable(kept, fieldsOf(kept)), document.body.append(form), 1");
    page.until("form.querySelectorAll('.field').length === 4");
    page.until("form.querySelectorAll('tr.empty').length === 1");
    page.until("form.querySelectorAll('.field')[1].value === 'x \"y\", z'");
    page.until("!corrections.get(form).isChanged() && corrections.get(form).record().text === kept.text");
    page.run("form.querySelectorAll('.field')[2].value = 'a,\"b\"'");
    page.until("corrections.get(form).record().text === '\"A1\",\"x \"\"y\"\", z\",\"a,\"\"b\"\"\",3\\r\\n'");

    // Where nobody can say where a field ends the record is corrected as it stands.
    for (const auto* text : {"'1,2,3'", "'5\" x,2'", "'\"1,2'", "'1, \"2\"'"})
        page.until(std::string("fieldsOf({ header: 'a,b', charset: 'utf-8', text: ") + text + " }) === null");
    page.until("fieldsOf({ header: 'a,b', charset: '', text: '1,2' }) === null");
    page.until("fieldsOf({ header: 'a\\tb', charset: 'utf-8', text: '\"1\"\\t2' }) === null");
}

TEST_CASE("an order of a file whose code nobody knew is corrected in its fields and taken") {
    OrdersPage page;
    page.open("/orders");
    const std::string file = json(order_file()).dump();
    // The codes are ASCII: the bytes of the rest stay as they are.
    page.run("window.latin = atob(" + file + ").replaceAll('G-2', 'QQ-2').replaceAll('g-2', 'QQ-2'), 1");
    page.run("uploadAll([new File([Uint8Array.from(latin, (c) => c.charCodeAt(0))], '楽天.csv')]), 1");
    page.until("document.body.dataset.uploaded === 'yes'");
    page.run("window.row = document.querySelector('#records > li[data-record]'), 1");
    page.run(OrdersPage::press("row", "元の記録を見る"));
    page.until("row.querySelectorAll('.fields .field').length > 100");
    page.picture("orders-fields-ja");
    page.run("row.querySelectorAll('.field').forEach((f) => { f.value = f.value.replace('QQ-2', 'G-2'); })");
    page.run(OrdersPage::press("row", "直して取り込む"));
    page.until("document.querySelector('#records .note')?.textContent.includes('取り込みました')");
}
