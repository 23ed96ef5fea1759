#pragma once
// A small label's template as a file would say it, for tests that spoil it.
#include "printers/layout/template.hpp"

namespace kenpin::test {

inline layout::RawTemplate shelf_template() {
    return {
        "shelf",
        {{"size", "60 30"}},
        {{{"name", "code"}, {"sample", "A-01-03"}, {"needed", "true"}}, {{"name", "zone"}, {"sample", "2F"}}},
        {{{"name", "code"}, {"text", "{code}"}, {"box", "2 2 30 8"}, {"font", "6 3 2"}, {"bold", "true"}},
         {{"name", "zone"}, {"text", "{zone}"}, {"box", "34 2 20 8"}, {"font", "4"}, {"when", "zone"}},
         {{"kind", "bars"},
          {"own", "location"},
          {"text", "{code}"},
          {"box", "0 12 60 15"},
          {"narrow", "0.25"}}},
        {}};
}

inline layout::RawTemplate list_template() {
    return {"list",
            {{"size", "100 80"}, {"table", "5 20 90 50"}, {"head", "6"}, {"row", "10"}},
            {{{"name", "title"}, {"sample", "List"}},
             {{"name", "sku"}, {"sample", "S-1"}, {"row", "true"}},
             {{"name", "tracking"}, {"sample", "A491234567894A"}, {"row", "true"}}},
            {{{"text", "{title} {page}/{pages}"}, {"box", "5 5 90 8"}, {"font", "5 3 2"}}},
            {{{"title", "No"}, {"text", "{line}"}, {"box", "5 8"}, {"font", "4 2 2"}},
             {{"title", "SKU"}, {"text", "{sku}"}, {"box", "13 22"}, {"font", "4 2 1"}},
             {{"title", "Bars"},
              {"kind", "bars"},
              {"bars", "nw7"},
              {"text", "{tracking}"},
              {"box", "35 60"},
              {"narrow", "0.25"},
              {"when", "tracking"}}}};
}

inline std::string wrong_with(const layout::RawTemplate& raw) {
    const auto read = layout::template_of(raw);
    return read ? "" : read.error().detail;
}

}  // namespace kenpin::test
