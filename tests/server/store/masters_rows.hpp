#pragma once
// Masters for the store's tests: two items, a bench, a shop with a contracted range of numbers.
#include "server/store/masters.hpp"
#include "tests/server/store/floor_story.hpp"

namespace kenpin::store {

struct FurnishedStory : FloorStory {
    FurnishedStory() {
        read([&](sqlite::Tx& tx) {
            replace_items(tx, site, owner,
                          {{Sku{"TEA"}, "煎茶", "Green tea", "100g", 120, Yen{500}, 8, true, false},
                           {Sku{"RICE"}, "米", "Rice", "", 1000, Yen{900}, 8, false, false}});
            replace_barcodes(tx, site, owner,
                             {{"4901234567894", Sku{"TEA"}, Qty{1}, "JAN13"},
                              {"14901234567891", Sku{"TEA"}, Qty{12}, "ITF14"},
                              {"4909876543214", Sku{"RICE"}, Qty{1}, "JAN13"}});
            replace_shop_items(tx, site, owner, {{shop, "tea-100", Sku{"TEA"}, Qty{1}}});
            replace_locations(tx, site,
                              {{LocationCode{"A-01"}, "A", 1, 1, 2, 0, 0, "pick"},
                               {LocationCode{"R-01"}, "R", 1, 1, 4, 0, 0, "reserve"}});
            replace_totes(tx, site, {{ToteCode{"0001"}, "50L"}});
            replace_workers(tx, site, {{WorkerId{"1001"}, "見本", "picker", "ja"}});
            replace_stations(tx, site,
                             {{picker, "ハンディ1", "handheld-4", "picker", {}, {}},
                              {packer, "梱包台1", "bench-10", "packer", PrinterId{"LP1"}, PrinterId{"SP1"}}});
            replace_printers(tx, site, {{PrinterId{"LP1"}, "送り状", "label", "zpl", 8, 100, 150}});
            replace_carriers(tx, site,
                             {{CarrierId{"yamato"}, "ヤマト運輸", "宅急便", 12, "mod7",
                               domain::TrackingCovers::one_piece, "nw7", "a"}});
            replace_shops(tx, site,
                          {{owner, shop, "本店", "api", domain::WaybillWay::own_label, CarrierId{"yamato"},
                            "http://127.0.0.1:1/hook", "keyhash", "テストギフト", "1000001",
                            "東京都千代田区1-1", "03-0000-0000", "T0000000000000"}});
            replace_number_ranges(tx, site, {{shop, CarrierId{"yamato"}, 1000003, 1000009}});
            return 0;
        });
    }
};

}  // namespace kenpin::store
