#include "sim/reading/events/read_streams.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/events/hazard_keys.hpp"
#include "sim/reading/events/read_limits.hpp"
#include "sim/reading/events/read_terms.hpp"
#include "sim/reading/events/read_who.hpp"

namespace sojourn {

namespace {

/// By the alternatives of `ChoiceSet`.
constexpr std::array<std::string_view, 4> choices{"all", "neighbours", "birth", "previous"};

/// By `Otherwise::Kind`, but for another stream, which is a map.
constexpr std::array<std::string_view, 2> otherwise_words{"stay", "next_choice"};
KeyMap otherwise_map();

constexpr std::array stream_keys{
    who_key,
    Key{.name = "hazard",
        .form = Form::nothing,
        .need = Need::required,
        .doc = "How often those whom the stream is about move: the rate, times the ratios of age and stay, "
               "times the exponential of the push terms and of the attraction.",
        .map = hazard_map},
    Key{.name = "destination",
        .form = Form::nothing,
        .need = Need::required,
        .doc = "Where they go: each destination with a probability proportional to the exponential of its "
               "pull terms.",
        .map = destination_map},
    becomes_key("Attribute values that a mover has on arrival.", Need::optional),
    Key{.name = "draws",
        .form = Form::number,
        .doc = "How much one person's move takes of each of these limits: `{quota: 1, fees: 120}`. Of those "
               "who are to move in a step some are admitted, in random order, as far as all their limits go; "
               "the others stay.",
        .range = from_zero,
        .names = "LIMIT",
        .is_parameter = true},
    Key{.name = "otherwise",
        .form = Form::nothing,
        .doc =
            "What one does who is turned away: `stay`; take the `next_choice`, another destination that has "
            "room, each as likely as it is to be chosen; or move by another stream, with a share: `{stream: "
            "irregular, share: 0.24}`.",
        .otherwise = "`stay`",
        .words = otherwise_words,
        .map = otherwise_map},
};

constexpr std::array otherwise_keys{
    Key{.name = "stream",
        .form = Form::name,
        .need = Need::required,
        .doc = "The other stream, whoever it is about else: its destinations, limits and `becomes`.",
        .kind = "stream"},
    Key{.name = "share",
        .form = Form::number,
        .doc = "Of those who are turned away so many move by it; the others stay.",
        .unit = "1",
        .otherwise = "1",
        .range = {.least = 0, .most = 1},
        .is_parameter = true},
};

constexpr std::array hazard_keys{
    rate_key("Moves of one agent; also by an attribute, `{by: sex, female: 0.004 per year, male: 0.006 per "
             "year}`, or `{factor: NAME}`: a factor with `unit: per year`, perhaps by age, that the rate of "
             "policies then multiplies."),
    schedule_key,
    stay_key,
    Key{.name = "attraction",
        .form = Form::number,
        .doc = "The weight of the inclusive value of all destinations (lambda), 0 to 1 usually. Not with "
               "`choose: birth` or `previous`, or a pull term `home`.",
        .unit = "1",
        .by_attribute = true,
        .is_parameter = true},
    Key{.name = "push",
        .form = Form::nothing,
        .doc = "Terms of factors over regions (or everywhere, or groups) at the region of residence.",
        .map = factor_term_map,
        .is_list = true},
};

constexpr std::array destination_keys{
    Key{.name = "choose",
        .form = Form::name,
        .doc = "The regions among which agents choose: `all`, `neighbours` (along links), a list of regions, "
               "the region of `birth`, or the `previous` one. The region of residence is never chosen.",
        .otherwise = "`all`",
        .words = choices,
        .kind = "region",
        .is_list = true},
    Key{.name = "pull",
        .form = Form::nothing,
        .doc = "Terms of the utility of a destination. Not with `choose: birth` or `previous`, which leave "
               "one destination.",
        .map = pull_term_map,
        .is_list = true},
    Key{.name = "nests",
        .form = Form::nothing,
        .doc = "Destinations that substitute for each other more closely (nested logit), so that a door that "
               "closes sends people next door first: `{europe: {regions: [DEU, FRA], dissimilarity: 0.5}}`.",
        .map = nest_map,
        .names = "NEST"},
};

constexpr std::array nest_keys{
    Key{.name = "regions",
        .form = Form::name,
        .need = Need::required,
        .doc = "The regions of the nest. A region is in one nest at most, or stands for itself.",
        .kind = "region",
        .is_list = true},
    Key{.name = "dissimilarity",
        .form = Form::number,
        .need = Need::required,
        .doc = "How unlike its regions are (mu): at 1 the nest changes nothing.",
        .unit = "1",
        .range = {.least = 0, .most = 1, .above_least = true},
        .by_attribute = true,
        .is_parameter = true,
        .called = "."},
};

/// Reads one stream; each function reads the part that it is named after.
class StreamReader {
 public:
  StreamReader(Reader& reader, const Setting& setting, const FactorSet& factors, ParameterSet& parameters,
               const std::string& name)
      : reader_(reader), setting_(setting), factors_(factors), parameters_(parameters) {
    stream_.name = name;
  }

  void read(const Node& node) {
    const Fields fields(reader_, node, fmt::format("stream {}", in_quotes(stream_.name)), stream_map());
    stream_.where = reader_.at_key(node);
    stream_.who = read_who(reader_, fields["who"], setting_, stream_.where);
    if (const Node* part = fields["hazard"]) hazard(*part);
    if (const Node* part = fields["destination"]) destination(*part);
    stream_.becomes = read_becomes(reader_, fields["becomes"], *setting_.groups, "'becomes'");
    if (const Node* part = fields["draws"])
      stream_.draws = read_draws(reader_, *part, setting_, parameters_, "streams." + stream_.name);
    if (const Node* part = fields["otherwise"]) otherwise(*part, fields);
  }

  [[nodiscard]] Stream take_stream() { return std::move(stream_); }

 private:
  void hazard(const Node& node) {
    const Fields fields(reader_, node, "'hazard'", hazard_map());
    const HazardSetting setting{setting_, factors_,    parameters_, "streams." + stream_.name + ".hazard",
                                "push",   &stream_.who};
    stream_.hazard = read_hazard(reader_, fields, setting);
  }

  void destination(const Node& node) {
    const Fields fields(reader_, node, "'destination'", destination_map());
    DestinationChoice& choice = stream_.destination;
    const Node* choose = fields["choose"];
    choice.where = reader_.at(choose != nullptr ? *choose : node);
    if (choose != nullptr) choice_set(*choose);
    if (const Node* nests = fields["nests"]) read_nests(*nests);
    const Node* pull = fields["pull"];
    if (pull == nullptr) return;
    const TermSetting setting{*setting_.groups, factors_, parameters_,
                              "streams." + stream_.name + ".destination.pull", &stream_.who};
    choice.pull = read_pull(reader_, *pull, setting);
    const bool one_region = std::holds_alternative<BirthRegion>(choice.choice_set) ||
                            std::holds_alternative<PreviousRegion>(choice.choice_set);
    if (one_region) {
      reader_.mistakes().add(
          reader_.at_key(*pull),
          fmt::format("'choose: {}' leaves one destination, so that 'pull' has no effect", choose->text),
          "no key 'pull'");
    }
  }

  void otherwise(const Node& node, const Fields& of_stream) {
    Otherwise& otherwise = stream_.otherwise;
    if (of_stream["draws"] == nullptr)
      reader_.wrong(node, "nobody is turned away from a stream without 'draws'", "no key 'otherwise'");
    if (!node.is_map()) {
      if (const auto word = of_stream.word("otherwise"))
        otherwise.kind = *word == 0 ? Otherwise::Kind::stay : Otherwise::Kind::next_choice;
      return;
    }
    const Fields fields(reader_, node, "'otherwise'", otherwise_map());
    const auto other = reader_.reference(fields["stream"], "stream", setting_.streams);
    const Node* share = fields["share"];
    const auto number = share != nullptr ? reader_.number(*share, "the share") : std::optional(1.0);
    const Range& range = fields.key("share").range;
    if (!other || !number || (share != nullptr && !reader_.is_within(*share, "the share", *number, range)))
      return;
    if (setting_.streams.all()[*other] == stream_.name) {
      reader_.wrong(node, "those who are turned away would move by the same stream", "another stream");
      return;
    }
    otherwise.kind = Otherwise::Kind::stream;
    otherwise.stream = StreamId(*other);
    otherwise.share = parameters_.add({fmt::format("streams.{}.otherwise.share", stream_.name),
                                       "1",
                                       {*number},
                                       false,
                                       share != nullptr ? reader_.at(*share) : reader_.at_key(node),
                                       range});
  }

  void read_nests(const Node& section) {
    if (!section.is_map()) {
      reader_.wrong_value(section, "'nests'", "a map from names to nests");
      return;
    }
    std::vector<bool> taken(setting_.geography->regions.size());
    for (const Entry& entry : section.entries) {
      if (!reader_.is_name_for(entry, "nest")) continue;
      const Fields fields(reader_, entry.value, fmt::format("nest {}", in_quotes(entry.key)), nest_map());
      Nest nest;
      nest.name = entry.key;
      if (const Node* regions = fields["regions"]) {
        for (const std::size_t r : reader_.references(*regions, "region", setting_.geography->names)) {
          if (taken[r]) {
            reader_.wrong(
                *regions,
                fmt::format("region {} is in another nest, too", setting_.geography->names.all()[r]),
                "each region in one nest");
          }
          taken[r] = true;
          nest.regions.emplace_back(r);
        }
      }
      if (nest.regions.empty() && setting_.geography->names.is_complete()) {
        reader_.wrong(entry.value, fmt::format("nest {} is of no region", in_quotes(entry.key)),
                      "at least one");
      }
      const Node* mu = fields["dissimilarity"];
      if (mu == nullptr) continue;
      const Range& range = fields.key("dissimilarity").range;
      NumbersRead read =
          read_by_group(reader_, *mu, "the dissimilarity", {*setting_.groups, &stream_.who}, &Reader::number);
      std::vector<double>& values = read.by_group;
      const bool right = std::all_of(values.begin(), values.end(), [&](double value) {
        return reader_.is_within(*mu, "the dissimilarity", value, range);
      });
      if (values.empty() || !right) continue;
      nest.dissimilarity =
          parameters_.add({"streams." + stream_.name + ".destination.nests." + nest.name, "1",
                           std::move(values), false, reader_.at(*mu), range, std::move(read.by)});
      stream_.destination.nests.push_back(std::move(nest));
    }
  }

  void choice_set(const Node& node) {
    ChoiceSet& set = stream_.destination.choice_set;
    if (node.is_list()) {
      Listed listed;
      for (const std::size_t r : reader_.references(node, "region", setting_.geography->names)) {
        listed.regions.emplace_back(r);
      }
      set = std::move(listed);
      return;
    }
    const auto* const found =
        node.is_scalar() ? std::find(choices.begin(), choices.end(), node.text) : choices.end();
    switch (found - choices.begin()) {
      case 0:
        set = AllRegions{};
        break;
      case 1:
        set = Neighbours{};
        break;
      case 2:
        set = BirthRegion{};
        break;
      case 3:
        set = PreviousRegion{};
        break;
      default:
        reader_.wrong_value(node, "'choose'", "all, neighbours, birth, previous or a list of regions",
                            node.is_scalar()
                                ? reader_.closest(reader_.file(), node.text, {choices.begin(), choices.end()})
                                : "");
    }
  }

  Reader& reader_;
  const Setting& setting_;
  const FactorSet& factors_;
  ParameterSet& parameters_;
  Stream stream_;
};

}  // namespace

namespace {
KeyMap otherwise_map() { return {"otherwise", otherwise_keys}; }
}  // namespace

KeyMap stream_map() { return {"stream", stream_keys}; }

KeyMap hazard_map() { return {"hazard", hazard_keys}; }

KeyMap destination_map() { return {"destination", destination_keys}; }

KeyMap nest_map() { return {"nest", nest_keys}; }

std::vector<Stream> read_streams(Reader& reader, const Node& section, const Setting& setting,
                                 const FactorSet& factors, ParameterSet& parameters) {
  std::vector<Stream> streams;
  if (section.kind == Node::Kind::empty || !reader.is_map_of(section, "streams", "streams")) return streams;
  for (const Entry& entry : section.entries) {
    if (!reader.is_name_for(entry, "stream")) continue;
    StreamReader stream(reader, setting, factors, parameters, entry.key);
    stream.read(entry.value);
    streams.push_back(stream.take_stream());
  }
  return streams;
}

}  // namespace sojourn
