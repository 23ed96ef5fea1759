#include "server/ctl/command_line.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <CLI/CLI.hpp>

#include "server/ctl/say.hpp"
#include "server/ctl/words.hpp"

namespace kenpin::ctl {
namespace {

// Adds commands with their help in the user's language.
struct Adding {
    CLI::App& app;
    Context& context;
    Asked& asked;

    std::string text(const Sentence& sentence) const {
        return context.language == "en" ? sentence.en : sentence.ja;
    }
    /// --lang may stand behind it, and what a command has behind its verb.
    Adding command(const char* name, const Sentence& what) const {
        return {*app.add_subcommand(name, text(what))->fallthrough(), context, asked};
    }
    /// One that speaks with the server.
    Adding server_command(const char* name, const Sentence& what) const {
        const auto added = command(name, what);
        added.option("--server", context.server.url, {"サーバーのURL", "where the server is"});
        added.option("--key", asked.key,
                     {"管理者のキー。なければ環境変数 KENPIN_ADMIN_KEY",
                      "the administrator's key; else the environment's KENPIN_ADMIN_KEY"});
        return added;
    }
    template <class T>
    CLI::Option* option(const char* name, T& into, const Sentence& what) const {
        return app.add_option(name, into, text(what));
    }
    template <class T>
    void needed(const char* name, T& into, const Sentence& what) const {
        option(name, into, what)->required();
    }
};

std::string listed_reasons(const std::string& language) {
    std::string listed;
    for (const auto& word : all_words())
        if (word.of == WordOf::reason)
            listed += (listed.empty()     ? ""
                       : language == "en" ? ", "
                                          : "、") +
                      std::string(word.key) + " " + std::string(language == "en" ? word.en : word.ja);
    return listed;
}

void add_import(const Adding& to) {
    const auto import = to.server_command(
        "import", {"マスタのフォルダ、またはファイルを1つ取り込む: import orders ファイル --shop 店舗",
                   "take in a folder of masters, or one file: import orders FILE --shop S"});
    import.needed("what", to.asked.what,
                  {"フォルダ、または表の名前: items 商品、stock 在庫、orders 受注、waybills 送り状番号 ほか",
                   "a folder, or the table: items, stock, orders, waybills, ..."});
    import.option("file", to.asked.file,
                  {"表の名前のときは、そのファイル", "the file, when a table was named"});
    import.option("--shop", to.asked.shop, {"受注と送り状番号の店舗", "of orders and waybills"});
}

void add_start(const Adding& to) {
    const auto start = to.server_command(
        "start", {"今日までに出荷するものの出荷作業を始める。終了コード 1: 一件も始められなかった",
                  "start the work of what is due; exit code 1: something was due and nothing was started"});
    start.app.add_flag("--all", to.asked.lists_all,
                       to.text({"始められなかったものを全部並べる(ふつうは20件まで)",
                                "list all that was left behind, not just 20"}));
}

void add_order_filter(const Adding& orders, OrderFilter& filter) {
    orders
        .option("--state", filter.state,
                {"open 待っている(人が決める)、taken 取込済、held 取り込んだが今止まっている、closed "
                 "処理済、replaced 別の内容に替えた、superseded 新しい記録に引き継いだ",
                 "open (not taken yet, waits for a person), taken, held (taken, something holds it now), "
                 "closed, replaced or superseded (judged anew, in a later record)"})
        ->check(CLI::IsMember({"open", "taken", "held", "closed", "replaced", "superseded"}));
    orders
        .option("--outcome", filter.outcome,
                {"accept 受入、hold 保留、reject 取込不可", "accept, hold or reject"})
        ->check(CLI::IsMember({"accept", "hold", "reject"}));
    orders.option("--shop", filter.shop, {"店舗コード", "only this shop's"});
    orders.option("--code", filter.code, {"理由コード(例 E-SKU)", "a reason, e.g. E-SKU"});
    orders.option("--number", filter.number, {"受注番号の一部", "a part of the order number"});
    orders.option("--day", filter.day, {"届いた日(例 2026-11-24)", "on which it came, YYYY-MM-DD"});
}

void add_order_verb(const Adding& orders, const char* name, const Sentence& what) {
    const auto verb = orders.command(name, what);
    verb.needed(
        "record", orders.asked.action.record,
        {"記録の番号(kenpinctl orders の行の先頭)", "its number, first in a row of kenpinctl orders"});
    if (std::string(name) != "drop" && std::string(name) != "release") return;
    // Not required here: whoever gives none, or a wrong one, reads all that there are (act_on_order).
    verb.option("--reason", orders.asked.action.reason,
                {"理由(必ず要ります): " + listed_reasons("ja"), "why (needed): " + listed_reasons("en")});
}

void add_orders(const Adding& to) {
    const auto orders = to.server_command("orders", {"届いた受注、保留や取込不可の理由、その対応",
                                                     "what came in, what is held or rejected, and what to do "
                                                     "about it"});
    add_order_filter(orders, to.asked.filter);
    orders.app.require_subcommand(0, 1);
    orders.command("together", {"同じ人・同じ住所の受注: まとめられるものと、違うところ",
                                "orders for one person at one address: which may go together"});
    const std::pair<const char*, Sentence> verbs[] = {
        {"show", {"1件の記録とその出荷", "one record with its shipments"}},
        {"original",
         {"届いたままの記録。開いた人が残ります", "the record as it came; who opens it is noted"}},
        {"retake",
         {"もう一度取り込む(商品コードを登録した後など)", "take it again, e.g. after a code was registered"}},
        {"keep", {"食い違いを決める: 今の受注が正しい", "decide a conflict: the order that stands is right"}},
        {"replace",
         {"食い違いを決める: こちらの内容が正しい(作業が始まる前だけ)",
          "decide a conflict: this content is right; only before work on the order began"}},
        {"drop", {"取り込まないことにする", "set it aside"}},
        {"release", {"その受注の保留を解く", "release the hold of its order"}}};
    for (const auto& [name, what] : verbs) add_order_verb(orders, name, what);
}

void add_orders_of_people(const Adding& to) {
    const auto cancel = to.server_command(
        "cancel",
        {"出荷、または受注の全部が出ないように頼む。終了コード 1: もう出たものがある",
         "ask that a shipment, or all of an order, does not leave; exit code 1: one has left already"});
    cancel.needed("what", to.asked.cancelled,
                  {"出荷番号、または 店舗:受注番号", "the number of the shipment, or SHOP:ORDER"});
    const auto change =
        to.server_command("change", {"受注の内容(住所、明細)を変える", "say an order anew: address, lines"});
    change.needed("order", to.asked.changed, {"店舗:受注番号", "SHOP:ORDER"});
    change.needed("file", to.asked.file,
                  {"変えた後の受注(JSON、docs/api/order.md)", "the order as it is to be, as JSON"});
    const auto codes = to.server_command(
        "codes", {"知らない商品コード: 一覧と答え", "shops' codes that nobody knows: list, answer"});
    codes.option("--shop", to.asked.code.shop, {"この店舗のものだけ", "only this shop's"});
    const auto answer =
        codes.command("answer", {"コードの意味を登録する: answer コード 品番[=個数] ... --shop 店舗",
                                 "say what a code means: answer CODE SKU[=UNITS] ... --shop SHOP"});
    answer.needed("code", to.asked.code.code, {"店舗が書いたとおりのコード", "as the shop writes it"});
    answer.needed("items", to.asked.code.items,
                  {"1個売れたときに出す品番、または 品番=個数。いくつも書けばセット",
                   "SKU or SKU=UNITS, for one unit sold; several are a set"});
    answer.option("--shop", to.asked.code.shop, {"どの店舗のコードか", "whose code it is"});
    answer.option(
        "--options", to.asked.code.options,
        {"この選択肢のときだけ。なければ何を選んでも", "only with these options chosen; none: with any"});
}

void add_lists(const Adding& to) {
    const auto lists =
        to.server_command("lists", {"ピッキングリストと、持っている端末", "picking lists and who has them"});
    lists.command("revoke", {"持っている端末からリストを取り戻す", "take a list from whoever has it"})
        .needed("list", to.asked.list, {"リストの番号", "its number"});
    const auto exceptions = to.server_command("exceptions", {"端末には出たが、数えられなかったもの",
                                                             "what devices saw confirmed and had no effect"});
    const auto settle =
        exceptions.command("settle", {"何をしたかを書いて処理済みにする", "note what was done about one"});
    settle.needed("exception", to.asked.exception, {"例外の番号", "its number"});
    settle.needed("--note", to.asked.note, {"したこと", "what was done about it"});
    to.server_command("history", {"出荷の全記録", "every fact about a shipment"})
        .needed("shipment", to.asked.shipment, {"出荷番号", "its number"});
}

void add_floor_tasks(const Adding& to) {
    to.server_command("pull-out", {"現場に残る無効の送り状: 一覧、スキャンして破棄",
                                   "void waybills that lie on the floor; scan one to destroy it"})
        .option("code", to.asked.waybill,
                {"抜き取った送り状のコード。なければ一覧", "of the waybill that was pulled out; none: list"});
    const auto put_back = to.server_command("put-back", {"棚に戻す商品: 一覧、商品と棚をスキャンして1点戻す",
                                                         "goods to put back; scan one and its shelf"});
    auto* shipment =
        put_back.option("shipment", to.asked.put_back.shipment, {"出荷番号。なければ一覧", "none: list"});
    auto* item = put_back.option("item", to.asked.put_back.item, {"商品のコード", "code of the goods"});
    auto* shelf =
        put_back.option("location", to.asked.put_back.location, {"棚のコード", "code of the shelf"});
    shipment->needs(item), item->needs(shelf);
    const auto blocked =
        to.server_command("blocked", {"欠品で止めた棚(商品ごと)", "shelves that were short, by item"});
    const auto free = blocked.command(
        "free", {"棚を確かめた: 在庫のとおりにある", "somebody looked: what the stock says lies there"});
    free.needed("sku", to.asked.sku, {"品番", "whose goods"});
    free.needed("location", to.asked.location, {"棚のコード", "of the shelf"});
}

void add_stations(const Adding& to) {
    to.server_command("devices",
                      {"端末: 接続と時計のずれ", "stations: who is there, and how far each clock is off"});
    const auto say =
        to.server_command("say", {"端末の画面に連絡を出す(だれかが見るまで)",
                                  "a message on the screen of a station, until somebody there saw "
                                  "it"});
    say.needed("station", to.asked.station, {"端末番号、または all", "its id, or all"});
    say.needed("text", to.asked.text,
               {"60文字まで。お客様のことは書かない", "at most 60 characters; nothing about buyers"});
    say.option("--minutes", to.asked.minutes,
               {"有効な時間(分)。過ぎてからつながった端末には出ない。なければ1分",
                "a station that comes later does not show it; else 1"})
        ->check(CLI::Range(1, 720));
    to.server_command("said", {"連絡をだれが見たか", "who has seen what was said"})
        .needed("command", to.asked.command, {"say が表示した名前", "its name, as say printed it"});
    const auto print_now = to.server_command(
        "print-now", {"出荷の書類を梱包台ですぐ印刷する", "print the papers of a shipment at its bench now"});
    print_now.needed("shipment", to.asked.shipment, {"出荷番号", "its number"});
    print_now.needed("station", to.asked.station, {"梱包台の端末番号", "the bench"});
}

void add_printers(const Adding& to) {
    const auto printer = to.command("printer", {"ラベルプリンタを探す", "label printers: find them"});
    printer.app.require_subcommand(1);
    const auto discover = printer.command(
        "discover", {"USB、CUPS、ネットワークの一部にあるプリンタと、その言語",
                     "printers on USB, in CUPS and on a part of the network, and what they speak"});
    discover.option(
        "range", to.asked.printer.ranges,
        {"192.0.2.0/24、192.0.2.10-40、192.0.2.7、または名前。9100 でないときは :ポート。1台ずつ何かを"
         "聞くので、ほかの種類のプリンタは文字を1行印刷することがある",
         "192.0.2.0/24, 192.0.2.10-40, 192.0.2.7 or a name; with :PORT for another than 9100. "
         "Each is asked what it is; a printer of another kind may print a line of letters"});
    discover.option("--cups", to.asked.printer.cups,
                    {"ホスト:ポート。なければこの機械の CUPS", "HOST:PORT; else this machine's own"});
    discover.option(
        "--bridge", to.asked.printer.bridge,
        {"kenpin-bridge のソケット(USB のプリンタ)", "kenpin-bridge's socket, for printers on USB"});
    discover.option("--models", to.asked.printer.models, {"別の models.tsv", "another models.tsv"});
}

void add_labels(const Adding& to) {
    const auto label = to.command("label", {"ラベルと帳票のテンプレート", "templates of labels and papers"});
    label.app.require_subcommand(1);
    auto& wish = to.asked.label;
    const Sentence folder{"テンプレートのフォルダ。なければ assets/labels",
                          "the folder of templates; else assets/labels"};
    label
        .command("list",
                 {"どのテンプレートがあるか、項目は何か", "which templates there are, and their fields"})
        .option("--templates", wish.folder, folder);
    const auto preview =
        label.command("preview", {"印字されるドットのとおりに描き、バーコードを読み戻す",
                                  "draw it as the dots that will print, and read its barcodes back"});
    preview.needed("template", wish.name,
                   {"テンプレートの名前(例 location)、または .toml のファイル", "its name, or a file .toml"});
    preview.needed(
        "--out", wish.out,
        {"書き出すファイル: .png はヘッドのドット、.pdf", "where to write it: .png (a head's dots) or .pdf"});
    preview.option("--data", wish.data,
                   {"JSON、またはそのファイル。[…] なら1つずつ。なければ見本",
                    "JSON or a file of it; [...]: one each; else the template's samples"});
    preview.option("--code", wish.code,
                   {"最初の項目の値だけを言う(例 A-01-03)", "just the first field's value"});
    preview
        .option("--dpmm", wish.dpmm, {"ヘッドの1mmあたりのドット: 6、8、12、24", "dots per mm of the head"})
        ->check(CLI::IsMember({6, 8, 12, 24}));
    preview.option("--templates", wish.folder, folder);
    preview.app.add_flag("--sheet", wish.is_sheet,
                         to.text({"A4 に並べる(.pdf だけ)", "side by side on A4; .pdf only"}));
}

void add_keys(const Adding& to) {
    const auto keys =
        to.server_command("keys", {"APIのキー: 一覧、作成、無効", "the API's keys: list, make, revoke"});
    const auto make =
        keys.command("make", {"キーを作る。秘密は一度だけ表示", "make a key; its secret is printed once"});
    make.needed("--name", to.asked.wish.name, {"だれのキーか(人が読む名前)", "whose it is, for people"});
    make.option("--shop", to.asked.wish.shop,
                {"この店舗の受注だけ。なければ全店舗", "only this shop's orders; none: every shop's"});
    make.option("--scope", to.asked.wish.scopes,
                {"できること: "
                 "orders:write、orders:read、reports:read、import:write、supervisor、admin。いくつでも",
                 "orders:write, orders:read, reports:read, import:write, supervisor or admin; may be given "
                 "several times"})
        ->required()
        ->check(CLI::IsMember(
            {"orders:write", "orders:read", "reports:read", "import:write", "supervisor", "admin"}));
    keys.command("revoke", {"キーをこれから使えなくする", "make a key unknown from now on"})
        .needed("key", to.asked.revoked, {"キーの番号(例 K0003)", "its number, e.g. K0003"});
}

void add_database(const Adding& to) {
    const auto backup =
        to.server_command("backup", {"控えをいま作る。一覧、記録", "make a backup now; list; note"});
    backup.command("list", {"この拠点の控えと、記録が何件目まであるか",
                            "the backups that this site knows of, and how far its events go"});
    const auto note =
        backup.command("note", {"PostgreSQL でほかの道具が作った控えを記録する",
                                "note a backup that other tools made of a PostgreSQL database"});
    note.needed("name", to.asked.backup, {"控えの名前", "what it is called"});
    note.needed(
        "upto", to.asked.upto,
        {"作り始める前の記録の数(backup list)", "how far events went before it was begun (backup list)"});
    const Sentence database = {"sqlite:パス または postgresql://...", "sqlite:PATH or postgresql://..."};
    const Sentence site = {"拠点", "the site"};
    const auto verify = to.command("verify", {"データベースの記録の鎖を確かめる(サーバーを通さない)",
                                              "check the chain of events in the database itself"});
    verify.needed("--database", to.asked.database, database);
    verify.option("--site", to.asked.site, site);
    verify.app.add_flag("--replay", to.asked.replays,
                        to.text({"すべての表を、記録の再生とも比べる",
                                 "also compare every table with a replay of all events"}));
    const auto dump = to.command(
        "dump", {"記録から作られる全部の行を文字で出す", "every row that is made from events, as text"});
    dump.needed("--database", to.asked.database, database);
    dump.option("--site", to.asked.site, site);
}

// As the library's, for characters that are two columns wide.
class WideFormatter : public CLI::Formatter {
public:
    std::string make_option(const CLI::Option* option, bool is_positional) const override {
        const auto name = make_option_name(option, is_positional) + make_option_opts(option);
        const auto columns = columns_of(name) + 2;
        const auto width = std::max(get_column_width(), columns + 1);
        return "  " + name + std::string(width - columns, ' ') + make_option_desc(option) + "\n";
    }

private:
    static std::size_t columns_of(const std::string& text) {
        std::size_t columns = 0;
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            if (byte < 0x80)
                ++columns;
            else if (byte >= 0xC0)
                columns += 2;
        }
        return columns;
    }
};

void say_in_japanese(CLI::Formatter& formatter) {
    const std::pair<const char*, const char*> labels[] = {
        {"Usage", "使い方"},        {"OPTIONS", "オプション"},
        {"SUBCOMMAND", "コマンド"}, {"SUBCOMMANDS", "コマンド"},
        {"REQUIRED", "必須"},       {"Positionals", "順に書くもの"},
        {"TEXT", "文字"},           {"INT", "数"},
        {"Needs", "一緒に要るもの"}};
    for (const auto& [english, japanese] : labels) formatter.label(english, japanese);
}

// Options and commands are gathered under a heading that is a name of the library's.
void head_in_japanese(CLI::App& app) {
    for (auto* option : app.get_options()) option->group("オプション");
    for (auto* command : app.get_subcommands({})) {
        command->group("コマンド");
        head_in_japanese(*command);
    }
}

std::optional<int> run_list(const CLI::App& app, const Context& context, const Asked& asked) {
    const auto is = [&](const char* name) { return app.got_subcommand(name); };
    const auto has_verb = [&](const char* name) {
        return !app.get_subcommand(name)->get_subcommands().empty();
    };
    if (is("lists"))
        return has_verb("lists") ? ctl::revoke_list(context, asked.list) : ctl::show_lists(context);
    if (is("exceptions"))
        return has_verb("exceptions") ? ctl::settle_exception(context, asked.exception, asked.note)
                                      : ctl::show_exceptions(context);
    if (is("history")) return ctl::show_history(context, asked.shipment);
    if (is("pull-out"))
        return asked.waybill.empty() ? ctl::show_pull_out(context) : ctl::pull_out(context, asked.waybill);
    if (is("put-back"))
        return asked.put_back.shipment.empty() ? ctl::show_put_back(context)
                                               : ctl::put_back(context, asked.put_back);
    if (is("blocked"))
        return has_verb("blocked") ? ctl::free_shelf(context, asked.sku, asked.location)
                                   : ctl::show_blocked(context);
    return std::nullopt;
}

int run_orders(const CLI::App& orders, const Context& context, Asked& asked) {
    const auto chosen = orders.get_subcommands();
    if (chosen.empty()) return ctl::show_orders(context, asked.filter);
    asked.action.verb = chosen.front()->get_name();
    if (asked.action.verb == "together") return ctl::show_together(context, asked.filter.shop);
    if (asked.action.verb == "show") return ctl::show_order(context, asked.action.record);
    if (asked.action.verb == "original") return ctl::show_original(context, asked.action.record);
    return ctl::act_on_order(context, asked.action);
}

std::optional<int> run_order(const CLI::App& app, const Context& context, Asked& asked) {
    const auto is = [&](const char* name) { return app.got_subcommand(name); };
    if (is("import"))
        return asked.file.empty() ? ctl::import_folder(context, asked.what)
                                  : ctl::import_file(context, asked.what, asked.file, asked.shop);
    if (is("start")) return ctl::start_work(context, asked.lists_all);
    if (is("orders")) return run_orders(*app.get_subcommand("orders"), context, asked);
    if (is("cancel")) return ctl::cancel(context, asked.cancelled);
    if (is("change")) return ctl::change(context, asked.changed, asked.file);
    if (is("codes"))
        return app.get_subcommand("codes")->got_subcommand("answer")
                   ? ctl::answer_code(context, asked.code)
                   : ctl::show_codes(context, asked.code.shop);
    return std::nullopt;
}

std::optional<int> run_station(const CLI::App& app, const Context& context, const Asked& asked) {
    const auto is = [&](const char* name) { return app.got_subcommand(name); };
    if (is("printer")) return ctl::discover_printers(context, asked.printer);
    if (is("label"))
        return app.get_subcommand("label")->got_subcommand("list")
                   ? ctl::show_label_templates(context, asked.label)
                   : ctl::preview_label(context, asked.label);
    if (is("devices")) return ctl::show_devices(context);
    if (is("say")) return ctl::say_to_stations(context, asked.station, asked.text, asked.minutes);
    if (is("said")) return ctl::show_command(context, asked.command);
    if (is("print-now")) return ctl::print_now(context, asked.shipment, asked.station);
    return std::nullopt;
}

std::optional<int> run_keys_and_backup(const CLI::App& app, const Context& context, const Asked& asked) {
    if (app.got_subcommand("keys")) {
        const auto* keys = app.get_subcommand("keys");
        if (keys->got_subcommand("make")) return ctl::make_key(context, asked.wish);
        if (keys->got_subcommand("revoke")) return ctl::revoke_key(context, asked.revoked);
        return ctl::show_keys(context);
    }
    if (app.got_subcommand("backup")) {
        const auto* backup = app.get_subcommand("backup");
        if (backup->got_subcommand("list")) return ctl::show_backups(context);
        if (backup->got_subcommand("note")) return ctl::note_backup(context, asked.backup, asked.upto);
        return ctl::make_backup(context);
    }
    return std::nullopt;
}

int run_on_database(const CLI::App& app, const Context& context, const Asked& asked) {
    const SiteId site{asked.site};
    if (app.got_subcommand("dump")) return ctl::dump(context, asked.database, site);
    const auto verdict = ctl::verify(context, asked.database, site);
    return verdict == 0 && asked.replays ? ctl::verify_replay(context, asked.database, site) : verdict;
}

}  // namespace

void add_commands(CLI::App& app, Context& context, Asked& asked) {
    const Adding to{app, context, asked};
    app.name("kenpinctl");
    app.description(to.text({"けんぴんをコマンドで使う", "Kenpin from the command line."}));
    app.set_help_flag("-h,--help", to.text({"使い方を表示する", "show this help"}));
    app.footer(
        to.text({"コマンドごとの使い方: kenpinctl help コマンド。終了コード: 0 できた、1 "
                 "できなかった・人の対応が要る、"
                 "2 コマンドの書き方が違う",
                 "Help of a command: kenpinctl help COMMAND. Exit codes: 0 done, 1 something is wrong or "
                 "needs a person, 2 a wrong command line"}));
    app.require_subcommand(1);
    to.option("--lang", context.language,
              {"ja または en。なければ環境変数 LC_ALL、LC_MESSAGES、LANG、それもなければ ja",
               "ja or en; else as LC_ALL, LC_MESSAGES or LANG say, else ja"})
        ->check(CLI::IsMember({"ja", "en"}));
    for (const auto& add : {add_import, add_start, add_orders, add_orders_of_people, add_lists,
                            add_floor_tasks, add_stations, add_printers, add_labels, add_keys, add_database})
        add(to);
    if (context.language == "en") return;
    const auto formatter = std::make_shared<WideFormatter>();
    say_in_japanese(*formatter);
    app.formatter(formatter);
    for (auto* command : app.get_subcommands({})) {
        command->formatter(formatter);
        for (auto* verb : command->get_subcommands({})) verb->formatter(formatter);
    }
    head_in_japanese(app);
}

std::vector<std::string> with_help_option(std::vector<std::string> arguments) {
    auto word = arguments.begin();
    while (word != arguments.end() && word->starts_with("-"))
        word += *word == "--lang" && word + 1 != arguments.end() ? 2 : 1;
    if (word == arguments.end() || *word != "help") return arguments;
    arguments.erase(word);
    arguments.push_back("--help");
    return arguments;
}

std::string not_known(const CLI::App& app) {
    std::string words;
    for (const auto& word : app.remaining(true)) words += (words.empty() ? "" : " ") + word;
    return words;
}

WrongCommandLine wrong_with(const CLI::App& app, const std::string& kind, const std::string& what) {
    WrongCommandLine wrong;
    wrong.kind = kind;
    wrong.what = what;
    wrong.not_known = not_known(app);
    const auto* at = &app;
    for (; !at->get_subcommands().empty(); at = at->get_subcommands().front())
        wrong.command += (wrong.command.empty() ? "" : " ") + at->get_subcommands().front()->get_name();
    const auto named = what.substr(0, what.find(" is required"));
    if (const auto* option = at->get_option_no_throw(named)) wrong.about = option->get_description();
    return wrong;
}

int run(const CLI::App& app, const Context& context, Asked& asked) {
    if (const auto done = run_order(app, context, asked)) return *done;
    if (const auto done = run_list(app, context, asked)) return *done;
    if (const auto done = run_station(app, context, asked)) return *done;
    if (const auto done = run_keys_and_backup(app, context, asked)) return *done;
    return run_on_database(app, context, asked);
}

}  // namespace kenpin::ctl
