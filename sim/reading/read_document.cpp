#include "sim/reading/read_document.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/base/text.hpp"
#include "sim/base/warning.hpp"
#include "sim/input/byte_source.hpp"
#include "sim/input/file_kind.hpp"

namespace sojourn {

namespace {

constexpr std::size_t most_bytes = std::size_t{4} << 20;

}  // namespace

void give_up(const Reader& reader, const std::vector<std::string>& accepted) {
  std::vector<Warning> warnings = reader.mistakes().warnings();
  mark_accepted(warnings, accepted);
  std::vector<std::string> texts;
  for (const Warning& warning : warnings) {
    if (!warning.accepted) texts.push_back(to_string(warning));
  }
  throw InputError(reader.mistakes().in_order(), std::move(texts));
}

std::string read_text(Reader& reader) {
  std::optional<FileProblem> problem;
  std::string text = read_whole_file(reader.file(), most_bytes, problem);
  if (problem) {
    reader.mistakes().add({reader.file()}, problem->what, problem->expected);
    give_up(reader);
  }
  if (const auto kind = foreign_kind(text)) {
    reader.mistakes().add({reader.file()}, fmt::format("this is {}", kind->name),
                          "a scenario in YAML, in plain text saved as UTF-8");
    give_up(reader);
  }
  Utf8Checker utf8;
  auto wrong = utf8.feed(text);
  if (!wrong && !utf8.complete()) wrong = text.size();
  if (wrong) {
    std::size_t line = 1;
    for (std::size_t i = 0; i < *wrong; ++i) line += text[i] == '\n' ? 1 : 0;
    const bool zero = *wrong < text.size() && text[*wrong] == '\0';
    reader.mistakes().add({reader.file(), line, 1},
                          zero ? "a zero byte: this is no text file" : not_utf8(text, *wrong),
                          zero ? "a scenario in YAML" : "a file saved as UTF-8");
    give_up(reader);
  }
  return text;
}

Node read_document(Reader& reader, const std::string& text) {
  auto document = parse_yaml(text, reader.file(), reader.mistakes());
  if (!document && reader.mistakes().none()) document.emplace();
  if (document && document->kind == Node::Kind::empty) {
    reader.mistakes().add({reader.file()}, "the file is empty", "a scenario, which begins with 'sojourn: 1'");
  } else if (document && !document->is_map()) {
    reader.wrong_value(*document, "the document", "a scenario: a map, which begins with 'sojourn: 1'");
  }
  if (!document || !document->is_map()) give_up(reader);
  return std::move(*document);
}

}  // namespace sojourn
