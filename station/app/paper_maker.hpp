#pragma once
// From a sealed print document to what goes to a printer: opens it, draws, reads each barcode back. Drawing
// thread = printing thread (Pango keeps its fonts per thread).
#include <memory>
#include <optional>
#include <string>

#include "adaptors/codes/decoder.hpp"
#include "adaptors/crypto/crypto.hpp"
#include "core/base/result.hpp"
#include "core/protocol/print_document.hpp"
#include "printers/encode/printer_model.hpp"
#include "printers/spool/job.hpp"

namespace kenpin::app {

/// What a spool calls a paper: "S26112400017/waybill/1".
struct PaperName {
    ShipmentId shipment;
    std::string paper;  // "waybill" | "slip"
    PieceNo piece;
    bool operator==(const PaperName&) const = default;
};
spool::DocumentId document_id(const PaperName& name);
std::optional<PaperName> paper_name(const spool::DocumentId& id);

class PaperMaker {
public:
    /// For the label printer of this bench.
    explicit PaperMaker(encode::PrinterModel model) : model_(std::move(model)) {}

    /// The key of the device's documents as the settings bring it (base64). Error: corrupt.
    Outcome use_key(const std::string& base64);
    bool has_key() const { return key_.has_value(); }

    /// Errors: busy (no key yet), corrupt (sealed for another device or shipment).
    Result<protocol::PrintDocument> open(const ShipmentId& shipment, const std::string& sealed) const;
    /// A label in its printer's language, a slip as PDF. Errors: those of drawing, reading back and encoding.
    Result<std::string> make(const spool::Job& job, const std::string& sealed);

private:
    Result<std::string> make_label(const protocol::PrintDocument& document, PieceNo piece,
                                   const spool::Job& job);

    encode::PrinterModel model_;
    std::optional<crypto::Key> key_;
    codes::Decoder decoder_;
};

}  // namespace kenpin::app
