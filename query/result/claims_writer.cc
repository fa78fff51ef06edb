#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/result/answer_writer.h"
#include "query/result/table_layout.h"
#include "rdf/writer.h"

namespace dossier {

absl::StatusOr<std::string> AnswerToTurtle(const Answer& answer) {
  std::string text = absl::StrCat("# ", table::OneLine(answer.question), "\n");
  if (!answer.reading.empty()) absl::StrAppend(&text, "# ", table::OneLine(answer.reading), "\n");
  std::vector<Quad> statements = answer.statements;
  for (Quad& quad : statements) quad.graph.reset();
  DOSSIER_ASSIGN_OR_RETURN(const std::string turtle, WriteRdfText(statements, RdfFormat::kTurtle, {CommonPrefixes()}));
  return absl::StrCat(text, turtle);
}

}  // namespace dossier
