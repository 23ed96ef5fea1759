#include "server/app/given_numbers.hpp"

#include <fstream>
#include <sstream>

#include "server/app/durable_file.hpp"

namespace kenpin::app {

GivenNumbers numbers_to_skip(const GivenNumbers& in_file, const GivenNumbers& in_database) {
    GivenNumbers skip;
    for (const auto& [name, given] : in_file) {
        const auto known = in_database.find(name);
        if (known == in_database.end() || known->second < given) skip[name] = given + numbers_unnoted;
    }
    return skip;
}

Result<GivenNumbers> read_given_numbers(const std::filesystem::path& path) {
    GivenNumbers numbers;
    std::ifstream file(path);
    std::string line;
    while (std::getline(file, line)) {
        std::istringstream words(line);
        std::string name, rest;
        std::int64_t number = 0;
        if (!(words >> name >> number) || number < 0 || words >> rest)
            return Error{Error::Kind::corrupt, path.string() + ": not a name and a number: " + line};
        numbers[name] = number;
    }
    return numbers;
}

Outcome write_given_numbers(const std::filesystem::path& path, const GivenNumbers& numbers) {
    std::string text;
    for (const auto& [name, number] : numbers) text += name + " " + std::to_string(number) + "\n";
    return write_durably(path, text);
}

}  // namespace kenpin::app
