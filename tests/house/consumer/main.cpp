// What a stranger does with the libraries: a scenario is read and three of its steps are run.
#include <cstdint>
#include <iostream>
#include <sojourn/sojourn.hpp>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const sojourn::Scenario scenario = sojourn::read_scenario(argv[1]);
  sojourn::Workers workers(2);
  sojourn::Simulation simulation(scenario, scenario.variants.front(), {scenario.seed, 0}, workers);
  for (int step = 0; step < 3; ++step) simulation.advance();
  std::int64_t people = 0;
  for (std::size_t r = 0; r < scenario.regions.size(); ++r) people += simulation.stock(sojourn::Region{r});
  std::cout << sojourn::version() << ' ' << sojourn::commit() << ' ' << simulation.steps_done() << ' '
            << people << ' ' << simulation.checks().moves << '\n';
}
