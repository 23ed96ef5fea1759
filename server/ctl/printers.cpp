// Printers from the command line: which there are, what they speak, and how a bench is told of one. Nothing
// here asks the server: whoever sets a bench up may do so before there is one.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include <nlohmann/json.hpp>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/limits.hpp"
#include "printers/encode/printer_model.hpp"
#include "printers/transport/cups.hpp"
#include "printers/transport/discover.hpp"
#include "server/ctl/commands.hpp"
#include "server/ctl/say.hpp"

namespace kenpin::ctl {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int bridge_patience_ms = 2'000;

std::string plain(std::string text) {  // what a device says of itself, for a terminal
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
    return text;
}

fs::path models_file(const std::string& said) {
    if (!said.empty()) return said;
    std::error_code failed;
    for (auto folder = fs::read_symlink("/proc/self/exe", failed).parent_path(); folder.has_relative_path();
         folder = folder.parent_path())
        if (const auto file = folder / "assets" / "printers" / "models.tsv"; fs::exists(file, failed))
            return file;
    return "/usr/share/kenpin/assets/printers/models.tsv";
}

std::vector<encode::PrinterModel> known_models(const std::string& said) {
    std::ifstream file(models_file(said), std::ios::binary);
    auto models = encode::printer_models(std::string(std::istreambuf_iterator<char>(file), {}));
    return models ? std::move(models).value() : std::vector<encode::PrinterModel>{};
}

std::string models_of(const transport::FoundPrinter& found, const std::vector<encode::PrinterModel>& models) {
    std::string out;
    for (const auto& model : models) {
        const bool fits = !found.identity || found.identity->dots_per_mm == 0 ||
                          found.identity->dots_per_mm == encode::dots_per_mm(model.head);
        if (model.language == found.language && fits) out += (out.empty() ? "" : ", ") + model.name;
    }
    return out;
}

std::string dots_text(const Context& context, const transport::FoundPrinter& found) {
    if (!found.identity || found.identity->dots_per_mm == 0) return {};
    const auto dots = std::to_string(found.identity->dots_per_mm);
    return context.language == "en" ? "  " + dots + " dots/mm" : "  " + dots + "ドット/mm";
}

void print_found(const Context& context, const transport::FoundPrinter& found,
                 const std::vector<encode::PrinterModel>& models) {
    const auto where = found.address.host + ":" + std::to_string(found.address.port);
    if (!found.sheets.empty())
        return say(
            context,
            {"TCP   " + where + "  " + plain(found.sheets) + "  シート用: CUPS の待ち行列を作ってください",
             "TCP   " + where + "  " + plain(found.sheets) + "  prints sheets: make it a queue of CUPS"});
    if (found.language == nullptr)
        return say(context, {"TCP   " + where + "  開いていますが、どの言語にも答えません",
                             "TCP   " + where + "  is open, and answers in no language of ours"});
    const auto model = found.identity ? "  " + plain(found.identity->model) : std::string{};
    std::printf("TCP   %s  %s%s%s\n", where.c_str(), found.language->name, model.c_str(),
                dots_text(context, found).c_str());
    const auto fitting = models_of(found, models);
    say(context,
        {"      端末: --printer " + where + " --printer-model " + (fitting.empty() ? "?" : fitting),
         "      at the bench: --printer " + where + " --printer-model " + (fitting.empty() ? "?" : fitting)});
}

int look_at_network(const Context& context, const PrinterWish& wish) {
    const auto models = known_models(wish.models);
    int failed = 0;
    for (const auto& range : wish.ranges) {
        const auto addresses = transport::addresses_of(range);
        if (!addresses) {
            failed = complain(addresses.error());
            continue;
        }
        const auto there = transport::who_listens(addresses.value());
        for (const auto& address : there) print_found(context, transport::identify(address), models);
        if (there.empty())
            say(context,
                {"TCP   " + range + "  何も見つかりません", "TCP   " + range + "  nothing listens there"});
    }
    return failed;
}

void look_at_cups(const Context& context, const PrinterWish& wish) {
    const auto queues = transport::cups_queues(wish.cups);
    if (!queues)
        return say(context, {"CUPS  つながりません: " + queues.error().detail,
                             "CUPS  not reached: " + queues.error().detail});
    for (const auto& queue : queues.value())
        std::printf("CUPS  %s  %s  %s\n", plain(queue.name).c_str(), plain(queue.make_and_model).c_str(),
                    plain(queue.device).c_str());
    if (queues.value().empty()) say(context, {"CUPS  待ち行列はありません", "CUPS  has no queues"});
}

class Socket {
public:
    explicit Socket(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path.size() >= sizeof address.sun_path) return;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        is_connected_ = ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    ~Socket() { ::close(fd_); }
    bool is_connected() const { return is_connected_; }
    /// The next packet; nothing: it is gone, or silent.
    std::optional<std::string> next() const {
        pollfd readable{fd_, POLLIN, 0};
        if (::poll(&readable, 1, bridge_patience_ms) <= 0) return std::nullopt;
        std::string packet(limits::bridge_packet, '\0');
        const auto size = ::recv(fd_, packet.data(), packet.size(), 0);
        if (size <= 0) return std::nullopt;
        packet.resize(static_cast<std::size_t>(size));
        return packet;
    }

private:
    int fd_;
    bool is_connected_ = false;
};

std::string text_of(const Json& object, const char* field) {
    const auto found = object.find(field);
    return found != object.end() && found->is_string() ? plain(found->get<std::string>()) : std::string{};
}

void print_usb(const Json& device) {
    char id[16];
    std::snprintf(id, sizeof id, "%04x:%04x", device.value("vid", 0) & 0xFFFF,
                  device.value("pid", 0) & 0xFFFF);
    const auto serial = text_of(device, "serial"), reason = text_of(device, "reason");
    std::printf("USB   %s  %s%s%s  %s%s%s\n", text_of(device, "dev").c_str(), id, serial.empty() ? "" : "#",
                serial.c_str(), text_of(device, "product").c_str(), reason.empty() ? "" : "  ! ",
                reason.c_str());
}

// As `kenpin-bridge list` does, on the bridge's socket for lookers-on (docs/protocol/bridge.md).
void look_at_usb(const Context& context, const PrinterWish& wish) {
    const Socket bridge(wish.bridge + ".watch");
    if (!bridge.is_connected())
        return say(context, {"USB   kenpin-bridge につながりません(" + wish.bridge + ".watch)",
                             "USB   kenpin-bridge is not reached (" + wish.bridge + ".watch)"});
    int printers = 0;
    for (auto packet = bridge.next(); packet; packet = bridge.next()) {
        const auto said = Json::parse(*packet, nullptr, false);
        if (!said.is_object() || text_of(said, "t") == "listed") break;
        if (text_of(said, "t") != "device" || text_of(said, "kind") != "printer") continue;
        if (text_of(said, "change") != "add") continue;
        print_usb(said);
        ++printers;
    }
    if (printers == 0) say(context, {"USB   プリンタはありません", "USB   no printers"});
}

}  // namespace

int discover_printers(const Context& context, const PrinterWish& wish) {
    if (!wish.bridge.empty()) look_at_usb(context, wish);
    look_at_cups(context, wish);
    const int failed = look_at_network(context, wish);
    if (wish.ranges.empty())
        say(context, {"ネットワークも探すには範囲を付けてください: kenpinctl printer discover 192.0.2.0/24",
                      "to look on the network too, name a range: kenpinctl printer discover 192.0.2.0/24"});
    return failed;
}

}  // namespace kenpin::ctl
