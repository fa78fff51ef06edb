#include "query/exec/trie_loader.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <tuple>
#include <utility>

#include "base/status_macros.h"
#include "query/exec/parallel.h"
#include "query/exec/pattern_rows.h"
#include "query/exec/scan_reader.h"

namespace dossier::exec {
namespace {

using algebra::Variable;

// The array over the values of a first level may be so many times as long as there are rows, and so long in any case.
constexpr size_t kPlacesPerRow = 16;
constexpr size_t kPlacesAnyway = size_t{1} << 20U;

bool SameRows(const plan::ScanPlan& a, const plan::ScanPlan& b) {
  return a.permutation == b.permutation && a.constants == b.constants && a.ranges == b.ranges && a.graph == b.graph &&
         a.graphs == b.graphs;
}

class TrieLoader {
 public:
  TrieLoader(const RunContext& context, const std::vector<JoinRelation>& relations)
      : context_(context), relations_(relations) {}

  absl::StatusOr<LoadedTries> Load(ForeignValues foreign) {
    DOSSIER_RETURN_IF_ERROR(LookAtFirstRows());
    if (loaded_.nothing) return std::move(loaded_);
    DOSSIER_RETURN_IF_ERROR(ReadAll());
    if (!has_foreign_values_) return std::move(loaded_);
    loaded_.gave_up = foreign == ForeignValues::kGiveUp;
    if (loaded_.gave_up) return std::move(loaded_);
    DOSSIER_RETURN_IF_ERROR(ListValues());
    DOSSIER_RETURN_IF_ERROR(ReadAll());
    return std::move(loaded_);
  }

 private:
  // One of the relations to be read, in parts.
  struct Source {
    size_t relation = 0;
    std::vector<plan::IdRange> ranges;
    std::vector<std::unique_ptr<Trie>> parts;
    std::atomic<uint64_t> rows{0};
  };

  // Takes it that the values of a variable are all of the kind of the first one.
  absl::Status LookAtFirstRows() {
    for (const JoinRelation& relation : relations_) {
      std::vector<TermId> first;
      const absl::Status status = ReadPattern(context_, *relation.scan, PositionsIn(*relation.scan, relation.variables),
                                              kAllIds, [&first](const PatternRows& rows) {
                                                for (const TermId* column : rows.columns) first.push_back(column[0]);
                                                return absl::CancelledError("one row is enough");
                                              });
      if (first.empty()) {
        DOSSIER_RETURN_IF_ERROR(status);
        loaded_.nothing = true;
        return absl::OkStatus();
      }
      for (size_t i = 0; i < first.size(); ++i) {
        loaded_.codes.try_emplace(relation.variables[i], ValueCodes::OfKind(first[i]));
      }
    }
    return absl::OkStatus();
  }

  // The relation before this one that has the same trie, or this one.
  size_t FirstEqual(size_t index) const {
    const JoinRelation& relation = relations_[index];
    for (size_t i = 0; i < index; ++i) {
      const JoinRelation& other = relations_[i];
      if (other.variables.size() != relation.variables.size() || !SameRows(*other.scan, *relation.scan) ||
          PositionsIn(*other.scan, other.variables) != PositionsIn(*relation.scan, relation.variables)) {
        continue;
      }
      bool same_codes = true;
      for (size_t level = 0; level < relation.variables.size(); ++level) {
        const ValueCodes& a = loaded_.codes.at(relation.variables[level]);
        const ValueCodes& b = loaded_.codes.at(other.variables[level]);
        same_codes = same_codes && (relation.variables[level] == other.variables[level] ||
                                    (!a.is_listed() && !b.is_listed() && a.IdOf(0) == b.IdOf(0)));
      }
      if (same_codes) return i;
    }
    return index;
  }

  absl::Status ReadAll() {
    std::vector<std::unique_ptr<Source>> sources;
    std::vector<std::pair<Source*, size_t>> tasks;
    for (size_t i = 0; i < relations_.size(); ++i) {
      if (FirstEqual(i) != i) continue;
      Source& source = *sources.emplace_back(std::make_unique<Source>());
      source.relation = i;
      DOSSIER_ASSIGN_OR_RETURN(source.ranges, SplitPattern(context_, *relations_[i].scan, ThreadsOf(context_)));
      DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, EstimatedRows(context_, *relations_[i].scan));
      for (size_t part = 0; part < source.ranges.size(); ++part) {
        source.parts.push_back(std::make_unique<Trie>(relations_[i].variables.size(), context_.memory));
        // The first one takes the others in.
        source.parts.back()->Reserve((rows + rows / 16) / (part == 0 ? 1 : source.ranges.size()));
        DOSSIER_RETURN_IF_ERROR(source.parts.back()->Charge());
        tasks.emplace_back(&source, part);
      }
    }
    has_foreign_values_ = false;
    ThreadPermits* const threads = tasks.size() > sources.size() ? context_.threads : nullptr;
    DOSSIER_RETURN_IF_ERROR(
        RunParts(tasks.size(), threads, [&](size_t task) { return ReadPart(tasks[task].first, tasks[task].second); }));
    if (has_foreign_values_) return absl::OkStatus();
    DOSSIER_RETURN_IF_ERROR(RunParts(sources.size(), threads, [&](size_t i) { return PutTogether(sources[i].get()); }));
    if (has_foreign_values_) return absl::OkStatus();
    loaded_.tries.assign(relations_.size(), nullptr);
    loaded_.rows.assign(relations_.size(), 0);
    for (const auto& source : sources) {
      loaded_.tries[source->relation] = std::move(source->parts[0]);
      loaded_.rows[source->relation] = source->rows;
    }
    for (size_t i = 0; i < relations_.size(); ++i) {
      loaded_.tries[i] = loaded_.tries[FirstEqual(i)];
      loaded_.rows[i] = loaded_.rows[FirstEqual(i)];
    }
    return absl::OkStatus();
  }

  absl::Status ReadPart(Source* source, size_t part) {
    const JoinRelation& relation = relations_[source->relation];
    const size_t levels = relation.variables.size();
    std::vector<const ValueCodes*> codes;
    bool listed = false;
    for (const Variable variable : relation.variables) {
      codes.push_back(&loaded_.codes.at(variable));
      listed = listed || codes.back()->is_listed();
    }
    Trie* const trie = source->parts[part].get();
    std::array<std::vector<uint32_t>, Trie::kMostLevels> buffers;
    std::array<const uint32_t*, Trie::kMostLevels> columns{};
    return ReadPattern(context_, *relation.scan, PositionsIn(*relation.scan, relation.variables), source->ranges[part],
                       [&](const PatternRows& rows) -> absl::Status {
                         size_t kept = rows.rows;
                         for (auto& buffer : buffers) buffer.resize(rows.rows);
                         if (listed) {
                           kept = EncodeKnown(rows, codes, &buffers);
                         } else {
                           for (size_t i = 0; i < levels; ++i) {
                             if (codes[i]->TryEncode(rows.columns[i], rows.rows, buffers[i].data())) continue;
                             has_foreign_values_ = true;
                           }
                         }
                         if (has_foreign_values_) return absl::OkStatus();
                         for (size_t i = 0; i < levels; ++i) columns[i] = buffers[i].data();
                         source->rows += rows.rows;
                         trie->Append(kept, {columns.data(), levels});
                         return trie->Charge();
                       });
  }

  // Rows of which every value has a code.
  static size_t EncodeKnown(const PatternRows& rows, const std::vector<const ValueCodes*>& codes,
                            std::array<std::vector<uint32_t>, Trie::kMostLevels>* buffers) {
    size_t kept = 0;
    for (size_t row = 0; row < rows.rows; ++row) {
      bool known = true;
      for (size_t i = 0; i < codes.size() && known; ++i) {
        const std::optional<uint32_t> code = codes[i]->CodeOf(rows.columns[i][row]);
        known = code.has_value();
        if (known) (*buffers)[i][kept] = *code;
      }
      kept += known ? 1 : 0;
    }
    return kept;
  }

  absl::Status PutTogether(Source* source) {
    Trie& whole = *source->parts[0];
    for (size_t part = 1; part < source->parts.size(); ++part) {
      whole.Append(*source->parts[part]);
      source->parts[part].reset();
      DOSSIER_RETURN_IF_ERROR(whole.Charge());
    }
    const absl::Span<const uint32_t> keys = whole.values(0);
    const bool listed = loaded_.codes.at(relations_[source->relation].variables[0]).is_listed();
    if (!listed && !keys.empty() && keys.back() - keys.front() > kPlacesAnyway + kPlacesPerRow * source->rows) {
      has_foreign_values_ = true;
      return absl::OkStatus();
    }
    return whole.Finish();
  }

  // Makes codes of the values that the smallest relation with the variable has.
  absl::Status ListValues() {
    absl::flat_hash_map<Variable, std::pair<uint64_t, size_t>> smallest;
    for (size_t i = 0; i < relations_.size(); ++i) {
      DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, EstimatedRows(context_, *relations_[i].scan));
      for (const Variable variable : relations_[i].variables) {
        const std::pair<uint64_t, size_t> candidate(rows, i);
        const auto [place, is_new] = smallest.try_emplace(variable, candidate);
        if (!is_new) place->second = std::min(place->second, candidate);
      }
    }
    loaded_.memory = std::make_shared<MemoryReservation>(context_.memory);
    size_t bytes = 0;
    for (const auto& [variable, chosen] : smallest) {
      const plan::ScanPlan& scan = *relations_[chosen.second].scan;
      std::vector<TermId> ids;
      MemoryReservation memory(context_.memory);
      DOSSIER_RETURN_IF_ERROR(
          ReadPattern(context_, scan, PositionsIn(scan, {variable}), kAllIds, [&](const PatternRows& rows) {
            ids.insert(ids.end(), rows.columns[0], rows.columns[0] + rows.rows);
            return memory.Resize(ids.capacity() * sizeof(TermId));
          }));
      std::sort(ids.begin(), ids.end());
      ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
      ids.shrink_to_fit();
      bytes += ids.size() * sizeof(TermId);
      DOSSIER_RETURN_IF_ERROR(loaded_.memory->Resize(bytes));
      loaded_.codes.insert_or_assign(variable, ValueCodes::OfList(std::move(ids)));
    }
    return absl::OkStatus();
  }

  const RunContext& context_;
  const std::vector<JoinRelation>& relations_;
  LoadedTries loaded_;
  std::atomic<bool> has_foreign_values_{false};
};

}  // namespace

absl::StatusOr<LoadedTries> LoadTries(const RunContext& context, const std::vector<JoinRelation>& relations,
                                      ForeignValues foreign) {
  return TrieLoader(context, relations).Load(foreign);
}

}  // namespace dossier::exec
