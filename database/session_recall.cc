// What is asked about the last answer (why, show sparql), and export.
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/memory_budget.h"
#include "base/status_macros.h"
#include "database/sentence_reader.h"
#include "database/session.h"
#include "query/query_context.h"
#include "rdf/output.h"

namespace dossier {
namespace {

absl::Status NoAnswerYet() {
  return absl::InvalidArgumentError("there is no answer yet to speak of; ask a question first");
}

std::optional<RdfFormat> FormatNamed(const std::string& name) {
  const std::string key = absl::AsciiStrToLower(name);
  if (key == "nt" || key == "ntriples" || key == "n-triples") return RdfFormat::kNTriples;
  if (key == "nq" || key == "nquads" || key == "n-quads") return RdfFormat::kNQuads;
  if (key == "ttl" || key == "turtle") return RdfFormat::kTurtle;
  if (key == "trig") return RdfFormat::kTriG;
  return std::nullopt;
}

absl::StatusOr<RdfFormat> ChooseFormat(const ask::Command& command) {
  if (!command.format.empty()) {
    if (const std::optional<RdfFormat> format = FormatNamed(command.format)) return *format;
    return absl::InvalidArgumentError(
        absl::StrCat("cannot export as \"", command.format, "\"; formats are nt, nq, turtle, trig"));
  }
  if (command.argument.empty()) return RdfFormat::kNQuads;
  const std::optional<RdfFormat> format = DetectFormat(command.argument);
  if (format.has_value() && *format != RdfFormat::kRdfXml) return *format;
  return absl::InvalidArgumentError(
      absl::StrCat("the format of ", command.argument, " is not clear from its name; say `as nt`, nq, turtle or trig"));
}

}  // namespace

absl::StatusOr<Answer> Session::WhyRow(int64_t row, const ask::Catalogue& catalogue,
                                       const std::shared_ptr<const Snapshot>& snapshot) {
  if (last_question_ == nullptr) return NoAnswerYet();
  const size_t rows = last_answer_.rows.size();
  if (rows == 0) return absl::InvalidArgumentError("the last answer has no rows; `why empty` tells what emptied it");
  if (row < 1 || static_cast<uint64_t>(row) > rows) {
    return absl::InvalidArgumentError(absl::StrCat("the last answer has rows 1 to ", rows));
  }
  SentenceReader sentences(snapshot);
  DOSSIER_ASSIGN_OR_RETURN(Answer answer,
                           ask::ExplainRow(last_answer_.rows[row - 1], catalogue, *snapshot, sentences.lookup()));
  DOSSIER_RETURN_IF_ERROR(sentences.status());
  answer.question = absl::StrCat("why ", row);
  return answer;
}

absl::StatusOr<Answer> Session::WhyEmpty(const ask::Catalogue& catalogue,
                                         const std::shared_ptr<const Snapshot>& snapshot) {
  if (last_question_ == nullptr) return NoAnswerYet();
  MemoryBudget memory(settings_.memory_bytes);
  QueryContext context{&cancellation_, &memory, settings_.optimize};
  context.threads = settings_.threads;
  SentenceReader sentences(snapshot);
  DOSSIER_ASSIGN_OR_RETURN(Answer answer,
                           ask::ExplainEmpty(*last_question_, catalogue, snapshot, context, sentences.lookup()));
  DOSSIER_RETURN_IF_ERROR(sentences.status());
  answer.question = "why empty";
  return answer;
}

absl::StatusOr<std::string> Session::ShowSparql(const ask::Command& command, const Snapshot& snapshot) {
  const auto& question = command.question != nullptr ? command.question : last_question_;
  if (question == nullptr) return NoAnswerYet();
  return ask::ToSparql(*question, snapshot);
}

absl::StatusOr<std::string> Session::Export(const ask::Command& command) {
  DOSSIER_ASSIGN_OR_RETURN(const RdfFormat format, ChooseFormat(command));
  if (command.argument.empty()) {
    std::string text;
    DOSSIER_RETURN_IF_ERROR(database_->Export(format, cancellation_, [&](absl::string_view piece) -> absl::Status {
      if (text.size() + piece.size() > settings_.memory_bytes) {
        return absl::ResourceExhaustedError("the store is too large to be shown; export it into a file");
      }
      text.append(piece.data(), piece.size());
      return absl::OkStatus();
    }));
    return text;
  }
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<OutputFile> file, CreateOutputFile(command.argument));
  DOSSIER_RETURN_IF_ERROR(
      database_->Export(format, cancellation_, [&file](absl::string_view piece) { return file->Write(piece); }));
  DOSSIER_RETURN_IF_ERROR(file->Finish());
  return absl::StrCat("exported to ", command.argument, "\n");
}

}  // namespace dossier
