#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/scenario/hazard.hpp"
#include "sim/scenario/limit.hpp"
#include "sim/scenario/texts.hpp"

namespace sojourn {

/// coefficient * transform(stock, in the destination, of people born where the agent was born), in persons,
/// or their ratio to a factor there; the transform is identity, log1p or sqrt, all 0 at stock 0.
struct DiasporaTerm {
  std::string name;
  Transform transform = Transform::log1p;
  ParameterId coefficient;
  /// Above 0 in every destination.
  std::optional<FactorId> ratio_to{};
};

/// coefficient * (1 where the destination is the agent's region of birth, else 0).
struct HomeTerm {
  std::string name;
  ParameterId coefficient;
};

using PullTerm = std::variant<FactorTerm, DiasporaTerm, HomeTerm>;

struct AllRegions {};
/// Regions joined to the origin by a link.
struct Neighbours {};
struct Listed {
  std::vector<Region> regions;
};
struct BirthRegion {};
struct PreviousRegion {};
/// Where a move may go. The region of residence is never a choice.
using ChoiceSet = std::variant<AllRegions, Neighbours, Listed, BirthRegion, PreviousRegion>;

/// Destinations that substitute for each other more closely than for others (nested logit; McFadden 1978).
struct Nest {
  std::string name;
  std::vector<Region> regions;
  /// mu, above 0 and up to 1: at 1 the nest changes nothing.
  ParameterId dissimilarity;
};

struct DestinationChoice {
  ChoiceSet choice_set;
  Position where{};
  /// Empty for the choice sets of one region (birth, previous).
  std::vector<PullTerm> pull;
  /// No region is in two of them; one that is in none stands for itself.
  std::vector<Nest> nests;
};

/// What becomes of one who is turned away: it stays; it tries again among the destinations that have room for
/// it, each as likely as it is to choose them; or, with a share, it moves by another stream.
struct Otherwise {
  enum class Kind : std::uint8_t { stay, next_choice, stream };
  Kind kind = Kind::stay;
  StreamId stream{};
  ParameterId share{};
};

struct Stream {
  std::string name;
  Position where;
  Who who;
  Hazard hazard;
  DestinationChoice destination;
  /// The group a mover has on arrival, for each group it may have had.
  std::vector<Group> becomes;
  /// What an admission takes of limits.
  std::vector<Draw> draws{};
  Otherwise otherwise{};
  /// What people call it, if the scenario says so.
  Texts label{};
};

}  // namespace sojourn
