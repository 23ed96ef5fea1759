#include "adaptors/crypto/key_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace kenpin::crypto {
namespace {

class File {
public:
    File(const std::string& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (is_open()) ::close(descriptor_);
    }
    bool is_open() const { return descriptor_ >= 0; }
    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

Error unreachable(const std::string& path) {
    return Error{Error::Kind::unreachable, path + ": " + std::strerror(errno)};
}

Result<Key> read_key(const std::string& path, const File& file) {
    struct stat state {};
    if (::fstat(file.descriptor(), &state) != 0) return unreachable(path);
    if ((state.st_mode & 0077U) != 0)
        return Error{Error::Kind::refused, path + ": others may read this key; set its mode to 0600"};
    char text[128];
    const auto length = ::read(file.descriptor(), text, sizeof text);
    if (length < 0) return unreachable(path);
    std::string_view line(text, static_cast<std::size_t>(length));
    while (line.ends_with('\n')) line.remove_suffix(1);
    const auto bytes = from_base64(line);
    if (!bytes) return Error{Error::Kind::corrupt, path + ": holds no key"};
    return Key::from_bytes(bytes.value());
}

// Under another name first, so that a power cut leaves a whole key or none.
Outcome write_key(const std::string& path, const Key& key) {
    const auto draft = path + ".new-" + random_hex(4);
    {
        const File file(draft, O_WRONLY | O_CREAT | O_EXCL);
        if (!file.is_open()) return unreachable(draft);
        const auto line = to_base64(key.bytes()) + "\n";
        if (::write(file.descriptor(), line.data(), line.size()) != static_cast<ssize_t>(line.size()) ||
            ::fsync(file.descriptor()) != 0)
            return unreachable(draft);
    }
    const bool linked =
        ::link(draft.c_str(), path.c_str()) == 0;  // unlike rename(), never replaces another's key
    const bool exists = !linked && errno == EEXIST;
    const auto error = unreachable(path);
    ::unlink(draft.c_str());
    if (!linked && !exists) return error;
    const auto folder = std::filesystem::path(path).parent_path().string();
    const File directory(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
    if (!directory.is_open() || ::fsync(directory.descriptor()) != 0) return unreachable(folder);
    return Done{};
}

}  // namespace

Result<Key> load_or_create_key(const std::string& path) {
    {
        const File file(path, O_RDONLY);
        if (file.is_open()) return read_key(path, file);
        if (errno != ENOENT) return unreachable(path);
    }
    if (auto written = write_key(path, Key::random()); !written) return written.error();
    const File file(path, O_RDONLY);
    if (!file.is_open()) return unreachable(path);
    return read_key(path, file);
}

}  // namespace kenpin::crypto
