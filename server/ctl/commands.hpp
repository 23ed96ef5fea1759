#pragma once
// What kenpinctl can do. Each command writes plain sentences to standard output and answers the exit code: 0
// done, 1 something is wrong (said on standard error, with the remedy), 2 a wrong command line (CLI11).
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "server/ctl/api_client.hpp"

namespace kenpin::ctl {

struct Context {
    ServerAddress server;
    std::string language = "ja";  // "ja" | "en"
};

/// All masters in `folder` (items.csv, barcodes.csv, ...), in the order in which they need each other.
int import_folder(const Context& context, const std::filesystem::path& folder);
/// One file of the table `kind`; orders and waybills need the shop.
int import_file(const Context& context, const std::string& kind, const std::filesystem::path& file,
                const std::string& shop);
struct KeyWish {
    std::string name;
    std::string shop;  // empty: of every shop
    std::vector<std::string> scopes;
};
/// Prints the secret: it is told this once.
int make_key(const Context& context, const KeyWish& wish);
int show_keys(const Context& context);
int revoke_key(const Context& context, const std::string& key);
/// Codes that nobody knows and how many orders wait for each; `shop` empty: of every shop.
int show_codes(const Context& context, const std::string& shop);
struct CodeWish {
    std::string shop, code, options;
    std::vector<std::string> items;  // "SKU" or "SKU=UNITS"
};
/// Says what a code means; the orders that wait for it are taken.
int answer_code(const Context& context, const CodeWish& wish);
/// Says what was started, and why something was left behind; `lists_all`: every row, else at most 20. 1 when
/// something was to be started and nothing was.
int start_work(const Context& context, bool lists_all);
struct OrderFilter {  // empty: all
    std::string state, outcome, shop, code, number, day;
};
/// What came in, newest first, with reasons and what to do about them.
int show_orders(const Context& context, const OrderFilter& filter);
int show_order(const Context& context, const std::string& record);
/// Personal data: the server notes who opened it.
int show_original(const Context& context, const std::string& record);
/// Waiting orders for one person at one address: which may go together, what differs. `shop` empty: of all.
int show_together(const Context& context, const std::string& shop);
struct OrderAction {
    std::string record;
    std::string verb;    // "retake" | "drop" | "keep" | "replace" | "release"
    std::string reason;  // of drop and release
};
/// Says why when it has no effect. 1 when a record that was taken again is still refused, an order still held
/// or its work begun; 2 when the reason is none of those that there are.
int act_on_order(const Context& context, const OrderAction& action);
int show_lists(const Context& context);
/// Takes the list from whoever has it.
int revoke_list(const Context& context, const std::string& list);
/// What devices saw confirmed and had no effect, until it is settled.
int show_exceptions(const Context& context);
int settle_exception(const Context& context, const std::string& number, const std::string& note);
/// Stations with who is there, and how far each clock is off.
int show_devices(const Context& context);
/// A message to workers, to one station or "all", for `minutes` (0: one minute); waits a moment and says who
/// has it shown.
int say_to_stations(const Context& context, const std::string& to, const std::string& text, int minutes);
/// The papers of a shipment that lie ready at a bench, before its goods are complete.
int print_now(const Context& context, const std::string& shipment, const std::string& station);
/// What became of what was said.
int show_command(const Context& context, const std::string& command);
/// A shipment's number, or an order's (SHOP:ORDER).
int cancel(const Context& context, const std::string& what);

// ---- changes, and what waits on the floor after them

/// `file`: the order as it is to be, as JSON (docs/api/order.md).
int change(const Context& context, const std::string& order, const std::string& file);
int show_pull_out(const Context& context);
int pull_out(const Context& context, const std::string& code);
int show_put_back(const Context& context);
struct PutBackWords {
    std::string shipment, item, location;
};
int put_back(const Context& context, const PutBackWords& scanned);
int show_blocked(const Context& context);
int free_shelf(const Context& context, const std::string& sku, const std::string& location);

struct PrinterWish {
    std::vector<std::string> ranges;  // as transport::addresses_of takes them
    std::string cups;                 // "localhost:631"; empty: the machine's own
    std::string bridge;               // kenpin-bridge's socket; empty: USB is not looked at
    std::string models;               // models.tsv; empty: the one beside the program
};
/// USB, CUPS and the network: which printers there are and what they speak. Needs no server.
int discover_printers(const Context& context, const PrinterWish& wish);

struct LabelWish {
    std::string name;    // of a template, or a path that ends in .toml
    std::string data;    // JSON, or a file of it; empty: the template's samples
    std::string code;    // for its first field
    std::string out;     // .png: the dots of a head; .pdf
    std::string folder;  // of templates; empty: assets/labels
    int dpmm = 8;
    bool is_sheet = false;  // labels side by side on A4
};
/// Draws a label or paper and reads its barcodes back. Needs no server.
int preview_label(const Context& context, const LabelWish& wish);
int show_label_templates(const Context& context, const LabelWish& wish);

/// Makes a backup now and waits until it is whole.
int make_backup(const Context& context);
int show_backups(const Context& context);
/// Notes one that other tools made; `upto`: what `kenpinctl backup list` said before they began.
int note_backup(const Context& context, const std::string& name, std::int64_t upto);
/// Every fact about a shipment, oldest first.
int show_history(const Context& context, const std::string& shipment);
/// Reads the database itself, not through the server: an auditor need not trust it.
int verify(const Context& context, const std::string& database_url, const SiteId& site);
/// Replays all events on a copy and compares what comes of it with the tables. PostgreSQL: on the database
/// itself, rolled back; writers wait.
int verify_replay(const Context& context, const std::string& database_url, const SiteId& site);
/// Every row that is made from events, as text, in an order of its own: equal databases give equal texts.
int dump(const Context& context, const std::string& database_url, const SiteId& site);

}  // namespace kenpin::ctl
