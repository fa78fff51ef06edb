// Assertions of quantities: "the Hwasong-18 has a range of more than 15,000 km", "the range of the Hwasong-18 is ...",
// "the flight lasted 74 minutes".
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "query/ask/clause_reader.h"
#include "query/ask/graph_reader.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr absl::string_view kBoundClass = "urn:dossier:vocabulary:Bound";

}  // namespace

// "more than", "about": the bound that stands before a number, and where its words end.
std::pair<Term, size_t> ClauseReader::ReadBound(size_t at) const {
  GraphReader graph(context_.snapshot);
  const auto bounds = graph.Subjects(rdf::kType, graph.Id(kBoundClass).value_or(TermId()));
  if (!bounds.ok()) return {Term(), at};
  for (const TermId bound : *bounds) {
    std::vector<std::string> names = graph.Texts(bound, rdfs::kLabel).value_or(std::vector<std::string>());
    for (std::string& alias : graph.Texts(bound, skos::kAltLabel).value_or(std::vector<std::string>())) {
      names.push_back(std::move(alias));
    }
    for (const std::string& name : names) {
      const size_t end = PrepositionEnd(at, PhraseKey(name));
      const auto term = context_.snapshot.GetTerm(bound);
      if (end > at && term.ok()) return {*term, end};
    }
  }
  return {Term(), at};
}

// A number with its bound and unit, as the object of a new fact of a relation of quantities.
// `counted`: the noun of the relation stands after the number ("1,200 seats").
Readings ClauseReader::ReadQuantity(const Reading& start, uint32_t relation, int subject, bool counted) {
  Readings found;
  Reading reading = start;
  auto [bound, at] = ReadBound(SkipDeterminers(start.at));
  if (!IsWord(at) || items_[at].word.find_first_not_of("0123456789") != std::string::npos) return found;
  const std::string digits = absl::StrReplaceAll(items_[at].element->text, {{",", ""}});
  reading.at = at + 1;
  const int number = AddSought(&reading, items_[at].element->text);
  reading.meaning->participants[number].literal =
      Term::Typed(digits, std::string(digits.find('.') == std::string::npos ? xsd::kInteger : xsd::kDecimal));
  const int index = AddFact(&reading, {}, subject, number);
  Fact& fact = reading.meaning->facts[index];
  fact.relations.push_back({relation, false});
  fact.bound = bound;
  const RelationInfo& info = catalogue_.relations()[relation];
  if (counted) {
    const std::vector<NameMatch> nouns = Match(catalogue_.nouns(), reading.at);
    if (nouns.empty()) return found;
    reading.at = nouns.front().end;
  }
  for (const NameMatch& match : Match(catalogue_.unit_names(), reading.at)) {
    for (const uint32_t unit : catalogue_.unit_names().Find(match.key)) {
      if (catalogue_.units()[unit].measure != info.measure && !catalogue_.units()[unit].measure.empty()) {
        if (!error_.ok()) continue;
        error_ = DiagnosticError(
            MakeDiagnostic(absl::StrCat("\"", TextOf(reading.at, match.end), "\" is no unit of ", info.label),
                           context_.text, SpanOf(reading.at, match.end)));
        return found;
      }
      fact.unit = catalogue_.units()[unit].iri;
      reading.at = match.end;
      Frame frame;
      frame.fact = reading.main_fact = index;
      return ReadComplements(reading, frame);
    }
  }
  Frame frame;
  frame.fact = reading.main_fact = index;
  Append(ReadComplements(reading, frame), &found);
  return found;
}

Readings ClauseReader::ReadQuantityClause(const Reading& start) {
  Readings found;
  const auto measured_nouns = [&](size_t at, auto visit) {
    for (const NameMatch& match : Match(catalogue_.nouns(), at)) {
      for (const uint32_t index : catalogue_.nouns().Find(match.key)) {
        const NounUse& use = catalogue_.noun_uses()[index];
        const bool measured = !catalogue_.relations()[use.relation].measure.empty();
        if (use.side == NounSide::kObject && measured && !match.possessive) visit(use.relation, match.end);
      }
    }
  };
  for (const Reading& subject : ReadNoun(start)) {
    Reading next = subject;
    if (WordIn(subject.at, {"has", "have", "had"})) {
      const size_t number = ReadBound(SkipDeterminers(subject.at + 1)).second;
      measured_nouns(number + 1, [&](uint32_t relation, size_t) {
        next.at = subject.at + 1;
        Append(ReadQuantity(next, relation, subject.noun, true), &found);
      });
      measured_nouns(SkipDeterminers(subject.at + 1), [&](uint32_t relation, size_t end) {
        next.at = WordIs(end, "of") ? end + 1 : end;
        Append(ReadQuantity(next, relation, subject.noun, false), &found);
      });
    }
    for (const NameMatch& match : Match(catalogue_.verbs(), subject.at)) {
      for (const uint32_t index : catalogue_.verbs().Find(match.key)) {
        const VerbUse& use = catalogue_.verb_uses()[index];
        if (catalogue_.relations()[use.relation].measure.empty()) continue;
        next.at = PrepositionEnd(match.end, use.preposition);
        Append(ReadQuantity(next, use.relation, subject.noun, false), &found);
      }
    }
  }
  measured_nouns(SkipDeterminers(start.at), [&](uint32_t relation, size_t end) {
    if (!WordIs(end, "of")) return;
    Reading owner = start;
    owner.at = end + 1;
    for (const Reading& subject : ReadNoun(owner)) {
      if (!WordIn(subject.at, {"is", "was"})) continue;
      Reading next = subject;
      ++next.at;
      Append(ReadQuantity(next, relation, subject.noun, false), &found);
    }
  });
  return found;
}

}  // namespace dossier::ask
