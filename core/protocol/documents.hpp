#pragma once
// What the server gives to stations: immutable, versioned documents that hold all a device needs to verify on
// its own. None holds personal data. `folded_upto`: of each life of this device, how far the server already
// counted its events into the progress fields; the device folds all others on top.
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/domain/verify_pack.hpp"
#include "core/domain/verify_pick.hpp"

namespace kenpin::protocol {

struct FoldedUpto {
    Epoch epoch;
    Seq seq;
};

struct GoodsText {  // how goods are shown
    Sku sku;
    std::string name;
    std::string variant;  // colour, size, capacity: loud on the screen; may be empty
};

struct PickListDoc {
    int version = 1;
    std::vector<FoldedUpto> folded_upto;
    Millis lease{0};    // from receipt, on the device's monotonic clock
    std::string title;  // e.g. "1便"; may be empty
    domain::PickTask task;
    std::vector<GoodsText> goods;
};

struct PackDoc {
    int version = 1;
    std::vector<FoldedUpto> folded_upto;
    ListId list;
    SlotNo slot;
    std::optional<ToteCode> tote;  // the box it lies in; nothing: not picked with a box
    std::string order_shown;       // the shop's order number, for people
    std::string shop_shown;
    std::string carrier_shown;  // "ヤマト運輸 宅急便"
    bool with_slip = true;
    bool print_here = true;  // papers are printed at this bench
    domain::PackTask task;
    std::vector<GoodsText> goods;
};

struct WorkerRow {
    WorkerId worker;
    std::string name;
};

struct Settings {
    int version = 1;
    std::string site_name;
    std::string language = "ja";  // "ja" | "en"
    domain::PickRules pick_rules;
    std::vector<WorkerRow> workers;
    std::string document_key;  // base64, seals print documents and spool rows at rest; kept in a 0600 file
};

std::string to_json(const PickListDoc& doc);
std::string to_json(const PackDoc& doc);
std::string to_json(const Settings& settings);
Result<PickListDoc> pick_list_from_json(std::string_view json);
Result<PackDoc> pack_from_json(std::string_view json);
Result<Settings> settings_from_json(std::string_view json);

}  // namespace kenpin::protocol
