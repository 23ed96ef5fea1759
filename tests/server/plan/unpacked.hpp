#pragma once
// A file's bytes; one packed by gzip is unpacked.
#include <string>

#include <doctest/doctest.h>
#include <zlib.h>

namespace kenpin::test {

inline std::string unpacked(const std::string& path) {
    gzFile file = gzopen(path.c_str(), "rb");  // reads plain files too
    REQUIRE(file != nullptr);
    std::string text, part(1U << 16U, '\0');
    for (int n = 1; n > 0;) {
        n = gzread(file, part.data(), static_cast<unsigned>(part.size()));
        if (n > 0) text.append(part, 0, static_cast<std::size_t>(n));
    }
    gzclose(file);
    return text;
}

}  // namespace kenpin::test
