// The directory of a store: what lies where, and the file that says that it is one.
//
//   FORMAT     "dossier store, format N"; written first
//   data/      the key-value store
//   runs/      sorted runs of a load under way; removed when the store is opened for writing
#pragma once

#include <string>

#include "absl/status/status.h"

namespace dossier::storage {

std::string DataDirectory(const std::string& directory);
std::string RunDirectory(const std::string& directory);

// Makes sure that `directory` is a store of the current format; makes it one when it is empty or missing and
// `create_if_missing` is set. Errors as OpenStore's.
absl::Status PrepareDirectory(const std::string& directory, bool create_if_missing);

// Writes the FORMAT file, durably.
absl::Status WriteFormatFile(const std::string& directory);

}  // namespace dossier::storage
