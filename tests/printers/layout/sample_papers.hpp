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

}  // namespace kenpin::layout
