#pragma once
// Templates and what stands on them, from files: TOML and JSON into the plain values that printers/layout
// takes.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "printers/layout/paper.hpp"
#include "printers/layout/template.hpp"

namespace kenpin::ctl {

/// Of a TOML text; `name` stands for it in errors. Errors: corrupt (no TOML; the line is named), refused (a
/// wrong key or kind of value, or what layout::template_of says).
Result<layout::Template> template_from(const std::string& toml, const std::string& name);
/// `named`: a path that ends in .toml, or the name of one in `folder`. Errors: further not_found.
Result<layout::Template> read_template(const std::string& named, const std::filesystem::path& folder);
/// The names of all templates in `folder`, in order.
std::vector<std::string> templates_in(const std::filesystem::path& folder);
/// assets/labels beside the program, else where it is installed.
std::filesystem::path labels_folder();

/// One object, or a list of them (a paper or label each). Texts, whole numbers and flags; "rows" is a list of
/// objects. Error: refused, what is wrong; never a value.
Result<std::vector<layout::PaperValues>> values_from(std::string_view json);

}  // namespace kenpin::ctl
