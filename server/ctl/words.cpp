#include "server/ctl/words.hpp"

#include <algorithm>
#include <array>

namespace kenpin::ctl {
namespace {

constexpr std::array words{
    Word{WordOf::outcome, "accept", "受入", "accepted"},
    Word{WordOf::outcome, "hold", "保留", "held"},
    Word{WordOf::outcome, "reject", "取込不可", "rejected"},
    Word{WordOf::outcome, "skip", "変更なし・対象外", "Unchanged or no order"},
    Word{WordOf::state, "open", "待っている", "waiting"},
    Word{WordOf::state, "taken", "取込済", "taken"},
    Word{WordOf::state, "closed", "処理済", "Settled"},
    Word{WordOf::state, "replaced", "別の内容に替えた", "Replaced"},
    Word{WordOf::done, "accept", "取り込みました", "Taken"},
    Word{WordOf::done, "hold", "まだ保留です", "Still held"},
    Word{WordOf::done, "reject", "まだ取り込めません", "Still not taken"},
    Word{WordOf::done, "skip", "すでに取り込まれていました", "It was here already"},
    Word{WordOf::done, "dropped", "取り込まないことにしました", "It is not taken"},
    Word{WordOf::done, "kept", "今の受注を残しました", "The standing order goes on"},
    Word{WordOf::done, "too_late", "間に合いません。出荷作業が始まっています",
         "Too late: its work has begun"},
    Word{WordOf::done, "released", "保留を解きました", "The hold is released"},
    Word{WordOf::done, "unchanged", "変わりはありません", "Nothing changed"},
    Word{WordOf::hold, "to_confirm", "確認待ち", "to be confirmed"},
    Word{WordOf::hold, "unpaid", "入金待ち", "not paid yet"},
    Word{WordOf::hold, "ship_date", "出荷日待ち", "its ship date is to come"},
    Word{WordOf::hold, "preorder", "予約商品", "ordered before it is on sale"},
    Word{WordOf::hold, "cancel_requested", "キャンセル依頼", "cancellation asked for"},
    Word{WordOf::hold, "address", "住所の確認待ち", "address to be checked"},
    Word{WordOf::hold, "unknown_item", "知らない商品", "unknown item"},
    Word{WordOf::hold, "shortage", "欠品対応", "short of goods"},
    Word{WordOf::wait, "held", "保留中", "on hold"},
    Word{WordOf::wait, "no_stock", "在庫が足りない", "not enough stock"},
    Word{WordOf::wait, "not_on_pick_shelf", "ピック棚にない", "not on a shelf for picking"},
    Word{WordOf::wait, "waybill_number_missing", "送り状番号がない", "its waybill number is not known"},
    Word{WordOf::wait, "number_range_used_up", "送り状番号の残りがない", "no waybill numbers are left"},
    Word{WordOf::wait, "cooling", "猶予時間中", "in its cooling time"},
    Word{WordOf::ship_day, "today", "本日", "today"},
    Word{WordOf::ship_day, "wished_day", "お届け希望日に合わせる", "for the wished day"},
    Word{WordOf::ship_day, "wished_day_too_near", "お届け希望日に間に合わない", "the wished day is too near"},
    Word{WordOf::ship_day, "cooling", "猶予時間のため", "after the cooling time"},
    Word{WordOf::ship_day, "after_cut_off", "締め時刻を過ぎた", "ordered after the cut-off"},
    Word{WordOf::ship_day, "closed_day", "休業日のため", "after a closed day"},
    Word{WordOf::work, "waiting", "出荷待ち", "its work has not begun"},
    Word{WordOf::work, "in_work", "出荷作業中", "in work"},
    Word{WordOf::work, "picked", "ピッキング済", "picked from the shelf"},
    Word{WordOf::work, "sorted", "仕分け済", "sorted by order"},
    Word{WordOf::work, "verified", "検品済", "checked at the bench"},
    Word{WordOf::work, "shipped", "出荷済", "left"},
    Word{WordOf::work, "cancelled", "取消済", "does not leave"},
    Word{WordOf::work, "returned", "返品済", "came back"},
    Word{WordOf::carrier, "yamato", "ヤマト運輸", "Yamato"},
    Word{WordOf::carrier, "sagawa", "佐川急便", "Sagawa"},
    Word{WordOf::carrier, "japanpost", "日本郵便", "Japan Post"},
};

std::string with_key(std::string_view word, const std::string& key) {
    return word.empty() || word == key ? key : std::string(word) + " (" + key + ")";
}

std::string_view cut_at_tab(std::string_view& line) {
    const auto end = std::min(line.find('\t'), line.size());
    const auto cell = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return cell;
}

}  // namespace

std::span<const Word> all_words() {
    return words;
}

std::string in_words(const std::string& language, WordOf of, const std::string& key) {
    const auto* found = std::find_if(words.begin(), words.end(),
                                     [&](const Word& word) { return word.of == of && word.key == key; });
    if (found == words.end()) return key;
    return with_key(language == "en" ? found->en : found->ja, key);
}

std::string flag_in_words(const std::string& language, std::string_view tsv, const std::string& flag) {
    while (!tsv.empty()) {
        const auto end = std::min(tsv.find('\n'), tsv.size());
        auto line = tsv.substr(0, end);
        tsv.remove_prefix(std::min(end + 1, tsv.size()));
        if (cut_at_tab(line) != flag) continue;
        const auto ja = cut_at_tab(line), en = cut_at_tab(line);
        return with_key(language == "en" ? en : ja, flag);
    }
    return flag;
}

}  // namespace kenpin::ctl
