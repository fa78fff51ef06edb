#include "storage/bulk_loader.h"

#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "storage/bulk/encoder.h"
#include "storage/bulk/load_context.h"
#include "storage/bulk/load_journal.h"
#include "storage/bulk/load_stages.h"
#include "storage/bulk/relation_loader.h"
#include "storage/bulk/row_packer.h"
#include "storage/bulk/row_sorter.h"
#include "storage/bulk/run_writer.h"
#include "storage/bulk/side_by_side.h"
#include "storage/bulk/table_merger.h"
#include "storage/fail_point.h"
#include "storage/key_layout.h"
#include "storage/metadata.h"
#include "storage/permutation_writer.h"
#include "storage/statistics_builder.h"
#include "storage/statistics_updater.h"

namespace dossier::storage {
namespace {

constexpr size_t kQuadsPerChunk = 2048;
constexpr size_t kMostThreads = 8;
constexpr absl::Duration kProgressInterval = absl::Milliseconds(250);

// One load, from its first quad to the commit.
class BulkLoader : public LoadSink {
 public:
  BulkLoader(KeyValueStore* store, std::string spill_directory, const BulkLoadOptions& options)
      : options_(options), before_(store->GetSnapshot()) {
    context_.store = store;
    context_.before = before_.get();
    context_.spill_directory = std::move(spill_directory);
    context_.memory_bytes = options.memory_bytes;
    context_.threads = std::clamp<size_t>(std::thread::hardware_concurrency(), 1, kMostThreads);
    context_.cancellation = options.cancellation;
  }

  ~BulkLoader() override {
    // Whatever the end was; only a load that was killed can go on.
    sorted_.runs.clear();
    written_.clear();
    if (journal_ != nullptr) journal_->RemoveAll();
  }

  absl::Status Start() {
    DOSSIER_ASSIGN_OR_RETURN(context_.state, ReadState(*before_));
    sorted_.state = context_.state;
    DOSSIER_ASSIGN_OR_RETURN(encoder_, Encoder::Create(context_));
    return absl::OkStatus();
  }

  absl::Status Add(Quad&& quad) override {
    chunk_.push_back(std::move(quad));
    ++read_;
    return chunk_.size() < kQuadsPerChunk ? absl::OkStatus() : SendChunk();
  }

  absl::Status AddLines(const std::shared_ptr<const LineSource>& source, std::string lines, bool first) override {
    if (!chunk_.empty()) DOSSIER_RETURN_IF_ERROR(SendChunk());
    DOSSIER_RETURN_IF_ERROR(context_.CheckCancelled());
    Report("reading", /*now=*/false);
    return encoder_->AddLines(source, std::move(lines), first);
  }

  // Goes on behind the stages of a load of the same identity that was killed; false when there is none.
  absl::StatusOr<bool> Resume() {
    DOSSIER_ASSIGN_OR_RETURN(context_.state, ReadState(*before_));
    DOSSIER_ASSIGN_OR_RETURN(journal_,
                             LoadJournal::Open(context_.spill_directory, {options_.identity, context_.state.commit}));
    context_.resumable = true;
    if (journal_->stages().empty()) return false;
    DOSSIER_ASSIGN_OR_RETURN(sorted_, RestoreStage(context_, journal_->stages().front()));
    for (size_t i = 1; i < journal_->stages().size(); ++i) {
      DOSSIER_ASSIGN_OR_RETURN(PermutationStage stage, RestorePermutation(context_, journal_->stages()[i]));
      written_.push_back(std::move(stage));
    }
    RemoveOtherFiles();
    if (options_.restore) options_.restore(sorted_.report);
    return true;
  }

  absl::StatusOr<CommitSummary> FinishReading() {
    DOSSIER_RETURN_IF_ERROR(SendChunk());
    DOSSIER_RETURN_IF_ERROR(encoder_->Finish());
    if (options_.on_read) DOSSIER_RETURN_IF_ERROR(options_.on_read());
    FailPoint("load.encoded");
    DOSSIER_RETURN_IF_ERROR(ResolveIds());
    if (options_.save) sorted_.report = options_.save();
    if (journal_ != nullptr) {
      DOSSIER_ASSIGN_OR_RETURN(const std::string stage, DescribeStage(sorted_));
      DOSSIER_RETURN_IF_ERROR(journal_->Append(stage));
    }
    FailPoint("load.sorted");
    return Finish();
  }

  // When all rows are sorted.
  absl::StatusOr<CommitSummary> Finish() {
    const uint64_t added = sorted_.quads->rows() + sorted_.claims->rows();
    if (added == 0) return CommitSummary{sorted_.state.commit, 0, 0};
    DOSSIER_RETURN_IF_ERROR(WritePermutations());
    DOSSIER_RETURN_IF_ERROR(WriteMetadata());
    Report("storing", /*now=*/true);
    FailPoint("load.before_ingest");
    DOSSIER_RETURN_IF_ERROR(context_.store->Ingest(std::move(sorted_.runs)));
    FailPoint("load.after_ingest");
    return CommitSummary{sorted_.state.commit, added, 0};
  }

 private:
  void Report(absl::string_view stage, bool now, uint64_t bytes_done = 0, uint64_t bytes_total = 0) {
    if (!options_.progress || (!now && absl::Now() < next_report_)) return;
    next_report_ = absl::Now() + kProgressInterval;
    Progress progress;
    progress.stage = std::string(stage);
    progress.bytes_done = bytes_done;
    progress.bytes_total = bytes_total;
    progress.items = read_;
    options_.progress(progress);
  }

  absl::Status SendChunk() {
    DOSSIER_RETURN_IF_ERROR(context_.CheckCancelled());
    Report("reading", /*now=*/false);
    std::vector<Quad> chunk;
    chunk.reserve(kQuadsPerChunk);
    chunk.swap(chunk_);
    return encoder_->Add(std::move(chunk));
  }

  // Gives the terms their ids, and the rows those in place of the numbers of their batches; sorts the rows and keeps
  // those that are new.
  absl::Status ResolveIds() {
    Report("numbering", /*now=*/true);
    DictionaryLoader& dictionary = encoder_->dictionary();
    DOSSIER_RETURN_IF_ERROR(dictionary.MergeBatches());
    RowSorter quads = MakeSorter(encoder_->quads());
    RowSorter claims = MakeSorter(encoder_->claims());
    const std::vector<EncodedBatch>& batches = encoder_->batches();
    for (size_t i = 0; i < batches.size(); ++i) {
      DOSSIER_RETURN_IF_ERROR(dictionary.BeginBatch(i));
      DOSSIER_RETURN_IF_ERROR(RunSideBySide(
          context_.threads, [&dictionary, i] { return dictionary.WriteBatch(i); },
          [&] {
            absl::Status status = ResolveRows(encoder_->quads(), batches[i].quads, &quads);
            if (status.ok()) status = ResolveRows(encoder_->claims(), batches[i].claims, &claims);
            return status;
          }));
      for (const TermId id : short_strings_) DOSSIER_RETURN_IF_ERROR(dictionary.AddShortString(id));
      short_strings_.clear();
    }
    FailPoint("load.resolved");
    Report("sorting", /*now=*/true);
    DOSSIER_RETURN_IF_ERROR(RunSideBySide(
        context_.threads, [&] { return FinishDictionary(&dictionary); }, [&] { return FindNewRows(&quads, &claims); }));
    DOSSIER_ASSIGN_OR_RETURN(sorted_.triple_terms,
                             NewRows(context_, Permutation::kTermSpo, dictionary.triple_terms(), kTripleTermsFile));
    encoder_.reset();
    return absl::OkStatus();
  }

  // For the rows of `encoded` with their ids: quads and claims share the memory by their numbers.
  RowSorter MakeSorter(const RowFile& encoded) const {
    std::vector<ColumnRange> ranges(encoded.ranges().begin(), encoded.ranges().end());
    for (ColumnRange& range : ranges) {
      for (size_t i = 0; i < kDictionaryTags; ++i) {
        const TermTag tag = TagOfIndex(i);
        if (!range.has(static_cast<size_t>(tag))) continue;
        range.Add(TermId(tag, 0));
        range.Add(TermId(tag, std::max<uint64_t>(encoder_->dictionary().end(tag), 1) - 1));
      }
    }
    const uint64_t all_rows = std::max<uint64_t>(encoder_->quads().rows() + encoder_->claims().rows(), 1);
    const double share = static_cast<double>(encoded.rows()) / static_cast<double>(all_rows);
    const auto memory = static_cast<size_t>(0.6 * share * static_cast<double>(context_.memory_bytes));
    return {encoded.width(), memory, context_.spill_directory, RowPacker::ForRanges(ranges)};
  }

  absl::Status ResolveRows(const RowFile& from, SpillExtent extent, RowSorter* sorter) {
    const DictionaryLoader& dictionary = encoder_->dictionary();
    const std::unique_ptr<RowStream> stream = from.Read(extent);
    const size_t width = from.width();
    std::array<TermId, kMaxColumns> row{};
    while (true) {
      DOSSIER_RETURN_IF_ERROR(context_.CheckCancelled());
      DOSSIER_ASSIGN_OR_RETURN(const auto chunk, stream->NextChunk());
      if (chunk.empty()) return absl::OkStatus();
      for (const TermId* next = chunk.data(); next != chunk.data() + chunk.size(); next += width) {
        for (size_t i = 0; i < width; ++i) row[i] = dictionary.Resolve(next[i]);
        // The last column of both relations is the graph.
        sorted_.has_named_graphs = sorted_.has_named_graphs || !row[width - 1].is_undefined();
        if (row[2].tag() == TermTag::kShortString) short_strings_.insert(row[2]);  // The object of either.
        DOSSIER_RETURN_IF_ERROR(sorter->Add(row.data()));
      }
    }
  }

  absl::Status FinishDictionary(DictionaryLoader* dictionary) {
    DOSSIER_RETURN_IF_ERROR(dictionary->Finish(&sorted_.runs, &sorted_.state));
    for (const NameTable table : {NameTable::kWhole, NameTable::kWords}) {
      DOSSIER_RETURN_IF_ERROR(
          TableMerger(context_, TableOf(table), nullptr).Merge(dictionary->name_rows(table), &sorted_.runs));
    }
    return TableMerger(context_, kTermIndexTable, nullptr).Merge(dictionary->index_rows(), &sorted_.runs);
  }

  absl::Status FindNewRows(RowSorter* quads, RowSorter* claims) {
    DOSSIER_ASSIGN_OR_RETURN(sorted_.quads, NewRows(context_, Permutation::kSpo, quads, kQuadsFile));
    DOSSIER_ASSIGN_OR_RETURN(sorted_.claims, NewRows(context_, Permutation::kClaimSpo, claims, kClaimsFile));
    return absl::OkStatus();
  }

  void RemoveOtherFiles() const {
    std::vector<std::string> kept = {std::string(kQuadsFile), std::string(kClaimsFile), std::string(kTripleTermsFile)};
    for (const auto& run : sorted_.runs) kept.push_back(run->name());
    for (const PermutationStage& stage : written_) {
      for (const auto& run : stage.runs) kept.push_back(run->name());
    }
    journal_->RemoveOthers(kept);
  }

  // A load that is small beside the relation changes its statistics where it touches them; a large one counts anew,
  // which takes a pass over all rows.
  bool CountsAnew(CountedRelation relation, const RowFile& added) const {
    constexpr uint64_t kMuchLarger = 16;
    const RelationStatistics& counts =
        relation == CountedRelation::kQuads ? statistics_.quads : statistics_.reifications;
    return added.rows() > counts.rows / kMuchLarger || added.rows() > context_.memory_bytes / 8 / sizeof(RowChange);
  }

  std::vector<RelationTask> PermutationTasks(StatisticsBuilder* quads, StatisticsBuilder* claims) const {
    std::vector<RelationTask> tasks;
    for (const PermutationInfo& info : AllPermutations()) {
      const Permutation permutation = info.permutation;
      switch (info.relation) {
        case Relation::kQuads: tasks.push_back({permutation, sorted_.quads.get(), Permutation::kSpo, quads}); break;
        case Relation::kNamedQuads:
          if (sorted_.has_named_graphs) {
            tasks.push_back({permutation, sorted_.quads.get(), Permutation::kSpo, nullptr});
          }
          break;
        case Relation::kReifications:
          tasks.push_back({permutation, sorted_.claims.get(), Permutation::kClaimSpo, claims});
          break;
        case Relation::kTripleTerms:
          tasks.push_back({permutation, sorted_.triple_terms.get(), Permutation::kTermSpo, nullptr});
          break;
      }
    }
    tasks.erase(std::remove_if(tasks.begin(), tasks.end(), [](const RelationTask& t) { return t.rows->rows() == 0; }),
                tasks.end());
    // Those that need no sorting are the quickest, and the last ones should be.
    std::stable_partition(tasks.begin(), tasks.end(),
                          [](const RelationTask& task) { return task.permutation != task.source; });
    return tasks;
  }

  // Takes over the permutations that are written already.
  absl::Status TakeWritten(std::vector<RelationTask>* tasks) {
    for (PermutationStage& stage : written_) {
      const auto task = std::find_if(tasks->begin(), tasks->end(), [&stage](const RelationTask& task) {
        return task.permutation == stage.permutation;
      });
      if (task == tasks->end()) return absl::DataLossError("the journal of the load is damaged");
      const auto pass = PassOf(stage.permutation);
      if (task->statistics != nullptr && pass.has_value() && !task->statistics->Restore(*pass, stage.statistics)) {
        return absl::DataLossError("the journal of the load is damaged");
      }
      for (auto& run : stage.runs) sorted_.runs.push_back(std::move(run));
      tasks->erase(task);
    }
    written_.clear();
    return absl::OkStatus();
  }

  absl::Status WritePermutations() {
    Report("writing", /*now=*/true);
    DOSSIER_ASSIGN_OR_RETURN(statistics_, ReadStatistics(*before_, std::numeric_limits<size_t>::max()));
    counts_quads_ = CountsAnew(CountedRelation::kQuads, *sorted_.quads);
    counts_claims_ = CountsAnew(CountedRelation::kReifications, *sorted_.claims);
    StatisticsBuilder quads(/*characteristic_sets=*/true);
    StatisticsBuilder claims(/*characteristic_sets=*/false);
    std::vector<RelationTask> tasks =
        PermutationTasks(counts_quads_ ? &quads : nullptr, counts_claims_ ? &claims : nullptr);
    DOSSIER_RETURN_IF_ERROR(TakeWritten(&tasks));
    const auto done = [this](const TaskDone& done) -> absl::Status {
      Report("writing", /*now=*/true, done.bytes_done, done.bytes_total);
      if (journal_ == nullptr) return absl::OkStatus();
      const auto pass = PassOf(done.task.permutation);
      const bool counted = done.task.statistics != nullptr && pass.has_value();
      DOSSIER_RETURN_IF_ERROR(journal_->Append(DescribePermutation(
          done.task.permutation, done.runs, counted ? done.task.statistics->Save(*pass) : std::string())));
      FailPoint("load.permutation");
      return absl::OkStatus();
    };
    DOSSIER_RETURN_IF_ERROR(LoadPermutations(context_, tasks, done, &sorted_.runs));
    FailPoint("load.permutations_written");

    // A relation without new rows was not counted: its statistics stay.
    if (counts_quads_ && sorted_.quads->rows() > 0) {
      statistics_.characteristic_sets.clear();
      statistics_.quads = quads.Finish(&statistics_.characteristic_sets);
    }
    if (counts_claims_ && sorted_.claims->rows() > 0) statistics_.reifications = claims.Finish(nullptr);
    return absl::OkStatus();
  }

  // The changes of the statistics that were not counted anew.
  absl::Status UpdateCounts(CountedRelation relation, const RowFile& rows, WriteBatch* batch) const {
    std::vector<RowChange> changes;
    changes.reserve(rows.rows());
    const std::unique_ptr<RowStream> stream = rows.ReadAll();
    while (true) {
      DOSSIER_ASSIGN_OR_RETURN(const auto chunk, stream->NextChunk());
      if (chunk.empty()) return UpdateStatistics(relation, changes, *before_, batch);
      for (size_t i = 0; i < chunk.size(); i += rows.width()) {
        RowChange change{Row{}, /*insert=*/true};
        std::copy_n(chunk.begin() + static_cast<ptrdiff_t>(i), rows.width(), change.row.begin());
        changes.push_back(change);
      }
    }
  }

  absl::Status WriteMetadata() {
    ++sorted_.state.commit;
    std::vector<WriteBatch::Entry> entries;
    if (counts_quads_ || counts_claims_) {
      DOSSIER_RETURN_IF_ERROR(ReplaceStatistics(*before_, statistics_, &entries));
    }
    // Later entries win over earlier ones of the same key.
    std::map<std::string, std::optional<std::string>> by_key;
    for (WriteBatch::Entry& entry : entries) by_key[std::move(entry.key)] = std::move(entry.value);
    WriteBatch updates;
    if (!counts_quads_) DOSSIER_RETURN_IF_ERROR(UpdateCounts(CountedRelation::kQuads, *sorted_.quads, &updates));
    if (!counts_claims_) {
      DOSSIER_RETURN_IF_ERROR(UpdateCounts(CountedRelation::kReifications, *sorted_.claims, &updates));
    }
    for (const WriteBatch::Entry& entry : updates.entries()) by_key[entry.key] = entry.value;
    by_key[std::string(kStateKey)] = EncodeState(sorted_.state);
    RunWriter writer(context_.store, Family::kMeta);
    for (const auto& [key, value] : by_key) {
      DOSSIER_RETURN_IF_ERROR(value.has_value() ? writer.Put(key, *value) : writer.Delete(key));
    }
    return writer.MoveRunsTo(&sorted_.runs);
  }

  const BulkLoadOptions& options_;
  const std::shared_ptr<const KeyValueSnapshot> before_;
  LoadContext context_;
  std::vector<Quad> chunk_;
  uint64_t read_ = 0;
  absl::Time next_report_ = absl::InfinitePast();

  std::unique_ptr<Encoder> encoder_;
  absl::flat_hash_set<TermId> short_strings_;  // In rows of the batch at hand.
  std::unique_ptr<LoadJournal> journal_;       // Null when the load cannot be resumed.
  SortedStage sorted_;                         // Its runs become those of the whole load.
  std::vector<PermutationStage> written_;      // By the load that was killed.
  Statistics statistics_;
  bool counts_quads_ = true;
  bool counts_claims_ = true;
};

// Keeps what is read as long as it is little enough for an ordinary commit.
class SmallLoad : public LoadSink {
 public:
  // `prepared` may be null, else it is the loader that is used when the load is large.
  SmallLoad(KeyValueStore* store, const std::string& spill_directory, const BulkLoadOptions& options,
            std::unique_ptr<BulkLoader> prepared)
      : store_(store), spill_directory_(spill_directory), options_(options), prepared_(std::move(prepared)) {}

  absl::Status Add(Quad&& quad) override {
    if (large_ != nullptr) return large_->Add(std::move(quad));
    changes_.assertions.push_back(std::move(quad));
    if (changes_.assertions.size() > options_.commit_quads) return BecomeLarge();
    const bool check = options_.cancellation != nullptr && changes_.assertions.size() % 256 == 0;
    return check ? options_.cancellation->Check() : absl::OkStatus();
  }

  absl::Status AddLines(const std::shared_ptr<const LineSource>& source, std::string lines, bool first) override {
    if (large_ == nullptr) DOSSIER_RETURN_IF_ERROR(BecomeLarge());
    return large_->AddLines(source, std::move(lines), first);
  }

  // Null as long as it is small.
  BulkLoader* large() { return large_.get(); }
  const ChangeSet& changes() const { return changes_; }

 private:
  absl::Status BecomeLarge() {
    large_ = std::move(prepared_);
    if (large_ == nullptr) large_ = std::make_unique<BulkLoader>(store_, spill_directory_, options_);
    DOSSIER_RETURN_IF_ERROR(large_->Start());
    for (Quad& kept : changes_.assertions) DOSSIER_RETURN_IF_ERROR(large_->Add(std::move(kept)));
    changes_.assertions.clear();
    return absl::OkStatus();
  }

  KeyValueStore* const store_;
  const std::string& spill_directory_;
  const BulkLoadOptions& options_;
  ChangeSet changes_;
  std::unique_ptr<BulkLoader> prepared_;
  std::unique_ptr<BulkLoader> large_;
};

}  // namespace

absl::StatusOr<CommitSummary> LoadInBulk(KeyValueStore* store, const std::string& spill_directory, LoadSource source,
                                         const BulkLoadOptions& options, CommitFunction commit) {
  std::unique_ptr<BulkLoader> resumed;
  if (!options.identity.empty()) {
    resumed = std::make_unique<BulkLoader>(store, spill_directory, options);
    absl::StatusOr<bool> goes_on = resumed->Resume();
    if (!goes_on.ok()) {
      // What is left is of no use, and is gone now.
      resumed.reset();
      resumed = std::make_unique<BulkLoader>(store, spill_directory, options);
      goes_on = resumed->Resume();
    }
    DOSSIER_RETURN_IF_ERROR(goes_on.status());
    if (*goes_on) return resumed->Finish();
  }
  SmallLoad load(store, spill_directory, options, std::move(resumed));
  DOSSIER_RETURN_IF_ERROR(source(&load));
  if (options.cancellation != nullptr) DOSSIER_RETURN_IF_ERROR(options.cancellation->Check());
  if (load.large() != nullptr) return load.large()->FinishReading();
  if (options.on_read) DOSSIER_RETURN_IF_ERROR(options.on_read());
  return commit(load.changes());
}

}  // namespace dossier::storage
