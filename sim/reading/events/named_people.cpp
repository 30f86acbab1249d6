#include "sim/reading/events/named_people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/base/text.hpp"
#include "sim/reading/events/read_who.hpp"

namespace sojourn {

void NamedPeople::read(Reader& reader, const Node& section, const Setting& setting) {
  setting_ = &setting;
  names_.set_complete(false);
  if (!reader.is_map_of(section, "people", "people")) return;
  names_.set_complete(true);
  for (const sojourn::Entry& entry : section.entries) {
    if (!reader.is_name_for(entry, "people")) continue;
    if (entry.key == "all") {
      reader.mistakes().add(reader.at_key(entry.value), "'all' is everybody already", "another name");
      continue;
    }
    if (names_.add(entry.key)) entries_.push_back({.node = &entry.value});
  }
  for (std::size_t i = 0; i < entries_.size(); ++i) read_entry(reader, i);
}

void NamedPeople::read_entry(Reader& reader, std::size_t number) {
  Entry& entry = entries_[number];
  if (entry.state != Entry::State::unread) return;
  entry.state = Entry::State::being_read;
  way_.push_back(number);
  auto said = read_people(reader, *entry.node, *setting_, in_quotes(names_.all()[number]));
  way_.pop_back();
  entry.state = said ? Entry::State::right : Entry::State::wrong;
  if (said) entry.said = std::move(*said);
}

const PeopleSaid* NamedPeople::find(Reader& reader, const Node& name) {
  if (!name.is_scalar()) {
    reader.wrong_value(name, "the name of people", "a name of the section 'people'");
    return nullptr;
  }
  const auto number = names_.find(name.text);
  if (!number) {
    reader.say_unknown(reader.at(name), "name of people", name.text, names_);
    return nullptr;
  }
  Entry& entry = entries_[*number];
  entry.is_used = true;
  if (entry.state == Entry::State::being_read) say_circle(reader, name, *number);
  read_entry(reader, *number);
  return entry.state == Entry::State::right ? &entry.said : nullptr;
}

void NamedPeople::say_circle(Reader& reader, const Node& name, std::size_t number) const {
  std::string way;
  for (auto place = std::find(way_.begin(), way_.end(), number); place != way_.end(); ++place) {
    way += names_.all()[*place] + ", ";
  }
  const std::string& own = names_.all()[number];
  reader.wrong(name, fmt::format("people {} are said by themselves: {}{}", in_quotes(own), way, own),
               "people that attributes, ages, residences or places of birth tell at last");
}

void NamedPeople::warn_of_unused(Reader& reader) const {
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].is_used) continue;
    reader.warn(reader.at_key(*entries_[i].node), "people-not-used",
                fmt::format("nothing is said of people {}", in_quotes(names_.all()[i])),
                "where they were meant, others or everybody stand");
  }
}

}  // namespace sojourn
