#pragma once
// The sums of a slip, as a qualified invoice wants them: for each tax rate one sum and one tax, the tax
// rounded once per rate (down), never per line. Pure.
#include <vector>

#include "core/base/ids.hpp"
#include "printers/layout/fields.hpp"

namespace kenpin::layout {

struct TaxSum {
    int percent = 10;
    Yen amount;  // with tax
    Yen tax;     // inside amount
};

struct InvoiceSums {
    std::vector<TaxSum> rates;  // highest rate first
    Yen total;                  // with tax
};

/// Line prices with tax or without, as `prices_include_tax` says. Discounts are lines with a negative price.
InvoiceSums sums_of(const std::vector<SlipLine>& lines, bool prices_include_tax);

Yen line_amount(const SlipLine& line);

}  // namespace kenpin::layout
