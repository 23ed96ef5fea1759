#include "station/app/paper_maker.hpp"

#include <charconv>

#include "printers/layout/papers.hpp"
#include "printers/layout/slip.hpp"
#include "printers/layout/waybill.hpp"
#include "printers/spool/desk.hpp"

namespace kenpin::app {

spool::DocumentId document_id(const PaperName& name) {
    return {name.shipment.value + "/" + name.paper + "/" + std::to_string(name.piece.value)};
}

std::optional<PaperName> paper_name(const spool::DocumentId& id) {
    const auto& text = id.value;
    const auto first = text.find('/');
    const auto second = text.find('/', first + 1);
    if (first == std::string::npos || second == std::string::npos) return std::nullopt;
    PaperName name{ShipmentId{text.substr(0, first)}, text.substr(first + 1, second - first - 1), {}};
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data() + second + 1, end, name.piece.value);
    if (parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
    return name;
}

Outcome PaperMaker::use_key(const std::string& base64) {
    const auto bytes = crypto::from_base64(base64);
    if (!bytes) return bytes.error();
    auto key = crypto::Key::from_bytes(bytes.value());
    if (!key) return key.error();
    key_ = key.value();
    return Done{};
}

Result<protocol::PrintDocument> PaperMaker::open(const ShipmentId& shipment,
                                                 const std::string& sealed) const {
    if (!key_) return Error{Error::Kind::busy, "the key of the print documents has not come yet"};
    const auto opened = crypto::open(*key_, sealed, protocol::sealing_context(shipment));
    if (!opened) return opened.error();
    return protocol::print_document_from_json(opened.value().reveal());
}

Result<std::string> PaperMaker::make(const spool::Job& job, const std::string& sealed) {
    const auto name = paper_name(job.document);
    if (!name) return Error{Error::Kind::corrupt, "not a paper of ours"};
    const auto document = open(name->shipment, sealed);
    if (!document) return document.error();
    if (job.paper == spool::Paper::slip) return layout::draw_slip(layout::slip_of(document.value()));
    return make_label(document.value(), name->piece, job);
}

Result<std::string> PaperMaker::make_label(const protocol::PrintDocument& document, PieceNo piece,
                                           const spool::Job& job) {
    const auto fields = layout::waybill_of(document, piece, job.copy_no);
    if (!fields) return fields.error();
    const auto label = layout::draw_waybill(fields.value(), encode::dots_per_mm(model_.head));
    if (!label) return label.error();
    if (auto read = layout::verify_codes(label.value(), decoder_); !read) return read.error();
    return model_.language->encode({.bitmap = label.value().bitmap,
                                    .media = model_.media,
                                    .head = model_.head,
                                    .mark = spool::mark_of(job)});
}

}  // namespace kenpin::app
