#include "server/ctl/say.hpp"

#include <cstdio>

namespace kenpin::ctl {

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

}  // namespace kenpin::ctl
