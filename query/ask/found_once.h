// What is found at a place, looked for once: the ways to read a question come to each of its words again and again.
#pragma once

#include <map>
#include <utility>

namespace dossier::ask {

template <class Place, class Found>
class FoundOnce {
 public:
  // What `find` returns, which is called for the first question about a place. The reference stays valid.
  template <class Find>
  const Found& At(const Place& place, Find find) {
    const auto known = found_.find(place);
    if (known != found_.end()) return known->second;
    return found_.emplace(place, find()).first->second;
  }

 private:
  std::map<Place, Found> found_;
};

}  // namespace dossier::ask
