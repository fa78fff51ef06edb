// Telling SPARQL from questions by the first words of a statement, for places where both may be typed.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace dossier::sparql {

enum class StatementForm : uint8_t {
  kNotSparql,
  kQuery,  // With EXPLAIN or without.
  kUpdate,
  kPrologue,  // Declarations (PREFIX, BASE, VERSION) and nothing else.
};

// What `statement` is, going by its first words, behind comments and declarations; whether it is right does not matter.
// Words that both languages begin with are SPARQL's when what follows can only be SPARQL: `ASK {`, `DESCRIBE <`,
// `DESCRIBE ?x`, `LOAD <`; `describe ex:a` is when `is_prefix("ex")`, or when DESCRIBE stands in capitals.
StatementForm RecognizeStatement(absl::string_view statement, absl::FunctionRef<bool(absl::string_view)> is_prefix);

// Declarations that hold for statements to come.
struct Prologue {
  std::string base;                                           // An absolute IRI, or empty: none.
  std::vector<std::pair<std::string, std::string>> prefixes;  // Without the colon; each once.

  bool Has(absl::string_view prefix) const;
  // Adds a prefix, or replaces what it stood for.
  void Declare(absl::string_view prefix, std::string iri);
};

// Takes the declarations at the begin of `statement` into `prologue`, relative IRIs resolved against its base. What is
// no declaration ends them.
void TakeDeclarations(absl::string_view statement, Prologue* prologue);

}  // namespace dossier::sparql
