#include "tests/sim/goods.hpp"

#include <algorithm>
#include <vector>

#include "core/domain/barcode.hpp"
#include "tests/support/shop_order.hpp"

namespace kenpin::sim {
namespace {

constexpr int case_units = 6;
constexpr int first_waybill = 10'000, waybills_of_a_version = 1'000;
constexpr int stays_the_same = 4;  // of changes, once in so many: the shop answers a shortage so

std::string padded(int number, std::size_t digits) {
    const auto text = std::to_string(number);
    return std::string(digits - std::min(digits, text.size()), '0') + text;
}

std::string jan(int number) {
    const auto twelve = "29" + padded(number, 10);
    return twelve + domain::gtin_check_digit(twelve);
}

std::string itf14(int number) {
    const auto thirteen = "1" + jan(number).substr(0, 12);
    return thirteen + domain::gtin_check_digit(thirteen);
}

TrackingNo tracking(int number) {
    const auto eleven = padded(number, 11);
    return TrackingNo{eleven + domain::tracking_check_digit(eleven)};
}

void put_goods(Goods& goods, Chance& chance) {
    auto& items = goods.files["items"] = "sku,name_ja,name_en,price_jpy,tax_rate\n";
    auto& barcodes = goods.files["barcodes"] = "barcode,sku,units,kind\n";
    auto& locations = goods.files["locations"] = "location,zone,aisle,bay,level,x_m,y_m,use\n";
    auto& stock = goods.files["stock"] = "sku,location,qty\n";
    const int count = chance.between(6, 14);
    for (int n = 1; n <= count; ++n) {
        const Sku sku{"G-" + std::to_string(n)};
        goods.codes[sku] = jan(n);
        items += sku.value + ",品" + std::to_string(n) + ",Thing " + std::to_string(n) + ",100,10\n";
        barcodes += jan(n) + "," + sku.value + ",1,JAN13\n";
        if (n % 3 == 0)
            barcodes += itf14(n) + "," + sku.value + "," + std::to_string(case_units) + ",ITF14\n";
        const int shelves = chance.between(1, 2);
        for (int shelf = 1; shelf <= shelves; ++shelf) {
            const LocationCode place{"A-" + padded(n, 2) + "-" + std::to_string(shelf)};
            goods.locations.push_back(place);
            locations +=
                place.value + ",A," + std::to_string(n) + "," + std::to_string(shelf) + ",1,1.0,1.0,pick\n";
            stock += sku.value + "," + place.value + "," + std::to_string(chance.between(4, 40)) + "\n";
        }
    }
}

std::vector<support::OrderedGoods> lines_of(const Goods& goods, Chance& chance) {
    std::vector<support::OrderedGoods> lines;
    auto left = goods.codes;
    const int count = chance.between(1, std::min(3, static_cast<int>(left.size())));
    for (int no = 1; no <= count; ++no) {
        const auto item = std::next(left.begin(), chance.below(static_cast<int>(left.size())));
        const int qty = chance.one_in(5) ? chance.between(6, 8) : chance.between(1, 4);
        lines.push_back({item->first.value, qty});
        left.erase(item);
    }
    return lines;
}

void put_lines(const Goods& goods, OrderToCome& order, Chance& chance) {
    const auto lines = lines_of(goods, chance);
    order.wants.clear();
    for (const auto& line : lines) order.wants[Sku{line.sku}] = Qty{line.qty};
    const auto& number = order.number;
    order.json =
        support::order_json(number, lines, "2026-11-24T07:" + number.substr(number.size() - 2) + ":00+09:00");
}

void put_orders(Goods& goods, Chance& chance) {
    const int count = chance.between(24, 44);
    for (int n = 1; n <= count; ++n) {
        const bool is_before = chance.one_in(2);
        OrderToCome order;
        order.shop = is_before ? gets_them_before : prints_itself;
        order.number = (is_before ? "M1" : "H1") + padded(n, 2);
        put_lines(goods, order, chance);
        if (is_before) order.lying_waybill = tracking(first_waybill + n);
        goods.orders.push_back(std::move(order));
    }
}

// Mostly three to six stations; some floors have twenty.
void put_stations(Goods& goods, Chance& chance) {
    const int count = chance.one_in(20) ? 20 : chance.between(3, 6);
    const int benches = std::max(1, count / 3);
    auto& workers = goods.files["workers"] = "worker,name,role,language\n";
    auto& stations = goods.files["stations"] = "station,name,profile,role,label_printer,slip_printer\n";
    for (int n = 1; n <= count - benches; ++n) {
        const auto no = std::to_string(n);
        goods.pickers.push_back(DeviceId{"H" + no});
        stations += "H" + no + ",ハンディ" + no + ",handheld-4,picker,,\n";
        workers += badge_of(goods.pickers.back()) + ",作業者" + no + ",picker,ja\n";
    }
    for (int n = 1; n <= benches; ++n) {
        const auto no = std::to_string(n);
        goods.packers.push_back(DeviceId{"B" + no});
        stations += "B" + no + ",梱包台" + no + ",bench-10,packer,LP" + no + ",SP" + no + "\n";
        workers += badge_of(goods.packers.back()) + ",梱包者" + no + ",packer,ja\n";
    }
}

void put_shops_and_things(Goods& goods) {
    goods.files["shops"] =
        "shop,owner,name,order_profile,waybill_way,carrier,webhook_url,sender_name\n"
        "HONTEN,OWN1,本店,api,own_label,yamato,http://shop.example.jp/honten,本店\n"
        "MALL,OWN1,モール店,api,preissued,yamato,http://shop.example.jp/mall,モール店\n";
    goods.files["carriers"] =
        "carrier,name,service,number_digits,check,tracking_covers,symbol,start_stop,range_shop,range_first,"
        "range_last\n"
        "yamato,ヤマト運輸,宅急便,12,mod7,one_piece,nw7,a,HONTEN,00009100000,00009199999\n";
    auto& totes = goods.files["totes"] = "tote,note\n";
    goods.totes = 200;
    for (int n = 1; n <= goods.totes; ++n) totes += tote(n).value + ",\n";
}

}  // namespace

ToteCode tote(int number) {
    return ToteCode{padded(number, 4)};
}

std::string badge_of(const DeviceId& station) {
    return std::to_string((station.value.front() == 'B' ? 2000 : 1000) + std::stoi(station.value.substr(1)));
}

Goods Goods::made_up(Chance& chance) {
    Goods goods;
    put_stations(goods, chance);
    put_shops_and_things(goods);
    put_goods(goods, chance);
    put_orders(goods, chance);
    return goods;
}

std::string Goods::return_file(std::size_t orders_come) const {
    std::string file = "お客様管理番号,伝票番号\r\n";
    for (std::size_t i = 0; i < orders_come; ++i)
        if (!orders[i].lying_waybill.value.empty())
            file += orders[i].number + "," + orders[i].lying_waybill.value + "\r\n";
    return file;
}

OrderToCome Goods::said_anew(const OrderToCome& order, Chance& chance) const {
    auto anew = order;
    if (!chance.one_in(stays_the_same)) put_lines(*this, anew, chance);
    return anew;
}

void Goods::issue_anew(OrderToCome& order) const {
    ++order.versions;
    if (order.lying_waybill.value.empty()) return;
    order.former_waybills.push_back(order.lying_waybill);
    const auto nth = std::stoi(order.number.substr(2));
    order.lying_waybill = tracking(first_waybill + waybills_of_a_version * (order.versions - 1) + nth);
}

}  // namespace kenpin::sim
