#include "query/ask/graph_reader.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/status_macros.h"

namespace dossier::ask {

absl::StatusOr<TermId> GraphReader::Id(absl::string_view iri) {
  if (const auto it = ids_.find(iri); it != ids_.end()) return it->second;
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, snapshot_.FindTerm(Term::Iri(std::string(iri))));
  return ids_.emplace(std::string(iri), id.value_or(TermId())).first->second;
}

absl::Status GraphReader::Scan(Permutation permutation, std::vector<TermId> prefix,
                               absl::FunctionRef<absl::Status(TermId, TermId)> visit) {
  const size_t first = prefix.size();
  ScanSpec spec;
  spec.permutation = permutation;
  spec.prefix = std::move(prefix);
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_.Scan(spec));
  RowBlock block;
  TermId last_a;
  TermId last_b;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return absl::OkStatus();
    for (size_t row = 0; row < block.rows; ++row) {
      const TermId a = block.columns[first][row];
      const TermId b = first + 1 < 3 ? block.columns[first + 1][row] : TermId();
      // The same triple in several graphs counts once.
      if (a == last_a && b == last_b) continue;
      last_a = a;
      last_b = b;
      DOSSIER_RETURN_IF_ERROR(visit(a, b));
    }
  }
}

absl::StatusOr<const GraphReader::ObjectsBySubject*> GraphReader::WholePredicate(TermId predicate) {
  if (whole_predicate_rows_ == 0) return nullptr;
  if (const auto it = whole_predicates_.find(predicate); it != whole_predicates_.end()) return &it->second;
  const auto& counts = snapshot_.statistics().quads.predicates;
  if (const auto it = counts.find(predicate); it != counts.end() && it->second.rows > whole_predicate_rows_) {
    return nullptr;
  }
  ObjectsBySubject& objects = whole_predicates_[predicate];
  DOSSIER_RETURN_IF_ERROR(Scan(Permutation::kPso, {predicate}, [&objects](TermId subject, TermId object) {
    objects[subject].push_back(object);
    return absl::OkStatus();
  }));
  return &objects;
}

absl::StatusOr<std::vector<TermId>> GraphReader::Objects(TermId subject, absl::string_view predicate) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId p, Id(predicate));
  std::vector<TermId> objects;
  if (p.is_undefined()) return objects;
  DOSSIER_ASSIGN_OR_RETURN(const ObjectsBySubject* whole, WholePredicate(p));
  if (whole != nullptr) {
    const auto it = whole->find(subject);
    return it == whole->end() ? objects : it->second;
  }
  DOSSIER_RETURN_IF_ERROR(Scan(Permutation::kSpo, {subject, p}, [&](TermId object, TermId) {
    objects.push_back(object);
    return absl::OkStatus();
  }));
  return objects;
}

absl::StatusOr<std::vector<TermId>> GraphReader::Subjects(absl::string_view predicate, TermId object) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId p, Id(predicate));
  std::vector<TermId> subjects;
  if (p.is_undefined()) return subjects;
  DOSSIER_RETURN_IF_ERROR(Scan(Permutation::kPos, {p, object}, [&](TermId subject, TermId) {
    subjects.push_back(subject);
    return absl::OkStatus();
  }));
  return subjects;
}

absl::StatusOr<std::vector<std::string>> GraphReader::Texts(TermId subject, absl::string_view predicate) {
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> objects, Objects(subject, predicate));
  std::vector<std::string> texts;
  for (const TermId object : objects) {
    DOSSIER_ASSIGN_OR_RETURN(const Term term, GetTerm(object));
    if (term.is_literal()) texts.push_back(term.value());
  }
  return texts;
}

absl::Status GraphReader::PrefetchTexts(absl::Span<const absl::string_view> predicates) {
  std::vector<TermId> ids;
  for (const absl::string_view predicate : predicates) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId p, Id(predicate));
    if (p.is_undefined()) continue;
    DOSSIER_ASSIGN_OR_RETURN(const ObjectsBySubject* whole, WholePredicate(p));
    if (whole == nullptr) continue;
    for (const auto& [subject, objects] : *whole) ids.insert(ids.end(), objects.begin(), objects.end());
  }
  return PrefetchTerms(std::move(ids));
}

absl::Status GraphReader::PrefetchTerms(std::vector<TermId> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::vector<Term> terms;
  DOSSIER_RETURN_IF_ERROR(snapshot_.GetTerms(ids, &terms));
  for (size_t i = 0; i < ids.size(); ++i) terms_.emplace(ids[i], std::move(terms[i]));
  return absl::OkStatus();
}

absl::StatusOr<Term> GraphReader::GetTerm(TermId id) const {
  const auto known = terms_.find(id);
  return known != terms_.end() ? known->second : snapshot_.GetTerm(id);
}

absl::Status GraphReader::ForEach(absl::string_view predicate, absl::FunctionRef<absl::Status(TermId, TermId)> visit) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId p, Id(predicate));
  return p.is_undefined() ? absl::OkStatus() : Scan(Permutation::kPso, {p}, visit);
}

absl::Status GraphReader::ForEachObject(absl::string_view predicate, absl::FunctionRef<absl::Status(TermId)> visit) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId p, Id(predicate));
  if (p.is_undefined()) return absl::OkStatus();
  ScanSpec spec;
  spec.permutation = Permutation::kPos;
  spec.prefix = {p};
  spec.wanted_columns = 0b10;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_.Scan(spec));
  RowBlock block;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return absl::OkStatus();
    const TermId object = block.columns[1][0];
    DOSSIER_RETURN_IF_ERROR(visit(object));
    DOSSIER_RETURN_IF_ERROR(cursor->SeekForward({p, TermId::FromBits(object.bits() + 1)}));
  }
}

absl::Status GraphReader::ForEachOf(TermId subject, absl::FunctionRef<absl::Status(TermId, TermId)> visit) {
  return Scan(Permutation::kSpo, {subject}, visit);
}

}  // namespace dossier::ask
