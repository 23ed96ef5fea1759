// kenpin-virtual-printer: a label printer made of software, for tests and the demo. Loopback only. Says its
// ports as one JSON line when it is ready.
#include <cstdio>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "core/base/inbox.hpp"
#include "core/base/latest.hpp"
#include "core/base/limits.hpp"
#include "printers/virtual/panel.hpp"
#include "printers/virtual/serve.hpp"
#include "printers/virtual/tray.hpp"

namespace {

using namespace kenpin;
using namespace kenpin::virtual_printer;

struct Arguments {
    int port = 0;
    int http_port = 0;
    std::string out;
    std::string language = "zpl";
    int dpmm = 8;
    int width_mm = 100;
    int length_mm = 150;
    int label_ms = 0;
};

encode::PrinterModel model_of(const Arguments& arguments) {
    constexpr int head_mm = 104;
    const int dpmm = arguments.dpmm;
    return {.name = arguments.language,
            .language = encode::language_of(arguments.language),
            .head = {.dots_per_m = dpmm * 1'000, .width_dots = head_mm * dpmm},
            .media = {.width_dots = arguments.width_mm * dpmm, .length_dots = arguments.length_mm * dpmm}};
}

std::vector<std::string> language_names() {
    std::vector<std::string> out;
    for (const auto* language : encode::languages()) out.emplace_back(language->name);
    return out;
}

int fail(const Error& error) {
    std::fprintf(stderr, "kenpin-virtual-printer: %s\n", error.detail.c_str());
    return 1;
}

int run(const Arguments& arguments) {
    auto tray = Tray::open(arguments.out);
    if (!tray) return fail(tray.error());
    Tray paper = std::move(tray).value();
    Inbox<FaultWish> wishes(limits::inbox_small);
    Latest<PanelView> view;
    const ServeSettings settings{
        .port = arguments.port, .model = model_of(arguments), .label_time = Millis{arguments.label_ms}};
    auto serve = Serve::open(settings, paper, wishes, view);
    if (!serve) return fail(serve.error());
    auto panel = Panel::start(arguments.http_port, paper.folder(), wishes, view);
    if (!panel) return fail(panel.error());
    std::printf("{\"port\":%d,\"http_port\":%d}\n", serve.value()->port(), panel.value()->port());
    std::fflush(stdout);
    const auto ended = serve.value()->run();
    return ended ? 0 : fail(ended.error());
}

}  // namespace

int main(int argc, char** argv) {
    Arguments arguments;
    CLI::App app{"A label printer made of software: a printer language in, PNG out."};
    app.add_option("--port", arguments.port, "TCP port for labels, 0: any");
    app.add_option("--http-port", arguments.http_port,
                   "port of the panel (GET /labels, POST /faults), 0: any");
    app.add_option("--out", arguments.out, "folder for label-NNNN.png and labels.jsonl")->required();
    app.add_option("--language", arguments.language, "what it speaks")
        ->check(CLI::IsMember(language_names()));
    app.add_option("--dpmm", arguments.dpmm, "dots per mm")->check(CLI::IsMember({6, 8, 12, 24}));
    app.add_option("--width-mm", arguments.width_mm, "of the roll")->check(CLI::Range(10, 300));
    app.add_option("--length-mm", arguments.length_mm, "of its labels")->check(CLI::Range(10, 600));
    app.add_option("--label-ms", arguments.label_ms, "time to print one label")->check(CLI::Range(0, 60'000));
    CLI11_PARSE(app, argc, argv);
    return run(arguments);
}
