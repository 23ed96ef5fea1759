#include "server/app/floor_rules.hpp"

#include <fstream>
#include <iterator>
#include <utility>

#include "adaptors/charset/charset.hpp"
#include "adaptors/gzip/gzip.hpp"

namespace kenpin::app {
namespace {

constexpr std::size_t most_bytes = 64U << 20U;  // of one table, unpacked

std::string nfkc(const std::string& text) {
    auto normal = charset::nfkc(text);
    return normal ? std::move(normal).value() : text;
}

std::optional<std::string> cp932(const std::string& text) {
    auto bytes = charset::cp932_from_utf8(text);
    if (!bytes) return std::nullopt;
    return std::move(bytes).value();
}

// Reads table by table; the first that fails is named, the rest is not tried.
class Tables {
public:
    explicit Tables(std::filesystem::path assets) : assets_(std::move(assets)) {}

    template <class Read>
    auto take(const std::string& name, Read read) {
        using Value = std::decay_t<decltype(read(std::string{}).value())>;
        auto text = file(name);
        if (!text) return Value{};
        auto value = read(std::move(*text));
        if (value) return std::move(value).value();
        error_ = Error{value.error().kind, name + ": " + value.error().detail};
        return Value{};
    }
    std::optional<std::string> file(const std::string& name) {
        if (error_) return std::nullopt;
        std::ifstream in(assets_ / name, std::ios::binary);
        if (!in) {
            error_ = Error{Error::Kind::not_found, (assets_ / name).string()};
            return std::nullopt;
        }
        std::string bytes{std::istreambuf_iterator<char>(in), {}};
        if (!gzip::is_packed(bytes)) return bytes;
        auto unpacked = gzip::unpack(bytes, most_bytes);
        if (unpacked) return std::move(unpacked).value();
        error_ = Error{unpacked.error().kind, name + ": " + unpacked.error().detail};
        return std::nullopt;
    }
    const std::optional<Error>& error() const { return error_; }

private:
    std::filesystem::path assets_;
    std::optional<Error> error_;
};

}  // namespace

Result<plan::FloorRules> read_floor_rules(const std::filesystem::path& assets) {
    Tables tables(assets);
    plan::FloorRules rules;
    rules.words =
        tables.take("handling/words.tsv", [](auto text) { return plan::read_word_table(text, nfkc); });
    rules.flags = tables.take("handling/flags.tsv", [](auto text) { return plan::read_flag_texts(text); });
    const auto forms =
        tables.take("handling/kanji.tsv", [](auto text) { return plan::read_kanji_forms(text); });
    rules.matching = {nfkc, forms};
    rules.postcodes = tables.take("postcodes.tsv.gz", [](auto text) { return plan::Postcodes::read(text); });
    rules.texts = {cp932, forms, tables.take("carriers/widths.tsv", [](auto text) {
                       return plan::read_carrier_widths(text);
                   })};
    const auto slots = tables.file("carriers/slots.tsv");
    const auto cool = tables.file("carriers/cool.tsv");
    rules.carriers = tables.take("carriers/services.tsv", [&](auto text) {
        return plan::read_carrier_tables({text, slots.value_or(""), cool.value_or("")});
    });
    rules.days = tables.take("carriers/days.tsv", [](auto text) { return plan::read_carrier_days(text); });
    if (tables.error()) return *tables.error();
    return rules;
}

}  // namespace kenpin::app
