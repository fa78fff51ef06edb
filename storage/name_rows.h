// The rows of the name tables (storage/name_scan.h) that a term has.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "rdf/term_id.h"
#include "storage/dictionary.h"
#include "storage/key_layout.h"
#include "storage/name_scan.h"
#include "storage/permutation_writer.h"

namespace dossier::storage {

// What an entry of the dictionary is called (NameKey of the term).
std::string NameKeyOfRecord(TermTag tag, absl::string_view record);

// What an inline term is called: only short strings are called anything.
std::string NameKeyOfInline(TermId id);

struct NameRows {
  std::vector<Row> whole;
  std::vector<Row> words;
};
// Adds the rows of the term `id` that is called `key`; none when that is empty.
void AppendNameRows(absl::string_view key, TermId id, NameRows* rows);

Table TableOf(NameTable table);

}  // namespace dossier::storage
