#include "storage/statistics_builder.h"

#include <utility>

#include "storage/bulk/fields.h"
#include "storage/metadata.h"

namespace dossier::storage {

void StatisticsBuilder::AddSpo(TermId subject, TermId predicate) {
  if (rows_ == 0 || subject != subject_) {
    EndSubject();
    subject_ = subject;
    ++subjects_;
  }
  ++rows_;
  if (!collects_sets_) return;
  if (subject_predicates_.empty() || subject_predicates_.back() != predicate) {
    subject_predicates_.push_back(predicate);
    subject_rows_.push_back(0);
  }
  ++subject_rows_.back();
}

void StatisticsBuilder::EndSubject() {
  if (subject_predicates_.empty()) return;
  CharacteristicSet& set = sets_[subject_predicates_];
  if (set.subjects == 0) {
    set.predicates = subject_predicates_;
    set.rows.resize(subject_predicates_.size());
  }
  ++set.subjects;
  for (size_t i = 0; i < subject_rows_.size(); ++i) set.rows[i] += subject_rows_[i];
  subject_predicates_.clear();
  subject_rows_.clear();
}

void StatisticsBuilder::AddOsp(TermId object) {
  if (objects_ == 0 || object != object_) ++objects_;
  object_ = object;
}

void StatisticsBuilder::PairPass::Add(TermId new_predicate, TermId new_other) {
  if (current == nullptr || new_predicate != predicate) {
    current = &predicates[new_predicate];
    predicate = new_predicate;
    ++current->distinct_subjects;
  } else if (new_other != other) {
    ++current->distinct_subjects;
  }
  other = new_other;
  ++current->rows;
}

void StatisticsBuilder::AddPso(TermId predicate, TermId subject) { pso_.Add(predicate, subject); }

void StatisticsBuilder::AddPos(TermId predicate, TermId object) { pos_.Add(predicate, object); }

std::string StatisticsBuilder::PairPass::Save() const {
  FieldWriter writer;
  writer.Add(predicates.size());
  for (const auto& [id, counts] : predicates) writer.Add(id.bits()).Add(counts.rows).Add(counts.distinct_subjects);
  return writer.bytes();
}

bool StatisticsBuilder::PairPass::Restore(absl::string_view bytes) {
  FieldReader reader(bytes);
  for (uint64_t left = reader.Number(); left > 0 && reader.good(); --left) {
    PredicateStatistics& counts = predicates[TermId::FromBits(reader.Number())];
    counts.rows = reader.Number();
    counts.distinct_subjects = reader.Number();
  }
  return reader.good();
}

std::string StatisticsBuilder::Save(Pass pass) const {
  if (pass == Pass::kPso) return pso_.Save();
  if (pass == Pass::kPos) return pos_.Save();
  FieldWriter writer;
  if (pass == Pass::kOsp) {
    writer.Add(objects_);
    return writer.bytes();
  }
  // The last subject has not been ended yet.
  writer.Add(rows_).Add(subjects_).Add(sets_.size() + (subject_predicates_.empty() ? 0 : 1));
  const auto add_set = [&writer](const CharacteristicSet& set) { writer.Add(EncodeCharacteristicSet(set)); };
  for (const auto& [predicates, set] : sets_) add_set(set);
  if (!subject_predicates_.empty()) add_set({subject_predicates_, 1, subject_rows_});
  return writer.bytes();
}

bool StatisticsBuilder::Restore(Pass pass, absl::string_view bytes) {
  if (pass == Pass::kPso) return pso_.Restore(bytes);
  if (pass == Pass::kPos) return pos_.Restore(bytes);
  FieldReader reader(bytes);
  if (pass == Pass::kOsp) {
    objects_ = reader.Number();
    return reader.good();
  }
  rows_ = reader.Number();
  subjects_ = reader.Number();
  for (uint64_t left = reader.Number(); left > 0 && reader.good(); --left) {
    const auto set = DecodeCharacteristicSet(reader.Text());
    if (!set.ok()) return false;
    CharacteristicSet& sum = sets_[set->predicates];
    sum.predicates = set->predicates;
    sum.rows.resize(set->rows.size());
    sum.subjects += set->subjects;
    for (size_t i = 0; i < set->rows.size(); ++i) sum.rows[i] += set->rows[i];
  }
  return reader.good();
}

RelationStatistics StatisticsBuilder::Finish(std::vector<CharacteristicSet>* sets) {
  EndSubject();
  RelationStatistics result;
  result.rows = rows_;
  result.distinct_subjects = subjects_;
  result.distinct_objects = objects_;
  result.predicates = std::move(pso_.predicates);
  for (const auto& [predicate, counts] : pos_.predicates) {
    result.predicates[predicate].distinct_objects = counts.distinct_subjects;
  }
  if (sets != nullptr) {
    sets->clear();
    sets->reserve(sets_.size());
    for (auto& [predicates, set] : sets_) sets->push_back(std::move(set));
    SortCharacteristicSets(sets);
  }
  return result;
}

}  // namespace dossier::storage
