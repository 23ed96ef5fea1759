#pragma once
// One server on one data folder: whoever holds the lock may change the database in it.
#include <filesystem>
#include <utility>

#include "core/base/result.hpp"

namespace kenpin::app {

class DataLock {
public:
    /// Errors: busy (another program holds it), unreachable. It is given back when the object or its process
    /// ends, however that ends.
    static Result<DataLock> take(const std::filesystem::path& folder);
    DataLock(DataLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
    DataLock& operator=(DataLock&&) = delete;
    ~DataLock();

private:
    explicit DataLock(int file) : file_(file) {}
    int file_;
};

}  // namespace kenpin::app
