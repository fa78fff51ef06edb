#include "query/ask/cell_reader.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "query/ask/row_lookup.h"
#include "rdf/local_name.h"
#include "rdf/time_range.h"
#include "rdf/vocabulary.h"
#include "rdf/xsd_value.h"

namespace dossier::ask {
namespace {

// Terms kept; names, which are few, are kept apart.
constexpr size_t kMostTerms = 20000;

void SortOnce(std::vector<TermId>* ids) {
  std::sort(ids->begin(), ids->end());
  ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
}

}  // namespace

std::string WithThousands(absl::string_view number) {
  const size_t start = number.substr(0, 1) == "-" ? 1 : 0;
  const size_t end = std::min(number.find('.'), number.size());
  std::string text;
  for (size_t i = 0; i < number.size(); ++i) {
    if (i > start && i < end && (end - i) % 3 == 0) text.push_back(',');
    text.push_back(number[i]);
  }
  return text;
}

absl::StatusOr<TermId> CellReader::IdOf(absl::string_view iri) {
  if (const auto it = ids_.find(iri); it != ids_.end()) return it->second;
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, snapshot_.FindTerm(Term::Iri(std::string(iri))));
  return ids_.emplace(std::string(iri), id.value_or(TermId())).first->second;
}

absl::StatusOr<const Term*> CellReader::TermOf(TermId id) {
  auto it = terms_.find(id);
  if (it == terms_.end()) {
    DOSSIER_ASSIGN_OR_RETURN(Term term, snapshot_.GetTerm(id));
    it = terms_.emplace(id, std::move(term)).first;
  }
  return &it->second;
}

absl::StatusOr<std::string> CellReader::Name(TermId id) {
  if (std::string label = catalogue_.Label(id); !label.empty()) return label;
  DOSSIER_ASSIGN_OR_RETURN(const Term* term, TermOf(id));
  return LocalName(*term);
}

absl::Status CellReader::ReadTypes(absl::Span<const TermId> entities) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId type, IdOf(rdf::kType));
  std::vector<TermId> keys;
  std::vector<const ClassInfo*> narrowest(entities.size(), nullptr);
  for (const TermId entity : entities) keys.insert(keys.end(), {entity, type});
  if (!type.is_undefined()) {
    DOSSIER_RETURN_IF_ERROR(
        LookUpRows(snapshot_, Permutation::kSpo, keys, 2, [&](size_t key, const RowBlock& block, size_t row) {
          const std::optional<uint32_t> kind = catalogue_.FindClass(block.columns[2][row]);
          if (!kind.has_value()) return absl::OkStatus();
          const ClassInfo& info = catalogue_.classes()[*kind];
          const ClassInfo*& best = narrowest[key];
          if (best == nullptr || info.narrower.size() < best->narrower.size()) best = &info;
          return absl::OkStatus();
        }));
  }
  for (size_t i = 0; i < entities.size(); ++i) {
    types_.emplace(entities[i], narrowest[i] == nullptr ? std::string() : narrowest[i]->label);
  }
  return absl::OkStatus();
}

absl::Status CellReader::Prefetch(absl::Span<const TermId> terms, absl::Span<const TermId> entities) {
  if (terms_.size() > kMostTerms) terms_.clear();
  std::vector<TermId> unknown;
  std::vector<TermId> untyped;
  for (const TermId id : terms) {
    if (!terms_.contains(id)) unknown.push_back(id);
  }
  for (const TermId id : entities) {
    if (cells_.contains(id)) continue;
    if (!terms_.contains(id)) unknown.push_back(id);
    const bool literal = id.is_inline() || id.tag() == TermTag::kLiteral;
    if (!literal && !types_.contains(id)) untyped.push_back(id);
  }
  SortOnce(&unknown);
  SortOnce(&untyped);
  std::vector<Term> read;
  DOSSIER_RETURN_IF_ERROR(snapshot_.GetTerms(unknown, &read));
  for (size_t i = 0; i < unknown.size(); ++i) terms_.emplace(unknown[i], std::move(read[i]));
  if (untyped.empty()) return absl::OkStatus();
  DOSSIER_RETURN_IF_ERROR(catalogue_.names().Prefetch(untyped));
  return ReadTypes(untyped);
}

absl::StatusOr<const AnswerCell*> CellReader::Cell(TermId id) {
  if (const auto it = cells_.find(id); it != cells_.end()) return &it->second;
  DOSSIER_ASSIGN_OR_RETURN(const Term* term, TermOf(id));
  AnswerCell cell;
  if (term->is_literal()) {
    cell = CellOf(*term);
  } else {
    cell.value = *term;
    if (!types_.contains(id)) DOSSIER_RETURN_IF_ERROR(ReadTypes({&id, 1}));
    cell.type = types_.at(id);
    DOSSIER_ASSIGN_OR_RETURN(cell.label, Name(id));
  }
  return &cells_.emplace(id, std::move(cell)).first->second;
}

AnswerCell CellReader::CellOf(const Term& term) {
  AnswerCell cell;
  cell.value = term;
  cell.label = LocalName(term);
  if (!term.is_literal()) return cell;
  const std::optional<XsdValue> value = XsdValue::Of(term);
  if (value.has_value() && value->is_numeric()) {
    cell.type = "number";
    cell.label = WithThousands(term.value());
  } else {
    cell.type = TimeRangeOf(term).has_value() ? "date" : "text";
  }
  return cell;
}

}  // namespace dossier::ask
