#include "query/ask/compile.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "query/ask/algebra_makers.h"
#include "query/ask/link_times.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

using algebra::Bgp;
using algebra::MakeNode;
using algebra::NodePtr;
using algebra::Pattern;
using algebra::PatternTerm;
using algebra::Variable;

Term Iri(absl::string_view iri) { return Term::Iri(std::string(iri)); }
Term Level(absl::string_view name) { return Term::Iri(absl::StrCat(vocab::kPrefix, name)); }
Term TimeTerm(const TimeRange& range) { return Term::Typed(ToEdtf(range), std::string(edtf::kEdtf)); }

class Compiler {
 public:
  Compiler(const Meaning& meaning, const Catalogue& catalogue, const Snapshot& snapshot)
      : meaning_(meaning), catalogue_(catalogue), snapshot_(snapshot) {}

  CompiledQuestion Run() {
    MakeParticipants();
    NodePtr root;
    compiled_.facts.resize(meaning_.facts.size());
    whens_.resize(meaning_.facts.size());
    for (size_t i = 0; i < meaning_.facts.size(); ++i) {
      if (meaning_.facts[i].negated) continue;
      root = Both(std::move(root), CompileFact(i));
    }
    for (size_t i = 0; i < meaning_.participants.size(); ++i) {
      root = Both(std::move(root), CompileKinds(i));
      if (meaning_.participants[i].named && !meaning_.participants[i].known()) root = OnlyNamed(std::move(root), i);
      for (const int other : meaning_.participants[i].except) {
        root = Where(std::move(root),
                     Expression::Call(Function::kNotEqual, {ToExpression(terms_[i]), ToExpression(terms_[other])}));
        if (!catalogue_.containment().empty() && meaning_.participants[i].words == "where") {
          // "where else than in Vladivostok": nor in Russia, where that is.
          root = Where(std::move(root), NotExists(Inside(terms_[other], terms_[i])));
        }
      }
    }
    for (algebra::Extend& certain : certain_) {
      certain.input = std::move(root);
      root = MakeNode(std::move(certain));
    }
    for (size_t i = 0; i < meaning_.facts.size(); ++i) {
      if (meaning_.facts[i].negated) continue;
      for (const TimeLink& link : meaning_.facts[i].links) {
        if (!meaning_.facts[link.fact].negated) root = CompileLink(std::move(root), i, link);
      }
    }
    for (size_t i = 0; i < meaning_.facts.size(); ++i) {
      if (!meaning_.facts[i].negated) continue;
      if (root == nullptr) root = MakeNode(Bgp{});
      root = CompileNegated(std::move(root), i);
    }
    if (root == nullptr) root = MakeNode(Bgp{});
    root = CompileTargets(std::move(root));
    algebra::Project project;
    project.input = std::move(root);
    project.variables.assign(columns_.begin(), columns_.end());
    compiled_.query.root = MakeNode(std::move(project));
    for (size_t i = 0; i < meaning_.facts.size(); ++i) {
      if (meaning_.facts[i].negated) compiled_.facts[i].reset();
    }
    return std::move(compiled_);
  }

 private:
  void MakeParticipants() {
    for (size_t i = 0; i < meaning_.participants.size(); ++i) {
      const Participant& participant = meaning_.participants[i];
      if (participant.literal.has_value()) {
        terms_.emplace_back(*participant.literal);
      } else if (participant.chosen.has_value() && !participant.all_candidates) {
        terms_.emplace_back(*participant.chosen);
      } else {
        terms_.emplace_back(compiled_.query.variables.Named(participant.variable.empty() ? absl::StrCat("x", i)
                                                                                         : participant.variable));
      }
    }
  }

  Variable Fresh(absl::string_view hint) { return compiled_.query.variables.Fresh(hint); }
  void Show(const PatternTerm& term) {
    if (std::holds_alternative<Variable>(term)) columns_.insert(std::get<Variable>(term));
  }

  // One place in another, any number of steps; null when the data have no such relations.
  NodePtr Inside(PatternTerm inner, PatternTerm outer,
                 algebra::PathExpression::Kind repetition = algebra::PathExpression::Kind::kZeroOrMore) const {
    algebra::PathExpression any;
    any.kind = algebra::PathExpression::Kind::kAlternative;
    for (const uint32_t relation : catalogue_.containment()) {
      algebra::PathExpression link;
      link.link = catalogue_.relations()[relation].iri;
      any.operands.push_back(std::move(link));
    }
    algebra::PathExpression repeated;
    repeated.kind = repetition;
    repeated.operands.push_back(any.operands.size() == 1 ? any.operands.front() : any);
    algebra::Path path;
    path.subject = std::move(inner);
    path.path = std::move(repeated);
    path.object = std::move(outer);
    path.graph.kind = algebra::GraphSelector::Kind::kAll;
    return MakeNode(std::move(path));
  }

  // Whether a value for `participant` may also be a place inside it.
  bool MayBeInside(int participant) const { return meaning_.participants[participant].holds_places; }

  bool HasRole(const Fact& fact, ObjectRole role) const {
    return !fact.relations.empty() &&
           std::all_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
             return !use.inverted && catalogue_.relations()[use.relation].role == role;
           });
  }

  NodePtr CompileFact(size_t index);
  NodePtr CompileNegated(NodePtr root, size_t index);
  NodePtr CompileClaimed(const Fact& fact, const FactColumns& columns);
  NodePtr OtherThanItself(NodePtr node, const Fact& fact);
  NodePtr CompilePlain(const Fact& fact, const FactColumns& columns);
  NodePtr CompileTime(NodePtr node, const Fact& fact, size_t index, FactColumns* columns);
  NodePtr CompileAnnotations(NodePtr node, const Fact& fact, size_t index, FactColumns* columns);
  NodePtr CompileQualifier(NodePtr node, const Fact& fact, const QualifierLimit& limit, const FactColumns& columns);
  NodePtr CertaintyIn(Variable claim, const Fact& fact);
  NodePtr CompileSources(NodePtr node, Variable claim);
  NodePtr CompileTense(NodePtr node, const Fact& fact, Variable claim);
  NodePtr CompileKinds(size_t participant);
  NodePtr OnlyNamed(NodePtr root, size_t participant);
  NodePtr CompileLink(NodePtr root, size_t index, const TimeLink& link);
  NodePtr CompileTargets(NodePtr root);
  // The variable of the time of a fact's claims; joined to `root` when the fact has none yet.
  Variable WhenOf(size_t index, NodePtr* root);

  const Meaning& meaning_;
  const Catalogue& catalogue_;
  const Snapshot& snapshot_;
  CompiledQuestion compiled_;
  std::vector<PatternTerm> terms_;  // Of the participants.
  std::vector<std::optional<Variable>> whens_;
  // Whether a claim is dated inside the time asked for, of each fact with a time. Computed of what is left when all is
  // joined: in between it would only keep the joins apart.
  std::vector<algebra::Extend> certain_;
  std::set<Variable> columns_;
};

// The triple as claims state it. Several relations are a table of predicates rather than a union of patterns: that
// leaves one cluster of joins to plan.
NodePtr Compiler::CompileClaimed(const Fact& fact, const FactColumns& columns) {
  const Statistics& statistics = snapshot_.statistics();
  std::vector<Term> forward;
  std::vector<Term> backward;
  for (const RelationUse& use : fact.relations) {
    const RelationInfo& info = catalogue_.relations()[use.relation];
    const auto it = statistics.reifications.predicates.find(info.id);
    if (it == statistics.reifications.predicates.end() || it->second.rows == 0) continue;
    (use.inverted ? backward : forward).push_back(info.iri);
  }
  const auto stated = [&](const PatternTerm& subject, const PatternTerm& predicate, const PatternTerm& object) {
    Pattern pattern = QuadPattern(subject, predicate, object);
    pattern.kind = Pattern::Kind::kReification;
    pattern.fourth = columns.claim;
    return One(std::move(pattern));
  };
  const auto stated_by = [&](const std::vector<Term>& predicates, const PatternTerm& subject,
                             const PatternTerm& object) {
    if (predicates.empty()) return NodePtr();
    if (predicates.size() == 1) return stated(subject, predicates.front(), object);
    const Variable predicate = Fresh("predicate");
    return Both(stated(subject, predicate, object), OneOf(predicate, predicates));
  };
  if (fact.relations.empty()) {
    if (statistics.reifications.rows == 0) return NodePtr();
    if (fact.about == kNobody) return stated(columns.subject, columns.relation, columns.object);
    // What speaks of it: as its subject, its object, or the value of a qualifier.
    const PatternTerm& topic = terms_[fact.about];
    std::vector<Term> properties;
    for (const QualifierInfo& qualifier : catalogue_.qualifiers()) properties.push_back(qualifier.iri);
    const Variable property = Fresh("qualifier");
    NodePtr sides =
        Either(stated(topic, columns.relation, columns.object), stated(columns.subject, columns.relation, topic));
    if (properties.empty()) return sides;
    NodePtr qualified = Both(One(QuadPattern(columns.claim, property, topic)), OneOf(property, properties));
    return Either(std::move(sides),
                  Both(std::move(qualified), stated(columns.subject, columns.relation, columns.object)));
  }
  NodePtr ahead = stated_by(forward, columns.subject, columns.object);
  NodePtr reversed = stated_by(backward, columns.object, columns.subject);
  return reversed == nullptr ? std::move(ahead) : Either(std::move(ahead), std::move(reversed));
}

// "Which presidents did Kim not meet": nobody is expected to have met himself.
NodePtr Compiler::OtherThanItself(NodePtr node, const Fact& fact) {
  if (fact.subject == kNobody || fact.object == kNobody) return node;
  for (const auto& [sought, known] : {std::pair(fact.subject, fact.object), std::pair(fact.object, fact.subject)}) {
    const Participant& answer = meaning_.participants[sought];
    if (answer.known() || answer.kinds.empty() || !meaning_.participants[known].known()) continue;
    node = Where(std::move(node),
                 Expression::Call(Function::kNotEqual, {ToExpression(terms_[sought]), ToExpression(terms_[known])}));
  }
  return node;
}

// The triple where it is asserted and no claim states it: in data that know no claims.
NodePtr Compiler::CompilePlain(const Fact& fact, const FactColumns& columns) {
  const bool needs_claim = (fact.time.has_value() && !HasRole(fact, ObjectRole::kTime)) || !fact.links.empty() ||
                           !fact.qualifiers.empty() || fact.certainty.has_value() || !meaning_.speakers.empty() ||
                           !meaning_.articles.empty() || meaning_.minimum_rank.has_value() || fact.speaker != kNobody ||
                           fact.article != kNobody || meaning_.reported_until.has_value() || fact.denied;
  NodePtr plain;
  if (needs_claim || fact.about != kNobody) return plain;
  if (fact.relations.empty()) {
    return snapshot_.statistics().reifications.rows > 0
               ? std::move(plain)
               : One(QuadPattern(columns.subject, columns.relation, columns.object));
  }
  for (const RelationUse& use : fact.relations) {
    const RelationInfo& info = catalogue_.relations()[use.relation];
    if (!catalogue_.HasPlainTriples(use.relation)) continue;
    const PatternTerm& subject = use.inverted ? columns.object : columns.subject;
    const PatternTerm& object = use.inverted ? columns.subject : columns.object;
    NodePtr triple = One(QuadPattern(subject, info.iri, object));
    const auto it = snapshot_.statistics().reifications.predicates.find(info.id);
    if (it != snapshot_.statistics().reifications.predicates.end() && it->second.rows > 0) {
      Pattern claimed = QuadPattern(subject, info.iri, object);
      claimed.kind = Pattern::Kind::kReification;
      claimed.fourth = Fresh("claimed");
      triple = Where(std::move(triple), NotExists(One(std::move(claimed))));
    }
    plain = Either(std::move(plain),
                   MakeNode(algebra::Extend{std::move(triple), columns.relation, Expression::Constant(info.iri)}));
  }
  return plain;
}

NodePtr Compiler::CompileFact(size_t index) {
  const Fact& fact = meaning_.facts[index];
  FactColumns columns;
  columns.claim = Fresh("claim");
  columns.relation = Fresh("relation");
  columns.subject = terms_[fact.subject];
  columns.object = terms_[fact.object];
  NodePtr inside;
  if (HasRole(fact, ObjectRole::kPlace) && MayBeInside(fact.object)) {
    columns.object = Fresh("place");
    inside = Inside(columns.object, terms_[fact.object]);
  }
  NodePtr node = CompileClaimed(fact, columns);
  if (node != nullptr) node = CompileAnnotations(std::move(node), fact, index, &columns);
  if (NodePtr plain = CompilePlain(fact, columns); plain != nullptr) {
    if (fact.time.has_value()) plain = CompileTime(std::move(plain), fact, index, &columns);
    node = Either(std::move(node), std::move(plain));
  }
  // Relations that nothing states have no answers.
  if (node == nullptr) node = MakeNode(algebra::Values{{columns.claim}, {}});
  node = Both(std::move(node), std::move(inside));
  compiled_.facts[index] = columns;
  if (fact.negated) return node;
  columns_.insert(columns.claim);
  columns_.insert(columns.relation);
  if (columns.certain.has_value()) columns_.insert(*columns.certain);
  Show(columns.subject);
  Show(columns.object);
  return node;
}

// The time of the claim, or of the object where that is a time, against the time asked for.
NodePtr Compiler::CompileTime(NodePtr node, const Fact& fact, size_t index, FactColumns* columns) {
  Variable when;
  if (HasRole(fact, ObjectRole::kTime) && std::holds_alternative<Variable>(columns->object)) {
    when = std::get<Variable>(columns->object);
  } else {
    when = whens_[index].has_value() ? *whens_[index] : Fresh("when");
    node = Both(std::move(node), One(QuadPattern(columns->claim, Iri(vocab::kWhen), when)));
    whens_[index] = when;
  }
  const Term range = TimeTerm(fact.time->range);
  const Function function = fact.time->within ? Function::kTimeWithin : Function::kTimeOverlaps;
  node = Where(std::move(node), Expression::Call(function, {Expression::Var(when), Expression::Constant(range)}));
  if (fact.negated || columns->certain.has_value()) return node;
  columns->certain = Fresh("certain");
  certain_.push_back({nullptr, *columns->certain,
                      Expression::Call(Function::kTimeWithin, {Expression::Var(when), Expression::Constant(range)})});
  return node;
}

NodePtr Compiler::CompileAnnotations(NodePtr node, const Fact& fact, size_t index, FactColumns* columns) {
  const Variable claim = columns->claim;
  if (fact.time.has_value()) node = CompileTime(std::move(node), fact, index, columns);
  for (const QualifierLimit& limit : fact.qualifiers) {
    node = CompileQualifier(std::move(node), fact, limit, *columns);
  }
  if (!fact.unit.value().empty()) {
    const bool own = std::any_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
      return catalogue_.relations()[use.relation].unit == fact.unit;
    });
    if (own) {
      // The relation's unit holds where the claim has none of its own.
      const Variable other = Fresh("unit");
      node = Where(std::move(node),
                   NotExists(Where(One(QuadPattern(claim, Iri(vocab::kUnit), other)),
                                   Expression::Call(Function::kNotEqual,
                                                    {Expression::Var(other), Expression::Constant(fact.unit)}))));
    } else {
      node = Both(std::move(node), One(QuadPattern(claim, Iri(vocab::kUnit), fact.unit)));
    }
  }
  if (fact.certainty.has_value()) {
    node = Both(std::move(node), CertaintyIn(claim, fact));
  }
  if (fact.speaker != kNobody) {
    node = Both(std::move(node), One(QuadPattern(claim, Iri(prov::kWasAttributedTo), terms_[fact.speaker])));
  }
  if (fact.article != kNobody) {
    node = Both(std::move(node), One(QuadPattern(claim, Iri(prov::kWasDerivedFrom), terms_[fact.article])));
  }
  node = CompileSources(std::move(node), claim);
  return CompileTense(std::move(node), fact, claim);
}

NodePtr Compiler::CompileQualifier(NodePtr node, const Fact& fact, const QualifierLimit& limit,
                                   const FactColumns& columns) {
  PatternTerm value = terms_[limit.participant];
  NodePtr inside;
  if (MayBeInside(limit.participant)) {
    const Variable place = Fresh("place");
    inside = Inside(place, value);
    value = place;
  }
  std::vector<Term> properties;
  bool where = false;
  for (const uint32_t qualifier : limit.qualifiers) {
    properties.push_back(catalogue_.qualifiers()[qualifier].iri);
    where |= properties.back().value() == vocab::kWhere;
  }
  NodePtr any;
  if (properties.size() == 1) {
    any = One(QuadPattern(columns.claim, properties.front(), value));
  } else {
    const Variable property = Fresh("qualifier");
    any = Both(One(QuadPattern(columns.claim, property, value)), OneOf(property, properties));
  }
  any = Both(std::move(any), std::move(inside));
  const bool kind_of_place = !meaning_.participants[fact.object].kinds.empty();
  if (where && kind_of_place && HasRole(fact, ObjectRole::kPlace) && MayBeInside(limit.participant)) {
    // "which cities did Kim visit in China": the city itself lies there.
    any = Either(std::move(any),
                 Inside(columns.object, terms_[limit.participant], algebra::PathExpression::Kind::kOneOrMore));
  }
  return Both(std::move(node), std::move(any));
}

// The claim is of the level that the fact asks for or, "possible", of any that settles nothing.
NodePtr Compiler::CertaintyIn(Variable claim, const Fact& fact) {
  if (!fact.or_likelier) return One(QuadPattern(claim, Iri(vocab::kCertainty), *fact.certainty));
  std::vector<Term> levels;
  for (const CertaintyLevel& level : catalogue_.certainty_levels()) {
    if (level.iri != Level("confirmed") && level.iri != Level("reported")) levels.push_back(level.iri);
  }
  const Variable level = Fresh("certainty");
  return Both(One(QuadPattern(claim, Iri(vocab::kCertainty), level)), OneOf(level, levels));
}

NodePtr Compiler::CompileSources(NodePtr node, Variable claim) {
  for (const int speaker : meaning_.speakers) {
    node = Both(std::move(node), One(QuadPattern(claim, Iri(prov::kWasAttributedTo), terms_[speaker])));
  }
  for (const int article : meaning_.articles) {
    node = Both(std::move(node), One(QuadPattern(claim, Iri(prov::kWasDerivedFrom), terms_[article])));
  }
  if (meaning_.minimum_rank.has_value()) {
    std::vector<Term> levels;
    for (const CertaintyLevel& level : catalogue_.certainty_levels()) {
      if (level.rank >= *meaning_.minimum_rank) levels.push_back(level.iri);
    }
    const Variable level = Fresh("certainty");
    node = Both(std::move(node), Both(One(QuadPattern(claim, Iri(vocab::kCertainty), level)), OneOf(level, levels)));
  }
  if (meaning_.reported_until.has_value()) {
    TimeRange until = *meaning_.reported_until;
    until.begin = TimeRange::kUnboundedBegin;
    until.open_begin = until.is_interval = true;
    const Variable article = Fresh("article");
    const Variable published = Fresh("published");
    Bgp bgp;
    bgp.patterns.push_back(QuadPattern(claim, Iri(prov::kWasDerivedFrom), article));
    bgp.patterns.push_back(QuadPattern(article, Iri(schema::kDatePublished), published));
    node = Both(std::move(node), MakeNode(std::move(bgp)));
    node = Where(std::move(node), Expression::Call(Function::kTimeWithin, {Expression::Var(published),
                                                                           Expression::Constant(TimeTerm(until))}));
  }
  return node;
}

// Denied claims answer no question but a yes-no one. What was only planned has not happened; what will be is not yet
// so.
NodePtr Compiler::CompileTense(NodePtr node, const Fact& fact, Variable claim) {
  if (snapshot_.statistics().reifications.rows == 0) return node;
  if (fact.about != kNobody) return node;  // Who denies something speaks of it.
  if (fact.denied) return Both(std::move(node), One(QuadPattern(claim, Iri(vocab::kPolarity), Iri(vocab::kDenied))));
  const bool verdict = meaning_.kind == Meaning::Kind::kAsk && !fact.restricts;
  if (verdict) return node;
  node = Where(std::move(node), NotExists(One(QuadPattern(claim, Iri(vocab::kPolarity), Iri(vocab::kDenied)))));
  // The certainty of a statement is that of what was stated; stated it was.
  if (fact.restricts || HasRole(fact, ObjectRole::kStatement)) return node;
  if (meaning_.tense == Tense::kPast) {
    node = Where(std::move(node), NotExists(One(QuadPattern(claim, Iri(vocab::kCertainty), Level("planned")))));
  } else if (meaning_.tense == Tense::kFuture) {
    for (absl::string_view settled : {"confirmed", "reported"}) {
      node = Where(std::move(node), NotExists(One(QuadPattern(claim, Iri(vocab::kCertainty), Level(settled)))));
    }
  }
  return node;
}

NodePtr Compiler::CompileKinds(size_t index) {
  const Participant& participant = meaning_.participants[index];
  NodePtr node;
  if (participant.all_candidates || !participant.among.empty()) {
    std::vector<Term> terms;
    for (const TermId candidate : participant.all_candidates ? participant.candidates : participant.among) {
      if (const absl::StatusOr<Term> term = snapshot_.GetTerm(candidate); term.ok()) terms.push_back(*term);
    }
    node = OneOf(std::get<Variable>(terms_[index]), terms);
  }
  for (const std::vector<uint32_t>& kinds : participant.kinds) {
    std::set<uint32_t> all;
    for (const uint32_t kind : kinds) {
      const auto& narrower = catalogue_.classes()[kind].narrower;
      all.insert(narrower.begin(), narrower.end());
    }
    if (all.size() == 1) {
      node = Both(std::move(node),
                  One(QuadPattern(terms_[index], Iri(rdf::kType), catalogue_.classes()[*all.begin()].iri)));
      continue;
    }
    std::vector<Term> classes;
    for (const uint32_t kind : all) classes.push_back(catalogue_.classes()[kind].iri);
    const Variable type = Fresh("type");
    // An entity with two of the types is still one answer.
    NodePtr types = Both(One(QuadPattern(terms_[index], Iri(rdf::kType), type)), OneOf(type, classes));
    algebra::Project project;
    project.input = std::move(types);
    if (std::holds_alternative<Variable>(terms_[index])) project.variables.push_back(std::get<Variable>(terms_[index]));
    node = Both(std::move(node), MakeNode(algebra::Distinct{MakeNode(std::move(project))}));
  }
  return node;
}

// Without the groups of people whom nobody names.
NodePtr Compiler::OnlyNamed(NodePtr root, size_t index) {
  std::vector<Term> classes;
  for (const ClassInfo& kind : catalogue_.classes()) {
    if (kind.iri.value() != absl::StrCat(vocab::kPrefix, "Group")) continue;
    for (const uint32_t narrower : kind.narrower) classes.push_back(catalogue_.classes()[narrower].iri);
  }
  if (classes.empty()) return root;
  const Variable type = Fresh("type");
  return Where(std::move(root),
               NotExists(Both(One(QuadPattern(terms_[index], Iri(rdf::kType), type)), OneOf(type, classes))));
}

Variable Compiler::WhenOf(size_t index, NodePtr* root) {
  const FactColumns& columns = *compiled_.facts[index];
  if (HasRole(meaning_.facts[index], ObjectRole::kTime) && std::holds_alternative<Variable>(columns.object)) {
    return std::get<Variable>(columns.object);
  }
  if (!whens_[index].has_value()) {
    whens_[index] = Fresh("when");
    *root = Both(std::move(*root), One(QuadPattern(compiled_.facts[index]->claim, Iri(vocab::kWhen), *whens_[index])));
  }
  return *whens_[index];
}

NodePtr Compiler::CompileLink(NodePtr root, size_t index, const TimeLink& link) {
  const Expression own = Expression::Var(WhenOf(index, &root));
  const Expression other = Expression::Var(WhenOf(static_cast<size_t>(link.fact), &root));
  auto [possible, certain] = LinkTimes(link, own, other);
  root = Where(std::move(root), std::move(possible));
  FactColumns& columns = *compiled_.facts[index];
  if (columns.certain.has_value()) {
    certain = Expression::Call(Function::kAnd, {Expression::Var(*columns.certain), std::move(certain)});
  }
  columns.certain = Fresh("certain");
  columns_.insert(*columns.certain);
  return MakeNode(algebra::Extend{std::move(root), *columns.certain, std::move(certain)});
}

// There is no such claim: none that stands so to the time of something else, where the fact is linked to that.
NodePtr Compiler::CompileNegated(NodePtr root, size_t index) {
  const Fact& fact = meaning_.facts[index];
  std::vector<std::pair<TimeLink, Variable>> others;
  for (const TimeLink& link : fact.links) {
    if (!meaning_.facts[link.fact].negated) others.emplace_back(link, WhenOf(static_cast<size_t>(link.fact), &root));
  }
  NodePtr claims = CompileFact(index);
  for (const auto& [link, other] : others) {
    const Expression own = Expression::Var(WhenOf(index, &claims));
    claims = Where(std::move(claims), LinkTimes(link, own, Expression::Var(other)).possible);
  }
  return OtherThanItself(Where(std::move(root), NotExists(std::move(claims))), fact);
}

NodePtr Compiler::CompileTargets(NodePtr root) {
  for (const Target& target : meaning_.targets) {
    Variable shown = Fresh("target");
    if (target.kind == Target::Kind::kParticipant) {
      if (std::holds_alternative<Variable>(terms_[target.participant])) {
        shown = std::get<Variable>(terms_[target.participant]);
      } else {
        root = MakeNode(algebra::Extend{std::move(root), shown, ToExpression(terms_[target.participant])});
      }
    } else {
      const Variable claim = compiled_.facts[target.fact]->claim;
      const Term predicate = target.kind == Target::Kind::kWhen      ? Iri(vocab::kWhen)
                             : target.kind == Target::Kind::kSpeaker ? Iri(prov::kWasAttributedTo)
                             : target.kind == Target::Kind::kArticle ? Iri(prov::kWasDerivedFrom)
                                                                     : Iri(target.qualifier);
      NodePtr annotation = One(QuadPattern(claim, predicate, shown));
      if (target.kind == Target::Kind::kQualifier && target.qualifier == absl::StrCat(vocab::kPrefix, "reason")) {
        // What it was done for is told for a reason as well.
        annotation =
            Either(std::move(annotation), One(QuadPattern(claim, Iri(absl::StrCat(vocab::kPrefix, "purpose")), shown)));
      }
      if (target.optional) {
        root = MakeNode(algebra::LeftJoin{std::move(root), std::move(annotation), std::nullopt});
      } else if (target.kind == Target::Kind::kWhen && whens_[target.fact].has_value()) {
        shown = *whens_[target.fact];
      } else {
        root = Both(std::move(root), std::move(annotation));
      }
    }
    columns_.insert(shown);
    compiled_.targets.push_back(shown);
  }
  return root;
}

}  // namespace

CompiledQuestion Compile(const Meaning& meaning, const Catalogue& catalogue, const Snapshot& snapshot) {
  return Compiler(meaning, catalogue, snapshot).Run();
}

}  // namespace dossier::ask
