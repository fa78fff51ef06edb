#include "tests/support/isomorphism.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "rdf/ntriples_format.h"

namespace dossier {
namespace {

// Labels to colours: nodes that cannot be told apart (yet) have the same one.
using Colours = std::map<std::string, int>;

void CollectLabels(const Term& term, Colours* colours) {
  if (term.is_blank_node()) (*colours)[term.value()] = 0;
  if (!term.is_triple_term()) return;
  CollectLabels(term.triple().subject, colours);
  CollectLabels(term.triple().object, colours);
}

// The term with each blank node as its colour, and `self` as such.
Term Recoloured(const Term& term, const Colours& colours, const std::string& self) {
  if (term.is_blank_node()) {
    return Term::BlankNode(term.value() == self ? "self" : absl::StrCat("colour", colours.at(term.value())));
  }
  if (!term.is_triple_term()) return term;
  return Term::TripleTerm({Recoloured(term.triple().subject, colours, self), term.triple().predicate,
                           Recoloured(term.triple().object, colours, self)});
}

bool Mentions(const Term& term, const std::string& label) {
  if (term.is_blank_node()) return term.value() == label;
  return term.is_triple_term() && (Mentions(term.triple().subject, label) || Mentions(term.triple().object, label));
}

bool Mentions(const Quad& quad, const std::string& label) {
  return Mentions(quad.subject, label) || Mentions(quad.object, label) ||
         (quad.graph.has_value() && Mentions(*quad.graph, label));
}

std::string Text(const Quad& quad, const Colours& colours, const std::string& self) {
  Quad recoloured{Recoloured(quad.subject, colours, self), quad.predicate, Recoloured(quad.object, colours, self),
                  std::nullopt};
  if (quad.graph.has_value()) recoloured.graph = Recoloured(*quad.graph, colours, self);
  std::string text;
  AppendStatement(recoloured, &text);
  return text;
}

class Side {
 public:
  explicit Side(const std::vector<Quad>& quads) : quads_(quads.begin(), quads.end()) {
    for (const Quad& quad : quads_) {
      CollectLabels(quad.subject, &colours_);
      CollectLabels(quad.object, &colours_);
      if (quad.graph.has_value()) CollectLabels(*quad.graph, &colours_);
    }
  }

  const Colours& colours() const { return colours_; }
  void Single(const std::string& label, int colour) { colours_[label] = colour; }

  // What each node's neighbourhood looks like in the present colours.
  std::map<std::string, std::string> Signatures() const {
    std::map<std::string, std::string> signatures;
    for (const auto& [label, colour] : colours_) {
      std::vector<std::string> lines;
      for (const Quad& quad : quads_) {
        if (Mentions(quad, label)) lines.push_back(Text(quad, colours_, label));
      }
      std::sort(lines.begin(), lines.end());
      signatures[label] = absl::StrCat(colour, "\n", absl::StrJoin(lines, ""));
    }
    return signatures;
  }
  void Recolour(const std::map<std::string, std::string>& signatures, std::map<std::string, int>* numbers) {
    for (const auto& [label, signature] : signatures) {
      colours_[label] = numbers->try_emplace(signature, static_cast<int>(numbers->size())).first->second;
    }
  }
  // Labels by colour.
  std::map<int, std::vector<std::string>> Classes() const {
    std::map<int, std::vector<std::string>> classes;
    for (const auto& [label, colour] : colours_) classes[colour].push_back(label);
    return classes;
  }
  std::set<std::string> Lines() const {
    std::set<std::string> lines;
    for (const Quad& quad : quads_) lines.insert(Text(quad, colours_, ""));
    return lines;
  }
  size_t size() const { return quads_.size(); }

 private:
  std::set<Quad> quads_;
  Colours colours_;
};

// Recolours both sides until no more nodes are told apart.
void Refine(Side* a, Side* b) {
  size_t classes = 0;
  while (true) {
    std::map<std::string, int> numbers;
    a->Recolour(a->Signatures(), &numbers);
    b->Recolour(b->Signatures(), &numbers);
    if (numbers.size() == classes) return;
    classes = numbers.size();
  }
}

bool Match(Side a, Side b) {
  Refine(&a, &b);
  const auto a_classes = a.Classes();
  const auto b_classes = b.Classes();
  const std::vector<std::string>* candidates_a = nullptr;
  const std::vector<std::string>* candidates_b = nullptr;
  if (a_classes.size() != b_classes.size()) return false;
  for (const auto& [colour, labels] : a_classes) {
    const auto other = b_classes.find(colour);
    if (other == b_classes.end() || other->second.size() != labels.size()) return false;
    if (labels.size() > 1 && candidates_a == nullptr) {
      candidates_a = &labels;
      candidates_b = &other->second;
    }
  }
  if (candidates_a == nullptr) return a.Lines() == b.Lines();
  constexpr int kChosen = -1;
  return std::any_of(candidates_b->begin(), candidates_b->end(), [&](const std::string& partner) {
    Side next_a = a;
    Side next_b = b;
    next_a.Single(candidates_a->front(), kChosen);
    next_b.Single(partner, kChosen);
    return Match(std::move(next_a), std::move(next_b));
  });
}

}  // namespace

bool AreIsomorphic(const std::vector<Quad>& a, const std::vector<Quad>& b) {
  Side side_a(a);
  Side side_b(b);
  if (side_a.size() != side_b.size() || side_a.colours().size() != side_b.colours().size()) return false;
  return Match(std::move(side_a), std::move(side_b));
}

}  // namespace dossier
