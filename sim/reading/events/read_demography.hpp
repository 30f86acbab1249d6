#pragma once

#include "sim/input/reader.hpp"
#include "sim/reading/events/read_hazard.hpp"
#include "sim/reading/factors/read_factors.hpp"
#include "sim/reading/forms/parameters.hpp"
#include "sim/scenario/demography.hpp"

namespace sojourn {

/// Where the hazards of births and deaths stand, for checks that come when all is read.
struct DemographyPlaces {
  Position births;
  Position who;
  HazardPlaces births_hazard;
  HazardPlaces deaths_hazard;
};

struct DemographySection {
  Demography demography;
  DemographyPlaces places;
};

/// The section `demography`; adds to the parameters.
[[nodiscard]] DemographySection read_demography(Reader& reader, const Node& section, const Setting& setting,
                                                const FactorSet& factors, ParameterSet& parameters);

}  // namespace sojourn
