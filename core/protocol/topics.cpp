#include <algorithm>
#include <array>

#include "core/protocol/messages.hpp"

namespace kenpin::protocol {
namespace {

constexpr std::string_view root = "kenpin/1/";
constexpr std::array<std::string_view, 7> kinds{"hello", "ev", "presence", "ack", "snapshot", "doc", "cmd"};

// Site and device stand in topics and ACL patterns: letters, digits, '-' and '_' only.
bool is_plain_name(std::string_view name) {
    return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
               c == '_';
    });
}

std::string_view take_level(std::string_view& text) {
    const auto slash = text.find('/');
    const auto level = text.substr(0, slash);
    text.remove_prefix(slash == std::string_view::npos ? text.size() : slash + 1);
    return level;
}

}  // namespace

std::string topic(const SiteId& site, const DeviceId& device, Topic kind) {
    return std::string(root) + site.value + "/" + device.value + "/" +
           std::string(kinds[static_cast<std::size_t>(kind)]);
}

Result<ParsedTopic> parse_topic(std::string_view text) {
    const Error strange{Error::Kind::corrupt, "not a topic of ours"};
    if (!text.starts_with(root)) return strange;
    text.remove_prefix(root.size());
    const auto site = take_level(text);
    const auto device = take_level(text);
    const auto kind = std::find(kinds.begin(), kinds.end(), text);
    if (!is_plain_name(site) || !is_plain_name(device) || kind == kinds.end()) return strange;
    return ParsedTopic{SiteId{std::string(site)}, DeviceId{std::string(device)},
                       static_cast<Topic>(kind - kinds.begin())};
}

std::vector<std::string> server_subscriptions(const SiteId& site) {
    const DeviceId every{"+"};
    return {topic(site, every, Topic::hello), topic(site, every, Topic::ev),
            topic(site, every, Topic::presence)};
}

std::vector<std::string> device_subscriptions(const SiteId& site, const DeviceId& device) {
    return {topic(site, device, Topic::ack), topic(site, device, Topic::snapshot),
            topic(site, device, Topic::doc), topic(site, device, Topic::cmd)};
}

}  // namespace kenpin::protocol
