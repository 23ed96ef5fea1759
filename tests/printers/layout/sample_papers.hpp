#pragma once
// Papers of invented people and shops, for tests.
#include "printers/layout/fields.hpp"

namespace kenpin::layout {

inline Private<std::string> secret(const char* text) {
    return Private<std::string>(text);
}

inline WaybillFields sample_waybill() {
    WaybillFields fields;
    fields.carrier = {"KAMOME"};
    fields.carrier_name = "かもめ運輸";
    fields.service_name = "宅配便 発払い";
    fields.tracking = {"491234567894"};
    fields.recipient = {secret("160-0022"),
                        Private<std::vector<std::string>>(
                            {"東京都新宿区新宿三丁目99番99号", "検品サンプルマンション 1203号室"}),
                        secret("髙﨑 𠮷之介"), secret("090-0000-0000")};
    fields.sender = {secret("530-0001"),
                     Private<std::vector<std::string>>({"大阪府大阪市北区梅田九丁目99-9 サンプル倉庫 2階"}),
                     secret("あおぞら雑貨店"), secret("06-0000-0000")};
    fields.shipment = {"S26112400017"};
    fields.order_no = "412345-20261124-0000123456";
    fields.wished_day = parse_day("2026-11-26");
    fields.wished_slot = "14-16時";
    fields.ship_day = parse_day("2026-11-24");
    fields.contents = "キッチン雑貨(マグカップ、木製トレー)";
    fields.handling = {"ワレモノ", "天地無用"};
    return fields;
}

inline SlipFields sample_slip() {
    SlipFields fields;
    fields.shop_name = "あおぞら雑貨店";
    fields.shop_lines = {"〒530-0001 大阪府大阪市北区梅田九丁目99-9", "TEL 06-0000-0000",
                         "info@aozora.example"};
    fields.registration_no = "T1234567890123";
    fields.order_no = "412345-20261124-0000123456";
    fields.order_day = parse_day("2026-11-23");
    fields.ship_day = parse_day("2026-11-24");
    fields.shipment = {"S26112400017"};
    fields.shipment_code = "KSS26112400017X";
    fields.recipient_name = secret("髙﨑 𠮷之介");
    fields.lines = {{"MUG-BLU-350", "マグカップ 北欧風 350ml ブルー", {2}, {1'650}, 10},
                    {"TRAY-OAK-L",
                     "木製トレー オーク L (持ち手付き・食洗機対応・ギフト箱入り・数量限定品)",
                     {1},
                     {3'980},
                     10},
                    {"TEA-UJI-100", "宇治煎茶 100g 袋入り", {3}, {1'080}, 8},
                    {"", "送料", {1}, {550}, 10},
                    {"", "クーポン値引き", {1}, {-500}, 10}};
    fields.message =
        "商品に不備がございましたら、お届けから7日以内にご連絡ください。レビューもお待ちしております😊";
    return fields;
}

}  // namespace kenpin::layout
