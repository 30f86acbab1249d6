#include "sim/input/yaml_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "sim/base/text.hpp"

namespace sojourn {

namespace {

constexpr std::size_t deepest = 64;
/// Aliases let ten lines stand for a billion values (the "billion laughs"); no scenario needs more than this.
constexpr std::size_t most_nodes = 500'000;

/// Ends parsing: the rest of the document would make no sense, or no end.
struct Refused {
  Place place;
  std::string what;
  std::string expected;
};

[[noreturn]] void refuse_depth(Place place) {
  throw Refused{place, "lists and maps are nested more than 64 deep here", "fewer than 10 levels"};
}

/// Turns marks of yaml-cpp, which count bytes from 0, into places.
class Places {
 public:
  explicit Places(const std::string& text) : text_(text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') starts_.push_back(i + 1);
    }
  }

  [[nodiscard]] Place operator()(const YAML::Mark& mark) const {
    if (mark.line < 0) return {};
    return at(static_cast<std::size_t>(mark.line), static_cast<std::size_t>(mark.column));
  }
  [[nodiscard]] Place operator()(std::size_t offset) const {
    const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
    return at(static_cast<std::size_t>(after - starts_.begin()) - 1, offset - *std::prev(after));
  }
  /// The text from a mark on.
  [[nodiscard]] std::string_view text_from(const YAML::Mark& mark) const {
    if (mark.line < 0 || static_cast<std::size_t>(mark.line) >= starts_.size()) return "";
    const std::size_t offset =
        starts_[static_cast<std::size_t>(mark.line)] + static_cast<std::size_t>(mark.column);
    return std::string_view(text_).substr(std::min(offset, text_.size()));
  }
  /// Whether a tab is among what indents the line of the mark.
  [[nodiscard]] bool is_indented_by_tab(const YAML::Mark& mark) const {
    if (mark.line < 0 || static_cast<std::size_t>(mark.line) >= starts_.size()) return false;
    const std::string_view line =
        std::string_view(text_).substr(starts_[static_cast<std::size_t>(mark.line)]);
    const std::size_t first = line.find_first_not_of(" \t");
    return line.substr(0, first).find('\t') != std::string_view::npos;
  }

 private:
  [[nodiscard]] Place at(std::size_t line, std::size_t bytes) const {
    return {static_cast<std::uint32_t>(line + 1), static_cast<std::uint32_t>(characters(line, bytes) + 1)};
  }

  [[nodiscard]] std::size_t characters(std::size_t line, std::size_t bytes) const {
    // Counting is for lines that people read; in longer ones it would cost the square of the length.
    constexpr std::size_t longest = 2000;
    if (line >= starts_.size() || bytes > longest) return bytes;
    std::size_t count = 0;
    for (std::size_t i = starts_[line]; i < starts_[line] + bytes && i < text_.size(); ++i) {
      if ((static_cast<unsigned char>(text_[i]) & 0xC0) != 0x80) ++count;
    }
    return count;
  }

  const std::string& text_;
  std::vector<std::size_t> starts_ = {0};
};

std::size_t node_count(const Node& node) {
  std::size_t count = 1;
  for (const Node& item : node.items) count += node_count(item);
  for (const Entry& entry : node.entries) count += node_count(entry.value);
  return count;
}

/// Whether text that begins with a quote has the other one: yaml-cpp takes the end of the file for it.
bool is_closed(std::string_view text) {
  if (text.empty() || (text.front() != '"' && text.front() != '\'')) return true;
  const char quote = text.front();
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      return true;  // also the first of two single quotes, after which another one has to come
    }
  }
  return false;
}

/// Builds the tree from the events of yaml-cpp's parser.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Places& places, std::string file, Mistakes& mistakes)
      : places_(places), file_(std::move(file)), mistakes_(mistakes) {}

  [[nodiscard]] std::optional<Node> take() && { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    // yaml-cpp reads what cannot start a value, such as a comma, as an empty document again and again.
    if (root_ && mark.pos == document_start_) {
      throw Refused{places_(mark), "this is not valid YAML: no value can start here", ""};
    }
    if (root_) {
      throw Refused{places_(mark), "a second document starts here",
                    "one document in a file: remove the line '---'"};
    }
    document_start_ = mark.pos;
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    complete(make(Node::Kind::empty, mark), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      throw Refused{places_(mark), "this alias stands inside what it stands for",
                    "an anchor (&name) before it"};
    }
    if (open_.size() + depth_of_[anchor] > deepest) refuse_depth(places_(mark));
    count_nodes(node_count(found->second), mark);
    Node node = found->second;
    node.place = places_(mark);
    complete(std::move(node), 0, depth_of_[anchor]);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check_tag(mark, tag);
    Node node = make(Node::Kind::scalar, mark);
    node.quoted = tag == "!";
    if (node.quoted && !is_closed(places_.text_from(mark))) {
      throw Refused{node.place, "the quote that begins here is never closed", "a closing quote"};
    }
    node.text = value;
    complete(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    check_tag(mark, tag);
    open(make(Node::Kind::list, mark), anchor);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    check_tag(mark, tag);
    open(make(Node::Kind::map, mark), anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  /// A list or map of which not all is read.
  struct Open {
    Node node;
    YAML::anchor_t anchor = 0;
    /// A key whose value comes next.
    std::optional<Node> key;
    /// First place of each key of a map.
    std::unordered_map<std::string, Place> keys;
    /// Depth of the deepest thing in it.
    std::size_t depth = 1;
  };

  void count_nodes(std::size_t count, const YAML::Mark& mark) {
    nodes_ += count;
    if (nodes_ > most_nodes) {
      throw Refused{places_(mark),
                    "the document has more than 500000 values here, aliases counted as what they repeat",
                    "large data in a table"};
    }
  }

  Node make(Node::Kind kind, const YAML::Mark& mark) {
    count_nodes(1, mark);
    Node node;
    node.kind = kind;
    node.place = places_(mark);
    node.key_place = node.place;
    return node;
  }

  void check_tag(const YAML::Mark& mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    mistakes_.add({file_, places_(mark).line, places_(mark).column},
                  "the YAML tag " + in_quotes(tag) + " has no meaning here", "no tag");
  }

  void open(Node node, YAML::anchor_t anchor) {
    if (open_.size() >= deepest) refuse_depth(node.place);
    open_.push_back({std::move(node), anchor, std::nullopt, {}, 1});
  }

  void close() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    complete(std::move(closed.node), closed.anchor, closed.depth);
  }

  /// A value is whole: it goes where it belongs.
  void complete(Node node, YAML::anchor_t anchor, std::size_t depth = 0) {
    if (anchor != 0) {
      nodes_ += node_count(node);
      depth_of_[anchor] = depth;
      anchors_[anchor] = node;
    }
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    parent.depth = std::max(parent.depth, depth + 1);
    if (parent.node.is_list()) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      parent.key = std::move(node);
    } else {
      add_entry(parent, std::move(*parent.key), std::move(node));
      parent.key.reset();
    }
  }

  void add_entry(Open& map, Node key, Node value) {
    const Position where{file_, key.place.line, key.place.column};
    if (!key.is_scalar()) {
      mistakes_.add(where,
                    "a key is " + std::string(key.kind == Node::Kind::empty ? "empty" : "a list or map"),
                    "a name before the colon");
      return;
    }
    const auto [first, is_new] = map.keys.emplace(key.text, key.place);
    if (!is_new) {
      mistakes_.add(where,
                    "the key " + in_quotes(key.text) + " is here for the second time; the first is in line " +
                        std::to_string(first->second.line),
                    "each key once");
      return;
    }
    value.key_place = key.place;
    if (value.kind == Node::Kind::empty) value.place = key.place;
    map.node.entries.push_back({std::move(key.text), key.place, std::move(value)});
  }

  const Places& places_;
  std::string file_;
  Mistakes& mistakes_;
  std::vector<Open> open_;
  std::optional<Node> root_;
  std::unordered_map<YAML::anchor_t, Node> anchors_;
  std::unordered_map<YAML::anchor_t, std::size_t> depth_of_;
  std::size_t nodes_ = 0;
  int document_start_ = -1;
};

/// Where more than `deepest` brackets open in a row: yaml-cpp would need seconds and a gigabyte to say so.
std::optional<std::size_t> bracket_tower(const std::string& text) {
  std::size_t height = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[' || text[i] == '{') {
      if (++height > deepest) return i;
    } else if (text[i] != ' ' && text[i] != '\n' && text[i] != '\r') {
      height = 0;
    }
  }
  return std::nullopt;
}

/// What usually helps against an error of YAML's grammar.
std::string hint(const std::string& message) {
  struct Hint {
    std::string_view in_message;
    std::string_view expected;
  };
  static constexpr std::array<Hint, 8> hints = {
      {{"end of sequence flow", "a closing ']' for each '['"},
       {"end of map flow", "a closing '}' for each '{'"},
       {"illegal flow end", "no ']' or '}' without its '[' or '{'"},
       {"illegal map value", "one 'key: value' in a line, and quotes around text that contains ': '"},
       {"end of map not found", "keys of one map below each other, and a ':' after each"},
       {"end of sequence not found", "items of one list below each other, each after '- '"},
       {"illegal EOF", "a closing quote"},
       {"anchor", "an anchor (&name) before its alias (*name)"}}};
  for (const Hint& h : hints) {
    if (message.find(h.in_message) != std::string::npos) return std::string(h.expected);
  }
  return "";
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

std::optional<Node> parse_yaml(const std::string& whole, const std::string& file, Mistakes& mistakes) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  const std::string text = whole.substr(whole.starts_with(byte_order_mark) ? byte_order_mark.size() : 0);
  const Places places(text);
  TreeBuilder builder(places, file, mistakes);
  try {
    if (const auto tower = bracket_tower(text)) refuse_depth(places(*tower));
    std::istringstream stream(text);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    return std::move(builder).take();
  } catch (const Refused& refused) {
    mistakes.add({file, refused.place.line, refused.place.column}, refused.what, refused.expected);
  } catch (const YAML::Exception& error) {
    const Place place = places(error.mark);
    mistakes.add({file, place.line, place.column}, "this is not valid YAML: " + error.msg,
                 places.is_indented_by_tab(error.mark) ? "spaces, not tabs, at the beginning of a line"
                                                       : hint(error.msg));
  }
  return std::nullopt;
}

}  // namespace sojourn
