#include "tests/support/browser.hpp"

#include <fstream>
#include <thread>
#include <utility>

#include <nlohmann/json.hpp>

#include "adaptors/crypto/crypto.hpp"
#include "adaptors/http/client.hpp"

namespace kenpin::support {
namespace {

using Json = nlohmann::json;

Error broken(const std::string& what) {
    return Error{Error::Kind::refused, "browser: " + what};
}

Result<Json> value_of(const Result<http::Answer>& answer) {
    if (!answer) return answer.error();
    const auto json = Json::parse(answer.value().body, nullptr, false);
    if (!http::is_success(answer.value()) || !json.contains("value"))
        return broken(answer.value().body.substr(0, 300));
    return json["value"];
}

Result<Json> post(const std::string& url, const Json& body) {
    return value_of(http::post({.url = url,
                                .content_type = "application/json",
                                .body = body.dump(),
                                .answer_within = std::chrono::seconds{60}}));
}

Json capabilities(int width, int height, const std::filesystem::path& profile) {
    const Json args = {"--headless=new",
                       "--no-sandbox",
                       "--disable-gpu",
                       "--disable-dev-shm-usage",
                       "--hide-scrollbars",
                       "--user-data-dir=" + profile.string(),
                       "--window-size=" + std::to_string(width) + "," + std::to_string(height)};
    return {{"capabilities", {{"alwaysMatch", {{"goog:chromeOptions", {{"args", args}}}}}}}};
}

}  // namespace

Result<std::unique_ptr<Browser>> Browser::start(int width, int height) {
    const auto port = std::to_string(free_port());
    auto driver = Process::start({.argv = {"chromedriver", "--port=" + port}});
    if (!driver) return driver.error();
    const std::string base = "http://127.0.0.1:" + port;
    std::unique_ptr<Browser> browser(new Browser(std::move(driver).value(), base));
    if (!browser->driver_.wait_for_line("started successfully", std::chrono::seconds{20}))
        return broken("chromedriver does not start: " + browser->driver_.output());
    const auto session = post(base + "/session", capabilities(width, height, browser->profile_.path()));
    if (!session) return session.error();
    browser->session_ = base + "/session/" + session.value().value("sessionId", "");
    return browser;
}

Browser::~Browser() {
    driver_.stop();  // and with it all that it started
}

Outcome Browser::open(const std::string& url) {
    const auto opened = post(session_ + "/url", {{"url", url}});
    if (!opened) return opened.error();
    return Done{};
}

Result<std::string> Browser::evaluate(const std::string& expression) {
    const auto value =
        post(session_ + "/execute/sync", {{"script", "return " + expression}, {"args", Json::array()}});
    if (!value) return value.error();
    return value.value().dump();
}

bool Browser::wait_until(const std::string& expression, std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < end) {
        const auto now = evaluate(expression);
        if (now && now.value() == "true") return true;
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    return false;
}

Outcome Browser::photograph(const std::filesystem::path& file) {
    const auto taken =
        value_of(http::get({.url = session_ + "/screenshot", .answer_within = std::chrono::seconds{60}}));
    if (!taken) return taken.error();
    const auto bytes = crypto::from_base64(taken.value().get<std::string>());
    if (!bytes) return bytes.error();
    std::ofstream out(file, std::ios::binary);
    out << bytes.value();
    if (!out.flush()) return broken("cannot write " + file.string());
    return Done{};
}

}  // namespace kenpin::support
