// Writes entries of one family in ascending order of keys, going on in a further run when one is large.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "storage/key_value_store.h"

namespace dossier::storage {

class RunWriter {
 public:
  RunWriter(KeyValueStore* store, Family family) : store_(store), family_(family) {}

  absl::Status Put(absl::string_view key, absl::string_view value) {
    DOSSIER_RETURN_IF_ERROR(Prepare());
    return runs_.back()->Put(key, value);
  }
  absl::Status Delete(absl::string_view key) {
    DOSSIER_RETURN_IF_ERROR(Prepare());
    return runs_.back()->Delete(key);
  }

  // Call once, at the end.
  absl::Status MoveRunsTo(std::vector<std::unique_ptr<SortedRun>>* runs) {
    if (!runs_.empty()) DOSSIER_RETURN_IF_ERROR(runs_.back()->Finish());
    for (auto& run : runs_) runs->push_back(std::move(run));
    runs_.clear();
    return absl::OkStatus();
  }

 private:
  static constexpr uint64_t kLargeRunBytes = 256 << 20;

  absl::Status Prepare() {
    if (!runs_.empty() && runs_.back()->bytes() < kLargeRunBytes) return absl::OkStatus();
    if (!runs_.empty()) DOSSIER_RETURN_IF_ERROR(runs_.back()->Finish());
    DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<SortedRun> run, store_->NewRun(family_));
    runs_.push_back(std::move(run));
    return absl::OkStatus();
  }

  KeyValueStore* const store_;
  const Family family_;
  std::vector<std::unique_ptr<SortedRun>> runs_;
};

}  // namespace dossier::storage
