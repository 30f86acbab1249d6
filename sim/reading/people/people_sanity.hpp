#pragma once

#include <cstddef>
#include <vector>

#include "sim/input/reader.hpp"
#include "sim/reading/forms/ages.hpp"
#include "sim/reading/people/people.hpp"

namespace sojourn {

/// Warns of counts in a table of people that may be thousands, and of labels with as many people as all
/// others together, which may be totals.
void warn_of_people(Reader& reader, const PeopleSource& source, const Setting& setting);

/// Warns of ages of people, as `ages_of_rows` understood them, that were perhaps meant otherwise: single
/// numbers with gaps, and an open last age after single years. (Rates by such ages are right to be read as
/// classes.)
void warn_of_ages(Reader& reader, const Table& table, Column column, const std::vector<std::size_t>& rows,
                  const std::vector<AgeRange>& ages);

}  // namespace sojourn
