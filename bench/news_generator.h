// Makes up the news of some twenty years: articles, and the claims that they make about people, organisations, cities
// and countries that meet, visit, accompany, warn, supply and say. In the form of docs/datasets.md, verbs and names
// included, so that the store can be asked at once; any number of claims, the same ones for the same seed on every
// machine.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "rdf/reader.h"

namespace dossier::bench {

struct NewsOptions {
  uint64_t claims = 10'000'000;
  uint64_t seed = 1;
};

// How many of each there are in the news of so many claims.
struct NewsSize {
  uint64_t people;
  uint64_t organisations;
  uint64_t cities;
  uint64_t countries;
  uint64_t statements;
};
NewsSize SizeOfNews(uint64_t claims);

// The names that answers show: of people, organisations, cities and countries, by their numbers. Each is unique.
std::string PersonName(uint64_t number);
std::string OrganisationName(uint64_t number);
std::string CityName(uint64_t number);
std::string CountryName(uint64_t number);

// Gives all quads of the news to the sink, about nine for each claim: first what the relations are and who there is,
// then article by article. datasets/vocabulary.ttl is not among them and is to be loaded as well. Memory does not grow
// with the number of claims.
absl::Status GenerateNews(const NewsOptions& options, QuadSink sink);

}  // namespace dossier::bench
