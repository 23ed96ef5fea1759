// kenpinctl: administration from the command line.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include <CLI/CLI.hpp>

#include "server/ctl/commands.hpp"

namespace {

using namespace kenpin;

struct Words {
    ctl::KeyWish wish;
    ctl::CodeWish code;
    ctl::OrderFilter filter;
    ctl::OrderAction action;
    std::string what, revoked, file, shop, shipment, database, site = "TOKYO1", key;
    std::string list, exception, note, cancelled, backup, changed, waybill, sku, location;
    ctl::PutBackWords put_back;
    ctl::PrinterWish printer;
    std::string station, text, command;
    int minutes = 0;
    std::int64_t upto = 0;
    bool replays = false, lists_all = false;
};

void add_server(CLI::App& command, ctl::Context& context, Words& words) {
    command.add_option("--server", context.server.url, "where the server is");
    command.add_option("--key", words.key,
                       "the administrator's key; else the environment's KENPIN_ADMIN_KEY");
}

void add_orders(CLI::App& orders, Words& words) {
    orders.add_option(
        "--state", words.filter.state,
        "open (not taken yet, waits for a person), taken, closed or replaced; taken and held: --outcome hold "
        "--state taken");
    orders.add_option("--outcome", words.filter.outcome, "accept, hold or reject");
    orders.add_option("--shop", words.filter.shop);
    orders.add_option("--code", words.filter.code, "a reason, e.g. E-SKU");
    orders.add_option("--number", words.filter.number, "a part of the order number");
    orders.add_option("--day", words.filter.day, "on which it came, YYYY-MM-DD");
    orders.require_subcommand(0, 1);
    orders.add_subcommand("together", "orders for one person at one address: which may go together");
    const std::pair<const char*, const char*> verbs[] = {
        {"show", "one record with its shipments"},
        {"original", "the record as it came; who opens it is noted"},
        {"retake", "take it again, e.g. after a code was registered"},
        {"keep", "decide a conflict: the order that stands is right"},
        {"replace", "decide a conflict: this content is right; only before work on the order began"},
        {"drop", "set it aside"},
        {"release", "release the hold of its order"}};
    for (const auto& [verb, what] : verbs) {
        auto* command = orders.add_subcommand(verb, what);
        command->add_option("record", words.action.record, "its number in the list")->required();
        if (std::string(verb) != "drop" && std::string(verb) != "release") continue;
        command->add_option("--reason", words.action.reason,
                            "asked_buyer, asked_shop, checked, duplicate, cancelled, not_ours or other");
    }
}

void add_floor_tasks(CLI::App& app, ctl::Context& context, Words& words) {
    auto* change = app.add_subcommand("change", "say an order anew: address, lines");
    change->add_option("order", words.changed, "SHOP:NUMBER")->required();
    change->add_option("file", words.file, "the order as it is to be, as JSON")->required();
    auto* pull_out =
        app.add_subcommand("pull-out", "void waybills that lie on the floor; scan one to destroy it");
    pull_out->add_option("code", words.waybill, "of the waybill that was pulled out; none: list");
    auto* put_back = app.add_subcommand("put-back", "goods to put back; scan one and its shelf");
    auto* shipment = put_back->add_option("shipment", words.put_back.shipment, "none: list");
    auto* item = put_back->add_option("item", words.put_back.item, "code of the goods");
    auto* shelf = put_back->add_option("location", words.put_back.location, "code of the shelf");
    shipment->needs(item), item->needs(shelf);
    auto* blocked = app.add_subcommand("blocked", "shelves that were short, by item");
    auto* free = blocked->add_subcommand("free", "somebody looked: what the stock says lies there");
    free->add_option("sku", words.sku, "whose goods")->required();
    free->add_option("location", words.location, "of the shelf")->required();
    free->fallthrough();
    for (auto* command : {change, pull_out, put_back, blocked}) add_server(*command, context, words);
}

CLI::App* add_printers(CLI::App& app, Words& words) {
    auto* printer = app.add_subcommand("printer", "label printers: find them");
    printer->require_subcommand(1);
    auto* discover = printer->add_subcommand(
        "discover", "printers on USB, in CUPS and on a part of the network, and what they speak");
    discover->add_option(
        "range", words.printer.ranges,
        "192.0.2.0/24, 192.0.2.10-40, 192.0.2.7 or a name; with :PORT for another than 9100. "
        "Each is asked what it is; a printer of another kind may print a line of letters");
    discover->add_option("--cups", words.printer.cups, "HOST:PORT; else this machine's own");
    discover->add_option("--bridge", words.printer.bridge, "kenpin-bridge's socket, for printers on USB");
    discover->add_option("--models", words.printer.models, "another models.tsv");
    return discover;
}

/// Nothing: another command was meant.
std::optional<int> run_floor_tasks(const CLI::App& app, const ctl::Context& context, const Words& words) {
    const auto is = [&](const char* name) { return app.got_subcommand(name); };
    if (is("change")) return ctl::change(context, words.changed, words.file);
    if (is("pull-out"))
        return words.waybill.empty() ? ctl::show_pull_out(context) : ctl::pull_out(context, words.waybill);
    if (is("put-back"))
        return words.put_back.shipment.empty() ? ctl::show_put_back(context)
                                               : ctl::put_back(context, words.put_back);
    if (is("blocked"))
        return words.sku.empty() ? ctl::show_blocked(context)
                                 : ctl::free_shelf(context, words.sku, words.location);
    return std::nullopt;
}

int run_orders(const CLI::App& orders, const ctl::Context& context, Words& words) {
    const auto chosen = orders.get_subcommands();
    if (chosen.empty()) return ctl::show_orders(context, words.filter);
    words.action.verb = chosen.front()->get_name();
    if (words.action.verb == "together") return ctl::show_together(context, words.filter.shop);
    if (words.action.verb == "show") return ctl::show_order(context, words.action.record);
    if (words.action.verb == "original") return ctl::show_original(context, words.action.record);
    return ctl::act_on_order(context, words.action);
}

}  // namespace

int main(int argc, char** argv) {
    ctl::Context context;
    Words words;
    CLI::App app{"Kenpin from the command line."};
    app.require_subcommand(1);
    app.add_option("--lang", context.language, "ja or en")->check(CLI::IsMember({"ja", "en"}));

    auto* import =
        app.add_subcommand("import", "take in a folder of masters, or one file: import orders FILE --shop S");
    import->add_option("what", words.what, "a folder, or the table: items, stock, orders, waybills, ...")
        ->required();
    import->add_option("file", words.file, "the file, when a table was named");
    import->add_option("--shop", words.shop, "of orders and waybills");
    auto* start =
        app.add_subcommand("start", "start the work of what is due; exit code 1: nothing was started");
    start->add_flag("--all", words.lists_all, "list all that was left behind, not just 20");
    auto* orders =
        app.add_subcommand("orders", "what came in, what is held or rejected, and what to do about it");
    add_orders(*orders, words);
    auto* history = app.add_subcommand("history", "every fact about a shipment");
    history->add_option("shipment", words.shipment)->required();
    auto* verify = app.add_subcommand("verify", "check the chain of events in the database itself");
    verify->add_option("--database", words.database, "sqlite:PATH or postgresql://...")->required();
    verify->add_option("--site", words.site);
    verify->add_flag("--replay", words.replays, "also compare every table with a replay of all events");
    auto* dump = app.add_subcommand("dump", "every row that is made from events, as text");
    dump->add_option("--database", words.database, "sqlite:PATH or postgresql://...")->required();
    dump->add_option("--site", words.site);
    auto* keys = app.add_subcommand("keys", "the API's keys: list, make, revoke");
    auto* make = keys->add_subcommand("make", "make a key; its secret is printed once");
    make->add_option("--name", words.wish.name, "whose it is, for people")->required();
    make->add_option("--shop", words.wish.shop, "only this shop's orders; none: every shop's");
    make->add_option(
            "--scope", words.wish.scopes,
            "orders:write, orders:read, reports:read, import:write, supervisor or admin; may be given "
            "several times")
        ->required();
    auto* revoke = keys->add_subcommand("revoke", "make a key unknown from now on");
    revoke->add_option("key", words.revoked, "its number, e.g. K0003")->required();
    auto* codes = app.add_subcommand("codes", "shops' codes that nobody knows: list, answer");
    codes->add_option("--shop", words.code.shop, "only this shop's");
    auto* answer =
        codes->add_subcommand("answer", "say what a code means: answer CODE SKU[=UNITS] ... --shop SHOP");
    answer->fallthrough();  // --server and --key may stand behind it
    answer->add_option("code", words.code.code, "as the shop writes it")->required();
    answer->add_option("items", words.code.items, "SKU or SKU=UNITS, for one unit sold; several are a set")
        ->required();
    answer->add_option("--shop", words.code.shop, "whose code it is");
    answer->add_option("--options", words.code.options, "only with these options chosen; none: with any");
    auto* lists = app.add_subcommand("lists", "picking lists and who has them");
    auto* take_back = lists->add_subcommand("revoke", "take a list from whoever has it");
    take_back->add_option("list", words.list, "its number")->required();
    auto* exceptions = app.add_subcommand("exceptions", "what devices saw confirmed and had no effect");
    auto* settle = exceptions->add_subcommand("settle", "note what was done about one");
    settle->add_option("exception", words.exception, "its number")->required();
    settle->add_option("--note", words.note, "what was done about it")->required();
    auto* backup = app.add_subcommand("backup", "make a backup now; list; note");
    auto* backup_list =
        backup->add_subcommand("list", "the backups that this site knows of, and how far its events go");
    auto* backup_note =
        backup->add_subcommand("note", "note a backup that other tools made of a PostgreSQL database");
    backup_note->fallthrough();
    backup_list->fallthrough();
    backup_note->add_option("name", words.backup, "what it is called")->required();
    backup_note->add_option("upto", words.upto, "how far events went before it was begun (backup list)")
        ->required();
    auto* cancel = app.add_subcommand("cancel", "ask that a shipment, or all of an order, does not leave");
    cancel->add_option("what", words.cancelled, "the number of the shipment or of the order")->required();
    auto* devices = app.add_subcommand("devices", "stations: who is there, and how far each clock is off");
    auto* say =
        app.add_subcommand("say", "a message on the screen of a station, until somebody there saw it");
    say->add_option("station", words.station, "its id, or all")->required();
    say->add_option("text", words.text, "at most 60 characters; nothing about buyers")->required();
    say->add_option("--minutes", words.minutes, "a station that comes later does not show it; else 1")
        ->check(CLI::Range(1, 720));
    auto* said = app.add_subcommand("said", "who has seen what was said");
    said->add_option("command", words.command, "its name, as say printed it")->required();
    auto* print_now = app.add_subcommand("print-now", "print the papers of a shipment at its bench now");
    print_now->add_option("shipment", words.shipment)->required();
    print_now->add_option("station", words.station, "the bench")->required();
    add_floor_tasks(app, context, words);
    const auto* discover = add_printers(app, words);
    for (auto* command : {devices, say, said, print_now, import, start, orders, history, keys, codes, lists,
                          exceptions, backup, cancel})
        add_server(*command, context, words);
    // --server and --key may stand behind a verb of a command, too.
    for (auto* verb : {make, revoke, take_back, settle}) verb->fallthrough();
    for (auto* verb : orders->get_subcommands({})) verb->fallthrough();
    CLI11_PARSE(app, argc, argv);

    // Not by CLI11: every command has the option, and the environment of one would win over the word of
    // another.
    const auto* of_environment = std::getenv("KENPIN_ADMIN_KEY");
    if (words.key.empty() && of_environment != nullptr) words.key = of_environment;
    context.server.key = Private<std::string>(words.key);
    if (*discover) return ctl::discover_printers(context, words.printer);
    if (*import && words.file.empty()) return ctl::import_folder(context, words.what);
    if (*import) return ctl::import_file(context, words.what, words.file, words.shop);
    if (*make) return ctl::make_key(context, words.wish);
    if (*revoke) return ctl::revoke_key(context, words.revoked);
    if (*keys) return ctl::show_keys(context);
    if (*answer) return ctl::answer_code(context, words.code);
    if (*codes) return ctl::show_codes(context, words.code.shop);
    if (*start) return ctl::start_work(context, words.lists_all);
    if (*orders) return run_orders(*orders, context, words);
    if (*take_back) return ctl::revoke_list(context, words.list);
    if (*lists) return ctl::show_lists(context);
    if (*settle) return ctl::settle_exception(context, words.exception, words.note);
    if (*exceptions) return ctl::show_exceptions(context);
    if (*backup_list) return ctl::show_backups(context);
    if (*backup_note) return ctl::note_backup(context, words.backup, words.upto);
    if (*backup) return ctl::make_backup(context);
    if (*devices) return ctl::show_devices(context);
    if (*say) return ctl::say_to_stations(context, words.station, words.text, words.minutes);
    if (*said) return ctl::show_command(context, words.command);
    if (*print_now) return ctl::print_now(context, words.shipment, words.station);
    if (*cancel) return ctl::cancel(context, words.cancelled);
    if (const auto done = run_floor_tasks(app, context, words)) return *done;
    if (*history) return ctl::show_history(context, words.shipment);
    const SiteId site{words.site};
    if (*dump) return ctl::dump(context, words.database, site);
    const auto verdict = ctl::verify(context, words.database, site);
    return verdict == 0 && words.replays ? ctl::verify_replay(context, words.database, site) : verdict;
}
