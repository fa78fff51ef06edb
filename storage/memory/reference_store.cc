#include "storage/memory/reference_store.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/name_rows.h"

namespace dossier {
namespace {

using Row = std::array<TermId, kMaxColumns>;

// Two rows, so that the tests' small data have borders between blocks too.
constexpr size_t kRowsPerBlock = 2;

TermTag DictionaryTag(const Term& term) {
  switch (term.kind()) {
    case TermKind::kIri: return TermTag::kIri;
    case TermKind::kBlankNode: return TermTag::kBlankNode;
    case TermKind::kLiteral: return TermTag::kLiteral;
    case TermKind::kTripleTerm: return TermTag::kTripleTerm;
  }
  return TermTag::kUndefined;
}

// Every term that ever was in the store; as in the real stores, retracting a quad forgets no term.
class Dictionary {
 public:
  std::optional<TermId> Find(const Term& term) const {
    if (const auto id = InlineTermId(term)) return id;
    const auto found = ids_.find(term);
    return found == ids_.end() ? std::nullopt : std::make_optional(found->second);
  }

  // REQUIRES: the term is there.
  TermId Get(const Term& term) const { return *Find(term); }

  const Term* FindById(TermId id) const {
    const bool found = id.payload() < terms_.size() && ids_.at(terms_[id.payload()]) == id;
    return found ? &terms_[id.payload()] : nullptr;
  }

  void Add(const Term& term) {
    if (Find(term).has_value()) return;
    if (term.is_triple_term()) AddComponents(term.triple());
    ids_.emplace(term, TermId(DictionaryTag(term), terms_.size()));
    terms_.push_back(term);
  }

  void AddComponents(const Triple& triple) {
    Add(triple.subject);
    Add(triple.predicate);
    Add(triple.object);
  }

  const std::vector<Term>& terms() const { return terms_; }

 private:
  std::vector<Term> terms_;
  std::map<Term, TermId> ids_;
};

class RowCursor : public ScanCursor {
 public:
  RowCursor(std::vector<Row> rows, size_t width, uint32_t wanted)
      : rows_(std::move(rows)), width_(width), wanted_(wanted) {}

  absl::StatusOr<bool> Next(RowBlock* block) override {
    begin_ = end_;
    end_ = std::min(begin_ + kRowsPerBlock, rows_.size());
    *block = RowBlock();
    if (begin_ == end_) return false;
    block->rows = end_ - begin_;
    for (size_t column = 0; column < width_; ++column) {
      if ((wanted_ >> column & 1U) == 0) continue;
      columns_[column].clear();
      for (size_t i = begin_; i < end_; ++i) columns_[column].push_back(rows_[i][column]);
      block->columns[column] = columns_[column].data();
    }
    return true;
  }

  absl::Status SeekForward(absl::Span<const TermId> key) override {
    const auto less = [](const Row& row, absl::Span<const TermId> wanted) {
      return std::lexicographical_compare(row.begin(), row.begin() + wanted.size(), wanted.begin(), wanted.end());
    };
    end_ = std::lower_bound(rows_.begin() + static_cast<ptrdiff_t>(begin_), rows_.end(), key, less) - rows_.begin();
    return absl::OkStatus();
  }

 private:
  const std::vector<Row> rows_;
  const size_t width_;
  const uint32_t wanted_;
  size_t begin_ = 0;  // Of the block handed out last.
  size_t end_ = 0;
  std::array<std::vector<TermId>, kMaxColumns> columns_;
};

// A row by the names of its columns.
struct Values {
  std::array<TermId, 6> ids;

  TermId& operator[](Column column) { return ids[static_cast<size_t>(column)]; }
};

// Everything as of one commit. Copied, changed, and then shared as constant.
struct State {
  uint64_t commit = 0;
  std::set<Quad> quads;  // Reifications among them.
  Dictionary dictionary;

  TermId GraphId(const Quad& quad) const { return quad.graph.has_value() ? dictionary.Get(*quad.graph) : TermId(); }

  // The rows of a relation, unsorted.
  std::vector<Values> Rows(Relation relation) const {
    std::vector<Values> rows;
    const auto triple_row = [this](const Triple& triple) {
      Values row;
      row[Column::kSubject] = dictionary.Get(triple.subject);
      row[Column::kPredicate] = dictionary.Get(triple.predicate);
      row[Column::kObject] = dictionary.Get(triple.object);
      return row;
    };
    if (relation == Relation::kTripleTerms) {
      for (const Term& term : dictionary.terms()) {
        if (!term.is_triple_term()) continue;
        rows.push_back(triple_row(term.triple()));
        rows.back()[Column::kTripleTerm] = dictionary.Get(term);
      }
      return rows;
    }
    for (const Quad& quad : quads) {
      if (IsReification(quad) != (relation == Relation::kReifications)) continue;
      if (relation == Relation::kNamedQuads && !quad.graph.has_value()) continue;
      rows.push_back(triple_row(IsReification(quad) ? quad.object.triple() : quad.triple()));
      if (IsReification(quad)) rows.back()[Column::kReifier] = dictionary.Get(quad.subject);
      rows.back()[Column::kGraph] = GraphId(quad);
    }
    return rows;
  }

  std::vector<Row> SortedRows(Permutation permutation) const {
    const PermutationInfo& info = GetPermutationInfo(permutation);
    std::vector<Row> sorted;
    for (Values& values : Rows(info.relation)) {
      Row& row = sorted.emplace_back();
      for (size_t i = 0; i < info.width; ++i) row[i] = values[info.columns[i]];
    }
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  }

  // Of the terms, and of the short strings, which are not in the dictionary.
  storage::NameRows Names() const {
    storage::NameRows names;
    for (const Term& term : dictionary.terms()) {
      storage::AppendNameRows(NameKey(term), dictionary.Get(term), &names);
    }
    std::set<TermId> short_strings;
    for (const Relation relation : {Relation::kQuads, Relation::kReifications, Relation::kTripleTerms}) {
      for (Values& row : Rows(relation)) {
        const TermId id = row[Column::kObject];
        if (id.tag() == TermTag::kShortString && short_strings.insert(id).second) {
          storage::AppendNameRows(storage::NameKeyOfInline(id), id, &names);
        }
      }
    }
    return names;
  }

  RelationStatistics CountRelation(Relation relation) const {
    RelationStatistics statistics;
    std::set<TermId> subjects;
    std::set<TermId> objects;
    std::map<TermId, std::pair<std::set<TermId>, std::set<TermId>>> by_predicate;
    for (Values& row : Rows(relation)) {
      const TermId predicate = row[Column::kPredicate];
      ++statistics.rows;
      ++statistics.predicates[predicate].rows;
      subjects.insert(row[Column::kSubject]);
      objects.insert(row[Column::kObject]);
      by_predicate[predicate].first.insert(row[Column::kSubject]);
      by_predicate[predicate].second.insert(row[Column::kObject]);
    }
    statistics.distinct_subjects = subjects.size();
    statistics.distinct_objects = objects.size();
    for (const auto& [predicate, sets] : by_predicate) {
      statistics.predicates[predicate].distinct_subjects = sets.first.size();
      statistics.predicates[predicate].distinct_objects = sets.second.size();
    }
    return statistics;
  }

  std::vector<CharacteristicSet> CharacteristicSets() const {
    std::map<TermId, std::map<TermId, uint64_t>> by_subject;
    for (Values& row : Rows(Relation::kQuads)) ++by_subject[row[Column::kSubject]][row[Column::kPredicate]];
    std::map<std::vector<TermId>, CharacteristicSet> sets;
    for (const auto& [subject, rows_by_predicate] : by_subject) {
      std::vector<TermId> predicates;
      for (const auto& [predicate, rows] : rows_by_predicate) predicates.push_back(predicate);
      CharacteristicSet& set = sets[predicates];
      set.predicates = predicates;
      set.rows.resize(predicates.size());
      ++set.subjects;
      size_t i = 0;
      for (const auto& [predicate, rows] : rows_by_predicate) set.rows[i++] += rows;
    }
    std::vector<CharacteristicSet> result;
    for (auto& [predicates, set] : sets) result.push_back(std::move(set));
    return result;
  }
};

class ReferenceSnapshot : public Snapshot {
 public:
  explicit ReferenceSnapshot(std::shared_ptr<const State> state) : state_(std::move(state)) {}

  uint64_t commit() const override { return state_->commit; }

  absl::StatusOr<std::unique_ptr<ScanCursor>> Scan(const ScanSpec& spec) const override {
    const size_t width = GetPermutationInfo(spec.permutation).width;
    return std::make_unique<RowCursor>(MatchingRows(spec), width, spec.wanted_columns);
  }

  absl::StatusOr<uint64_t> CountRows(const ScanSpec& spec, bool /*exact*/) const override {
    return MatchingRows(spec).size();
  }

  absl::StatusOr<std::optional<TermId>> FindTerm(const Term& term) const override {
    return state_->dictionary.Find(term);
  }

  absl::StatusOr<Term> GetTerm(TermId id) const override {
    if (id.is_inline()) return InlineTerm(id);
    const Term* term = id.is_dictionary() ? state_->dictionary.FindById(id) : nullptr;
    if (term == nullptr) return absl::DataLossError(absl::StrCat("no term has the id ", id.bits()));
    return *term;
  }

  absl::Status GetTerms(absl::Span<const TermId> ids, std::vector<Term>* terms) const override {
    terms->clear();
    for (const TermId id : ids) {
      DOSSIER_ASSIGN_OR_RETURN(Term term, GetTerm(id));
      terms->push_back(std::move(term));
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::unique_ptr<ScanCursor>> ScanNames(const NameScan& scan) const override {
    const storage::NameRows names = state_->Names();
    std::vector<Row> matching;
    const size_t fixed = scan.prefix.size();
    for (const Row& row : scan.table == NameTable::kWhole ? names.whole : names.words) {
      if (!std::equal(scan.prefix.begin(), scan.prefix.end(), row.begin())) continue;
      if (row[fixed] >= scan.lower && row[fixed] <= scan.upper) matching.push_back(row);
    }
    std::sort(matching.begin(), matching.end());
    return std::make_unique<RowCursor>(std::move(matching), storage::TableOf(scan.table).width, ~uint32_t{0});
  }

  const Statistics& statistics() const override {
    std::call_once(counted_, [this] {
      statistics_.quads = state_->CountRelation(Relation::kQuads);
      statistics_.reifications = state_->CountRelation(Relation::kReifications);
      statistics_.characteristic_sets = state_->CharacteristicSets();
    });
    return statistics_;
  }

 private:
  std::vector<Row> MatchingRows(const ScanSpec& spec) const {
    const size_t fixed = spec.prefix.size();
    std::vector<Row> matching;
    for (const Row& row : SortedRows(spec.permutation)) {
      if (!std::equal(spec.prefix.begin(), spec.prefix.end(), row.begin())) continue;
      const bool ranged = fixed < GetPermutationInfo(spec.permutation).width;
      if (ranged && (row[fixed] < spec.lower || row[fixed] > spec.upper)) continue;
      matching.push_back(row);
    }
    return matching;
  }

  // Sorted when they are first asked for.
  const std::vector<Row>& SortedRows(Permutation permutation) const {
    const auto index = static_cast<size_t>(permutation);
    std::call_once(sorted_[index], [&] { rows_[index] = state_->SortedRows(permutation); });
    return rows_[index];
  }

  const std::shared_ptr<const State> state_;
  mutable std::array<std::once_flag, kPermutationCount> sorted_;
  mutable std::array<std::vector<Row>, kPermutationCount> rows_;
  mutable std::once_flag counted_;
  mutable Statistics statistics_;
};

class CollectingSink : public LoadSink {
 public:
  explicit CollectingSink(const Cancellation* cancellation) : cancellation_(cancellation) {}

  absl::Status Add(Quad&& quad) override {
    changes_.assertions.push_back(std::move(quad));
    return cancellation_ == nullptr ? absl::OkStatus() : cancellation_->Check();
  }

  absl::Status AddLines(const std::shared_ptr<const LineSource>& source, std::string lines, bool first) override {
    if (first) next_line_ = 1;
    const size_t before = changes_.assertions.size();
    ReaderOptions options;
    options.source = source->name;
    DOSSIER_ASSIGN_OR_RETURN(options.blank_node_prefix, source->blank_node_prefix());
    options.default_graph = source->default_graph;
    if (source->on_reject) {
      options.on_reject = [&](Reject reject) {
        reject.line += next_line_ - 1;
        source->on_reject(reject);
      };
    }
    DOSSIER_RETURN_IF_ERROR(ReadRdfText(lines, source->with_graphs ? RdfFormat::kNQuads : RdfFormat::kNTriples, options,
                                        [this](Quad&& quad) { return Add(std::move(quad)); }));
    next_line_ += static_cast<size_t>(std::count(lines.begin(), lines.end(), '\n'));
    return source->on_statements(changes_.assertions.size() - before);
  }

  const ChangeSet& changes() const { return changes_; }

 private:
  const Cancellation* const cancellation_;
  ChangeSet changes_;
  size_t next_line_ = 1;
};

class ReferenceStore : public Store {
 public:
  ReadCounters read_counters() const override { return {}; }

  std::shared_ptr<const Snapshot> GetSnapshot() const override {
    const std::lock_guard<std::mutex> lock(mutex_);
    return snapshot_;
  }

  absl::StatusOr<CommitSummary> Commit(const ChangeSet& changes) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    return CommitLocked(changes);
  }

  absl::StatusOr<CommitSummary> Transact(ChangeMaker make) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    DOSSIER_ASSIGN_OR_RETURN(const ChangeSet changes, make(snapshot_));
    return CommitLocked(changes);
  }

  absl::StatusOr<CommitSummary> BulkLoadFrom(LoadSource source, const BulkLoadOptions& options) override {
    CollectingSink sink(options.cancellation);
    DOSSIER_RETURN_IF_ERROR(source(&sink));
    if (options.on_read) DOSSIER_RETURN_IF_ERROR(options.on_read());
    return Commit(sink.changes());
  }

  absl::StatusOr<std::string> GetSetting(absl::string_view name) const override {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = settings_.find(std::string(name));
    return found == settings_.end() ? "" : found->second;
  }

  absl::Status SetSetting(absl::string_view name, absl::string_view value) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    settings_[std::string(name)] = std::string(value);
    return absl::OkStatus();
  }

  // There is nothing that could disagree: all is computed from one set.
  absl::StatusOr<std::vector<std::string>> Validate(const ProgressCallback& /*progress*/) const override {
    return std::vector<std::string>();
  }

  std::vector<std::pair<std::string, uint64_t>> SizeByPart() const override { return {}; }

  absl::Status Backup(const std::string& /*directory*/) const override {
    return absl::FailedPreconditionError("a reference store lives in memory only and cannot be backed up");
  }

 private:
  // The caller holds mutex_.
  absl::StatusOr<CommitSummary> CommitLocked(const ChangeSet& changes) {
    auto next = std::make_shared<State>(*state_);
    for (const Quad& quad : changes.retractions) next->quads.erase(quad);
    for (const Quad& quad : changes.assertions) {
      next->quads.insert(quad);
      if (IsReification(quad)) {
        next->dictionary.Add(quad.subject);
        next->dictionary.AddComponents(quad.object.triple());
      } else {
        next->dictionary.AddComponents(quad.triple());
      }
      if (quad.graph.has_value()) next->dictionary.Add(*quad.graph);
    }
    CommitSummary summary;
    for (const Quad& quad : next->quads) summary.added += 1 - state_->quads.count(quad);
    for (const Quad& quad : state_->quads) summary.removed += 1 - next->quads.count(quad);
    summary.commit = state_->commit;
    if (summary.added + summary.removed > 0) {
      summary.commit = ++next->commit;
      state_ = std::move(next);
      snapshot_ = std::make_shared<ReferenceSnapshot>(state_);
    }
    return summary;
  }

  mutable std::mutex mutex_;
  std::shared_ptr<const State> state_ = std::make_shared<State>();
  std::shared_ptr<const ReferenceSnapshot> snapshot_ = std::make_shared<ReferenceSnapshot>(state_);
  std::map<std::string, std::string> settings_;
};

}  // namespace

std::unique_ptr<Store> NewReferenceStore() { return std::make_unique<ReferenceStore>(); }

}  // namespace dossier
