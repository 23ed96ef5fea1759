// kenpin-virtual-printer: a label printer made of software, for tests and the demo. Loopback only. Says its
// ports as one JSON line when it is ready.
#include <cstdio>
#include <string>

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
    ServeSettings serve;
    int http_port = 0;
    std::string out;
};

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
    auto serve = Serve::open(arguments.serve, paper, wishes, view);
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
    CLI::App app{"A label printer made of software: ZPL in, PNG out."};
    app.add_option("--port", arguments.serve.port, "TCP port for ZPL, 0: any");
    app.add_option("--http-port", arguments.http_port,
                   "port of the panel (GET /labels, POST /faults), 0: any");
    app.add_option("--out", arguments.out, "folder for label-NNNN.png and labels.jsonl")->required();
    app.add_option("--dpmm", arguments.serve.dpmm, "dots per mm")->check(CLI::IsMember({6, 8, 12, 24}));
    CLI11_PARSE(app, argc, argv);
    return run(arguments);
}
