// Every name that <sojourn/sojourn.hpp> promises is there for who includes nothing else.
#include <sojourn/sojourn.hpp>

namespace promised {
using sojourn::add_people;
using sojourn::add_stream;
using sojourn::check_scenario;
using sojourn::empty_scenario;
using sojourn::InputError;
using sojourn::Overrides;
using sojourn::parse_date;
using sojourn::parse_duration;
using sojourn::plan_output;
using sojourn::read_scenario;
using sojourn::Recorder;
using sojourn::Region;
using sojourn::RunError;
using sojourn::RunInfo;
using sojourn::RunKey;
using sojourn::Scenario;
using sojourn::Simulation;
using sojourn::Texts;
using sojourn::TimeGrid;
using sojourn::version;
using sojourn::Workers;
}  // namespace promised
