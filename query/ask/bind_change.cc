#include "query/ask/bind_change.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "base/cancellation.h"
#include "base/memory_budget.h"
#include "base/status_macros.h"
#include "query/ask/answer_builder.h"
#include "query/ask/bind_names.h"
#include "query/ask/clause_reader.h"
#include "query/ask/graph_reader.h"
#include "query/ask/iri_term.h"
#include "query/ask/stable_hash.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr absl::string_view kEntityPrefix = "urn:dossier:entity:";
constexpr absl::string_view kClaimPrefix = "urn:dossier:claim:";
constexpr size_t kRetractionMemory = 256 << 20;

class AssertionBuilder {
 public:
  AssertionBuilder(const Catalogue& catalogue, const Meaning& meaning) : catalogue_(catalogue), meaning_(meaning) {}

  void Build(const Fact& fact, const Term& certainty, bool denied) {
    const Term subject = TermOf(fact.subject);
    const Term object = TermOf(fact.object);
    const RelationUse use = fact.relations.front();
    const Term predicate = catalogue_.relations()[use.relation].iri;
    std::vector<std::pair<Term, Term>> annotations = {{Iri(vocab::kCertainty), certainty}};
    if (denied) annotations.emplace_back(Iri(vocab::kPolarity), Iri(vocab::kDenied));
    if (fact.time.has_value()) {
      annotations.emplace_back(Iri(vocab::kWhen), Term::Typed(ToEdtf(fact.time->range), std::string(edtf::kEdtf)));
    }
    const bool own_unit = catalogue_.relations()[use.relation].unit == fact.unit;
    if (!fact.unit.value().empty() && !own_unit) annotations.emplace_back(Iri(vocab::kUnit), fact.unit);
    if (!fact.bound.value().empty()) annotations.emplace_back(Iri(vocab::kBound), fact.bound);
    for (const QualifierLimit& limit : fact.qualifiers) {
      annotations.emplace_back(catalogue_.qualifiers()[limit.qualifiers.front()].iri, TermOf(limit.participant));
    }
    for (const int speaker : meaning_.speakers) annotations.emplace_back(Iri(prov::kWasAttributedTo), TermOf(speaker));
    for (const int article : meaning_.articles) annotations.emplace_back(Iri(prov::kWasDerivedFrom), TermOf(article));
    std::string content = Term::TripleTerm({subject, predicate, object}).ToString();
    for (const auto& [property, value] : annotations) {
      absl::StrAppend(&content, " ", property.ToString(), " ", value.ToString());
    }
    const Term claim = Term::Iri(absl::StrFormat("%s%016x", kClaimPrefix, StableHash(content)));
    Add(claim, Iri(rdf::kReifies), Term::TripleTerm({subject, predicate, object}));
    for (auto& [property, value] : annotations) Add(claim, property, value);
    const bool holds = certainty.value() == absl::StrCat(vocab::kPrefix, "confirmed") ||
                       certainty.value() == absl::StrCat(vocab::kPrefix, "reported");
    if (holds && !denied) Add(subject, predicate, object);
    absl::StrAppend(&reading_, reading_.empty() ? "" : "; ", "claim ", claim.value(), ": ", content);
  }

  ChangeSet TakeChanges() { return std::move(changes_); }
  const std::string& reading() const { return reading_; }

 private:
  void Add(const Term& subject, const Term& predicate, const Term& object) {
    changes_.assertions.push_back({subject, predicate, object, std::nullopt});
  }

  // A quoted name that the store does not know becomes a new entity.
  Term TermOf(int index) {
    const Participant& participant = meaning_.participants[index];
    if (participant.chosen.has_value()) return *participant.chosen;
    if (participant.literal.has_value() && participant.literal->datatype() != xsd::kString) return *participant.literal;
    Term entity =
        Term::Iri(absl::StrCat(kEntityPrefix, absl::StrReplaceAll(PhraseKey(participant.words), {{" ", "-"}})));
    if (made_.insert(entity).second) Add(entity, Iri(rdfs::kLabel), Term::String(participant.words));
    return entity;
  }

  const Catalogue& catalogue_;
  const Meaning& meaning_;
  ChangeSet changes_;
  std::string reading_;
  std::set<Term> made_;
};

// All quads of the claims, and of triples that no other claim holds.
class RetractionBuilder {
 public:
  explicit RetractionBuilder(const Snapshot& snapshot) : graph_(snapshot) {}

  absl::Status Add(const ClaimRecord& record) {
    DOSSIER_ASSIGN_OR_RETURN(const Term subject, graph_.snapshot().GetTerm(record.subject));
    DOSSIER_ASSIGN_OR_RETURN(const Term predicate, graph_.snapshot().GetTerm(record.relation));
    DOSSIER_ASSIGN_OR_RETURN(const Term object, graph_.snapshot().GetTerm(record.object));
    triples_.insert({record.subject, record.relation, record.object});
    const TermId id = record.id;
    if (id.is_undefined() || !claims_.insert(id).second) return absl::OkStatus();
    DOSSIER_ASSIGN_OR_RETURN(const Term claim, graph_.snapshot().GetTerm(id));
    Remove(claim, Iri(rdf::kReifies), Term::TripleTerm({subject, predicate, object}));
    return graph_.ForEachOf(id, [&](TermId property, TermId value) -> absl::Status {
      DOSSIER_ASSIGN_OR_RETURN(const Term p, graph_.snapshot().GetTerm(property));
      DOSSIER_ASSIGN_OR_RETURN(const Term v, graph_.snapshot().GetTerm(value));
      Remove(claim, p, v);
      return absl::OkStatus();
    });
  }

  absl::StatusOr<ChangeSet> Finish() {
    for (const auto& [subject, predicate, object] : triples_) {
      DOSSIER_ASSIGN_OR_RETURN(const bool held, IsHeldByOthers(subject, predicate, object));
      if (held) continue;
      DOSSIER_ASSIGN_OR_RETURN(const Term s, graph_.snapshot().GetTerm(subject));
      DOSSIER_ASSIGN_OR_RETURN(const Term p, graph_.snapshot().GetTerm(predicate));
      DOSSIER_ASSIGN_OR_RETURN(const Term o, graph_.snapshot().GetTerm(object));
      Remove(s, p, o);
    }
    return std::move(changes_);
  }
  size_t claims() const { return claims_.size(); }

 private:
  void Remove(const Term& subject, const Term& predicate, const Term& object) {
    changes_.retractions.push_back({subject, predicate, object, std::nullopt});
  }

  absl::StatusOr<bool> IsHeldByOthers(TermId subject, TermId predicate, TermId object) {
    ScanSpec spec;
    spec.permutation = Permutation::kClaimSpo;
    spec.prefix = {subject, predicate, object};
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, graph_.snapshot().Scan(spec));
    RowBlock block;
    while (true) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
      if (!more) return false;
      for (size_t row = 0; row < block.rows; ++row) {
        const TermId other = block.columns[3][row];
        if (claims_.contains(other)) continue;
        DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> levels, graph_.Objects(other, vocab::kCertainty));
        for (const TermId level : levels) {
          DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(level));
          if (term.value() == absl::StrCat(vocab::kPrefix, "confirmed") ||
              term.value() == absl::StrCat(vocab::kPrefix, "reported")) {
            return true;
          }
        }
      }
    }
  }

  GraphReader graph_;
  ChangeSet changes_;
  std::set<TermId> claims_;
  std::set<std::tuple<TermId, TermId, TermId>> triples_;
};

absl::StatusOr<Command> BindRetraction(const Meaning& meaning, const Catalogue& catalogue, const Snapshot& snapshot,
                                       bool all) {
  // The snapshot outlives this call, which is all that the query needs.
  const std::shared_ptr<const Snapshot> shared(&snapshot, [](const Snapshot*) {});
  const Cancellation cancellation;
  MemoryBudget memory(kRetractionMemory);
  QueryContext context;
  context.cancellation = &cancellation;
  context.memory = &memory;
  const SentenceLookup no_text;
  ClaimReader reader(catalogue, snapshot, no_text);
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<Solution> solutions,
                           Solve(Compile(meaning, catalogue, snapshot), shared, context, &reader));
  RetractionBuilder builder(snapshot);
  std::set<std::string> articles;
  for (const Solution& solution : solutions) {
    for (size_t i = 0; i < solution.claims.size(); ++i) {
      if (solution.claims[i] != nullptr && !meaning.facts[i].restricts) {
        DOSSIER_RETURN_IF_ERROR(builder.Add(*solution.claims[i]));
        if (!solution.claims[i]->claim.article.empty()) articles.insert(solution.claims[i]->claim.article);
      }
    }
  }
  if (solutions.empty()) return absl::NotFoundError("nothing to retract: no claim says so");
  const std::string of_articles = articles.empty() ? "" : absl::StrCat(", of articles ", absl::StrJoin(articles, ", "));
  if (builder.claims() > 1 && !all) {
    return absl::InvalidArgumentError(absl::StrCat("this would take back ", builder.claims(), " claims", of_articles,
                                                   "; say `retract all ...`, or say more to take back one"));
  }
  Command command;
  command.kind = Command::Kind::kChange;
  DOSSIER_ASSIGN_OR_RETURN(command.changes, builder.Finish());
  command.reading = absl::StrCat("claims withdrawn: ", builder.claims(), of_articles);
  return command;
}

// Takes `with certainty LEVEL` out of the clause.
std::optional<Term> TakeCertainty(const Catalogue& catalogue, std::vector<Item>* items) {
  for (size_t at = 0; at + 2 < items->size(); ++at) {
    if ((*items)[at].word != "with" || (*items)[at + 1].word != "certainty") continue;
    const std::vector<uint32_t> levels = catalogue.certainty_names().Find((*items)[at + 2].word);
    if (levels.empty()) continue;
    items->erase(items->begin() + static_cast<std::ptrdiff_t>(at),
                 items->begin() + static_cast<std::ptrdiff_t>(at) + 3);
    return catalogue.certainty_levels()[levels.front()].iri;
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<Command> BindChange(const Statement& statement, const Catalogue& catalogue, const Snapshot& snapshot,
                                   const TimeRange& today) {
  std::vector<Item> items = MakeItems(statement.question.elements);
  Term certainty = Term::Iri(absl::StrCat(vocab::kPrefix, "confirmed"));
  bool denied = false;
  bool all = false;
  if (statement.kind == Statement::Kind::kRetract && !items.empty() && items.front().word == "all") {
    all = true;
    items.erase(items.begin());
  }
  if (const std::optional<Term> level = TakeCertainty(catalogue, &items)) certainty = *level;
  // A level of certainty, or "denied", may stand before the clause.
  while (!items.empty() && items.front().kind == Element::Kind::kWord) {
    const std::vector<uint32_t> levels = catalogue.certainty_names().Find(items.front().word);
    if (levels.empty() && items.front().word != "denied") break;
    if (levels.empty()) {
      denied = true;
    } else {
      certainty = catalogue.certainty_levels()[levels.front()].iri;
    }
    items.erase(items.begin());
  }
  const ReaderContext context{catalogue, snapshot, statement.question, statement.text, today};
  ClauseReader clause_reader(context, std::move(items));
  DOSSIER_ASSIGN_OR_RETURN(Meaning meaning, clause_reader.ReadAssertion());
  DOSSIER_RETURN_IF_ERROR(ChooseNames(catalogue, snapshot, &meaning));
  if (statement.kind == Statement::Kind::kRetract) return BindRetraction(meaning, catalogue, snapshot, all);
  AssertionBuilder builder(catalogue, meaning);
  for (const Fact& fact : meaning.facts) {
    for (const int side : {fact.subject, fact.object}) {
      if (meaning.participants[side].known()) continue;
      return DiagnosticError(
          MakeDiagnostic("an assertion names both sides of its relation", statement.text, {0, statement.text.size()}));
    }
    builder.Build(fact, certainty, denied || fact.negated);
  }
  Command command;
  command.kind = Command::Kind::kChange;
  command.reading = builder.reading();
  command.changes = builder.TakeChanges();
  return command;
}

}  // namespace dossier::ask
