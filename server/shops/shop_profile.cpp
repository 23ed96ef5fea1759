#include "server/shops/shop_profile.hpp"

namespace kenpin::shops {
namespace {

AddresseeColumns rakuten_person(const std::string& who) {
    AddresseeColumns columns;
    columns.family_and_given_name = {who + "姓", who + "名"};
    columns.postcode = {who + "郵便番号1", who + "郵便番号2"};
    columns.prefecture = who + "住所都道府県";
    columns.city = who + "住所郡市区";
    columns.street = who + "住所それ以降の住所";
    columns.phone = {who + "電話番号1", who + "電話番号2", who + "電話番号3"};
    return columns;
}

}  // namespace

// Status: 100 to be confirmed, 200 in the mall's hands, 300 to be shipped, 600/700 paying, 800/900 cancelled.
ShopProfile rakuten_profile() {
    ShopProfile profile;
    profile.name = "rakuten";
    profile.order_number = "注文番号";
    profile.addressee_number = "送付先ID";
    profile.line_number = "商品明細ID";
    profile.item_code = {"システム連携用SKU番号", "商品番号", "商品管理番号"};
    profile.item_name = "商品名";
    profile.qty = "個数";
    profile.unit_price = "単価";
    profile.ordered_at = "注文日時";
    profile.wished_day = "お届け日指定";
    profile.wished_slot = "お届け時間帯";
    profile.is_gift = "ギフト配送希望";
    profile.remark = "コメント";
    profile.wrapping = "のし";
    profile.payment = "支払方法名";
    profile.status = "ステータス";
    profile.goods_total = "商品合計金額";
    profile.shipping = {"送料合計"};
    profile.fee = {"代引料合計"};
    profile.discount = {"ポイント利用額", "クーポン利用総額"};
    profile.total = "請求金額";
    profile.buyer = rakuten_person("注文者");
    profile.ship_to = rakuten_person("送付先");
    profile.slots = {{"", ""},          {"0", ""},         {"1", "AM"},       {"1214", "12-14"},
                     {"1416", "14-16"}, {"1618", "16-18"}, {"1820", "18-20"}, {"1921", "19-21"}};
    profile.payments = {{"クレジットカード", "card"}, {"楽天ペイ", "paypay"},
                        {"銀行振込", "bank"},         {"代金引換", "cod"},
                        {"後払い決済", "atobarai"},   {"セブンイレブン(前払)", "cvs"}};
    profile.unpaid = {"100", "200", "600", "700"};
    profile.cancelled = {"800", "900"};
    return profile;
}

}  // namespace kenpin::shops
