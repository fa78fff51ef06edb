// Early return on errors. The two macros are the only ones of the project: a function cannot return for its caller.
//
//   DOSSIER_RETURN_IF_ERROR(store->Commit(batch));
//   DOSSIER_ASSIGN_OR_RETURN(TermId id, snapshot.Find(term));
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define DOSSIER_RETURN_IF_ERROR(expression)                                 \
  do {                                                                      \
    if (absl::Status dossier_status = (expression); !dossier_status.ok()) { \
      return dossier_status;                                                \
    }                                                                       \
  } while (false)

#define DOSSIER_MACRO_CONCAT_INNER(a, b) a##b
#define DOSSIER_MACRO_CONCAT(a, b) DOSSIER_MACRO_CONCAT_INNER(a, b)

#define DOSSIER_ASSIGN_OR_RETURN(target, expression) \
  DOSSIER_ASSIGN_OR_RETURN_IMPL(DOSSIER_MACRO_CONCAT(dossier_statusor_, __LINE__), target, expression)

#define DOSSIER_ASSIGN_OR_RETURN_IMPL(statusor, target, expression) \
  auto statusor = (expression);                                     \
  if (!statusor.ok()) {                                             \
    return statusor.status();                                       \
  }                                                                 \
  target = *std::move(statusor)
