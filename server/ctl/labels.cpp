// Labels and papers from the command line: what a template will look like, before one is printed. Nothing
// here asks the server.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "adaptors/codes/decoder.hpp"
#include "adaptors/text/png.hpp"
#include "printers/layout/paper.hpp"
#include "server/ctl/commands.hpp"
#include "server/ctl/label_file.hpp"
#include "server/ctl/say.hpp"

namespace kenpin::ctl {
namespace {

namespace fs = std::filesystem;
using layout::PaperValues;

fs::path folder_of(const LabelWish& wish) {
    return wish.folder.empty() ? labels_folder() : fs::path(wish.folder);
}

Result<std::vector<PaperValues>> values_of(const LabelWish& wish, const layout::Template& of) {
    if (!wish.code.empty() && !of.fields.empty())
        return std::vector{PaperValues{Private(layout::Values{{of.fields.front().name, wish.code}}), {}}};
    if (wish.data.empty()) return std::vector{layout::samples_of(of)};
    if (wish.data.front() == '{' || wish.data.front() == '[') return values_from(wish.data);
    std::ifstream file(wish.data, std::ios::binary);
    if (!file) return Error{Error::Kind::not_found, wish.data + ": cannot be read"};
    return values_from(std::string(std::istreambuf_iterator<char>(file), {}));
}

Outcome write(const fs::path& path, const std::string& bytes) {
    std::ofstream file(path, std::ios::binary);
    file << bytes;
    file.close();
    if (file.fail()) return Error{Error::Kind::unreachable, path.string() + ": cannot be written"};
    return Done{};
}

// The second page beside the first: out-2.png.
fs::path page_path(const fs::path& out, std::size_t page) {
    if (page == 0) return out;
    auto path = out;
    path.replace_filename(out.stem().string() + "-" + std::to_string(page + 1) + out.extension().string());
    return path;
}

// Every page of every paper, each barcode read back; the first that does not read ends it.
Result<std::vector<layout::Label>> drawn(const layout::Template& of, const std::vector<PaperValues>& papers,
                                         int dpmm) {
    codes::Decoder decoder;
    std::vector<layout::Label> out;
    for (const auto& values : papers) {
        auto pages = layout::draw_paper(of, values, dpmm);
        if (!pages) return pages.error();
        for (auto& page : std::move(pages).value()) {
            if (!page.codes.empty())
                if (const auto read = layout::verify_codes(page, decoder); !read) return read.error();
            out.push_back(std::move(page));
        }
    }
    return out;
}

Outcome write_pictures(const std::vector<layout::Label>& pages, const fs::path& out) {
    for (std::size_t page = 0; page < pages.size(); ++page) {
        const auto png = text::png_of(pages[page].bitmap);
        if (!png) return png.error();
        if (const auto done = write(page_path(out, page), png.value()); !done) return done;
    }
    return Done{};
}

Outcome write_pdf(const LabelWish& wish, const layout::Template& of, const std::vector<PaperValues>& papers) {
    constexpr double margin_mm = 8;
    const auto pdf =
        wish.is_sheet ? layout::draw_label_sheet(of, papers, margin_mm) : layout::draw_paper_pdf(of, papers);
    if (!pdf) return pdf.error();
    return write(wish.out, pdf.value());
}

int say_written(const Context& context, const LabelWish& wish, const std::vector<layout::Label>& pages) {
    std::size_t codes = 0;
    for (const auto& page : pages) codes += page.codes.size();
    const auto count = std::to_string(pages.size()), bars = std::to_string(codes);
    say(context, {wish.out + ": " + count + " 枚、バーコード " + bars + " 個をすべて読み戻しました",
                  wish.out + ": pages " + count + ", barcodes read back " + bars});
    return 0;
}

}  // namespace

int preview_label(const Context& context, const LabelWish& wish) {
    const bool is_pdf = wish.out.ends_with(".pdf");
    if (!is_pdf && (wish.is_sheet || !wish.out.ends_with(".png")))
        return complain(context, {"--out は .png か .pdf で終わる名前です。--sheet は .pdf だけです",
                                  "--out ends in .png or .pdf; --sheet only in .pdf"});
    const auto of = read_template(wish.name, folder_of(wish));
    if (!of)
        return complain(context, of.error(),
                        {"テンプレート " + wish.name + " はありません → kenpinctl label list",
                         "there is no template " + wish.name + " → kenpinctl label list"});
    const auto papers = values_of(wish, of.value());
    if (!papers) return complain(papers.error());
    const auto pages = drawn(of.value(), papers.value(), wish.dpmm);
    if (!pages) return complain(pages.error());
    const auto written =
        is_pdf ? write_pdf(wish, of.value(), papers.value()) : write_pictures(pages.value(), wish.out);
    return written ? say_written(context, wish, pages.value()) : complain(written.error());
}

int show_label_templates(const Context& context, const LabelWish& wish) {
    const auto names = templates_in(folder_of(wish));
    if (names.empty())
        return complain(context, {"テンプレートがありません: " + folder_of(wish).string(),
                                  "no templates in " + folder_of(wish).string()});
    int failed = 0;
    for (const auto& name : names) {
        const auto of = read_template(name, folder_of(wish));
        if (!of) {
            failed = complain(of.error());
            continue;
        }
        std::printf("%-20s %g x %g mm ", name.c_str(), of.value().width_mm, of.value().height_mm);
        for (const auto& field : of.value().fields)
            std::printf(" %s%s%s", field.is_of_row ? "rows." : "", field.name.c_str(),
                        field.is_needed ? "*" : "");
        std::printf("\n");
    }
    return failed;
}

}  // namespace kenpin::ctl
