// why N: the claims behind a row of an answer, with every detail.
#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/ask/answer_builder.h"
#include "query/ask/graph_reader.h"
#include "rdf/local_name.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

// What is told first of a claim; all else comes between the first group and the second.
constexpr std::array<absl::string_view, 2> kFirst = {vocab::kWhen, vocab::kWhere};
constexpr std::array<absl::string_view, 7> kLast = {vocab::kCertainty,     vocab::kPolarity,  prov::kWasAttributedTo,
                                                    prov::kWasDerivedFrom, vocab::kParagraph, vocab::kSentence,
                                                    vocab::kNote};

size_t PlaceOf(absl::string_view property) {
  const auto* first = std::find(kFirst.begin(), kFirst.end(), property);
  if (first != kFirst.end()) return first - kFirst.begin();
  const auto* last = std::find(kLast.begin(), kLast.end(), property);
  return kFirst.size() + (last == kLast.end() ? 0 : 1 + (last - kLast.begin()));
}

class RowExplainer {
 public:
  RowExplainer(const Catalogue& catalogue, const Snapshot& snapshot, const SentenceLookup& sentences)
      : catalogue_(catalogue), graph_(snapshot), reader_(catalogue, snapshot, sentences) {}

  absl::Status Explain(const AnswerClaim& claim, Answer* answer) {
    AnswerRow first;
    first.cells = {TextCell(absl::StrCat(++number_)), TextCell(claim.polarity == "denied" ? "denies" : "states"),
                   TextCell(absl::StrCat(claim.subject.label, " – ", claim.relation.label, " – ", claim.object.label))};
    first.claims.push_back(claim);
    answer->rows.push_back(std::move(first));
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, IdOf(claim.id));
    if (!id.has_value()) {
      Add("source", TextCell("a triple of the store that no claim states"), answer);
      return absl::OkStatus();
    }
    DOSSIER_ASSIGN_OR_RETURN(const ClaimRecord* record, reader_.Read(*id));
    DOSSIER_RETURN_IF_ERROR(AddAnnotations(*id, answer));
    if (!record->claim.published.empty()) Add("published", TextCell(record->claim.published), answer);
    if (!record->claim.text.empty()) Add("text", TextCell(record->claim.text), answer);
    return absl::OkStatus();
  }

 private:
  absl::StatusOr<std::optional<TermId>> IdOf(const std::string& claim) {
    if (claim.empty()) return std::optional<TermId>();
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> named, graph_.snapshot().FindTerm(Term::Iri(claim)));
    if (named.has_value()) return named;
    return graph_.snapshot().FindTerm(Term::BlankNode(claim));
  }

  void Add(absl::string_view detail, AnswerCell value, Answer* answer) {
    AnswerRow row;
    row.cells = {TextCell(absl::StrCat(number_)), TextCell(std::string(detail)), std::move(value)};
    answer->rows.push_back(std::move(row));
  }

  absl::Status AddAnnotations(TermId claim, Answer* answer) {
    std::vector<std::pair<Term, TermId>> details;
    DOSSIER_RETURN_IF_ERROR(graph_.ForEachOf(claim, [&](TermId property, TermId value) -> absl::Status {
      DOSSIER_ASSIGN_OR_RETURN(Term term, graph_.snapshot().GetTerm(property));
      details.emplace_back(std::move(term), value);
      return absl::OkStatus();
    }));
    std::stable_sort(details.begin(), details.end(),
                     [](const auto& a, const auto& b) { return PlaceOf(a.first.value()) < PlaceOf(b.first.value()); });
    for (const auto& [property, value] : details) {
      DOSSIER_ASSIGN_OR_RETURN(AnswerCell cell, reader_.Cell(value));
      DOSSIER_ASSIGN_OR_RETURN(const TermId id, graph_.Id(property.value()));
      const std::string label = catalogue_.Label(id);
      const std::string name = property.value() == prov::kWasDerivedFrom    ? "article"
                               : property.value() == prov::kWasAttributedTo ? "according to"
                               : label.empty()                              ? LocalName(property)
                                                                            : label;
      Add(name, std::move(cell), answer);
    }
    return absl::OkStatus();
  }

  const Catalogue& catalogue_;
  GraphReader graph_;
  ClaimReader reader_;
  size_t number_ = 0;
};

}  // namespace

absl::StatusOr<Answer> ExplainRow(const AnswerRow& row, const Catalogue& catalogue, const Snapshot& snapshot,
                                  const SentenceLookup& sentences) {
  Answer answer;
  answer.kind = Answer::Kind::kView;
  answer.columns = {"claim", "detail", "value"};
  RowExplainer explainer(catalogue, snapshot, sentences);
  for (const AnswerClaim& claim : row.claims) DOSSIER_RETURN_IF_ERROR(explainer.Explain(claim, &answer));
  if (row.claims.empty()) answer.notes.emplace_back("no claim stands behind this row");
  return answer;
}

}  // namespace dossier::ask
