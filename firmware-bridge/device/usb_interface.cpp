#include "firmware-bridge/device/usb_interface.hpp"

#include <algorithm>
#include <utility>

#include <libusb-1.0/libusb.h>

#include "core/base/check.hpp"

namespace kenpin::device {
namespace {

Error failed(const char* what, int code) {
    const auto kind = code == LIBUSB_ERROR_NO_DEVICE || code == LIBUSB_ERROR_NOT_FOUND
                          ? Error::Kind::not_found
                      : code == LIBUSB_ERROR_BUSY   ? Error::Kind::busy
                      : code == LIBUSB_ERROR_ACCESS ? Error::Kind::refused
                                                    : Error::Kind::unreachable;
    return {kind, std::string("usb ") + what + ": " + libusb_error_name(code)};
}

TransferEnd end_of(libusb_transfer_status status) {
    switch (status) {
        case LIBUSB_TRANSFER_COMPLETED:
            return TransferEnd::good;
        case LIBUSB_TRANSFER_STALL:
            return TransferEnd::stall;
        case LIBUSB_TRANSFER_OVERFLOW:
            return TransferEnd::overflow;
        case LIBUSB_TRANSFER_TIMED_OUT:
            return TransferEnd::no_answer;
        case LIBUSB_TRANSFER_CANCELLED:
            return TransferEnd::cancelled;
        case LIBUSB_TRANSFER_NO_DEVICE:
            return TransferEnd::gone;
        case LIBUSB_TRANSFER_ERROR:
            break;
    }
    return TransferEnd::error;
}

bool is_to_host(std::uint8_t type_or_address) {
    return (type_or_address & LIBUSB_ENDPOINT_IN) != 0;
}

}  // namespace

struct UsbInterface::Transfer {
    Transfer(UsbInterface& of, Finished::What kind, int tagged, std::size_t bytes)
        : owner(of), what(kind), tag(tagged), buffer(bytes), raw(libusb_alloc_transfer(0)) {
        KENPIN_CHECK(raw != nullptr);
    }
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    ~Transfer() { libusb_free_transfer(raw); }

    std::string bytes_that_came() const {
        const auto skip = what == Finished::What::answered ? LIBUSB_CONTROL_SETUP_SIZE : 0;
        const auto first = buffer.begin() + static_cast<std::ptrdiff_t>(skip);
        return {first, first + raw->actual_length};
    }

    UsbInterface& owner;
    Finished::What what;
    int tag;
    std::vector<unsigned char> buffer;
    libusb_transfer* raw;
};

UsbInterface::UsbInterface(libusb_device_handle* handle, std::uint8_t number)
    : handle_(handle), number_(number) {}

Result<std::unique_ptr<UsbInterface>> UsbInterface::claim(libusb_device* device, std::uint8_t number) {
    libusb_device_handle* handle = nullptr;
    if (const int code = libusb_open(device, &handle); code != 0) return failed("open", code);
    std::unique_ptr<UsbInterface> opened(new UsbInterface(handle, number));
    libusb_set_auto_detach_kernel_driver(handle, 1);
    if (const int code = libusb_claim_interface(handle, number); code != 0) return failed("claim", code);
    return opened;
}

UsbInterface::~UsbInterface() {
    KENPIN_CHECK(is_idle());
    libusb_release_interface(handle_, number_);  // fails when it is gone: nothing to release then
    libusb_close(handle_);
}

Outcome UsbInterface::submit(std::unique_ptr<Transfer> transfer) {
    if (in_flight_.size() >= most_in_flight) return Error{Error::Kind::full, "usb: too much on its way"};
    transfer->raw->user_data = transfer.get();
    if (const int code = libusb_submit_transfer(transfer->raw); code != 0) return failed("submit", code);
    in_flight_.push_back(std::move(transfer));
    return Done{};
}

/// Called inside libusb's event handling: only moves it from one list to the other.
void UsbInterface::on_back(libusb_transfer* raw) {
    const auto* transfer = static_cast<Transfer*>(raw->user_data);
    auto& owner = transfer->owner;
    const auto found = std::find_if(owner.in_flight_.begin(), owner.in_flight_.end(),
                                    [&](const auto& each) { return each.get() == transfer; });
    KENPIN_CHECK(found != owner.in_flight_.end());
    owner.back_.push_back(std::move(*found));
    owner.in_flight_.erase(found);
}

Outcome UsbInterface::read(const Endpoint& from, std::size_t most) {
    auto transfer = std::make_unique<Transfer>(*this, Finished::What::read, 0, most);
    const auto type =
        from.kind == EndpointKind::bulk ? LIBUSB_TRANSFER_TYPE_BULK : LIBUSB_TRANSFER_TYPE_INTERRUPT;
    libusb_fill_bulk_transfer(transfer->raw, handle_, from.address, transfer->buffer.data(),
                              static_cast<int>(most), on_back, nullptr, 0);
    transfer->raw->type = static_cast<unsigned char>(type);
    return submit(std::move(transfer));
}

Outcome UsbInterface::write(const Endpoint& to, const std::string& bytes, int tag, Millis patience) {
    auto transfer = std::make_unique<Transfer>(*this, Finished::What::written, tag, bytes.size());
    std::copy(bytes.begin(), bytes.end(), transfer->buffer.begin());
    const auto type =
        to.kind == EndpointKind::bulk ? LIBUSB_TRANSFER_TYPE_BULK : LIBUSB_TRANSFER_TYPE_INTERRUPT;
    libusb_fill_bulk_transfer(transfer->raw, handle_, to.address, transfer->buffer.data(),
                              static_cast<int>(bytes.size()), on_back, nullptr,
                              static_cast<unsigned>(patience.count()));
    transfer->raw->type = static_cast<unsigned char>(type);
    return submit(std::move(transfer));
}

Outcome UsbInterface::ask(const Request& request, const std::string& data, std::size_t most, int tag,
                          Millis patience) {
    const auto length = is_to_host(request.type) ? most : data.size();
    auto transfer =
        std::make_unique<Transfer>(*this, Finished::What::answered, tag, LIBUSB_CONTROL_SETUP_SIZE + length);
    libusb_fill_control_setup(transfer->buffer.data(), request.type, request.number, request.value,
                              request.index, static_cast<std::uint16_t>(length));
    std::copy(data.begin(), data.end(), transfer->buffer.begin() + LIBUSB_CONTROL_SETUP_SIZE);
    libusb_fill_control_transfer(transfer->raw, handle_, transfer->buffer.data(), on_back, nullptr,
                                 static_cast<unsigned>(patience.count()));
    return submit(std::move(transfer));
}

TransferEnd UsbInterface::clear_halt(const Endpoint& endpoint) {
    const int code = libusb_clear_halt(handle_, endpoint.address);
    if (code == LIBUSB_ERROR_NO_DEVICE || code == LIBUSB_ERROR_NOT_FOUND) return TransferEnd::gone;
    return code == 0 ? TransferEnd::good : TransferEnd::error;
}

std::optional<Finished> UsbInterface::next_finished() {
    if (back_.empty()) return std::nullopt;
    const auto transfer = std::move(back_.front());
    back_.pop_front();
    const bool came_in = is_to_host(transfer->what == Finished::What::answered ? transfer->buffer[0]
                                                                               : transfer->raw->endpoint);
    return Finished{.what = transfer->what,
                    .tag = transfer->tag,
                    .end = end_of(transfer->raw->status),
                    .bytes = came_in ? transfer->bytes_that_came() : std::string{},
                    .count = static_cast<std::size_t>(transfer->raw->actual_length)};
}

void UsbInterface::let_go(bool give_back) {
    if (!give_back) libusb_set_auto_detach_kernel_driver(handle_, 0);
    for (const auto& transfer : in_flight_) libusb_cancel_transfer(transfer->raw);
}

}  // namespace kenpin::device
