#pragma once
// Says that a file was written anew, in place or by replacing it. One thread.
#include <filesystem>
#include <string>

#include "firmware-bridge/app/fd.hpp"

namespace kenpin::app {

class FileWatch {
public:
    /// An empty path, or a folder that cannot be watched: fd() is -1 and nothing ever changes.
    explicit FileWatch(const std::filesystem::path& file);

    int fd() const { return fd_.get(); }
    /// Takes what is there to read; true when our file was among it.
    bool has_changed();

private:
    std::string name_;
    Fd fd_;
};

}  // namespace kenpin::app
