// timeline of X, what happened in T: claims in the order of time, gathered to events.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/ask/time_spans.h"
#include "query/ask/views/view.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

// Claims of one thing at one time.
struct Happening {
  TimeRange time;  // The most precise one.
  std::vector<const ViewClaim*> claims;
  bool certain = false;
  bool dated = true;
};

// What a claim is one of several tellings of: its triple, of which the sides of a symmetric relation have no order.
using ThingSaid = std::tuple<TermId, TermId, TermId>;

ThingSaid ThingOf(const Catalogue& catalogue, const ClaimOutline& claim) {
  const std::optional<uint32_t> relation = catalogue.FindRelation(claim.relation);
  const bool symmetric = relation.has_value() && catalogue.relations()[*relation].symmetric;
  if (symmetric && claim.object < claim.subject) return {claim.relation, claim.object, claim.subject};
  return {claim.relation, claim.subject, claim.object};
}

// A state (an office held, a border that has long been closed) goes on in a time; it does not happen in it.
bool Lasts(const TimeRange& time, const std::optional<TimeLimit>& asked) {
  if (asked.has_value() && asked->range.Contains(time)) return false;
  return time.open_begin || time.open_end || time.end - time.begin > kLastingSeconds;
}

// Events of the same thing are as many as their times are pairwise disjoint; a vaguer time joins the first event that
// it may be of.
std::vector<Happening> Gather(std::vector<const ViewClaim*> claims) {
  std::stable_sort(claims.begin(), claims.end(),
                   [](const ViewClaim* a, const ViewClaim* b) { return a->time->end < b->time->end; });
  std::vector<Happening> events;
  std::vector<const ViewClaim*> joining;
  for (const ViewClaim* claim : claims) {
    if (events.empty() || claim->time->begin >= events.back().time.end) {
      events.push_back({*claim->time, {claim}, claim->certain});
    } else {
      joining.push_back(claim);
    }
  }
  for (const ViewClaim* claim : joining) {
    const auto event = std::find_if(events.begin(), events.end(),
                                    [&](const Happening& each) { return each.time.Overlaps(*claim->time); });
    event->claims.push_back(claim);
    event->certain |= claim->certain;
  }
  return events;
}

std::vector<Happening> EventsOf(const Catalogue& catalogue, const std::vector<ViewClaim>& claims, bool states,
                                const std::optional<TimeLimit>& asked, std::vector<std::string>* notes) {
  std::map<ThingSaid, std::vector<const ViewClaim*>> by_thing;
  std::map<ThingSaid, std::vector<const ViewClaim*>> undated;
  size_t lasting = 0;
  for (const ViewClaim& claim : claims) {
    if (claim.denied) continue;
    if (!claim.time.has_value()) {
      undated[ThingOf(catalogue, claim.outline)].push_back(&claim);
    } else if (!states && Lasts(*claim.time, asked)) {
      ++lasting;
    } else {
      by_thing[ThingOf(catalogue, claim.outline)].push_back(&claim);
    }
  }
  if (lasting > 0) notes->push_back(absl::StrCat("left out: ", lasting, " claims of what lasted longer than a year"));
  std::vector<Happening> events;
  for (auto& [thing, same] : by_thing) {
    std::vector<Happening> gathered = Gather(std::move(same));
    events.insert(events.end(), std::make_move_iterator(gathered.begin()), std::make_move_iterator(gathered.end()));
  }
  size_t left_out = 0;
  for (auto& [thing, same] : undated) {
    // Rather than nothing at all they are told.
    if (by_thing.empty() && !asked.has_value()) {
      events.push_back({TimeRange(), std::move(same), true, false});
    } else {
      left_out += same.size();
    }
  }
  if (left_out > 0) notes->push_back(absl::StrCat("left out: ", left_out, " claims without a time"));
  // What only possibly lies in the time asked for comes after all that does.
  std::stable_sort(events.begin(), events.end(), [](const Happening& a, const Happening& b) {
    return std::make_tuple(!a.certain, a.time.begin, a.time.end) <
           std::make_tuple(!b.certain, b.time.begin, b.time.end);
  });
  return events;
}

AnswerCell TimeCell(const std::string& when) {
  AnswerCell cell;
  cell.value = Term::Typed(when, std::string(edtf::kEdtf));
  cell.label = when;
  cell.type = "date";
  return cell;
}

absl::StatusOr<AnswerRow> RowOf(const Happening& event, ClaimReader* reader) {
  RowGatherer gatherer;
  const ClaimRecord* shown = nullptr;
  std::string where;
  for (const ViewClaim* claim : event.claims) {
    DOSSIER_ASSIGN_OR_RETURN(const ClaimRecord* record, reader->Read(claim->outline.id));
    gatherer.Add(record, true);
    if (shown == nullptr) shown = record;
    if (where.empty()) where = record->claim.where;
  }
  AnswerRow row;
  row.cells = {std::nullopt, shown->claim.subject, shown->claim.relation, shown->claim.object, std::nullopt};
  gatherer.Finish(&row);
  // A claim of a relation whose object is the time has none of its own.
  if (row.when.empty() && event.dated) row.when = ToEdtf(event.time);
  if (event.dated) row.cells[0] = TimeCell(row.when);
  if (!where.empty()) {
    AnswerCell place;
    place.value = Term::String(where);
    place.label = where;
    place.type = "place";
    row.cells[4] = std::move(place);
  }
  row.possible = !event.certain;
  return row;
}

}  // namespace

absl::StatusOr<Answer> AnswerTimeline(const ViewContext& view) {
  const Meaning& meaning = view.question.meaning;
  Answer answer;
  answer.kind = Answer::Kind::kView;
  answer.columns = {"when", "subject", "relation", "object", "where"};
  MemoryReservation memory(view.context.memory);
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<ViewClaim> claims, CollectClaims(view, &memory));
  const std::optional<TimeLimit> asked =
      meaning.scope_fact == kNobody ? std::nullopt : meaning.facts[meaning.scope_fact].time;
  const bool states = meaning.kind == Meaning::Kind::kTimeline && !asked.has_value();
  std::vector<Happening> events = EventsOf(view.catalogue, claims, states, asked, &answer.notes);
  // In the order of time only the rows that are shown need to be read.
  const bool in_time_order = meaning.order_by.empty() && !meaning.minimum_sources.has_value();
  if (in_time_order && meaning.limit.has_value() && events.size() > *meaning.limit) events.resize(*meaning.limit);
  std::vector<const ClaimOutline*> shown;
  for (const Happening& event : events) {
    for (const ViewClaim* claim : event.claims) shown.push_back(&claim->outline);
  }
  DOSSIER_RETURN_IF_ERROR(view.reader->ReadOutlined(shown, *view.context.cancellation));
  for (const Happening& event : events) {
    DOSSIER_RETURN_IF_ERROR(view.context.cancellation->Check());
    DOSSIER_ASSIGN_OR_RETURN(AnswerRow row, RowOf(event, view.reader));
    answer.rows.push_back(std::move(row));
  }
  if (!in_time_order) OrderRows(meaning, &answer);
  return answer;
}

}  // namespace dossier::ask
