#include <algorithm>
#include <set>
#include <tuple>

#include "query/ask/answer_builder.h"
#include "query/ask/time_spans.h"

namespace dossier::ask {
namespace {

bool Stronger(const ClaimRecord* a, const ClaimRecord* b) {
  return std::make_tuple(a->denied, -a->rank, a->claim.article, a->claim.paragraph.value_or(0),
                         a->claim.sentence.value_or(0), a->claim.id) <
         std::make_tuple(b->denied, -b->rank, b->claim.article, b->claim.paragraph.value_or(0),
                         b->claim.sentence.value_or(0), b->claim.id);
}

}  // namespace

std::vector<bool> DatingFacts(const Meaning& meaning) {
  std::vector<bool> dating;
  bool any = false;
  for (const Fact& fact : meaning.facts) {
    dating.push_back(!fact.restricts && !fact.negated);
    any |= dating.back();
  }
  if (!any) dating.assign(dating.size(), true);
  return dating;
}

void RowGatherer::Add(const ClaimRecord* record, bool dates_row) {
  std::vector<const ClaimRecord*>& list = dates_row ? dating_ : others_;
  if (!seen_[dates_row ? 0 : 1].insert(record).second) return;
  list.push_back(record);
  if (!dates_row) return;
  if (record->rank > rank_) {
    rank_ = record->rank;
    certainty_ = record->claim.certainty;
  }
  if (record->time.has_value() && (!time_.has_value() || LengthOf(*record->time) < LengthOf(*time_))) {
    time_ = record->time;
    when_ = record->claim.when;
  }
}

size_t RowGatherer::sources() const {
  std::set<TermId> articles;
  for (const ClaimRecord* record : dating_) {
    if (!record->article.is_undefined()) articles.insert(record->article);
  }
  return articles.size();
}

void RowGatherer::Finish(AnswerRow* row) {
  std::sort(dating_.begin(), dating_.end(), Stronger);
  std::sort(others_.begin(), others_.end(), Stronger);
  for (const auto* list : {&dating_, &others_}) {
    for (const ClaimRecord* record : *list) row->claims.push_back(record->claim);
  }
  row->when = when_;
  row->certainty = certainty_;
  row->sources = sources();
}

}  // namespace dossier::ask
