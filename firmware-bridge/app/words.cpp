#include "firmware-bridge/app/words.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace kenpin::app {
namespace {

struct Word {
    std::string_view key, ja, en;
};

constexpr std::array words{
    // kinds of devices
    Word{"kind.scanner", "スキャナ", "scanner"},
    Word{"kind.keyboard_scanner", "キーボード式スキャナ", "keyboard scanner"},
    Word{"kind.scale", "はかり", "scale"},
    Word{"kind.printer", "プリンタ", "printer"},
    Word{"kind.camera", "カメラ", "camera"},
    Word{"kind.unsupported", "使えない機器", "device that cannot be used"},
    Word{"kind.bridge", "ブリッジ", "bridge"},
    // what is the matter with a device
    Word{"ok", "使えます", "ready"},
    Word{"reason.unassigned", "どの端末のものか決まっていません。読んだコードは数えません",
         "belongs to no station: what it reads counts for nothing"},
    Word{"fix.unassigned", "このスキャナで端末のコード(KD…)を読んでください",
         "scan the station's code (KD…) with it"},
    Word{"reason.other_station", "別の端末のコードを読みました", "read the code of another station"},
    Word{"fix.other_station", "この端末のコードを読むか、設定の機器を見直してください",
         "scan this station's code, or correct its record in the configuration"},
    Word{"reason.two_match", "設定の1件に機器が2台当てはまります",
         "one record of the configuration fits two devices"},
    Word{"fix.two_match", "serial か port を書いて1台に絞ってください",
         "give serial or port, so that it fits one"},
    Word{"reason.unsupported", "メーカー専用の方式なので読めません", "speaks only its maker's own language"},
    Word{"fix.unsupported", "取扱説明書の設定コードで USB HID-POS に切り替えてください",
         "switch it to USB HID-POS with the configuration barcode of its manual"},
    Word{"reason.half_scan", "読み取りが途中で切れたので捨てました", "a scan was cut off and dropped"},
    Word{"fix.half_scan",
         "もう一度読んでください。いつもこうなるときは、スキャナの終わりの文字(CR)と設定の framing "
         "を合わせ、ケーブルを確かめてください",
         "scan again; if every scan ends so, make the scanner send CR at its end as `framing` in the "
         "configuration says, and look at the cable"},
    Word{"reason.too_long", "コードが長すぎます", "a code was too long"},
    Word{"fix.too_long", "区切り(framing)の設定を確かめてください", "look at `framing` in the configuration"},
    Word{"reason.not_a_weight", "はかりの行が読めません", "the scale sent a line that is no weight"},
    Word{"fix.not_a_weight", "はかりの出力形式(A&D 標準)と baud を確かめてください",
         "look at the scale's output format (A&D standard) and at `baud`"},
    Word{"reason.malformed", "機器の報告が読めません", "sent a report that cannot be understood"},
    Word{"fix.malformed", "もう一度読んでください。続くときは機種を知らせてください",
         "scan again; if it goes on, report the model"},
    Word{"reason.scans_waiting", "端末が受け取らないので読み取りを止めています",
         "the station takes no scans: reading has stopped"},
    Word{"fix.scans_waiting", "端末のプログラムを見てください", "look at the station's program"},
    Word{"reason.configuration_refused", "新しい設定は誤りがあるので、前の設定のまま動いています",
         "the new configuration is wrong: the one before stays"},
    Word{"fix.configuration_refused", "kenpin-bridge doctor で場所を確かめて直してください",
         "kenpin-bridge doctor says where; correct it"},
    Word{"reason.pairing_not_stored", "紐付けを保存できません", "a pairing could not be stored"},
    Word{"fix.pairing_not_stored", "保存先の空きと権利を確かめてください",
         "look at the disk and the rights of the state file"},
    Word{"reason.device_fault", "機器が応答しません", "does not answer"},
    Word{"fix.device_fault", "抜いて差し直してください", "unplug it and plug it in again"},
    Word{"reason.device_in_use", "別のプログラムが使っています", "another program holds it"},
    Word{"fix.device_in_use", "そのプログラムを止めてください", "stop that program"},
    Word{"reason.no_permission", "開く権利がありません", "we have no right to open it"},
    Word{"fix.no_permission", "udev の規則(60-kenpin-bridge.rules)を入れて差し直してください",
         "install the udev rules (60-kenpin-bridge.rules) and plug it in again"},
    // remedies of devices in a vendor's mode (decode/quirks.hpp)
    Word{"fix.scan_hid_pos_zebra", "Zebra の取扱説明書の「USB HID POS」の設定コードを読んでください",
         "scan the barcode \"USB HID POS\" of Zebra's manual"},
    Word{"fix.scan_cdc_zebra",
         "Zebra の取扱説明書の「USB CDC Host」か「USB HID POS」の設定コードを読んでください",
         "scan the barcode \"USB CDC Host\" or \"USB HID POS\" of Zebra's manual"},
    Word{"fix.scan_hid_pos", "取扱説明書の「USB HID POS」の設定コードを読んでください",
         "scan the barcode \"USB HID POS\" of its manual"},
    // list, monitor
    Word{"no_daemon", "ブリッジ(kenpin-bridge)が動いていません(%)", "no kenpin-bridge runs here (%)"},
    Word{"fix.no_daemon", "systemctl start kenpin-bridge。権利がないときは sudo を付けてください",
         "systemctl start kenpin-bridge; without the right to ask it: sudo"},
    Word{"bridge_went", "ブリッジが止まったか、接続を切りました", "the bridge has ended, or has hung up"},
    Word{"fix.bridge_went",
         "systemctl status kenpin-bridge と journalctl -u kenpin-bridge で確かめてください",
         "look at systemctl status kenpin-bridge and journalctl -u kenpin-bridge"},
    Word{"nothing_here", "機器がありません", "no device is here"},
    Word{"port", "接続口", "port"},
    Word{"came", "つながりました", "is there"},
    Word{"went", "外れました", "is gone"},
    Word{"fault", "異常", "fault"},
    Word{"read", "読取", "read"},
    Word{"letters", "%文字", "% characters"},
    Word{"not_counted", "端末へは渡していません", "not handed to the station"},
    Word{"stays_here", "ブリッジが受け取りました", "taken by the bridge itself"},
    Word{"weighs", "重さ", "weight"},
    Word{"weight.fault", "はかりの異常", "fault of the scale"},
    Word{"weight.stable_at_zero", "0で安定", "stable at zero"},
    Word{"weight.in_motion", "ゆれています", "in motion"},
    Word{"weight.stable", "安定", "stable"},
    Word{"weight.under_zero", "0より軽い", "under zero"},
    Word{"weight.over_limit", "重すぎて量れません", "over its limit"},
    Word{"weight.needs_calibration", "校正が要ります", "needs calibration"},
    Word{"weight.needs_zeroing", "0合わせが要ります", "needs zeroing"},
    Word{"printed.sent", "印字データを送りました", "print job sent"},
    Word{"printed.failed", "印字できませんでした。紙は出ていません", "print job failed, nothing was printed"},
    Word{"printed.unknown", "印字が途中で切れました。紙を見てください",
         "print job cut off: look at the label"},
    Word{"printer_says", "プリンタの状態", "printer status"},
    Word{"paper_out", "用紙切れ", "out of paper"},
    Word{"printer_error", "プリンタの異常", "printer error"},
    Word{"what.goods", "商品", "goods"},
    Word{"what.case", "ケース", "case"},
    Word{"what.waybill", "送り状", "waybill"},
    Word{"what.own_location", "棚", "location"},
    Word{"what.own_tote", "箱", "tote"},
    Word{"what.own_worker", "作業者カード", "badge"},
    Word{"what.own_shipment", "出荷", "shipment"},
    Word{"what.own_list", "リスト", "picking list"},
    Word{"what.own_command", "操作コード", "command"},
    Word{"what.own_station", "端末のコード", "station code"},
    Word{"what.own_insert", "同梱物", "insert"},
    Word{"what.other", "その他", "other"},
    Word{"what.unreadable", "読めないコード", "unreadable code"},
    // doctor
    Word{"good", "良", "good"},
    Word{"note", "注意", "note"},
    Word{"bad", "異常", "BAD"},
    Word{"fix", "直し方", "remedy"},
    Word{"doctor.as", "調べた利用者: %", "asked as user %"},
    Word{"doctor.root", "root で調べたので、権利の検査は当てになりません",
         "asked as root: rights cannot be judged"},
    Word{"fix.doctor.root", "sudo -u kenpin-bridge kenpin-bridge doctor",
         "sudo -u kenpin-bridge kenpin-bridge doctor"},
    Word{"doctor.configuration", "設定 % は正しく、機器 % 件", "configuration % is right, % records"},
    Word{"doctor.no_configuration", "設定 % がありません。サービスは起動できません",
         "there is no configuration %: the service cannot start"},
    Word{"fix.doctor.no_configuration", "deploy/bridge.toml を写してください。そのままで動きます",
         "copy deploy/bridge.toml there; it works as it is"},
    Word{"doctor.configuration_wrong", "設定の誤り: %", "configuration is wrong: %"},
    Word{"fix.doctor.configuration_wrong",
         "示された行と項目を直してください。キーは deploy/bridge.toml にあります",
         "correct the line and key it names; all keys stand in deploy/bridge.toml"},
    Word{"doctor.runs", "ブリッジが % で動いています", "the bridge runs on %"},
    Word{"doctor.socket_free", "ソケット % は空いています(ブリッジは止まっています)",
         "socket % is free (the bridge does not run)"},
    Word{"doctor.socket_refused", "ソケット % に入れません", "socket % does not let us in"},
    Word{"fix.doctor.socket_refused", "sudo を付けるか、グループに入れてください",
         "use sudo, or join its group"},
    Word{"doctor.no_folder", "ソケットのフォルダ % がありません", "the socket's folder % does not exist"},
    Word{"fix.doctor.no_folder",
         "systemctl start kenpin-bridge で作られます。使わないときは手で作ってください",
         "systemctl start kenpin-bridge makes it; else make it by hand"},
    Word{"doctor.rules", "udev の規則 %", "udev rules %"},
    Word{"doctor.no_rules", "udev の規則 60-kenpin-bridge.rules がありません",
         "the udev rules 60-kenpin-bridge.rules are not installed"},
    Word{"fix.doctor.no_rules",
         "deploy/udev/60-kenpin-bridge.rules を /etc/udev/rules.d/ に写し、udevadm control --reload と "
         "udevadm trigger",
         "copy deploy/udev/60-kenpin-bridge.rules to /etc/udev/rules.d/, then udevadm control --reload and "
         "udevadm "
         "trigger"},
    Word{"doctor.no_usb", "この機械には USB がありません", "this machine has no USB"},
    Word{"fix.doctor.no_usb", "コンテナの中ではなく本体で動かしてください",
         "run it on the machine itself, not in a container"},
    Word{"doctor.usb", "USB機器 %: 開けます", "USB device %: can be opened"},
    Word{"doctor.usb_no_right", "USB機器 %: 開く権利がありません(%)",
         "USB device %: no right to open it (%)"},
    Word{"doctor.usb_unsupported", "USB機器 %: メーカー専用の方式です",
         "USB device %: is in its maker's own mode"},
    Word{"doctor.usb_printer_cups", "USBプリンタ %: 設定に owner = \"bridge\" が無いので CUPS のものです",
         "USB printer %: is left to CUPS (no record with owner = \"bridge\")"},
    Word{"doctor.cups_has_it", "USBプリンタ %: CUPS にもキューがあります",
         "USB printer %: has a queue in CUPS, too"},
    Word{"fix.doctor.cups_has_it", "lpadmin -x でキューを消すか、owner = \"cups\" にしてください",
         "remove the queue with lpadmin -x, or set owner = \"cups\""},
    Word{"doctor.driver", "USB機器 %: カーネルの % が持っています。ブリッジが開くときに外れます",
         "USB device %: the kernel's % holds it; it lets go when the bridge opens it"},
    Word{"doctor.foreign_driver", "USB機器 %: カーネルの % が持っています",
         "USB device %: is held by the kernel's %"},
    Word{"fix.doctor.foreign_driver", "シリアル回線として path で設定してください",
         "give it in the configuration as a serial line, by its path"},
    Word{"doctor.line", "シリアル回線 % %: 開けます", "serial line % %: can be opened"},
    Word{"doctor.line_away", "シリアル回線 % %: 今はありません", "serial line % %: is not there now"},
    Word{"fix.doctor.line_away", "つないでください。名前は ls /dev/serial/by-id で確かめられます",
         "plug it in; ls /dev/serial/by-id shows the names"},
    Word{"doctor.line_no_right", "シリアル回線 % %: 開く権利がありません",
         "serial line % %: no right to open it"},
    Word{"fix.doctor.line_no_right", "利用者を kenpin-bridge グループに入れるか、udev の規則を入れてください",
         "join the group kenpin-bridge, or install the udev rules"},
    Word{"doctor.state", "紐付けの保存先 % に書けます", "pairings can be kept in %"},
    Word{"doctor.state_refused", "紐付けの保存先 % に書けません", "pairings cannot be kept in %"},
    Word{"fix.doctor.state_refused",
         "systemctl start kenpin-bridge "
         "で作られます。使わないときは手で作り、ブリッジの利用者のものにしてください",
         "systemctl start kenpin-bridge makes it; else make it by hand and give it to the bridge's user"},
    Word{"doctor.all_good", "異常はありません", "nothing is wrong"},
    Word{"doctor.some_bad", "異常が % 件あります", "% things are wrong"},
};

const Word* find(std::string_view key) {
    const auto* found = std::find_if(words.begin(), words.end(), [&](const Word& w) { return w.key == key; });
    return found == words.end() ? nullptr : found;
}

std::string_view of_environment() {
    for (const auto* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
    return {};
}

}  // namespace

Language language_of(std::string_view chosen) {
    const auto name = chosen.empty() ? of_environment() : chosen;
    return name.starts_with("ja") ? Language::ja : Language::en;
}

std::string say(Language language, std::string_view key) {
    const auto* word = find(key);
    if (word == nullptr) return std::string(key);
    return std::string(language == Language::ja ? word->ja : word->en);
}

std::string say(Language language, std::string_view key, const std::vector<std::string>& parts) {
    std::string text;
    std::size_t next = 0;
    for (const char c : say(language, key)) {
        if (c == '%' && next < parts.size())
            text += parts[next++];
        else
            text += c;
    }
    return text;
}

std::vector<std::string_view> all_words() {
    std::vector<std::string_view> keys;
    for (const auto& word : words) keys.push_back(word.key);
    return keys;
}

}  // namespace kenpin::app
