#include "storage/validator.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <memory>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "storage/dictionary.h"
#include "storage/key_layout.h"
#include "storage/metadata.h"
#include "storage/name_rows.h"
#include "storage/row_permuter.h"
#include "storage/statistics_builder.h"
#include "storage/table_checker.h"

namespace dossier::storage {
namespace {

class Validator {
 public:
  Validator(const KeyValueSnapshot& snapshot, const ProgressCallback& progress)
      : snapshot_(snapshot), progress_(progress) {}

  absl::StatusOr<std::vector<std::string>> Run() {
    DOSSIER_ASSIGN_OR_RETURN(state_, ReadState(snapshot_));
    for (const PermutationInfo& info : AllPermutations()) DOSSIER_RETURN_IF_ERROR(CheckPermutation(info));
    CompareSums();
    DOSSIER_RETURN_IF_ERROR(CheckStatistics());
    DOSSIER_RETURN_IF_ERROR(CheckTerms());
    DOSSIER_RETURN_IF_ERROR(CheckTermIndex());
    DOSSIER_RETURN_IF_ERROR(CheckNames());
    return std::move(findings_).Finish();
  }

 private:
  void Tell(absl::string_view stage) {
    constexpr absl::Duration kInterval = absl::Milliseconds(300);
    if (!progress_ || absl::Now() < next_report_) return;
    next_report_ = absl::Now() + kInterval;
    Progress progress;
    progress.stage = absl::StrCat("checking ", stage);
    progress.items = rows_seen_;
    progress_(progress);
  }

  bool IsKnown(TermId id, Column column) const {
    if (id.is_undefined()) return column == Column::kGraph;
    return id.is_inline() || (id.is_dictionary() && id.payload() < state_.next(id.tag()));
  }

  // Back to the plain order of the relation, so that the sums of its permutations can be compared.
  static Row PlainRow(const Row& row, const PermutationInfo& info) {
    const absl::Span<const Column> plain = PlainOrder(info.relation).order();
    Row result{};
    for (size_t i = 0; i < info.width; ++i) {
      result[static_cast<size_t>(std::find(plain.begin(), plain.end(), info.columns[i]) - plain.begin())] = row[i];
    }
    return result;
  }

  absl::Status CheckPermutation(const PermutationInfo& info) {
    RowSum& sum = sums_[static_cast<size_t>(info.permutation)];
    const auto visit = [&](const Row& row) {
      for (size_t i = 0; i < info.width; ++i) {
        if (!IsKnown(row[i], info.columns[i])) {
          findings_.Add(absl::StrCat(info.name, ": a row has an id that the dictionary does not have"));
        }
      }
      const Row plain = PlainRow(row, info);
      if (plain[2].tag() == TermTag::kShortString && info.permutation == PlainOrder(info.relation).permutation) {
        short_strings_.insert(plain[2]);
      }
      sum.Add(plain);
      if (info.permutation == Permutation::kSpo && !plain[3].is_undefined()) named_quads_.Add(plain);
      Count(info.permutation, row);
      if ((++rows_seen_ & 0xFFFFU) == 0) Tell(info.name);
    };
    return VisitRows(snapshot_, TableOf(info.permutation), info.name, visit, &findings_);
  }

  void Count(Permutation permutation, const Row& row) {
    switch (permutation) {
      case Permutation::kSpo: quads_.AddSpo(row[0], row[1]); return;
      case Permutation::kOsp: quads_.AddOsp(row[0]); return;
      case Permutation::kPso: quads_.AddPso(row[0], row[1]); return;
      case Permutation::kPos: quads_.AddPos(row[0], row[1]); return;
      case Permutation::kClaimSpo: reifications_.AddSpo(row[0], row[1]); return;
      case Permutation::kClaimOsp: reifications_.AddOsp(row[0]); return;
      case Permutation::kClaimPso: reifications_.AddPso(row[0], row[1]); return;
      case Permutation::kClaimPos: reifications_.AddPos(row[0], row[1]); return;
      default: return;
    }
  }

  void CompareSums() {
    for (const PermutationInfo& info : AllPermutations()) {
      const PermutationInfo& plain = PlainOrder(info.relation);
      const RowSum& expected =
          info.relation == Relation::kNamedQuads ? named_quads_ : sums_[static_cast<size_t>(plain.permutation)];
      const RowSum& sum = sums_[static_cast<size_t>(info.permutation)];
      if (sum == expected) continue;
      findings_.Add(sum.rows == expected.rows ? absl::StrCat(info.name, ": has other rows than ", plain.name)
                                              : absl::StrCat(info.name, ": has ", sum.rows, " rows where ", plain.name,
                                                             " has ", expected.rows));
    }
  }

  // All records of the statistics, as they should be and as they are.
  absl::Status CheckStatistics() {
    Tell("statistics");
    Statistics counted;
    counted.quads = quads_.Finish(&counted.characteristic_sets);
    counted.reifications = reifications_.Finish(nullptr);
    const absl::StatusOr<Statistics> stored = ReadStatistics(snapshot_, std::numeric_limits<size_t>::max());
    if (!stored.ok()) {
      findings_.Add(absl::StrCat("statistics: ", stored.status().message()));
      return absl::OkStatus();
    }
    CompareRelation("quads", counted.quads, stored->quads);
    CompareRelation("reifications", counted.reifications, stored->reifications);
    const bool same_sets = std::equal(
        counted.characteristic_sets.begin(), counted.characteristic_sets.end(), stored->characteristic_sets.begin(),
        stored->characteristic_sets.end(), [](const CharacteristicSet& a, const CharacteristicSet& b) {
          return a.predicates == b.predicates && a.subjects == b.subjects && a.rows == b.rows;
        });
    if (!same_sets) findings_.Add("statistics: the characteristic sets are not those of the quads");
    return absl::OkStatus();
  }

  static bool SameCounts(const PredicateStatistics& a, const PredicateStatistics& b) {
    return a.rows == b.rows && a.distinct_subjects == b.distinct_subjects && a.distinct_objects == b.distinct_objects;
  }

  void CompareRelation(absl::string_view name, const RelationStatistics& counted, const RelationStatistics& stored) {
    if (counted.rows != stored.rows || counted.distinct_subjects != stored.distinct_subjects ||
        counted.distinct_objects != stored.distinct_objects) {
      findings_.Add(absl::StrCat("statistics: of ", name, ": ", stored.rows, " rows, ", stored.distinct_subjects,
                                 " subjects, ", stored.distinct_objects, " objects; counted: ", counted.rows, ", ",
                                 counted.distinct_subjects, ", ", counted.distinct_objects));
    }
    size_t wrong = 0;
    for (const auto& [predicate, counts] : counted.predicates) {
      const auto it = stored.predicates.find(predicate);
      if (it == stored.predicates.end() || !SameCounts(counts, it->second)) ++wrong;
    }
    for (const auto& [predicate, counts] : stored.predicates) {
      if (!counted.predicates.contains(predicate)) ++wrong;
    }
    if (wrong > 0) findings_.Add(absl::StrCat("statistics: wrong for ", wrong, " predicates of ", name));
  }

  // Every block of terms in its place, and what the term index and the triple terms should be.
  absl::Status CheckTerms() {
    Tell("terms");
    std::array<uint64_t, 4> seen{};
    std::vector<absl::string_view> records;
    const std::unique_ptr<KeyValueIterator> iterator = snapshot_.NewIterator(Family::kTerms);
    for (iterator->Seek(""); iterator->valid(); iterator->Next()) {
      TermTag tag{};
      uint64_t number = 0;
      if (!ParseTermBlockKey(iterator->key(), &tag, &number)) {
        findings_.Add("terms: a key has an impossible form");
        continue;
      }
      uint64_t& next = seen[static_cast<size_t>(tag) - 1];
      if (number * kTermsPerBlock != next) findings_.Add("terms: a block of terms is missing");
      next = number * kTermsPerBlock;
      if (const absl::Status status = DecodeTermBlock(iterator->value(), &records); !status.ok()) {
        findings_.Add(absl::StrCat("terms: ", status.message()));
        next += kTermsPerBlock;
        continue;
      }
      for (const absl::string_view record : records) AddRecord(TermId(tag, next++), record);
    }
    DOSSIER_RETURN_IF_ERROR(iterator->status());
    for (size_t i = 0; i < seen.size(); ++i) {
      if (seen[i] != state_.next_payload[i]) {
        findings_.Add(
            absl::StrCat("terms: ", seen[i], " of kind ", i + 1, ", where there should be ", state_.next_payload[i]));
      }
    }
    if (triple_terms_ != sums_[static_cast<size_t>(Permutation::kTermSpo)]) {
      findings_.Add("terms: the triple terms are not those of term_spo");
    }
    return absl::OkStatus();
  }

  void AddRecord(TermId id, absl::string_view record) {
    if ((++rows_seen_ & 0xFFFFU) == 0) Tell("terms");
    if (id.tag() != TermTag::kTripleTerm) {
      index_.Add({TermHash(id.tag(), record), id});
      AddNames(NameKeyOfRecord(id.tag(), record), id);
      return;
    }
    if (const auto ids = ParseTripleTermRecord(record); ids.ok()) {
      triple_terms_.Add({(*ids)[0], (*ids)[1], (*ids)[2], id});
    } else {
      findings_.Add(absl::StrCat("terms: ", ids.status().message()));
    }
  }

  absl::Status CheckTermIndex() {
    RowSum sum;
    const auto visit = [&](const Row& row) {
      sum.Add(row);
      if ((++rows_seen_ & 0xFFFFU) == 0) Tell("term index");
    };
    DOSSIER_RETURN_IF_ERROR(VisitRows(snapshot_, kTermIndexTable, "term_index", visit, &findings_));
    if (sum != index_) {
      findings_.Add(
          absl::StrCat("term_index: ", sum.rows, " terms, which are not the ", index_.rows, " of the dictionary"));
    }
    return absl::OkStatus();
  }

  void AddNames(absl::string_view key, TermId id) {
    NameRows rows;
    AppendNameRows(key, id, &rows);
    for (const Row& row : rows.whole) names_.Add(row);
    for (const Row& row : rows.words) name_words_.Add(row);
  }

  // Short strings keep their names when no quad has them any more, but none is there that a quad has and the tables do
  // not.
  absl::Status CheckNames() {
    Tell("names");
    RowSum sum;
    const auto visit = [&](const Row& row) {
      sum.Add(row);
      if (row[1].tag() == TermTag::kShortString) short_strings_.insert(row[1]);
    };
    DOSSIER_RETURN_IF_ERROR(VisitRows(snapshot_, kNameTable, "names", visit, &findings_));
    for (const TermId id : short_strings_) AddNames(NameKeyOfInline(id), id);
    if (sum != names_) {
      findings_.Add(absl::StrCat("names: ", sum.rows, " rows, which are not the ", names_.rows, " of the terms"));
    }
    RowSum words;
    const auto visit_word = [&](const Row& row) { words.Add(row); };
    DOSSIER_RETURN_IF_ERROR(VisitRows(snapshot_, kNameWordTable, "name_words", visit_word, &findings_));
    if (words != name_words_) {
      findings_.Add(
          absl::StrCat("name_words: ", words.rows, " rows, which are not the ", name_words_.rows, " of the terms"));
    }
    return absl::OkStatus();
  }

  const KeyValueSnapshot& snapshot_;
  const ProgressCallback& progress_;
  absl::Time next_report_ = absl::InfinitePast();
  uint64_t rows_seen_ = 0;
  Findings findings_;
  StoreState state_;
  std::array<RowSum, kPermutationCount> sums_;
  RowSum named_quads_;
  StatisticsBuilder quads_{true};
  StatisticsBuilder reifications_{false};
  // As they follow from the terms.
  RowSum index_;
  RowSum triple_terms_;
  RowSum names_;
  RowSum name_words_;
  absl::flat_hash_set<TermId> short_strings_;
};

}  // namespace

absl::StatusOr<std::vector<std::string>> ValidateStore(const KeyValueSnapshot& snapshot,
                                                       const ProgressCallback& progress) {
  return Validator(snapshot, progress).Run();
}

}  // namespace dossier::storage
