#pragma once
// Who hangs here: the devices present, each with the name that the configuration, a pairing or the device
// itself gives it. Pure.
//
//   identity    vid:pid#serial where that serial was only ever seen on one device at a time,
//               else vid:pid@controller/ports; a serial line is its path. In a housing with several devices
//               (a scanner with a scale) all but the first kind add theirs: "...+scale", to their id, too
//   id          the [[devices]] record with an id that fits it alone, else its identity
//   assigned    by such a record, by a pairing scan (only scanners need one), or not: then its scans count
//               for nothing
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "firmware-bridge/app/settings.hpp"
#include "firmware-bridge/device/news.hpp"

namespace kenpin::app {

/// What is remembered from run to run (pairing_file.hpp).
struct Pairings {
    std::map<std::string, std::string> stations;  // identity -> station code it was paired with
    std::set<std::string> shared_serials;         // "vid:pid#serial" seen on two devices at once
    bool operator==(const Pairings&) const = default;
};

struct Known {
    device::Attachment attachment;
    std::string identity;
    protocol::PeripheralId id;
    bool is_assigned = false;
    DeviceSettings settings;  // those that fit it, the first with an id before the first without
    std::string trouble;      // key: "two_match" (a record with an id fits several housings), or empty
    bool operator==(const Known&) const = default;
};

bool fits(const Match& match, const device::Attachment& device);
/// A scanner tells nobody whose it is, all else belongs to the machine it hangs on.
bool needs_pairing(device::Kind kind);

class Register {
public:
    explicit Register(Settings settings = {}, Pairings pairings = {});

    /// Someone came; true when a serial was found to be shared (pairings() changed).
    bool came(device::Attachment device);
    void went(device::Handle handle);
    void set_settings(Settings settings);
    /// From now on it belongs to `station`; empty: to nobody.
    void pair(device::Handle handle, const std::string& station);

    const Settings& settings() const { return settings_; }
    const Pairings& pairings() const { return pairings_; }
    const std::vector<Known>& all() const { return known_; }  // in the order of their coming
    const Known* find(device::Handle handle) const;
    const Known* find(const protocol::PeripheralId& id) const;

private:
    void name_all();
    void name_one(Known& known, const std::string& part, bool is_sole_claim) const;
    std::string part_of_housing(const Known& part) const;

    Settings settings_;
    Pairings pairings_;
    std::vector<Known> known_;
};

}  // namespace kenpin::app
