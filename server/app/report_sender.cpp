#include "server/app/report_sender.hpp"

#include <chrono>
#include <utility>

#include "core/base/limits.hpp"
#include "server/shops/report_to_shop.hpp"

namespace kenpin::app {

ReportSender::ReportSender(Told told)
    : told_(std::move(told)), waiting_(limits::inbox_small), thread_([this] { run(); }) {}

ReportSender::~ReportSender() {
    is_stopping_ = true;
    thread_.join();
}

bool ReportSender::send(ReportToSend report) {
    return waiting_.post(std::move(report));
}

void ReportSender::run() {
    constexpr std::chrono::milliseconds look{200};
    while (!is_stopping_)
        for (const auto& report : waiting_.wait_and_take(look)) {
            if (is_stopping_) return;
            const auto status = shops::send_report(report.url, report.body, report.key, {});
            told_(report, status ? status.value() : 0);
        }
}

}  // namespace kenpin::app
