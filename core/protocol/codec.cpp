// JSON in and out for every message; the only place of the protocol that sees nlohmann. Reading never throws
// past this file: the first field that is missing or wrong is named in the Error.
#include <concepts>

#include <nlohmann/json.hpp>

#include "core/base/limits.hpp"
#include "core/base/overloaded.hpp"
#include "core/protocol/fields.hpp"

namespace kenpin::protocol {
namespace {

using Json = nlohmann::json;  // keys sorted: the same value gives the same text

template <class Enum>
concept Named = std::is_enum_v<Enum> && requires(Enum e) {
    domain::name(e);
};

// ---- writing
// ---------------------------------------------------------------------------------------------------------

struct Writer {
    Json json = Json::object();
    template <class T>
    void operator()(const char* field, const T& value);
    template <class T>
    void later(const char* field, const T& value) {
        (*this)(field, value);
    }
};

// No text of ours holds a NUL (see read()): written, it could never be read again.
Json written(const std::string& text) {
    if (text.find('\0') == std::string::npos) return text;
    std::string without;
    for (const char c : text) c == '\0' ? without += "\xEF\xBF\xBD" : without += c;  // U+FFFD
    return without;
}
Json written(std::integral auto number) {
    return number;
}
Json written(Named auto value) {
    return domain::name(value);
}
Json written(Day day) {
    return to_text(day);
}
Json written(Instant at) {
    return to_ms(at);
}
Json written(Millis span) {
    return span.count();
}
template <class Tag, class Rep>
Json written(const Strong<Tag, Rep>& id) {
    return written(id.value);
}
template <class T>
Json written(const Private<T>& secret) {
    return written(secret.reveal());
}
template <class T>
Json written(const std::optional<T>& maybe);
template <class T>
Json written(const std::vector<T>& items);
template <class T>
requires std::is_class_v<T> Json written(const T& thing) {
    Writer writer;
    describe(writer, thing);
    return std::move(writer.json);
}
template <class T>
Json written(const std::optional<T>& maybe) {
    return maybe ? written(*maybe) : Json(nullptr);
}
template <class T>
Json written(const std::vector<T>& items) {
    Json array = Json::array();
    for (const auto& item : items) array.push_back(written(item));
    return array;
}
template <class T>
void Writer::operator()(const char* field, const T& value) {
    if constexpr (requires { value.has_value(); })
        if (!value.has_value()) return;  // an absent field is nothing
    json[field] = written(value);
}

// Text that is not UTF-8 is shown with replacement characters rather than thrown away with its event.
std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <class T>
std::string message_text(const T& message) {
    Json json = written(message);
    json["v"] = version;
    return dumped(json);
}

// ---- reading
// ---------------------------------------------------------------------------------------------------------

struct Broken {
    std::string field;
};

struct Reader {
    const Json& json;
    template <class T>
    void operator()(const char* field, T& value);
    template <class T>
    void later(const char* field, T& value) {
        if (json.contains(field)) (*this)(field, value);
    }
};

void read(const Json& json, std::string& text) {
    if (!json.is_string()) throw Broken{};
    text = json.get<std::string>();
    if (text.find('\0') != std::string::npos) throw Broken{};  // no text of ours, and PostgreSQL holds none
}
void read(const Json& json, bool& flag) {
    if (!json.is_boolean()) throw Broken{};
    flag = json.get<bool>();
}
template <std::integral Int>
void read(const Json& json, Int& number) {
    if (!json.is_number_integer()) throw Broken{};
    const auto wide = json.get<std::int64_t>();
    if (wide < std::numeric_limits<Int>::min() || wide > std::numeric_limits<Int>::max()) throw Broken{};
    number = static_cast<Int>(wide);
}
void read(const Json& json, domain::Refusal& refusal) {
    const auto value = json.is_string() ? domain::refusal_from_name(json.get<std::string>()) : std::nullopt;
    if (!value) throw Broken{};
    refusal = *value;
}
template <Named Enum>
void read(const Json& json, Enum& value) {
    const auto found = json.is_string() ? domain::from_name<Enum>(json.get<std::string>()) : std::nullopt;
    if (!found) throw Broken{};
    value = *found;
}
void read(const Json& json, Day& day) {
    const auto parsed = json.is_string() ? parse_day(json.get<std::string>()) : std::nullopt;
    if (!parsed) throw Broken{};
    day = *parsed;
}
void read(const Json& json, Millis& span) {
    std::int64_t ms = 0;
    read(json, ms);
    span = Millis{ms};
}
void read(const Json& json, Instant& at) {
    std::int64_t ms = 0;
    read(json, ms);
    at = from_ms(ms);
}
template <class Tag, class Rep>
void read(const Json& json, Strong<Tag, Rep>& id) {
    read(json, id.value);
}
template <class T>
void read(const Json& json, Private<T>& secret) {
    T value{};
    read(json, value);
    secret = Private<T>(std::move(value));
}
template <class T>
void read(const Json& json, std::optional<T>& maybe);
template <class T>
void read(const Json& json, std::vector<T>& items);
template <class T>
requires std::is_class_v<T>
void read(const Json& json, T& thing) {
    if (!json.is_object()) throw Broken{};
    Reader reader{json};
    describe(reader, thing);
}
template <class T>
void read(const Json& json, std::optional<T>& maybe) {
    T value{};
    read(json, value);
    maybe = std::move(value);
}
template <class T>
void read(const Json& json, std::vector<T>& items) {
    if (!json.is_array()) throw Broken{};
    items.clear();
    items.reserve(json.size());
    for (const auto& element : json) {
        T item{};
        read(element, item);
        items.push_back(std::move(item));
    }
}

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
void Reader::operator()(const char* field, T& value) {
    const auto found = json.find(field);
    if (found == json.end() || found->is_null()) {
        if constexpr (is_optional<T>) {
            value.reset();
            return;
        }
        throw Broken{field};
    }
    try {
        read(*found, value);
    } catch (Broken& broken) {
        broken.field = broken.field.empty() ? field : std::string(field) + "." + broken.field;
        throw;
    }
}

Error corrupt(const std::string& what) {
    return Error{Error::Kind::corrupt, what};
}

// Runs `fill` on the parsed object; whatever is wrong becomes one Error.
template <class T, class Fill>
Result<T> parsed(std::string_view text, Fill fill) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return corrupt("not JSON");
    if (!json.is_object()) return corrupt("not a JSON object");
    try {
        T value{};
        fill(json, value);
        return value;
    } catch (const Broken& broken) {
        return corrupt("field '" + broken.field + "' is missing or wrong");
    } catch (const std::exception& e) {  // nlohmann and the standard library
        return corrupt(e.what());
    }
}

template <class T>
Result<T> from_json(std::string_view text) {
    return parsed<T>(text, [](const Json& json, T& value) { read(json, value); });
}

template <class T>
Result<T> message_from(std::string_view text) {
    return parsed<T>(text, [](const Json& json, T& value) {
        int v = 0;
        Reader{json}("v", v);
        if (v != version) throw Broken{"v"};
        read(json, value);
    });
}

// ---- events
// ------------------------------------------------------------------------------------------------------------

template <std::size_t I = 0>
Result<Body> body_of_kind(std::string_view kind, std::string_view json) {
    if constexpr (I + 1 == std::variant_size_v<Body>) {
        if (Json::parse(json, nullptr, false).is_discarded()) return corrupt("not JSON");
        return Body{UnknownKind{std::string(kind), std::string(json)}};
    } else {
        using T = std::variant_alternative_t<I, Body>;
        if (kind != T::kind) return body_of_kind<I + 1>(kind, json);
        auto body = from_json<T>(json);
        if (!body) return body.error();
        return Body{std::move(body).value()};
    }
}

Json written_event(const Event& event) {
    Json json = {{"seq", event.seq.value}, {"kind", kind_of(event.body)}, {"at", to_ms(event.device_time)}};
    if (event.worker) json["worker"] = written(*event.worker);
    if (!event.scanner.empty()) json["scanner"] = written(event.scanner);
    json["body"] = Json::parse(body_to_json(event.body));
    return json;
}

void read_fact(const Json& json, Event& event) {
    Reader reader{json};
    std::string kind;
    reader("kind", kind), reader("at", event.device_time), reader("worker", event.worker);
    if (json.contains("scanner")) reader("scanner", event.scanner);
    const auto found = json.find("body");
    if (found == json.end()) throw Broken{"body"};
    auto text = dumped(*found);
    auto body = body_from_json(kind, text);
    event.body = body ? std::move(body).value() : Body{UnknownKind{kind, std::move(text)}};
}

// One event that cannot be read must not hold up all that come after it: as long as its number is known it is
// handed on as it came. Where not even its kind can be told, the whole event is the body and the kind is
// empty.
Event read_event(const Json& json, const DeviceId& device, Epoch epoch) {
    if (!json.is_object()) throw Broken{"events"};
    Event event{};
    event.device = device;
    event.epoch = epoch;
    Reader{json}("seq", event.seq);
    try {
        read_fact(json, event);
    } catch (const Broken&) {
        event.device_time = {};
        event.worker.reset();
        event.scanner.clear();
        event.body = UnknownKind{"", dumped(json)};
    }
    return event;
}

}  // namespace

std::string_view kind_of(const Body& body) {
    return std::visit(Overloaded{
                          [](const UnknownKind& b) { return std::string_view(b.kind); },
                          []<class T>(const T&) { return T::kind; },
                      },
                      body);
}

std::string body_to_json(const Body& body) {
    return std::visit(Overloaded{
                          [](const UnknownKind& b) { return b.json; },
                          [](const auto& b) { return dumped(written(b)); },
                      },
                      body);
}

Result<Body> body_from_json(std::string_view kind, std::string_view json) {
    return body_of_kind(kind, json);
}

std::string to_json(const PickListDoc& doc) {
    return message_text(doc);
}
std::string to_json(const PackDoc& doc) {
    return message_text(doc);
}
std::string to_json(const Settings& settings) {
    return message_text(settings);
}
std::string to_json(const Hello& message) {
    return message_text(message);
}
std::string to_json(const Ack& message) {
    return message_text(message);
}
std::string to_json(const Snapshot& message) {
    return message_text(message);
}
std::string to_json(const DocPublished& message) {
    return message_text(message);
}
std::string to_json(const Command& message) {
    return message_text(message);
}
std::string to_json(const Presence& message) {
    return message_text(message);
}
std::string to_json(const PrintDocument& document) {
    return message_text(document);
}
std::string to_json(const EventBatch& message) {
    Json json = {{"v", version}, {"epoch", message.epoch.value}, {"events", Json::array()}};
    for (const auto& event : message.events) json["events"].push_back(written_event(event));
    return dumped(json);
}

Result<PickListDoc> pick_list_from_json(std::string_view json) {
    return message_from<PickListDoc>(json);
}
Result<PackDoc> pack_from_json(std::string_view json) {
    return message_from<PackDoc>(json);
}
Result<Settings> settings_from_json(std::string_view json) {
    return message_from<Settings>(json);
}
Result<Hello> hello_from_json(std::string_view json) {
    auto hello = message_from<Hello>(json);
    if (hello && hello.value().lives.empty()) return corrupt("field 'lives' is missing or wrong");
    return hello;
}
Result<Ack> ack_from_json(std::string_view json) {
    return message_from<Ack>(json);
}
Result<Snapshot> snapshot_from_json(std::string_view json) {
    return message_from<Snapshot>(json);
}
Result<DocPublished> doc_from_json(std::string_view json) {
    return message_from<DocPublished>(json);
}
Result<Command> command_from_json(std::string_view json) {
    return message_from<Command>(json);
}
Result<Presence> presence_from_json(std::string_view json) {
    return message_from<Presence>(json);
}
Result<PrintDocument> print_document_from_json(std::string_view json) {
    return message_from<PrintDocument>(json);
}

Result<EventBatch> batch_from_json(std::string_view text, const DeviceId& device) {
    return parsed<EventBatch>(text, [&](const Json& json, EventBatch& batch) {
        int v = 0;
        Reader reader{json};
        reader("v", v), reader("epoch", batch.epoch);
        if (v != version) throw Broken{"v"};
        const auto events = json.find("events");
        if (events == json.end() || !events->is_array() || events->size() > limits::batch_events)
            throw Broken{"events"};
        for (const auto& event : *events) batch.events.push_back(read_event(event, device, batch.epoch));
    });
}

}  // namespace kenpin::protocol
