#include "server/ctl/say.hpp"

#include <cstdio>

namespace kenpin::ctl {

int print(const Report& report) {
    std::fwrite(report.text.data(), 1, report.text.size(), stdout);
    if (!report.complaint.empty()) std::fprintf(stderr, "kenpinctl: %s\n", report.complaint.c_str());
    return report.exit_code;
}

void say(const Context& context, const Sentence& sentence) {
    std::printf("%s\n", context.language == "en" ? sentence.en.c_str() : sentence.ja.c_str());
}

int complain(const Context& context, const Sentence& sentence) {
    std::fprintf(stderr, "kenpinctl: %s\n",
                 context.language == "en" ? sentence.en.c_str() : sentence.ja.c_str());
    return 1;
}

int complain(const Error& error) {
    std::fprintf(stderr, "kenpinctl: %s\n", error.detail.c_str());
    return 1;
}

int complain(const Context& context, const Error& error, const Sentence& missing) {
    return error.kind == Error::Kind::not_found ? complain(context, missing) : complain(error);
}

}  // namespace kenpin::ctl
