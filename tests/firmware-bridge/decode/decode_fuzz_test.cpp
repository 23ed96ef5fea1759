// Bytes no serial scanner would send, through all that reads them, and packets that somebody changed.
#include <doctest/doctest.h>

#include "core/base/limits.hpp"
#include "core/protocol/bridge.hpp"
#include "firmware-bridge/decode/aim.hpp"
#include "firmware-bridge/decode/framing.hpp"
#include "tests/support/fuzz.hpp"

using namespace kenpin;
using namespace kenpin::decode;

namespace {

using test::Dice;

std::string portion(Dice& dice) {
    constexpr std::string_view likely = "\r\n\x02\x03]ECQ0149\x1d";
    std::string bytes(dice() % 4 == 0 ? dice() % 300 : dice() % 12, '\0');
    for (auto& byte : bytes)
        byte = dice() % 3 == 0 ? static_cast<char>(dice() % 256) : likely[dice() % likely.size()];
    return bytes;
}

void check_scan(const std::string& scan) {
    REQUIRE(!scan.empty());
    REQUIRE(scan.size() <= limits::scan_bytes);
    const auto found = identify(scan);
    REQUIRE(found.aim + found.bytes == scan);
    const protocol::BridgeUp message = protocol::BridgeScan{.seq = protocol::ScanSeq{1},
                                                            .dev = {"S1"},
                                                            .symbology = found.symbology,
                                                            .aim = found.aim,
                                                            .raw = found.bytes};
    const auto read = protocol::bridge_up_from_packet(protocol::to_packet(message));
    REQUIRE(read);
    REQUIRE(read.value() == message);
}

}  // namespace

TEST_CASE("serial scanners that send anything give only whole, bounded scans that travel unchanged") {
    test::fuzz(11, [](Dice& dice) {
        constexpr Framing framings[] = {Framing::line, Framing::cr, Framing::lf, Framing::stx_etx};
        Framer framer(framings[dice() % 4]);
        for (int i = 0; i < 40; ++i) {
            const auto framed = framer.take(portion(dice));
            if (!framed.scans.empty() && i % 16 == 0) check_scan(framed.scans.front());
            for (const auto& scan : framed.scans) REQUIRE(scan.size() <= limits::scan_bytes);
            if (dice() % 100 == 0) framer.silence();
        }
    });
}

TEST_CASE("packets with changed bytes are read or refused, never worse") {
    const auto good =
        protocol::to_packet(protocol::BridgeUp(protocol::BridgeScan{.seq = protocol::ScanSeq{1},
                                                                    .dev = {"S1"},
                                                                    .symbology = domain::Symbology::ean13,
                                                                    .aim = "]E0",
                                                                    .raw = "4901234567894"}));
    test::fuzz(12, [&](Dice& dice) {
        const auto packet = test::damaged(dice, good);
        const auto read = protocol::bridge_up_from_packet(packet);
        REQUIRE((read || packet != good));
        (void)protocol::bridge_down_from_packet(packet);  // must only not break
    });
}
