#include "server/plan/handling.hpp"

#include <algorithm>

#include "server/plan/table.hpp"

namespace kenpin::plan {
namespace {

// Gathers flags with their reasons; reads the texts with the words.
class Triage {
public:
    Triage(const WordTable& words, const Nfkc& nfkc) : words_(words), nfkc_(nfkc) {}

    void add(const std::string& flag, const std::string& source, const std::string& word = "") {
        if (flag != asks_for_a_person) handling_.flags.insert(flag);
        handling_.reasons.push_back({flag, source, word});
    }
    void add_if(bool is_so, const std::string& flag, const std::string& source) {
        if (is_so) add(flag, source);
    }
    void read(const Written& text, const std::string& from, const std::string& source) {
        if (text.reveal().empty()) return;
        for (const auto& wish : wishes_in(text.reveal(), from, words_, nfkc_))
            add(wish.flag, source, wish.topic);
    }
    bool is_wanted(const Written& text) const {
        return !text.reveal().empty() && !says_no(text.reveal(), words_, nfkc_);
    }
    void note_unread(const Written& text) {
        handling_.needs_reading =
            handling_.needs_reading || says_something_else(text.reveal(), words_, nfkc_);
    }
    Handling take() { return std::move(handling_); }

private:
    const WordTable& words_;
    const Nfkc& nfkc_;
    Handling handling_;
};

void mark_fields(const ReceivedOrder& order, Triage& triage) {
    // A band that nobody knows is a wish too: the order waits for an answer to it.
    triage.add_if(!order.wished_slot.empty() || triage.is_wanted(order.written.slot), "SLOT", "order");
    triage.add_if(order.wished_day.has_value(), "DATE", "order");
    triage.add_if(order.is_gift || triage.is_wanted(order.wrapping) || triage.is_wanted(order.message),
                  "GIFT", "order");
    triage.add_if(triage.is_wanted(order.noshi.kind), "NOSHI", "order");
    triage.add_if(order.payment == "cod" || order.cod > Yen{0}, "COD", "order");
    triage.add_if(order.wants_slip == false, "NO_SLIP", "order");
    triage.add_if(order.ship_to.size() > 1, "MULTI_DEST", "order");
}

bool goes_to_okinawa(const Addressee& who) {
    return who.prefecture.reveal().starts_with("沖縄") || who.city.reveal().starts_with("沖縄県");
}

// Chilled and ambient goods travel together, chilled; frozen ones with nothing else.
void mark_goods(const ReceivedOrder& order, const GoodsFacts& goods, Triage& triage) {
    const bool is_frozen = goods.temperatures.contains("frozen");
    triage.add_if(is_frozen || goods.temperatures.contains("chilled"), "COOL", "goods");
    triage.add_if(is_frozen && goods.temperatures.size() > 1, "TEMP_MIX", "goods");
    const bool may_choose_service = order.written.shipping_method.reveal().empty() &&
                                    order.wished_slot.empty() && !order.wished_day &&
                                    order.payment != "cod" && order.cod == Yen{0};
    triage.add_if(may_choose_service && goods.fits_mailbox, "MAIL", "goods");
    triage.add_if(std::any_of(order.ship_to.begin(), order.ship_to.end(), goes_to_okinawa), "OKINAWA",
                  "address");
}

std::string kind_of(Voice voice) {
    switch (voice) {
        case Voice::buyer:
            return "buyer";
        case Voice::shop:
            return "shop";
        case Voice::form:
            return "form";
    }
    return "buyer";
}

void read_texts(const ReceivedOrder& order, Triage& triage) {
    triage.read(order.written.shipping_method, "method", "shipping_method");
    triage.read(order.written.temperature, "temperature", "temperature");
    triage.read(order.written.delivery_place, "place", "delivery_place");
    if (order.texts.empty()) triage.read(order.remark, "buyer", "remark");
    for (const auto& said : order.texts) {
        triage.read(said.text, kind_of(said.voice), said.source);
        if (said.voice == Voice::buyer) triage.note_unread(said.text);
    }
}

}  // namespace

Handling handling_of(const ReceivedOrder& order, const GoodsFacts& goods, const WordTable& words,
                     const Nfkc& nfkc) {
    Triage triage(words, nfkc);
    mark_fields(order, triage);
    mark_goods(order, goods, triage);
    read_texts(order, triage);
    return triage.take();
}

Result<std::vector<FlagText>> read_flag_texts(std::string_view tsv) {
    std::vector<FlagText> texts;
    const auto records = split_records(tsv, '\t');
    for (std::size_t i = 1; i < records.size(); ++i) {  // the first names the columns
        const auto cells = split_fields(records[i].bytes, '\t');
        if (cells.size() != 5) return Error{Error::Kind::corrupt, "flag " + cells[0] + ": 5 columns wanted"};
        texts.push_back({cells[0], cells[1], cells[2], cells[3], cells[4]});
    }
    return texts;
}

}  // namespace kenpin::plan
