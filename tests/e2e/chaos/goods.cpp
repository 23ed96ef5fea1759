#include "tests/e2e/chaos/goods.hpp"

#include <algorithm>
#include <fstream>
#include <map>

#include "core/domain/barcode.hpp"
#include "tests/support/shop_order.hpp"

namespace kenpin::chaos {
namespace {

constexpr int items = 40;
constexpr int on_each_shelf = 1'000'000;
constexpr int least_pieces = 4, most_pieces = 9;  // of an order's line
constexpr int least_lines = 1, most_lines = 3;

std::string padded(int number, std::size_t digits) {
    const auto text = std::to_string(number);
    return std::string(digits - std::min(digits, text.size()), '0') + text;
}

std::string jan(int item) {
    const auto twelve = "29" + padded(item, 10);
    return twelve + domain::gtin_check_digit(twelve);
}

std::string sku(int item) {
    return "G-" + std::to_string(item);
}

std::string badge(int number) {
    return std::to_string(1'000 + number);
}

void write(const std::filesystem::path& folder, const char* table, const std::string& text) {
    std::ofstream(folder / (std::string(table) + ".csv")) << text;
}

void write_goods(const std::filesystem::path& folder) {
    std::string items_csv = "sku,name_ja,name_en,price_jpy,tax_rate\n", barcodes = "barcode,sku,units,kind\n",
                locations = "location,zone,aisle,bay,level,x_m,y_m,use\n", stock = "sku,location,qty\n";
    for (int n = 1; n <= items; ++n) {
        const auto place = "A-" + padded(n, 2) + "-1";
        items_csv += sku(n) + ",品" + std::to_string(n) + ",Thing " + std::to_string(n) + ",100,10\n";
        barcodes += jan(n) + "," + sku(n) + ",1,JAN13\n";
        locations += place + ",A," + std::to_string(n) + ",1,1,1.0,1.0,pick\n";
        stock += sku(n) + "," + place + "," + std::to_string(on_each_shelf) + "\n";
    }
    write(folder, "items", items_csv);
    write(folder, "barcodes", barcodes);
    write(folder, "locations", locations);
    write(folder, "stock", stock);
}

}  // namespace

std::vector<floor::StationPlan> stations(int pickers, int packers) {
    std::vector<floor::StationPlan> all;
    for (int n = 1; n <= pickers + packers; ++n) {
        const bool picks = n <= pickers;
        all.push_back({.device = (picks ? "H" : "B") + padded(picks ? n : n - pickers, 2),
                       .role = picks ? "picker" : "packer",
                       .profile = picks ? "handheld-4" : "bench-10",
                       .badge = badge(n)});
    }
    return all;
}

void write_masters(const std::filesystem::path& folder, const std::vector<floor::StationPlan>& all) {
    std::filesystem::create_directories(folder);
    write_goods(folder);
    std::string workers = "worker,name,role,language\n",
                table = "station,name,profile,role,label_printer,slip_printer\n", boxes = "tote,note\n";
    for (const auto& station : all) {
        workers += station.badge + ",作業者" + station.badge + "," + station.role + ",ja\n";
        table += station.device + "," + station.device + "," + station.profile + "," + station.role + ",,\n";
    }
    for (int n = 1; n <= totes; ++n) boxes += padded(n, 4) + ",\n";
    write(folder, "workers", workers);
    write(folder, "stations", table);
    write(folder, "totes", boxes);
    write(folder, "shops",
          std::string("shop,owner,name,order_profile,waybill_way,carrier,webhook_url,api_key,sender_name\n") +
              shop + ",OWN1,本店,api,own_label,yamato,http://127.0.0.1:{webhook_port}/honten," + shop_key +
              ",本店\n");
    write(folder, "carriers",
          "carrier,name,service,number_digits,check,tracking_covers,symbol,start_stop,range_shop,range_first,"
          "range_last\nyamato,ヤマト運輸,宅急便,12,mod7,one_piece,nw7,a,HONTEN,00009100000,00009999999\n");
}

std::string order_json(int nth, sim::Chance& chance) {
    std::map<int, int> wanted;
    for (int n = chance.between(least_lines, most_lines); n > 0; --n)
        wanted[chance.between(1, items)] = chance.between(least_pieces, most_pieces);
    std::vector<support::OrderedGoods> goods;
    for (const auto& [item, qty] : wanted) goods.push_back({sku(item), qty});
    return support::order_json("C-" + padded(nth, 6), goods);
}

std::string any_goods_code(sim::Chance& chance) {
    return jan(chance.between(1, items));
}

}  // namespace kenpin::chaos
