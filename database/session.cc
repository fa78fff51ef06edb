#include "database/session.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "base/memory_budget.h"
#include "base/status_macros.h"
#include "database/claim_statements.h"
#include "database/sentence_reader.h"
#include "query/ask/complete.h"
#include "query/query_context.h"

namespace dossier {
namespace {

// `load two words` names the file "two words" if there is one, else the files "two" and "words".
std::vector<std::string> LoadPaths(const std::string& argument) {
  std::error_code error;
  if (std::filesystem::exists(argument, error)) return {argument};
  return absl::StrSplit(argument, absl::ByAnyChar(" \t\n"), absl::SkipEmpty());
}

absl::Status CheckOnlyReads(const ask::Command& command, bool has_answer) {
  using Kind = ask::Command::Kind;
  if (command.kind == Kind::kChange) {
    return absl::InvalidArgumentError("this changes the store; say it in the shell or in a script (`dossier run`)");
  }
  if (command.kind == Kind::kLoad) return absl::InvalidArgumentError("`dossier load` loads files");
  const bool is_why = command.kind == Kind::kWhyRow || command.kind == Kind::kWhyEmpty;
  const bool is_recall = is_why || (command.kind == Kind::kSparql && command.question == nullptr);
  if (has_answer || !is_recall) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      is_why ? "`why`" : "`show sparql` alone",
      " speaks of the last answer, and there is none yet; say it after a question, in the shell or in a script"));
}

}  // namespace

absl::StatusOr<Answer> Session::Ask(absl::string_view question) {
  const absl::Time begin = absl::Now();
  cancellation_.SetTimeout(settings_.timeout);
  const std::shared_ptr<const Snapshot> snapshot = database_->GetSnapshot();
  DOSSIER_ASSIGN_OR_RETURN(const auto catalogue, database_->GetCatalogue(snapshot));
  DOSSIER_ASSIGN_OR_RETURN(const ask::Command command, Understand(question, *catalogue, *snapshot));
  if (command.kind != ask::Command::Kind::kQuestion) {
    return absl::InvalidArgumentError("this is a statement, but no question");
  }
  DOSSIER_ASSIGN_OR_RETURN(Answer answer, AnswerQuestion(command, *catalogue, snapshot));
  answer.elapsed = absl::Now() - begin;
  return answer;
}

absl::StatusOr<StatementResult> Session::Read(absl::string_view statement) {
  if (Recognize(statement, settings_) != sparql::StatementForm::kNotSparql) {
    return absl::InvalidArgumentError("this is SPARQL; `dossier query` runs it, the shell and scripts do as well");
  }
  const absl::Time begin = absl::Now();
  cancellation_.SetTimeout(settings_.timeout);
  const std::shared_ptr<const Snapshot> snapshot = database_->GetSnapshot();
  DOSSIER_ASSIGN_OR_RETURN(const auto catalogue, database_->GetCatalogue(snapshot));
  DOSSIER_ASSIGN_OR_RETURN(const ask::Command command, Understand(statement, *catalogue, *snapshot));
  DOSSIER_RETURN_IF_ERROR(CheckOnlyReads(command, last_question_ != nullptr));
  DOSSIER_ASSIGN_OR_RETURN(StatementResult result, CarryOut(command, *catalogue, snapshot));
  result.answer.elapsed = absl::Now() - begin;
  return result;
}

absl::StatusOr<StatementResult> Session::Run(absl::string_view statement) {
  if (const sparql::StatementForm form = Recognize(statement, settings_); form != sparql::StatementForm::kNotSparql) {
    return RunSparql(statement, form);
  }
  const absl::Time begin = absl::Now();
  cancellation_.SetTimeout(settings_.timeout);
  const std::shared_ptr<const Snapshot> snapshot = database_->GetSnapshot();
  DOSSIER_ASSIGN_OR_RETURN(const auto catalogue, database_->GetCatalogue(snapshot));
  DOSSIER_ASSIGN_OR_RETURN(const ask::Command command, Understand(statement, *catalogue, *snapshot));
  DOSSIER_ASSIGN_OR_RETURN(StatementResult result, CarryOut(command, *catalogue, snapshot));
  result.answer.elapsed = absl::Now() - begin;
  return result;
}

absl::StatusOr<std::vector<Completion>> Session::Complete(absl::string_view text, size_t offset) {
  const std::shared_ptr<const Snapshot> snapshot = database_->GetSnapshot();
  if (Recognize(text, settings_) != sparql::StatementForm::kNotSparql) return CompleteSparql(text, offset, *snapshot);
  DOSSIER_ASSIGN_OR_RETURN(const auto catalogue, database_->GetCatalogue(snapshot));
  DOSSIER_ASSIGN_OR_RETURN(std::vector<Completion> found, ask::Complete(text, offset, *catalogue, *snapshot));
  // The first word may become one of SPARQL's.
  const absl::string_view typed = text.substr(0, offset);
  if (typed.empty() || typed.find(' ') != absl::string_view::npos) return found;
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<Completion> words, CompleteSparql(text, offset, *snapshot));
  for (const Completion& word : words) {
    const bool known = std::any_of(found.begin(), found.end(), [&word](const Completion& other) {
      return absl::EqualsIgnoreCase(other.text, word.text);
    });
    if (!known) found.push_back(word);
  }
  return found;
}

absl::StatusOr<ask::Command> Session::Understand(absl::string_view text, const ask::Catalogue& catalogue,
                                                 const Snapshot& snapshot) const {
  return ask::Understand(text, catalogue, snapshot, {settings_.today, settings_.stages, &cancellation_});
}

absl::StatusOr<StatementResult> Session::CarryOut(const ask::Command& command, const ask::Catalogue& catalogue,
                                                  const std::shared_ptr<const Snapshot>& snapshot) {
  StatementResult result;
  result.reading = command.reading;
  switch (command.kind) {
    case ask::Command::Kind::kQuestion: {
      result.kind = StatementResult::Kind::kAnswer;
      DOSSIER_ASSIGN_OR_RETURN(result.answer, AnswerQuestion(command, catalogue, snapshot));
      break;
    }
    case ask::Command::Kind::kExplain: {
      result.kind = StatementResult::Kind::kText;
      MemoryBudget memory(settings_.memory_bytes);
      QueryContext context{&cancellation_, &memory, settings_.optimize};
      context.threads = settings_.threads;
      const ReadCounters before = database_->read_counters();
      DOSSIER_ASSIGN_OR_RETURN(result.text,
                               ask::ExplainQuestion(*command.question, snapshot, context, command.analyze));
      if (command.analyze) {
        absl::StrAppend(&result.text, DescribeReads(database_->read_counters().Since(before)), "\n");
      }
      break;
    }
    case ask::Command::Kind::kChange: {
      result.kind = StatementResult::Kind::kChange;
      DOSSIER_ASSIGN_OR_RETURN(result.change, database_->Commit(command.changes));
      break;
    }
    case ask::Command::Kind::kLoad: {
      result.kind = StatementResult::Kind::kLoad;
      LoadOptions options;
      options.memory_bytes = settings_.memory_bytes;
      options.progress = settings_.progress;
      options.cancellation = &cancellation_;
      DOSSIER_ASSIGN_OR_RETURN(result.load, database_->Load(LoadPaths(command.argument), options));
      break;
    }
    case ask::Command::Kind::kSearch: {
      result.kind = StatementResult::Kind::kSearch;
      DOSSIER_ASSIGN_OR_RETURN(result.hits, database_->Search(command.argument, settings_.search_limit, cancellation_));
      break;
    }
    case ask::Command::Kind::kWhyRow: {
      result.kind = StatementResult::Kind::kAnswer;
      DOSSIER_ASSIGN_OR_RETURN(result.answer, WhyRow(command.row, catalogue, snapshot));
      break;
    }
    case ask::Command::Kind::kWhyEmpty: {
      result.kind = StatementResult::Kind::kAnswer;
      DOSSIER_ASSIGN_OR_RETURN(result.answer, WhyEmpty(catalogue, snapshot));
      break;
    }
    case ask::Command::Kind::kSparql: {
      result.kind = StatementResult::Kind::kText;
      DOSSIER_ASSIGN_OR_RETURN(result.text, ShowSparql(command, *snapshot));
      break;
    }
    case ask::Command::Kind::kExport: {
      result.kind = StatementResult::Kind::kText;
      DOSSIER_ASSIGN_OR_RETURN(result.text, Export(command));
      break;
    }
    case ask::Command::Kind::kHelp:
      result.kind = StatementResult::Kind::kHelp;
      result.text = command.argument;
      break;
  }
  return result;
}

absl::StatusOr<Answer> Session::AnswerQuestion(const ask::Command& command, const ask::Catalogue& catalogue,
                                               const std::shared_ptr<const Snapshot>& snapshot) {
  MemoryBudget memory(settings_.memory_bytes);
  QueryContext context{&cancellation_, &memory, settings_.optimize};
  context.stages = settings_.stages;
  context.threads = settings_.threads;
  SentenceReader sentences(snapshot);
  DOSSIER_ASSIGN_OR_RETURN(Answer answer,
                           ask::AnswerQuestion(*command.question, catalogue, snapshot, context, sentences.lookup()));
  DOSSIER_RETURN_IF_ERROR(sentences.status());
  if (settings_.claim_statements) {
    DOSSIER_ASSIGN_OR_RETURN(answer.statements, ClaimStatements(answer, *snapshot));
  }
  last_question_ = command.question;
  last_answer_ = answer;
  return answer;
}

}  // namespace dossier
