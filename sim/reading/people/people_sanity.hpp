#pragma once

#include "sim/input/reader.hpp"
#include "sim/reading/people/people.hpp"

namespace sojourn {

/// Warns of counts in a table of people that may be thousands, and of labels with as many people as all
/// others together, which may be totals.
void warn_of_people(Reader& reader, const PeopleSource& source, const Setting& setting);

}  // namespace sojourn
