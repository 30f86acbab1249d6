// Whole scenarios: what is right, what the command line changes, and input that no scenario is.

#include <doctest/doctest.h>
#include <zlib.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "tests/reading/reading.hpp"
#include "tests/support/source_folder.hpp"

namespace read_scenario_test {

using namespace sojourn;  // NOLINT(google-build-using-namespace)
using sojourn::test::contains;
using sojourn::test::Folder;
using sojourn::test::mistakes_of;
using sojourn::test::Parts;

namespace {

const std::string source = sojourn::test::source_folder();

/// What is told about a file that is no scenario. What takes for ever is ended by CTest.
std::string refused(const std::string& path) {
  try {
    static_cast<void>(read_scenario(path));
  } catch (const InputError& error) {
    return error.what();
  }
  return "no mistake";
}

/// `megabytes` of zeros in a gzip file of a thousandth of that.
void write_bomb(const std::string& path, int megabytes) {
  const std::string block(1U << 20U, '\0');
  gzFile file = gzopen(path.c_str(), "wb1");
  for (int i = 0; i < megabytes; ++i) gzwrite(file, block.data(), static_cast<unsigned>(block.size()));
  gzclose(file);
}

}  // namespace

TEST_CASE("the tutorial is read") {
  const Scenario s = read_scenario(source + "/scenarios/tutorial/tutorial.yaml");
  CHECK(s.regions.size() == 4);
  CHECK(s.variants.size() == 2);
  CHECK(s.streams.size() == 2);
  CHECK(s.time.steps() == 120);
  CHECK(s.text.starts_with("sojourn: 1\n"));
}

TEST_CASE("the world is read, with the checksums of its tables") {
  const Scenario s = read_scenario(source + "/scenarios/world/world.yaml");
  CHECK(s.regions.size() == 187);
  CHECK(s.tables.size() == 8);
  CHECK(s.tables[0].path == "tables/regions.csv");
  CHECK(s.tables[0].sha256.size() == 64);
}

TEST_CASE("what the scenario says, and what the command line says instead") {
  const Folder folder;
  Parts parts;
  parts.before_population = "seed: 4294967295\npersons_per_agent: 10\ndescription: Some text";
  const Scenario s = read(folder, parts.yaml());
  CHECK(s.title.plain() == "Test");
  CHECK(s.description.plain() == "Some text");
  CHECK(s.seed == 4294967295);
  CHECK(s.persons_per_agent == 10);
  CHECK(s.path == folder.file("s.yaml"));
  CHECK(s.text == parts.yaml());
  Overrides overrides;
  overrides.seed = 5;
  overrides.persons_per_agent = 0.5;
  overrides.until = "2010-07-01";
  const Scenario other = read(folder, parts.yaml(), overrides);
  CHECK(other.seed == 5);
  CHECK(other.persons_per_agent == 0.5);
  CHECK(other.time.steps() == 6);
  overrides.persons_per_agent = -1;
  CHECK(mistakes_of(folder, parts.yaml(), overrides) ==
        "--persons-per-agent: the number is -1; expected a number above 0");
}

TEST_CASE("mistakes of the YAML come before those of the tables, all at once") {
  const Folder folder;
  folder.write("a.csv", "code,v\nnorth,x\nsouth,1\neast,1\n");
  Parts parts;
  parts.before_population = "factors:\n  one: {table: a.csv, region: code, value: v}\n  two: {valeu: 1}";
  const std::string told = mistakes_of(folder, parts.yaml());
  CHECK(told ==
        "s.yaml:7:3: factor 'two' says no number; expected one of the keys value, values, table, pairs, "
        "expression\n"
        "a.csv:2:7: the value of factor 'one' is 'x'; expected a number");
}

TEST_CASE("more agents than can be counted") {
  const Folder folder;
  Parts parts;
  parts.population = "population: {stayers: {values: {north: 1e10, south: 0, east: 0}}}";
  CHECK(mistakes_of(folder, parts.yaml()).empty());
  Overrides overrides;
  overrides.persons_per_agent = 0.001;
  CHECK(contains(mistakes_of(folder, parts.yaml(), overrides), "are more than 1e+12 agents"));
}

TEST_CASE("more persons for each agent than there are leave nobody, which is told where the number stands") {
  const Folder folder;
  Parts parts;
  parts.population =
      "persons_per_agent: 0.5\npopulation: {stayers: {values: {north: 0.4, south: 0, east: 0}, age: 0-79}}";
  CHECK(contains(mistakes_of(folder, parts.yaml()),
                 "s.yaml:6:20: 0.4 persons are nobody at 0.5 persons for each agent"));
  CHECK(contains(mistakes_of(folder, parts.yaml(), {{}, 7, {}}),
                 "--persons-per-agent: 0.4 persons are nobody at 7 persons for each agent"));
  CHECK(mistakes_of(folder, parts.yaml(), {{}, 0.4, {}}).empty());
}

TEST_CASE("a scenario needs no streams where something else happens, so that it may have one region") {
  const Folder folder;
  const std::string deaths = "demography: {deaths: {rate: 0.01 per year}}";
  for (const char* streams : {"", "streams: {}", "streams:"}) {
    CAPTURE(streams);
    Parts parts;
    parts.regions = "regions: [here]";
    parts.population = "population: {stayers: {values: {here: 100}, age: 0-79}}";
    parts.streams = streams;
    CHECK(contains(mistakes_of(folder, parts.yaml()),
                   "nothing happens in the scenario: it has no streams; expected at least one of streams, "
                   "demography, transitions, inflow and outflow"));
    parts.after_streams = deaths;
    const Scenario scenario = read(folder, parts.yaml());
    CHECK(scenario.streams.empty());
    CHECK(scenario.region_count() == 1);
  }
}

TEST_CASE("no file, a folder, a device, nothing") {
  const Folder folder;
  CHECK(contains(refused(folder.file("none.yaml")), "none.yaml: there is no such file"));
  CHECK(contains(refused(folder.file(".")), "this is a folder"));
  CHECK(contains(refused("/dev/zero"), "this is no ordinary file"));
  CHECK(contains(refused(folder.write("empty.yaml", "")), "the file is empty"));
  CHECK(contains(refused(""), "there is no such file"));
}

TEST_CASE("a hundred megabytes of junk are not read") {
  const Folder folder;
  const std::string path = folder.write("junk.yaml", std::string(100U << 20U, 'x'));
  CHECK(contains(refused(path), "the file is larger than 4 MiB"));
}

TEST_CASE("four megabytes of what YAML finds hard") {
  const Folder folder;
  const std::size_t size = (4U << 20U) - 10;
  for (const std::string& piece :
       {std::string("["), std::string("[a, "), std::string("{a: "), std::string("k: v\n"), std::string("a "),
        std::string("- "), std::string("x, "), std::string("'"), std::string("&a "), std::string("? "),
        std::string("\t")}) {
    CAPTURE(piece);
    std::string text;
    while (text.size() + piece.size() <= size) text += piece;
    CHECK(contains(refused(folder.write("hard.yaml", text)), "hard.yaml"));
  }
}

TEST_CASE("keys that are all wrong are told in a bounded number of lines") {
  const Folder folder;
  std::string text = "sojourn: 1\n";
  for (int i = 0; i < 200000; ++i) text += "titel" + std::to_string(i) + ": 1\n";
  const std::string told = refused(folder.write("wrong.yaml", text));
  CHECK(contains(told, "more mistakes in this file"));
  CHECK(told.size() < 100000);
}

TEST_CASE("binary files, as scenarios and as tables") {
  const Folder folder;
  std::string bytes;
  for (int i = 0; i < 100000; ++i) bytes += static_cast<char>(i * 7 % 256);
  CHECK(contains(refused(folder.write("binary.yaml", bytes)), "this is no text file"));
  CHECK(contains(refused(folder.write("latin.yaml", "title: Caf\xE9\n")),
                 "latin.yaml:1:1: a character is not UTF-8"));
  folder.write("binary.csv", bytes);
  Parts parts;
  parts.before_population = "factors: {x: {table: binary.csv, region: code, value: v}}";
  CHECK(contains(mistakes_of(folder, parts.yaml()), "binary.csv:1:1: a zero byte: this is no text file"));
}

TEST_CASE("a small file that unpacks to a gigabyte") {
  const Folder folder;
  Parts parts;
  parts.before_population = "factors: {x: {table: bomb.csv.gz, region: code, value: v}}";
  write_bomb(folder.file("bomb.csv.gz"), 1100);
  CHECK(contains(mistakes_of(folder, parts.yaml()), "a zero byte"));
}

namespace {

/// Numbers below a bound, the same in every run.
class Numbers {
 public:
  explicit Numbers(std::uint32_t seed) : state_(seed) {}
  std::size_t below(std::size_t bound) {
    state_ = state_ * 1664525U + 1013904223U;  // Numerical Recipes; any generator does
    return (state_ >> 8U) % bound;
  }

 private:
  std::uint32_t state_;
};

/// The text with one to three pieces cut out, or copied to another place.
std::string damaged(std::string text, Numbers& numbers) {
  for (std::size_t cuts = 1 + numbers.below(3); cuts > 0; --cuts) {
    const std::size_t at = numbers.below(text.size());
    if (numbers.below(2) == 0) {
      text.erase(at, 1 + numbers.below(12));
    } else {
      text.insert(at, text.substr(numbers.below(text.size()), 1 + numbers.below(12)));
    }
  }
  return text;
}

}  // namespace

TEST_CASE("whatever is cut out of a scenario, it is read or told about") {
  const Folder folder;
  const std::string tutorial = read_scenario(source + "/scenarios/tutorial/tutorial.yaml").text;
  Numbers numbers(7);
  int right = 0;
  for (int i = 0; i < 1500; ++i) right += mistakes_of(folder, damaged(tutorial, numbers)).empty() ? 1 : 0;
  CHECK(right > 0);
  CHECK(right < 1000);
}

TEST_CASE("whatever is cut out of tables, they are read or told about") {
  const Folder folder;
  Parts parts;
  parts.before_population =
      "attributes: {sex: [f, m]}\n"
      "factors: {x: {table: x.csv, region: code, time: year, value: v, between: linear}, y: {table: y.csv, "
      "origin: o, destination: d, value: v, missing: 0}}";
  parts.population =
      "population:\n  stayers: {table: p.csv, region: code, sex: sex, age: age, count: n, includes_movers: "
      "true}\n"
      "  movers: {table: m.csv, residence: to, birth: from, count: n, arrived: {column: year}, shares: "
      "[{table: a.csv, residence: to, sex: sex, age: age, share: w}]}";
  parts.streams =
      "streams: {a: {hazard: {rate: 0.1 per year, push: [{factor: x, as: log, coefficient: 1}]}, "
      "destination: {pull: [{factor: y, as: log1p, coefficient: 1}]}}}";
  const std::vector<std::pair<std::string, std::string>> tables = {
      {"x.csv",
       "code,year,v\nnorth,2010,5\nnorth,2011,6\nsouth,2010,7\nsouth,2011,8\neast,2010,9.5\neast,2011,1e3\n"},
      {"y.csv", "o,d,v\nnorth,south,1\n\"south\",north,2\neast,north,0\n"},
      {"p.csv",
       "code,sex,age,n\nnorth,f,0-39,100\nnorth,m,0-39,100\nsouth,f,0-39,50\nsouth,m,0-39,50\neast,f,0-39,"
       "9\neast,m,0-39,9\n"},
      {"m.csv", "to,from,year,n\nnorth,south,2001,10\nsouth,north,2005-05-31,4\n"},
      {"a.csv", "to,sex,age,w\nnorth,f,20-29,1\nnorth,m,20-29,2\nsouth,f,20-29,3\nsouth,m,30+,1\n"}};
  for (const auto& [name, text] : tables) folder.write(name, text);
  REQUIRE(mistakes_of(folder, parts.yaml()) == "");
  Numbers numbers(11);
  int right = 0;
  for (int i = 0; i < 1500; ++i) {
    const auto& [name, text] = tables[numbers.below(tables.size())];
    folder.write(name, damaged(text, numbers));
    right += mistakes_of(folder, parts.yaml()).empty() ? 1 : 0;
    folder.write(name, text);
  }
  CHECK(right > 0);
  CHECK(right < 1000);
}

namespace {

/// What is told of so many years with births and relocations.
std::string told_of_relocations(const std::string& start, int years, const std::string& step,
                                const std::string& relocations) {
  Parts parts;
  const Date from = *parse_date(start);
  const Date end = advance(from, {years, Duration::Unit::years});
  parts.time = "time: {start: " + start + ", end: " + to_string(end) + ", step: " + step + "}";
  parts.population += "\ndemography: {births: {rate: 0.01 per year}}";
  parts.after_streams = "output: {relocations: " + relocations + "}";
  const Folder folder;
  return mistakes_of(folder, parts.yaml());
}

}  // namespace

TEST_CASE(
    "with births, relocations over whole calendar years are right from any day on, with all steps that fit") {
  const std::vector<std::string> days = {"01-01", "01-31", "02-01", "02-28", "03-01", "06-30",
                                         "07-01", "08-15", "10-31", "12-01", "12-31"};
  std::vector<std::string> starts = {"1999-07-01", "2000-02-29", "2096-07-01", "2099-11-11"};
  for (const char* year : {"2000", "2001", "2003", "2004", "2007"}) {
    for (const std::string& day : days) starts.push_back(std::string(year) + "-" + day);
  }
  for (const std::string& start : starts) {
    for (int years = 1; years <= 10; ++years) {
      const std::string interval = std::to_string(years) + (years == 1 ? " year" : " years");
      for (const char* step : {"1 month", "1 quarter", "6 months", "1 year"}) {
        CAPTURE(start);
        CAPTURE(interval);
        CAPTURE(step);
        REQUIRE(told_of_relocations(start, 2 * years, step, interval).empty());
      }
    }
    CAPTURE(start);
    CHECK(told_of_relocations(start, 4, "1 month", "24 months").empty());
    CHECK(contains(told_of_relocations(start, 3, "1 month", "18 months"),
                   "with births, relocations are counted over whole years"));
  }
}

TEST_CASE("with births and steps of days, every census must be an anniversary, not the first alone") {
  CHECK(told_of_relocations("2000-07-01", 3, "1 day", "1 year").empty());
  CHECK(told_of_relocations("2001-01-01", 3, "1 day", "365 days").empty());
  CHECK(contains(told_of_relocations("2001-01-01", 6, "1 day", "365 days"),
                 "with births, relocations are counted over whole years, and 2004-12-31 is no anniversary of "
                 "the start; expected a whole number of years"));
  CHECK(contains(told_of_relocations("2001-01-01", 2, "1 day", "364 days"), "2001-12-31 is no anniversary"));
}
}  // namespace read_scenario_test
