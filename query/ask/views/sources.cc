// sources of X: who says so. Each speaker with the articles that quote him; where an article speaks for itself, the
// article.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/ask/views/view.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

struct Source {
  TermId speaker;  // Undefined: the article's own voice.
  TermId article;  // Undefined: the claim names none.
  int64_t paragraph = 0;
  int64_t sentence = 0;
  RowGatherer gatherer;
  bool certain = false;
};

// "Peskov said that ...": he is the source of what he said.
bool IsStatement(const Catalogue& catalogue, const ViewClaim& claim) {
  const std::optional<uint32_t> relation = catalogue.FindRelation(claim.outline.relation);
  return relation.has_value() && catalogue.relations()[*relation].role == ObjectRole::kStatement;
}

}  // namespace

absl::StatusOr<Answer> AnswerSources(const ViewContext& view) {
  Answer answer;
  answer.kind = Answer::Kind::kView;
  const Meaning::SourceUnit unit = view.question.meaning.source_unit;
  const bool sentences = unit == Meaning::SourceUnit::kSentence;
  const bool paragraphs = sentences || unit == Meaning::SourceUnit::kParagraph;
  answer.columns = {sentences ? "sentence" : paragraphs ? "paragraph" : "source", "article"};
  MemoryReservation memory(view.context.memory);
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<ViewClaim> claims, CollectClaims(view, &memory));
  DOSSIER_RETURN_IF_ERROR(ReadClaims(view, claims));
  GraphReader graph(*view.snapshot);
  DOSSIER_ASSIGN_OR_RETURN(const TermId attributed, graph.Id(prov::kWasAttributedTo));
  // Who says that something is not so denies it.
  const CopyOnWriteVector<Fact>& facts = view.question.meaning.facts;
  const bool denies = std::any_of(facts.begin(), facts.end(), [](const Fact& fact) { return fact.denied; });
  std::vector<Source> sources;
  std::map<std::tuple<TermId, TermId, int64_t, int64_t>, size_t> by_names;
  for (const ViewClaim& claim : claims) {
    if (claim.denied != denies) continue;
    DOSSIER_ASSIGN_OR_RETURN(const ClaimRecord* record, view.reader->Read(claim.outline.id));
    std::vector<TermId> speakers;
    for (const auto& [property, value] : claim.outline.annotations) {
      if (property == attributed && unit == Meaning::SourceUnit::kSpeaker) speakers.push_back(value);
    }
    if (speakers.empty() && unit == Meaning::SourceUnit::kSpeaker && IsStatement(view.catalogue, claim)) {
      speakers.push_back(claim.outline.subject);
    }
    if (speakers.empty()) speakers.emplace_back();
    const int64_t paragraph = paragraphs ? record->claim.paragraph.value_or(0) : 0;
    const int64_t sentence = sentences ? record->claim.sentence.value_or(0) : 0;
    for (const TermId speaker : speakers) {
      const auto [it, is_new] =
          by_names.emplace(std::tuple(speaker, record->article, paragraph, sentence), sources.size());
      if (is_new) sources.push_back({speaker, record->article, paragraph, sentence, RowGatherer(), false});
      sources[it->second].gatherer.Add(record, true);
      sources[it->second].certain |= claim.certain;
    }
  }
  for (Source& source : sources) {
    if (source.speaker.is_undefined() && source.article.is_undefined()) continue;
    AnswerRow row;
    row.cells.resize(2);
    DOSSIER_ASSIGN_OR_RETURN(row.cells[0],
                             view.reader->Cell(source.speaker.is_undefined() ? source.article : source.speaker));
    source.gatherer.Finish(&row);
    if (paragraphs) {
      const std::string& article = row.claims.front().article;
      row.cells[0] = TextCell(sentences ? absl::StrCat(article, " ", source.paragraph, ".", source.sentence)
                                        : absl::StrCat(article, " paragraph ", source.paragraph));
    }
    if (!row.claims.front().article.empty()) row.cells[1] = TextCell(row.claims.front().article);
    row.possible = !source.certain;
    answer.rows.push_back(std::move(row));
  }
  OrderRows(view.question.meaning, &answer);
  return answer;
}

}  // namespace dossier::ask
