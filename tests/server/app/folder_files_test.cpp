#include "server/app/folder_files.hpp"

#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/process.hpp"

using namespace kenpin;
using namespace kenpin::app;

namespace {

namespace fs = std::filesystem;

const Day day = *parse_day("2026-11-24");

void write(const fs::path& path, const std::string& text) {
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}
std::string bytes(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
std::set<std::string> paths(const FolderListing& listing) {
    std::set<std::string> all;
    for (const auto& file : listing.files) all.insert(file.path);
    return all;
}
plan::SeenFile seen(const fs::path& folder, const std::string& path) {
    const auto listing = list_folder(folder, {"RAKUTEN"});
    REQUIRE(listing);
    for (const auto& file : listing.value().files)
        if (file.path == path) return file;
    FAIL("not seen: " << path);
    return {};
}

}  // namespace

TEST_CASE(
    "files of the folder and of its shops' subfolders are seen, strangers are named, what is ours is not") {
    const support::TempDir dir;
    const fs::path folder = dir / "in";
    for (const char* path :
         {"a.csv", "RAKUTEN/受注 1.csv", "RAKUTEN/deep/b.csv", "backup/c.csv", "done/2026-11-23/d.csv",
          "refused/e.csv", ".git/f.csv", ".hidden.csv", "g.csv.part"})
        write(folder / path, "x");
    fs::create_symlink("/etc/passwd", folder / "link.csv");
    fs::create_directory_symlink("/etc", folder / "LINKED");
    REQUIRE(mkfifo((folder / "pipe.csv").c_str(), 0600) == 0);
    const auto listing = list_folder(folder, {"RAKUTEN", "LINKED"});
    REQUIRE(listing);
    CHECK(paths(listing.value()) == std::set<std::string>{"a.csv", "RAKUTEN/受注 1.csv"});
    CHECK(listing.value().strangers == std::set<std::string>{"backup"});
}

TEST_CASE("a folder that is not there is an answer") {
    const support::TempDir dir;
    const auto listing = list_folder(dir / "nowhere", {});
    REQUIRE_FALSE(listing);
    CHECK(listing.error().kind == Error::Kind::unreachable);
}

TEST_CASE("a file is read whole as it was seen; changed, locked or gone it is not") {
    const support::TempDir dir;
    const fs::path folder = dir / "in";
    write(folder / "a.csv", std::string("a\0b\n", 4));
    const auto as_seen = seen(folder, "a.csv");
    const auto read = read_settled(folder, as_seen);
    REQUIRE(read);
    CHECK(read.value() == std::string("a\0b\n", 4));

    const int fd = open((folder / "a.csv").c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE(flock(fd, LOCK_EX) == 0);
    CHECK(read_settled(folder, as_seen).error().kind == Error::Kind::busy);
    close(fd);
    CHECK(read_settled(folder, as_seen));

    write(folder / "a.csv", "longer than before");
    CHECK(read_settled(folder, as_seen).error().kind == Error::Kind::busy);
    fs::remove(folder / "a.csv");
    CHECK(read_settled(folder, as_seen).error().kind == Error::Kind::not_found);
}

TEST_CASE("a file that became a link after it was seen is not read through it") {
    const support::TempDir dir;
    const fs::path folder = dir / "in";
    write(folder / "a.csv", "x");
    const auto as_seen = seen(folder, "a.csv");
    fs::remove(folder / "a.csv");
    fs::create_symlink("/etc/passwd", folder / "a.csv");
    CHECK_FALSE(read_settled(folder, as_seen));
}

TEST_CASE("what was taken lies under its day, what was refused beside its note; nothing is overwritten") {
    const support::TempDir dir;
    const fs::path folder = dir / "in";
    write(folder / "RAKUTEN/a.csv", "first");
    const auto first = move_away(folder, seen(folder, "RAKUTEN/a.csv"), Drop::done, day, "");
    REQUIRE(first);
    CHECK(first.value() == folder / "done/2026-11-24/RAKUTEN/a.csv");
    write(folder / "RAKUTEN/a.csv", "second");
    const auto second = move_away(folder, seen(folder, "RAKUTEN/a.csv"), Drop::done, day, "");
    REQUIRE(second);
    CHECK(second.value().filename() == "a.2.csv");
    CHECK(bytes(first.value()) == "first");
    CHECK(bytes(second.value()) == "second");
    CHECK_FALSE(fs::exists(folder / "RAKUTEN/a.csv"));

    write(folder / "b.pdf", "no orders");
    const auto refused = move_away(folder, seen(folder, "b.pdf"), Drop::refused, day, "why");
    REQUIRE(refused);
    CHECK(refused.value() == folder / "refused/b.pdf");
    CHECK(bytes(folder / "refused/b.pdf.txt") == "why");
    for (const char* ours : {"done", "refused"})  // buyers' addresses are nobody else's business
        CHECK((fs::status(folder / ours).permissions() & fs::perms::others_all) == fs::perms::none);
}

TEST_CASE("where it cannot be moved it stays") {
    const support::TempDir dir;
    const fs::path folder = dir / "in";
    write(folder / "a.csv", "x");
    write(folder / "done", "a file of this name");
    CHECK_FALSE(move_away(folder, seen(folder, "a.csv"), Drop::done, day, ""));
    CHECK(bytes(folder / "a.csv") == "x");
}

TEST_CASE("a file that took the place of the one that was read is not moved away unread") {
    const support::TempDir dir;
    const fs::path folder = dir / "in";
    write(folder / "a.csv", "read and taken");
    const auto read = seen(folder, "a.csv");
    write(folder / "new", "not read yet, and longer");
    fs::rename(folder / "new", folder / "a.csv");
    const auto moved = move_away(folder, read, Drop::done, day, "a note");
    REQUIRE_FALSE(moved);
    CHECK(moved.error().kind == Error::Kind::busy);
    CHECK(bytes(folder / "a.csv") == "not read yet, and longer");
    CHECK_FALSE(fs::exists(folder / "done/2026-11-24/a.csv"));
    CHECK_FALSE(fs::exists(folder / "done/2026-11-24/a.csv.txt"));
}
