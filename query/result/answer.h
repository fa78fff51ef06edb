// What a question is answered with: rows, and for each row the claims that it stands on. Writers turn it into tables,
// CSV, JSON and the like; nothing here knows how it is shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "rdf/quad.h"
#include "rdf/term.h"

namespace dossier {

// A value of an answer, with the name that people know it by.
struct AnswerCell {
  Term value;         // The entity or literal.
  std::string label;  // "Kim Jong-un", "more than 15,000 km", "2023-09-12".
  std::string type;   // "Person", "City", "date", "number", "text"; empty when unknown.
};

// A claim as an answer cites it. Labels, except where said; empty when the claim does not say.
struct AnswerClaim {
  std::string id;  // IRI of the claim.
  AnswerCell subject;
  AnswerCell relation;
  AnswerCell object;
  std::string when;  // EDTF, as written.
  std::string where;
  std::string means;
  std::string certainty;  // "confirmed", "likely", ...
  std::string polarity;   // "affirmed" or "denied".
  std::string speaker;    // Several joined by "; ". Empty: the article's own voice.
  std::string article;    // Its identifier ("002"), or its IRI when it has none.
  std::string published;  // When the article was published: the reported time.
  std::optional<int64_t> paragraph;
  std::optional<int64_t> sentence;
  std::string text;  // The sentence, when the article's text is loaded.
  std::string note;
};

struct AnswerRow {
  std::vector<std::optional<AnswerCell>> cells;  // One for each column.
  bool possible = false;                         // The time of the question is only possibly met by the claims' times.
  std::vector<AnswerClaim> claims;               // Strongest first.

  // Gathered over the claims.
  std::string when;       // The most precise time.
  std::string certainty;  // The strongest.
  size_t sources = 0;     // Independent articles.
};

struct Answer {
  enum class Kind : uint8_t { kSelect, kAsk, kCount, kView };
  enum class Verdict : uint8_t { kNone, kYes, kNo, kDenied, kNotStated };

  std::string question;
  std::string reading;             // "Kim = Kim Jong-un; also Kim Jong-il, Kim Il-sung"
  std::vector<std::string> notes;  // What the user should know: other readings, near misses of an empty answer.
  Kind kind = Kind::kSelect;
  Verdict verdict = Verdict::kNone;  // For kAsk.
  std::vector<std::string> columns;
  std::vector<AnswerRow> rows;
  std::vector<Quad> statements;  // The claims of all rows as RDF; only where they were asked for.
  absl::Duration elapsed;
};

}  // namespace dossier
