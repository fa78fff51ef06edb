// "what does each article say about X", "what has Peskov said about X", "what was never confirmed about X": what claims
// tell, triple by triple, of each article where they are told apart.
#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/ask/views/view.h"

namespace dossier::ask {
namespace {

using Thing = std::tuple<TermId, TermId, TermId>;

struct Account {
  const ClaimRecord* record = nullptr;
  RowGatherer gatherer;
  bool certain = false;
};

Thing ThingOf(const ClaimRecord& record) { return {record.subject, record.relation, record.object}; }

bool IsStatement(const Catalogue& catalogue, const ClaimRecord& record) {
  const std::optional<uint32_t> relation = catalogue.FindRelation(record.relation);
  return relation.has_value() && catalogue.relations()[*relation].role == ObjectRole::kStatement;
}

// What somebody said in so many words is what he said; what is laid on him besides is told only where there is no such
// statement. Whether there is.
bool KeepStatements(const ViewContext& view, std::vector<const ClaimRecord*>* records) {
  const Meaning& meaning = view.question.meaning;
  const auto is_his = [&](const ClaimRecord* record) {
    return IsStatement(view.catalogue, *record) &&
           std::any_of(meaning.speakers.begin(), meaning.speakers.end(), [&](int speaker) {
             const std::vector<TermId>& ids = meaning.participants[speaker].candidates;
             return std::find(ids.begin(), ids.end(), record->subject) != ids.end();
           });
  };
  if (std::none_of(records->begin(), records->end(), is_his)) return false;
  std::erase_if(*records, std::not_fn(is_his));
  return true;
}

// What is told with less certainty than asked for by every claim, or with just the certainty asked for by any.
void KeepCertainty(const Meaning& meaning, std::vector<const ClaimRecord*>* records) {
  std::map<Thing, int64_t> strongest;
  for (const ClaimRecord* record : *records) {
    int64_t& rank = strongest.try_emplace(ThingOf(*record), 0).first->second;
    rank = std::max(rank, record->rank);
  }
  std::erase_if(*records, [&](const ClaimRecord* record) {
    return (meaning.below_rank.has_value() && strongest[ThingOf(*record)] >= *meaning.below_rank) ||
           (meaning.exact_rank.has_value() && strongest[ThingOf(*record)] != *meaning.exact_rank);
  });
}

}  // namespace

absl::StatusOr<Answer> AnswerAccounts(const ViewContext& view) {
  const Meaning& meaning = view.question.meaning;
  const bool by_article = !meaning.groups.empty();
  Answer answer;
  answer.kind = Answer::Kind::kView;
  MemoryReservation memory(view.context.memory);
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<ViewClaim> claims, CollectClaims(view, &memory));
  DOSSIER_RETURN_IF_ERROR(ReadClaims(view, claims));
  std::vector<const ClaimRecord*> records;
  std::map<const ClaimRecord*, bool> certain;
  for (const ViewClaim& claim : claims) {
    DOSSIER_ASSIGN_OR_RETURN(const ClaimRecord* record, view.reader->Read(claim.outline.id));
    // That an article names the thing, or shows it, is not what it says of it.
    if (record->subject == record->article) continue;
    if (by_article && record->article.is_undefined()) continue;
    records.push_back(record);
    certain[record] = claim.certain;
  }
  const bool statements = !meaning.speakers.empty() && KeepStatements(view, &records);
  KeepCertainty(meaning, &records);
  answer.columns =
      statements ? std::vector<std::string>{"what"} : std::vector<std::string>{"subject", "relation", "object"};
  if (by_article) answer.columns.insert(answer.columns.begin(), "article");
  std::map<std::tuple<TermId, Thing, bool>, size_t> places;
  std::vector<Account> accounts;
  for (const ClaimRecord* record : records) {
    const TermId article = by_article ? record->article : TermId();
    // "Said" and "confirmed" are one statement.
    const Thing thing = statements ? Thing(TermId(), TermId(), record->object) : ThingOf(*record);
    const auto [it, is_new] = places.emplace(std::tuple(article, thing, record->denied), accounts.size());
    if (is_new) accounts.emplace_back();
    Account& account = accounts[it->second];
    if (is_new) account.record = record;
    account.gatherer.Add(record, true);
    account.certain |= certain[record];
  }
  if (by_article) {
    std::stable_sort(accounts.begin(), accounts.end(), [](const Account& a, const Account& b) {
      return a.record->claim.article < b.record->claim.article;
    });
  }
  for (Account& account : accounts) {
    const AnswerClaim& claim = account.record->claim;
    AnswerRow row;
    if (by_article) row.cells.emplace_back(TextCell(absl::StrCat("article ", claim.article)));
    if (!statements) row.cells.insert(row.cells.end(), {claim.subject, claim.relation});
    row.cells.emplace_back(claim.object);
    if (account.record->denied && !statements) {
      AnswerCell& relation = *row.cells[row.cells.size() - 2];
      relation.label = absl::StrCat("not ", relation.label);
    }
    account.gatherer.Finish(&row);
    row.possible = !account.certain;
    answer.rows.push_back(std::move(row));
  }
  OrderRows(meaning, &answer);
  return answer;
}

}  // namespace dossier::ask
