#pragma once

#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/events/read_hazard.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/scenario/stream.hpp"

namespace sojourn {

/// Where the parts of a stream stand, for checks that come when all is read.
struct StreamPlaces {
  Position stream;
  Position who;
  HazardPlaces hazard;
  Position choose;
  std::vector<Position> pull;
  std::vector<Position> nests;
};

struct StreamSet {
  std::vector<Stream> streams;
  std::vector<StreamPlaces> places;
};

/// The section `streams`; adds to the parameters.
[[nodiscard]] StreamSet read_streams(Reader& reader, const Node& section, const Setting& setting,
                                     const FactorSet& factors, ParameterSet& parameters);

}  // namespace sojourn
