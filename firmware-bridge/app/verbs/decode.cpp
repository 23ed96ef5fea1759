// `kenpin-bridge decode FILE…`: what stands in pictures, one JSON line each.
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "firmware-bridge/app/decode_files.hpp"
#include "firmware-bridge/app/verbs/verb.hpp"

namespace kenpin::app {

void add_decode(CLI::App& program, Verb& chosen) {
    auto files = std::make_shared<std::vector<std::string>>();  // held by the callback that CLI11 copies
    auto* verb = program.add_subcommand("decode", "reads barcodes out of pictures, one JSON line per file");
    verb->add_option("files", *files, "PNG, JPEG or WebP pictures")->required();
    verb->callback([&chosen, files] { chosen = [files] { return decode_files(*files); }; });
}

}  // namespace kenpin::app
