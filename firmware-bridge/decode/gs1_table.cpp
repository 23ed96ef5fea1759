#include "firmware-bridge/decode/gs1_table.hpp"

#include <algorithm>

namespace kenpin::decode {
namespace {

constexpr bool by_length = true, by_separator = false;

struct Line {
    std::string_view ai;
    bool ends_by_length;
    std::string_view format;  // as the dictionary writes it: set, length, rules; [] optional
    std::string_view title;
};

// clang-format off
constexpr Line lines[] = {
    {"00", by_length, "N18,csum,gcppos2", "SSCC"},
    {"01", by_length, "N14,csum,gcppos2", "GTIN"},
    {"02", by_length, "N14,csum,gcppos2", "CONTENT"},
    {"03", by_length, "N14,csum,gcppos2", "MTO GTIN"},
    {"10", by_separator, "X..20", "BATCH/LOT"},
    {"11", by_length, "N6,yymmd0", "PROD DATE"},
    {"12", by_length, "N6,yymmd0", "DUE DATE"},
    {"13", by_length, "N6,yymmd0", "PACK DATE"},
    {"15", by_length, "N6,yymmd0", "BEST BEFORE or BEST BY"},
    {"16", by_length, "N6,yymmd0", "SELL BY"},
    {"17", by_length, "N6,yymmd0", "USE BY or EXPIRY"},
    {"20", by_length, "N2", "VARIANT"},
    {"21", by_separator, "X..20", "SERIAL"},
    {"22", by_separator, "X..20", "CPV"},
    {"235", by_separator, "X..28", "TPX"},
    {"240", by_separator, "X..30", "ADDITIONAL ID"},
    {"241", by_separator, "X..30", "CUST. PART No."},
    {"242", by_separator, "N..6", "MTO VARIANT"},
    {"243", by_separator, "X..20", "PCN"},
    {"250", by_separator, "X..30", "SECONDARY SERIAL"},
    {"251", by_separator, "X..30", "REF. TO SOURCE"},
    {"253", by_separator, "N13,csum,gcppos1 [X..17]", "GDTI"},
    {"254", by_separator, "X..20", "GLN EXTENSION COMPONENT"},
    {"255", by_separator, "N13,csum,gcppos1 [N..12]", "GCN"},
    {"30", by_separator, "N..8", "VAR. COUNT"},
    {"3100-3105", by_length, "N6", "NET WEIGHT (kg)"},
    {"3110-3115", by_length, "N6", "LENGTH (m)"},
    {"3120-3125", by_length, "N6", "WIDTH (m)"},
    {"3130-3135", by_length, "N6", "HEIGHT (m)"},
    {"3140-3145", by_length, "N6", "AREA (m²)"},
    {"3150-3155", by_length, "N6", "NET VOLUME (l)"},
    {"3160-3165", by_length, "N6", "NET VOLUME (m³)"},
    {"3200-3205", by_length, "N6", "NET WEIGHT (lb)"},
    {"3210-3215", by_length, "N6", "LENGTH (in)"},
    {"3220-3225", by_length, "N6", "LENGTH (ft)"},
    {"3230-3235", by_length, "N6", "LENGTH (yd)"},
    {"3240-3245", by_length, "N6", "WIDTH (in)"},
    {"3250-3255", by_length, "N6", "WIDTH (ft)"},
    {"3260-3265", by_length, "N6", "WIDTH (yd)"},
    {"3270-3275", by_length, "N6", "HEIGHT (in)"},
    {"3280-3285", by_length, "N6", "HEIGHT (ft)"},
    {"3290-3295", by_length, "N6", "HEIGHT (yd)"},
    {"3300-3305", by_length, "N6", "GROSS WEIGHT (kg)"},
    {"3310-3315", by_length, "N6", "LENGTH (m), log"},
    {"3320-3325", by_length, "N6", "WIDTH (m), log"},
    {"3330-3335", by_length, "N6", "HEIGHT (m), log"},
    {"3340-3345", by_length, "N6", "AREA (m²), log"},
    {"3350-3355", by_length, "N6", "VOLUME (l), log"},
    {"3360-3365", by_length, "N6", "VOLUME (m³), log"},
    {"3370-3375", by_length, "N6", "KG PER m²"},
    {"3400-3405", by_length, "N6", "GROSS WEIGHT (lb)"},
    {"3410-3415", by_length, "N6", "LENGTH (in), log"},
    {"3420-3425", by_length, "N6", "LENGTH (ft), log"},
    {"3430-3435", by_length, "N6", "LENGTH (yd), log"},
    {"3440-3445", by_length, "N6", "WIDTH (in), log"},
    {"3450-3455", by_length, "N6", "WIDTH (ft), log"},
    {"3460-3465", by_length, "N6", "WIDTH (yd), log"},
    {"3470-3475", by_length, "N6", "HEIGHT (in), log"},
    {"3480-3485", by_length, "N6", "HEIGHT (ft), log"},
    {"3490-3495", by_length, "N6", "HEIGHT (yd), log"},
    {"3500-3505", by_length, "N6", "AREA (in²)"},
    {"3510-3515", by_length, "N6", "AREA (ft²)"},
    {"3520-3525", by_length, "N6", "AREA (yd²)"},
    {"3530-3535", by_length, "N6", "AREA (in²), log"},
    {"3540-3545", by_length, "N6", "AREA (ft²), log"},
    {"3550-3555", by_length, "N6", "AREA (yd²), log"},
    {"3560-3565", by_length, "N6", "NET WEIGHT (tr oz)"},
    {"3570-3575", by_length, "N6", "NET VOLUME (oz)"},
    {"3600-3605", by_length, "N6", "NET VOLUME (qt (US))"},
    {"3610-3615", by_length, "N6", "NET VOLUME (gal.)"},
    {"3620-3625", by_length, "N6", "VOLUME (qt (US)), log"},
    {"3630-3635", by_length, "N6", "VOLUME (gal (US)), log"},
    {"3640-3645", by_length, "N6", "NET VOLUME (in³)"},
    {"3650-3655", by_length, "N6", "NET VOLUME (ft³)"},
    {"3660-3665", by_length, "N6", "NET VOLUME (yd³)"},
    {"3670-3675", by_length, "N6", "VOLUME (in³), log"},
    {"3680-3685", by_length, "N6", "VOLUME (ft³), log"},
    {"3690-3695", by_length, "N6", "VOLUME (yd³), log"},
    {"37", by_separator, "N..8", "COUNT"},
    {"3900-3909", by_separator, "N..15", "AMOUNT"},
    {"3910-3919", by_separator, "N3,iso4217 N..15", "AMOUNT"},
    {"3920-3929", by_separator, "N..15", "PRICE"},
    {"3930-3939", by_separator, "N3,iso4217 N..15", "PRICE"},
    {"3940-3943", by_separator, "N4", "PRCNT OFF"},
    {"3950-3955", by_separator, "N6", "PRICE/UoM"},
    {"400", by_separator, "X..30", "ORDER NUMBER"},
    {"401", by_separator, "X..30,gcppos1", "GINC"},
    {"402", by_separator, "N17,csum,gcppos1", "GSIN"},
    {"403", by_separator, "X..30", "ROUTE"},
    {"410", by_length, "N13,csum,gcppos1", "SHIP TO LOC"},
    {"411", by_length, "N13,csum,gcppos1", "BILL TO"},
    {"412", by_length, "N13,csum,gcppos1", "PURCHASE FROM"},
    {"413", by_length, "N13,csum,gcppos1", "SHIP FOR LOC"},
    {"414", by_length, "N13,csum,gcppos1", "LOC No."},
    {"415", by_length, "N13,csum,gcppos1", "PAY TO"},
    {"416", by_length, "N13,csum,gcppos1", "PROD/SERV LOC"},
    {"417", by_length, "N13,csum,gcppos1", "PARTY"},
    {"420", by_separator, "X..20", "SHIP TO POST"},
    {"421", by_separator, "N3,iso3166 X..9", "SHIP TO POST"},
    {"422", by_separator, "N3,iso3166", "ORIGIN"},
    {"423", by_separator, "N3,iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166", "COUNTRY - INITIAL PROCESS"},
    {"424", by_separator, "N3,iso3166", "COUNTRY - PROCESS"},
    {"425", by_separator, "N3,iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166 [N3],iso3166", "COUNTRY - DISASSEMBLY"},
    {"426", by_separator, "N3,iso3166", "COUNTRY - FULL PROCESS"},
    {"427", by_separator, "X..3", "ORIGIN SUBDIVISION"},
    {"4300", by_separator, "X..35,pcenc", "SHIP TO COMP"},
    {"4301", by_separator, "X..35,pcenc", "SHIP TO NAME"},
    {"4302", by_separator, "X..70,pcenc", "SHIP TO ADD1"},
    {"4303", by_separator, "X..70,pcenc", "SHIP TO ADD2"},
    {"4304", by_separator, "X..70,pcenc", "SHIP TO SUB"},
    {"4305", by_separator, "X..70,pcenc", "SHIP TO LOC"},
    {"4306", by_separator, "X..70,pcenc", "SHIP TO REG"},
    {"4307", by_separator, "X2,iso3166alpha2", "SHIP TO COUNTRY"},
    {"4308", by_separator, "X..30", "SHIP TO PHONE"},
    {"4309", by_separator, "N10,latitude N10,longitude", "SHIP TO GEO"},
    {"4310", by_separator, "X..35,pcenc", "RTN TO COMP"},
    {"4311", by_separator, "X..35,pcenc", "RTN TO NAME"},
    {"4312", by_separator, "X..70,pcenc", "RTN TO ADD1"},
    {"4313", by_separator, "X..70,pcenc", "RTN TO ADD2"},
    {"4314", by_separator, "X..70,pcenc", "RTN TO SUB"},
    {"4315", by_separator, "X..70,pcenc", "RTN TO LOC"},
    {"4316", by_separator, "X..70,pcenc", "RTN TO REG"},
    {"4317", by_separator, "X2,iso3166alpha2", "RTN TO COUNTRY"},
    {"4318", by_separator, "X..20", "RTN TO POST"},
    {"4319", by_separator, "X..30", "RTN TO PHONE"},
    {"4320", by_separator, "X..35,pcenc", "SRV DESCRIPTION"},
    {"4321", by_separator, "N1,yesno", "DANGEROUS GOODS"},
    {"4322", by_separator, "N1,yesno", "AUTH TO LEAVE"},
    {"4323", by_separator, "N1,yesno", "SIG REQUIRED"},
    {"4324", by_separator, "N6,yymmd0 N4,hhmi", "NOT BEF DEL DT"},
    {"4325", by_separator, "N6,yymmd0 N4,hhmi", "NOT AFT DEL DT"},
    {"4326", by_separator, "N6,yymmdd", "REL DATE"},
    {"4330", by_separator, "N6 [X1],hyphen", "MAX TEMP F."},
    {"4331", by_separator, "N6 [X1],hyphen", "MAX TEMP C."},
    {"4332", by_separator, "N6 [X1],hyphen", "MIN TEMP F."},
    {"4333", by_separator, "N6 [X1],hyphen", "MIN TEMP C."},
    {"7001", by_separator, "N13", "NSN"},
    {"7002", by_separator, "X..30", "MEAT CUT"},
    {"7003", by_separator, "N6,yymmdd N4,hhmi", "EXPIRY TIME"},
    {"7004", by_separator, "N..4", "ACTIVE POTENCY"},
    {"7005", by_separator, "X..12", "CATCH AREA"},
    {"7006", by_separator, "N6,yymmdd", "FIRST FREEZE DATE"},
    {"7007", by_separator, "N6,yymmdd [N6],yymmdd", "HARVEST DATE"},
    {"7008", by_separator, "X..3", "AQUATIC SPECIES"},
    {"7009", by_separator, "X..10", "FISHING GEAR TYPE"},
    {"7010", by_separator, "X..2", "PROD METHOD"},
    {"7011", by_separator, "N6,yymmdd [N4],hhmi", "TEST BY DATE"},
    {"7020", by_separator, "X..20", "REFURB LOT"},
    {"7021", by_separator, "X..20", "FUNC STAT"},
    {"7022", by_separator, "X..20", "REV STAT"},
    {"7023", by_separator, "X..30,gcppos1", "GIAI - ASSEMBLY"},
    {"7030", by_separator, "N3,iso3166999 X..27", "PROCESSOR # 0"},
    {"7031", by_separator, "N3,iso3166999 X..27", "PROCESSOR # 1"},
    {"7032", by_separator, "N3,iso3166999 X..27", "PROCESSOR # 2"},
    {"7033", by_separator, "N3,iso3166999 X..27", "PROCESSOR # 3"},
    {"7034", by_separator, "N3,iso3166999 X..27", "PROCESSOR # 4"},
    {"7035", by_separator, "N3,iso3166999 X..27", "PROCESSOR # 5"},
    {"7036", by_separator, "N3,iso3166999 X..27", "PROCESSOR # 6"},
    {"7037", by_separator, "N3,iso3166999 X..27", "PROCESSOR # 7"},
    {"7038", by_separator, "N3,iso3166999 X..27", "PROCESSOR # 8"},
    {"7039", by_separator, "N3,iso3166999 X..27", "PROCESSOR # 9"},
    {"7040", by_separator, "N1 X1 X1 X1,importeridx", "UIC+EXT"},
    {"7041", by_separator, "X..4,packagetype", "UFRGT UNIT TYPE"},
    {"710", by_separator, "X..20", "NHRN PZN"},
    {"711", by_separator, "X..20", "NHRN CIP"},
    {"712", by_separator, "X..20", "NHRN CN"},
    {"713", by_separator, "X..20", "NHRN DRN"},
    {"714", by_separator, "X..20", "NHRN AIM"},
    {"715", by_separator, "X..20", "NHRN NDC"},
    {"716", by_separator, "X..20", "NHRN AIC"},
    {"717", by_separator, "X..20", "NHRN SRN"},
    {"7230", by_separator, "X2 X..28", "CERT # 1"},
    {"7231", by_separator, "X2 X..28", "CERT # 2"},
    {"7232", by_separator, "X2 X..28", "CERT # 3"},
    {"7233", by_separator, "X2 X..28", "CERT # 4"},
    {"7234", by_separator, "X2 X..28", "CERT # 5"},
    {"7235", by_separator, "X2 X..28", "CERT # 6"},
    {"7236", by_separator, "X2 X..28", "CERT # 7"},
    {"7237", by_separator, "X2 X..28", "CERT # 8"},
    {"7238", by_separator, "X2 X..28", "CERT # 9"},
    {"7239", by_separator, "X2 X..28", "CERT # 10"},
    {"7240", by_separator, "X..20", "PROTOCOL"},
    {"7241", by_separator, "N2,mediatype", "AIDC MEDIA TYPE"},
    {"7242", by_separator, "X..25", "VCN"},
    {"7250", by_separator, "N8,yyyymmdd", "DOB"},
    {"7251", by_separator, "N8,yyyymmdd N4,hhmi", "DOB TIME"},
    {"7252", by_separator, "N1,iso5218", "BIO SEX"},
    {"7253", by_separator, "X..40,pcenc", "FAMILY NAME"},
    {"7254", by_separator, "X..40,pcenc", "GIVEN NAME"},
    {"7255", by_separator, "X..10", "SUFFIX"},
    {"7256", by_separator, "X..90,pcenc", "FULL NAME"},
    {"7257", by_separator, "X..70,pcenc", "PERSON ADDR"},
    {"7258", by_separator, "X3,posinseqslash", "BIRTH SEQUENCE"},
    {"7259", by_separator, "X..40,pcenc", "BABY"},
    {"8001", by_separator, "N4,nonzero N5,nonzero N3,nonzero N1,winding N1", "DIMENSIONS"},
    {"8002", by_separator, "X..20", "CMT No."},
    {"8003", by_separator, "N1,zero N13,csum,gcppos1 [X..16]", "GRAI"},
    {"8004", by_separator, "X..30,gcppos1", "GIAI"},
    {"8005", by_separator, "N6", "PRICE PER UNIT"},
    {"8006", by_separator, "N14,csum,gcppos2 N4,pieceoftotal", "ITIP"},
    {"8007", by_separator, "X..34,iban", "IBAN"},
    {"8008", by_separator, "N6,yymmdd N2,hh [N2],mi [N2],ss", "PROD TIME"},
    {"8009", by_separator, "X..50", "OPTSEN"},
    {"8010", by_separator, "Y..30,gcppos1", "CPID"},
    {"8011", by_separator, "N..12,nozeroprefix", "CPID SERIAL"},
    {"8012", by_separator, "X..20", "VERSION"},
    {"8013", by_separator, "X..25,csumalpha,gcppos1", "GMN"},
    {"8014", by_separator, "X..25,csumalpha,gcppos1,hasnondigit", "MUDI"},
    {"8017", by_separator, "N18,csum,gcppos1", "GSRN - PROVIDER"},
    {"8018", by_separator, "N18,csum,gcppos1", "GSRN - RECIPIENT"},
    {"8019", by_separator, "N..10", "SRIN"},
    {"8020", by_separator, "X..25", "REF No."},
    {"8026", by_separator, "N14,csum,gcppos2 N4,pieceoftotal", "ITIP CONTENT"},
    {"8030", by_separator, "Z..90", "DIGSIG"},
    {"8040", by_separator, "N15", "IMEI"},
    {"8041", by_separator, "N15", "IMEI2"},
    {"8042", by_separator, "N32", "ESIM"},
    {"8043", by_separator, "N18 [N..2]", "PSIM"},
    {"8110", by_separator, "X..70,couponcode", ""},
    {"8111", by_separator, "N4", "POINTS"},
    {"8112", by_separator, "X..70,couponposoffer", ""},
    {"8200", by_separator, "X..70", "PRODUCT URL"},
    {"90", by_separator, "X..30", "INTERNAL"},
    {"91-99", by_separator, "X..90", "INTERNAL"},
};
// clang-format on

struct NamedRule {
    std::string_view name;
    PartRule rule;
};

constexpr NamedRule rule_names[] = {
    {"csum", PartRule::check_digit},
    {"csumalpha", PartRule::check_pair},
    {"gcppos1", PartRule::company_prefix},
    {"gcppos2", PartRule::none},  // only on parts that are digits throughout
    {"yymmdd", PartRule::date},
    {"yymmd0", PartRule::date_or_month},
    {"yyyymmdd", PartRule::long_date},
    {"hh", PartRule::hour},
    {"mi", PartRule::minute},
    {"ss", PartRule::second},
    {"hhmi", PartRule::hour_minute},
    {"latitude", PartRule::latitude},
    {"longitude", PartRule::longitude},
    {"yesno", PartRule::yes_no},
    {"hyphen", PartRule::hyphen},
    {"pcenc", PartRule::percent_encoded},
    {"nonzero", PartRule::nonzero},
    {"zero", PartRule::zero},
    {"winding", PartRule::winding},
    {"pieceoftotal", PartRule::piece_of_total},
    {"iban", PartRule::iban},
    {"nozeroprefix", PartRule::no_leading_zero},
    {"hasnondigit", PartRule::has_non_digit},
    {"iso5218", PartRule::sex},
    {"posinseqslash", PartRule::position_of_total},
    {"importeridx", PartRule::importer_index},
    {"iso3166alpha2", PartRule::two_letters},
    {"iso3166", PartRule::none},
    {"iso3166999", PartRule::none},
    {"iso4217", PartRule::none},
    {"packagetype", PartRule::none},
    {"mediatype", PartRule::none},
    {"couponcode", PartRule::none},
    {"couponposoffer", PartRule::none},
};

// Read at compile time: a line that the reader does not understand does not compile.
consteval std::string_view take_until(std::string_view& text, char end) {
    const auto at = text.find(end);
    const auto taken = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    return taken;
}

consteval PartRule rule_named(std::string_view name) {
    for (const auto& row : rule_names)
        if (row.name == name) return row.rule;
    throw "a rule without a name here";
}

consteval std::uint8_t number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') throw "not a number";
        value = value * 10 + (c - '0');
    }
    return static_cast<std::uint8_t>(value);
}

consteval CharSet set_named(char letter) {
    switch (letter) {
        case 'N':
            return CharSet::digits;
        case 'X':
            return CharSet::text;
        case 'Y':
            return CharSet::part_number;
        case 'Z':
            return CharSet::base64;
        default:
            throw "an unknown set of characters";
    }
}

consteval Part read_part(std::string_view text) {
    Part part;
    auto shape = take_until(text, ',');
    if (shape.front() == '[') {
        part.is_optional = true;
        shape = shape.substr(1, shape.size() - 2);
    }
    part.set = set_named(shape.front());
    const auto is_variable = shape.substr(1, 2) == "..";
    part.most = number(shape.substr(is_variable ? 3 : 1));
    part.least = is_variable ? std::uint8_t{1} : part.most;
    for (std::size_t i = 0; !text.empty(); ++i) part.rules[i] = rule_named(take_until(text, ','));
    return part;
}

consteval AiRow read_line(const Line& line) {
    AiRow row;
    auto ai = line.ai;
    row.first = take_until(ai, '-');
    row.last = ai.empty() ? row.first : ai;
    row.ends_by_length = line.ends_by_length;
    row.title = line.title;
    for (auto text = line.format; !text.empty(); ++row.part_count)
        row.parts[row.part_count] = read_part(take_until(text, ' '));
    return row;
}

consteval auto read_lines() {
    std::array<AiRow, std::size(lines)> rows{};
    std::size_t i = 0;
    for (const auto& line : lines) rows[i++] = read_line(line);
    return rows;
}

constexpr auto rows = read_lines();

}  // namespace

std::size_t AiRow::most_characters() const {
    std::size_t sum = 0;
    for (const auto& part : format()) sum += part.most;
    return sum;
}

std::span<const AiRow> ai_table() {
    return rows;
}

const AiRow* find_ai(std::string_view data) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const AiRow& row) {
        const auto ai = data.substr(0, row.first.size());
        return ai.size() == row.first.size() && row.first <= ai && ai <= row.last;
    });
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace kenpin::decode
