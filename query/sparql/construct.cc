#include "query/sparql/construct.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "base/status_macros.h"
#include "query/sparql/fresh_blank_nodes.h"
#include "query/sparql/stored_term.h"

namespace dossier::sparql {
namespace {

// Space of an id triple in the table of those given, with its share of free slots.
constexpr size_t kBytesPerTriple = 48;
constexpr size_t kTriplesPerCharge = 1024;

using TripleIds = std::array<TermId, 3>;

// What stands in a place of the template for one solution: an id, or for what is new a term.
struct Value {
  TermId id;
  std::optional<Term> made;

  bool is_missing() const { return id.is_undefined() && !made.has_value(); }
};

class Constructor {
 public:
  Constructor(ResultCursor* cursor, const QueryContext& context) : cursor_(*cursor), memory_(context.memory) {}

  absl::Status Run(const std::vector<TemplateQuad>& quads, QuadSink sink) {
    RowBatch batch;
    while (true) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor_.Next(&batch));
      if (!more) return absl::OkStatus();
      batch_ = &batch;
      for (row_ = 0; row_ < batch.rows; ++row_) {
        blank_nodes_of_row_.clear();
        for (const TemplateQuad& quad : quads) DOSSIER_RETURN_IF_ERROR(Give(quad, sink));
      }
    }
  }

 private:
  absl::Status Give(const TemplateQuad& quad, QuadSink sink) {
    std::array<Value, 3> values;
    size_t i = 0;
    for (const TemplateTerm* place : {&quad.subject, &quad.predicate, &quad.object}) {
      DOSSIER_ASSIGN_OR_RETURN(values[i], Of(*place));
      if (values[i++].is_missing()) return absl::OkStatus();
    }
    if (WasGiven(values)) return absl::OkStatus();
    std::array<Term, 3> terms;
    for (i = 0; i < values.size(); ++i) {
      DOSSIER_ASSIGN_OR_RETURN(terms[i], TermOf(std::move(values[i])));
    }
    if (!MayBeTriple(terms)) return absl::OkStatus();
    return sink(Quad{std::move(terms[0]), std::move(terms[1]), std::move(terms[2]), std::nullopt});
  }

  // Remembers the triple. One with something new in it is new itself.
  bool WasGiven(const std::array<Value, 3>& values) {
    if (std::any_of(values.begin(), values.end(), [](const Value& value) { return value.made.has_value(); })) {
      return false;
    }
    const TripleIds triple = {values[0].id, values[1].id, values[2].id};
    if (!may_remember_) return given_.contains(triple);
    if (given_.size() % kTriplesPerCharge == 0) {
      may_remember_ = memory_.Resize((given_.size() + kTriplesPerCharge) * kBytesPerTriple).ok();
    }
    return !given_.insert(triple).second;
  }

  absl::StatusOr<Value> Of(const TemplateTerm& place) {
    using Kind = TemplateTerm::Kind;
    Value value;
    switch (place.kind) {
      case Kind::kTerm: {
        const auto [known, is_new] = constants_.try_emplace(&place);
        if (is_new) {
          DOSSIER_ASSIGN_OR_RETURN(known->second, cursor_.terms().Intern(place.term));
        }
        value.id = known->second;
        return value;
      }
      case Kind::kVariable: {
        const auto& variables = cursor_.variables();
        const auto column = std::find(variables.begin(), variables.end(), place.variable);
        if (column != variables.end())
          value.id = batch_->columns[static_cast<size_t>(column - variables.begin())][row_];
        return value;
      }
      case Kind::kBlankNode: {
        const auto [node, is_new] = blank_nodes_of_row_.try_emplace(place.label);
        if (is_new) node->second = blank_nodes_.Next();
        value.made = node->second;
        return value;
      }
      case Kind::kTripleTerm: break;
    }
    return TripleTermOf(place);
  }

  // An id only where the parts have ids, so that equal triples are known as such.
  absl::StatusOr<Value> TripleTermOf(const TemplateTerm& place) {
    std::array<Term, 3> parts;
    bool has_new_parts = false;
    for (size_t i = 0; i < parts.size(); ++i) {
      DOSSIER_ASSIGN_OR_RETURN(Value part, Of(place.parts[i]));
      if (part.is_missing()) return Value();
      has_new_parts = has_new_parts || part.made.has_value();
      DOSSIER_ASSIGN_OR_RETURN(parts[i], TermOf(std::move(part)));
    }
    if (!MayBeTriple(parts)) return Value();
    Term triple = Term::TripleTerm({std::move(parts[0]), std::move(parts[1]), std::move(parts[2])});
    Value value;
    if (has_new_parts) {
      value.made = std::move(triple);
    } else {
      DOSSIER_ASSIGN_OR_RETURN(value.id, cursor_.terms().Intern(triple));
    }
    return value;
  }

  absl::StatusOr<Term> TermOf(Value value) {
    if (value.made.has_value()) return *std::move(value.made);
    return StoredTerm(value.id, &cursor_.terms());
  }

  static bool MayBeTriple(const std::array<Term, 3>& terms) {
    return (terms[0].is_iri() || terms[0].is_blank_node()) && terms[1].is_iri();
  }

  ResultCursor& cursor_;
  MemoryReservation memory_;
  const RowBatch* batch_ = nullptr;
  size_t row_ = 0;
  std::map<const TemplateTerm*, TermId> constants_;
  FreshBlankNodes blank_nodes_;
  std::map<std::string, Term> blank_nodes_of_row_;
  absl::flat_hash_set<TripleIds> given_;
  bool may_remember_ = true;
};

}  // namespace

absl::Status Construct(const std::vector<TemplateQuad>& construct, ResultCursor* cursor, const QueryContext& context,
                       QuadSink sink) {
  return Constructor(cursor, context).Run(construct, sink);
}

}  // namespace dossier::sparql
