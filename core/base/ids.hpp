#pragma once
// The names of things on the floor, and the quantities. Each is its own type (docs/GLOSSARY.md has the
// words).
#include <cstdint>
#include <string>

#include "core/base/strong.hpp"

namespace kenpin {

using SiteId = Strong<struct SiteTag, std::string>;    // one building, one server, e.g. "TOKYO1"
using OwnerId = Strong<struct OwnerTag, std::string>;  // 荷主
using ShopId = Strong<struct ShopTag, std::string>;
using CarrierId = Strong<struct CarrierTag, std::string>;
using DeviceId =
    Strong<struct DeviceTag, std::string>;  // a station, the server or kenpinctl; also its broker account
using WorkerId = Strong<struct WorkerTag, std::string>;
using PrinterId = Strong<struct PrinterTag, std::string>;

using OrderId = Strong<struct OrderTag, std::string>;          // "<shop>:<number in the shop>"
using ShipmentId = Strong<struct ShipmentTag, std::string>;    // fits in a code of ours: [0-9A-Z-]{1,20}
using ListId = Strong<struct ListTag, std::string>;            // picking list, same alphabet
using BuyerTextId = Strong<struct BuyerTextTag, std::string>;  // key of a sealed row; never the text itself
using TrackingNo = Strong<struct TrackingTag, std::string>;    // 送り状番号, digits only

using Sku = Strong<struct SkuTag, std::string>;
using LocationCode = Strong<struct LocationTag, std::string>;
using ToteCode = Strong<struct ToteTag, std::string>;
using LotNo = Strong<struct LotTag, std::string>;

using LineNo = Strong<struct LineTag, int>;    // 1.. within an order, shipment or list
using PieceNo = Strong<struct PieceTag, int>;  // 個口, 1..n of a shipment
using SlotNo = Strong<struct SlotTag, int>;    // 間口, 1..max_slots_per_cart
using Qty = Strong<struct QtyTag, int>;        // pieces of goods
using Yen = Strong<struct YenTag, std::int64_t>;

using Epoch = Strong<struct EpochTag, std::int64_t>;  // made with a device's database: random, 1 .. 2^63-1
using Seq = Strong<struct SeqTag, std::int64_t>;      // of an event within (device, epoch): gapless from 1

}  // namespace kenpin
