#pragma once
// The tray as a page for people: the newest label first, as it came out, with what its bars say; what is
// wrong with the printer, and buttons for it. It looks every second by itself; nothing is fetched from
// elsewhere.
#include <string_view>

namespace kenpin::virtual_printer {

std::string_view tray_page();  // HTML

}  // namespace kenpin::virtual_printer
