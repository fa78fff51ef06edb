#include "storage/bulk_loader.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "storage/bulk/encoder.h"
#include "storage/bulk/load_context.h"
#include "storage/bulk/relation_loader.h"
#include "storage/bulk/row_packer.h"
#include "storage/bulk/row_sorter.h"
#include "storage/bulk/run_writer.h"
#include "storage/bulk/side_by_side.h"
#include "storage/bulk/table_merger.h"
#include "storage/fail_point.h"
#include "storage/key_layout.h"
#include "storage/metadata.h"
#include "storage/statistics_builder.h"

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

  absl::Status Start() {
    DOSSIER_ASSIGN_OR_RETURN(context_.state, ReadState(*before_));
    state_ = context_.state;
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

  absl::StatusOr<CommitSummary> Finish() {
    DOSSIER_RETURN_IF_ERROR(SendChunk());
    DOSSIER_RETURN_IF_ERROR(encoder_->Finish());
    if (options_.on_read) DOSSIER_RETURN_IF_ERROR(options_.on_read());
    FailPoint("load.encoded");
    DOSSIER_RETURN_IF_ERROR(ResolveIds());
    if (new_quads_->rows() + new_claims_->rows() == 0) return CommitSummary{state_.commit, 0, 0};
    DOSSIER_RETURN_IF_ERROR(WritePermutations());
    DOSSIER_RETURN_IF_ERROR(WriteMetadata());
    Report("storing", /*now=*/true);
    FailPoint("load.before_ingest");
    DOSSIER_RETURN_IF_ERROR(context_.store->Ingest(std::move(runs_)));
    FailPoint("load.after_ingest");
    return CommitSummary{state_.commit, new_quads_->rows() + new_claims_->rows(), 0};
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
    }
    FailPoint("load.resolved");
    Report("sorting", /*now=*/true);
    DOSSIER_RETURN_IF_ERROR(RunSideBySide(
        context_.threads, [&] { return FinishDictionary(&dictionary); }, [&] { return FindNewRows(&quads, &claims); }));
    DOSSIER_ASSIGN_OR_RETURN(new_triple_terms_, NewRows(context_, Permutation::kTermSpo, dictionary.triple_terms()));
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
    const auto memory = static_cast<size_t>(share * static_cast<double>(context_.memory_bytes / 10 * 6));
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
        has_named_graphs_ = has_named_graphs_ || !row[width - 1].is_undefined();
        DOSSIER_RETURN_IF_ERROR(sorter->Add(row.data()));
      }
    }
  }

  absl::Status FinishDictionary(DictionaryLoader* dictionary) {
    DOSSIER_RETURN_IF_ERROR(dictionary->Finish(&runs_, &state_));
    return TableMerger(context_, kTermIndexTable, nullptr).Merge(dictionary->index_rows(), &runs_);
  }

  absl::Status FindNewRows(RowSorter* quads, RowSorter* claims) {
    DOSSIER_ASSIGN_OR_RETURN(new_quads_, NewRows(context_, Permutation::kSpo, quads));
    DOSSIER_ASSIGN_OR_RETURN(new_claims_, NewRows(context_, Permutation::kClaimSpo, claims));
    return absl::OkStatus();
  }

  absl::Status WritePermutations() {
    Report("writing", /*now=*/true);
    StatisticsBuilder quads(/*characteristic_sets=*/true);
    StatisticsBuilder claims(/*characteristic_sets=*/false);
    std::vector<RelationTask> tasks;
    for (const PermutationInfo& info : AllPermutations()) {
      const Permutation permutation = info.permutation;
      switch (info.relation) {
        case Relation::kQuads: tasks.push_back({permutation, new_quads_.get(), Permutation::kSpo, &quads}); break;
        case Relation::kNamedQuads:
          if (has_named_graphs_) tasks.push_back({permutation, new_quads_.get(), Permutation::kSpo, nullptr});
          break;
        case Relation::kReifications:
          tasks.push_back({permutation, new_claims_.get(), Permutation::kClaimSpo, &claims});
          break;
        case Relation::kTripleTerms:
          tasks.push_back({permutation, new_triple_terms_.get(), Permutation::kTermSpo, nullptr});
          break;
      }
    }
    tasks.erase(std::remove_if(tasks.begin(), tasks.end(), [](const RelationTask& t) { return t.rows->rows() == 0; }),
                tasks.end());
    const auto written = [this](uint64_t done, uint64_t total) { Report("writing", /*now=*/true, done, total); };
    DOSSIER_RETURN_IF_ERROR(LoadPermutations(context_, tasks, written, &runs_));
    FailPoint("load.permutations_written");

    // A relation without new rows was not counted: its statistics stay.
    DOSSIER_ASSIGN_OR_RETURN(statistics_, ReadStatistics(*before_, std::numeric_limits<size_t>::max()));
    if (new_quads_->rows() > 0) {
      statistics_.characteristic_sets.clear();
      statistics_.quads = quads.Finish(&statistics_.characteristic_sets);
    }
    if (new_claims_->rows() > 0) statistics_.reifications = claims.Finish(nullptr);
    return absl::OkStatus();
  }

  absl::Status WriteMetadata() {
    ++state_.commit;
    std::vector<WriteBatch::Entry> entries;
    DOSSIER_RETURN_IF_ERROR(ReplaceStatistics(*before_, statistics_, &entries));
    entries.push_back({Family::kMeta, std::string(kStateKey), EncodeState(state_)});
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    RunWriter writer(context_.store, Family::kMeta);
    for (const WriteBatch::Entry& entry : entries) {
      DOSSIER_RETURN_IF_ERROR(entry.value.has_value() ? writer.Put(entry.key, *entry.value) : writer.Delete(entry.key));
    }
    return writer.MoveRunsTo(&runs_);
  }

  const BulkLoadOptions& options_;
  const std::shared_ptr<const KeyValueSnapshot> before_;
  LoadContext context_;
  std::vector<Quad> chunk_;
  uint64_t read_ = 0;
  absl::Time next_report_ = absl::InfinitePast();

  std::unique_ptr<Encoder> encoder_;
  bool has_named_graphs_ = false;
  std::unique_ptr<RowFile> new_quads_;
  std::unique_ptr<RowFile> new_claims_;
  std::unique_ptr<RowFile> new_triple_terms_;
  Statistics statistics_;
  StoreState state_;  // As it will be after the load.
  std::vector<std::unique_ptr<SortedRun>> runs_;
};

// Keeps what is read as long as it is little enough for an ordinary commit.
class SmallLoad : public LoadSink {
 public:
  SmallLoad(KeyValueStore* store, const std::string& spill_directory, const BulkLoadOptions& options)
      : store_(store), spill_directory_(spill_directory), options_(options) {}

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
    large_ = std::make_unique<BulkLoader>(store_, spill_directory_, options_);
    DOSSIER_RETURN_IF_ERROR(large_->Start());
    for (Quad& kept : changes_.assertions) DOSSIER_RETURN_IF_ERROR(large_->Add(std::move(kept)));
    changes_.assertions.clear();
    return absl::OkStatus();
  }

  KeyValueStore* const store_;
  const std::string& spill_directory_;
  const BulkLoadOptions& options_;
  ChangeSet changes_;
  std::unique_ptr<BulkLoader> large_;
};

}  // namespace

absl::StatusOr<CommitSummary> LoadInBulk(KeyValueStore* store, const std::string& spill_directory, LoadSource source,
                                         const BulkLoadOptions& options, CommitFunction commit) {
  SmallLoad load(store, spill_directory, options);
  DOSSIER_RETURN_IF_ERROR(source(&load));
  if (options.cancellation != nullptr) DOSSIER_RETURN_IF_ERROR(options.cancellation->Check());
  if (load.large() != nullptr) return load.large()->Finish();
  if (options.on_read) DOSSIER_RETURN_IF_ERROR(options.on_read());
  return commit(load.changes());
}

}  // namespace dossier::storage
