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
#include "database/article_texts.h"
#include "database/claim_statements.h"
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

}  // namespace

absl::StatusOr<Answer> Session::Ask(absl::string_view question) {
  const absl::Time begin = absl::Now();
  cancellation_.SetTimeout(settings_.timeout);
  const std::shared_ptr<const Snapshot> snapshot = database_->GetSnapshot();
  DOSSIER_ASSIGN_OR_RETURN(const auto catalogue, database_->GetCatalogue(*snapshot));
  DOSSIER_ASSIGN_OR_RETURN(const ask::Command command, Understand(question, *catalogue, *snapshot));
  if (command.kind != ask::Command::Kind::kQuestion) {
    return absl::InvalidArgumentError("this is no question; statements of other kinds are for the shell and `run`");
  }
  DOSSIER_ASSIGN_OR_RETURN(Answer answer, AnswerQuestion(command, *catalogue, snapshot));
  answer.elapsed = absl::Now() - begin;
  return answer;
}

absl::StatusOr<StatementResult> Session::Run(absl::string_view statement) {
  if (const sparql::StatementForm form = Recognize(statement, settings_); form != sparql::StatementForm::kNotSparql) {
    return RunSparql(statement, form);
  }
  const absl::Time begin = absl::Now();
  cancellation_.SetTimeout(settings_.timeout);
  const std::shared_ptr<const Snapshot> snapshot = database_->GetSnapshot();
  DOSSIER_ASSIGN_OR_RETURN(const auto catalogue, database_->GetCatalogue(*snapshot));
  DOSSIER_ASSIGN_OR_RETURN(const ask::Command command, Understand(statement, *catalogue, *snapshot));
  DOSSIER_ASSIGN_OR_RETURN(StatementResult result, CarryOut(command, *catalogue, snapshot));
  result.answer.elapsed = absl::Now() - begin;
  return result;
}

absl::StatusOr<std::vector<Completion>> Session::Complete(absl::string_view text, size_t offset) {
  const std::shared_ptr<const Snapshot> snapshot = database_->GetSnapshot();
  if (Recognize(text, settings_) != sparql::StatementForm::kNotSparql) return CompleteSparql(text, offset, *snapshot);
  DOSSIER_ASSIGN_OR_RETURN(const auto catalogue, database_->GetCatalogue(*snapshot));
  DOSSIER_ASSIGN_OR_RETURN(const auto names, database_->GetNames(*snapshot, &cancellation_));
  DOSSIER_ASSIGN_OR_RETURN(std::vector<Completion> found, ask::Complete(text, offset, *catalogue, *names, *snapshot));
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
  return ask::Understand(text, catalogue, snapshot, {settings_.today});
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
      const QueryContext context{&cancellation_, &memory, settings_.optimize};
      DOSSIER_ASSIGN_OR_RETURN(result.text,
                               ask::ExplainQuestion(*command.question, snapshot, context, command.analyze));
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
  const QueryContext context{&cancellation_, &memory, settings_.optimize};
  ArticleTexts texts(snapshot);
  absl::Status text_status;  // The first failure to read a text: an answer with silent gaps would mislead.
  const auto sentence = [&](const Term& article, int64_t paragraph, int64_t number) {
    absl::StatusOr<std::string> text = texts.Sentence(article, paragraph, number);
    if (!text.ok()) text_status.Update(text.status());
    return text.ok() ? *std::move(text) : std::string();
  };
  DOSSIER_ASSIGN_OR_RETURN(Answer answer,
                           ask::AnswerQuestion(*command.question, catalogue, snapshot, context, sentence));
  DOSSIER_RETURN_IF_ERROR(text_status);
  if (settings_.claim_statements) {
    DOSSIER_ASSIGN_OR_RETURN(answer.statements, ClaimStatements(answer, *snapshot));
  }
  return answer;
}

}  // namespace dossier
