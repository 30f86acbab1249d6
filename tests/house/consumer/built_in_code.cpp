#include <iostream>
#include <sojourn/sojourn.hpp>

int main() {
  using namespace sojourn;
  const TimeGrid months(*parse_date("2020-01-01"), *parse_date("2030-01-01"), *parse_duration("1 month"));
  Scenario scenario = empty_scenario(months, {"north", "south"});
  add_people(scenario, Region{0}, 90'000, {20, 64});
  add_stream(scenario, "labour", 0.02);  // moves of one person a year
  check_scenario(scenario);

  Workers workers(2);
  const RunKey key{scenario.seed, 0};
  Simulation simulation(scenario, scenario.variants.front(), key, workers);
  Recorder recorder(simulation, plan_output("built.h5", false), {key, "built in code", workers.threads()});
  recorder.observe(simulation);
  while (!simulation.finished()) {
    simulation.advance();
    recorder.observe(simulation);
  }
  recorder.finish(simulation);
  std::cout << simulation.stock(Region{1}) << " live in the south\n";
}
