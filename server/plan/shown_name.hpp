#pragma once
// The name of a file as records, messages and terminals may show it, whoever brought the file.
#include <cstddef>
#include <string>
#include <string_view>

namespace kenpin::plan {

/// Length of the UTF-8 character that begins `text`, in bytes; 0: it is none. `text` is not empty.
std::size_t character_at(std::string_view text);

/// What is no UTF-8, control characters and marks that turn the direction of writing become "?"; a name
/// longer than any file system's (255 bytes) is cut and ends in "…".
std::string shown_name(const std::string& name);

}  // namespace kenpin::plan
