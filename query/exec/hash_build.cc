#include "query/exec/hash_build.h"

#include "base/status_macros.h"

namespace dossier::exec {

absl::StatusOr<bool> HashBuild::Step() {
  DOSSIER_ASSIGN_OR_RETURN(const bool more, right_->Next(&batch_));
  for (size_t row = 0; row < batch_.rows; ++row) DOSSIER_RETURN_IF_ERROR(table_.Add(batch_, row));
  return more;
}

}  // namespace dossier::exec
