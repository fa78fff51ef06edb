#include "query/ask/near_misses.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "query/ask/relaxations.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr size_t kMostNotes = 3;
constexpr size_t kMostNamed = 4;
constexpr size_t kMostYears = 6;

std::optional<TimeRange> WhenOf(const AnswerRow& row) {
  if (row.when.empty()) return std::nullopt;
  return TimeRangeOf(Term::Typed(row.when, std::string(edtf::kEdtf)));
}

// The time that the question asks for, where it asks for one.
std::optional<TimeRange> AskedTime(const Meaning& meaning) {
  for (const Fact& fact : meaning.facts) {
    if (fact.time.has_value()) return fact.time->range;
  }
  return std::nullopt;
}

// How far a row's time is from what was asked for; rows without a time come last.
int64_t DistanceOf(const AnswerRow& row, const std::optional<TimeRange>& asked) {
  const std::optional<TimeRange> time = WhenOf(row);
  if (!asked.has_value()) return 0;
  if (!time.has_value()) return std::numeric_limits<int64_t>::max();
  if (time->Overlaps(*asked)) return 0;
  return time->IsBefore(*asked) ? asked->begin - time->end : time->begin - asked->end;
}

std::string NameOf(const AnswerRow& row) {
  std::vector<std::string> parts;
  for (const std::optional<AnswerCell>& cell : row.cells) {
    if (cell.has_value()) parts.push_back(cell->label);
  }
  const bool has_time = std::find(parts.begin(), parts.end(), row.when) != parts.end();
  std::string name = absl::StrJoin(parts, " ");
  if (!row.when.empty() && !has_time) absl::StrAppend(&name, " (", row.when, ")");
  return name;
}

// The first few rows, nearest in time first.
std::string Nearest(const Answer& answer, const std::optional<TimeRange>& asked, bool may_have_more) {
  std::vector<const AnswerRow*> rows;
  for (const AnswerRow& row : answer.rows) rows.push_back(&row);
  std::stable_sort(rows.begin(), rows.end(), [&](const AnswerRow* a, const AnswerRow* b) {
    return DistanceOf(*a, asked) < DistanceOf(*b, asked);
  });
  std::vector<std::string> names;
  for (const AnswerRow* row : rows) {
    std::string name = NameOf(*row);
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    if (names.size() == kMostNamed) {
      may_have_more = true;
      break;
    }
    names.push_back(std::move(name));
  }
  if (may_have_more && !names.empty()) names.emplace_back("...");
  return absl::StrJoin(names, ", ");
}

// `2018, 2019, 2023`: the years in which there are answers.
std::string YearsOf(const Answer& answer, bool may_have_more) {
  std::set<int64_t> years;
  for (const AnswerRow& row : answer.rows) {
    const auto add = [&years](const std::string& when) {
      const std::optional<TimeRange> time = TimeRangeOf(Term::Typed(when, std::string(edtf::kEdtf)));
      if (!time.has_value() || time->open_begin) return;
      years.insert(absl::ToCivilYear(absl::FromUnixSeconds(time->begin), absl::UTCTimeZone()).year());
    };
    for (const AnswerClaim& claim : row.claims) add(claim.when);
    if (row.claims.empty()) add(row.when);
  }
  std::vector<std::string> shown;
  for (const int64_t year : years) shown.push_back(absl::StrCat(year));
  if (shown.size() > kMostYears) {
    shown.erase(shown.begin(), shown.end() - kMostYears);
    shown.insert(shown.begin(), "...");
  }
  if (may_have_more && !shown.empty()) shown.emplace_back("...");
  return absl::StrJoin(shown, ", ");
}

}  // namespace

absl::StatusOr<std::vector<std::string>> NearMissNotes(const Meaning& meaning, const AnswerVariant& answer) {
  std::vector<std::string> notes;
  for (const Relaxation& relaxation : RelaxationsOf(meaning)) {
    if (notes.size() == kMostNotes) break;
    DOSSIER_ASSIGN_OR_RETURN(const VariantAnswer found, answer(relaxation.meaning));
    const Answer& variant = found.answer;
    if (variant.rows.empty()) continue;
    const std::optional<TimeRange> asked = AskedTime(meaning);
    const bool elsewhere = std::none_of(variant.rows.begin(), variant.rows.end(),
                                        [&](const AnswerRow& row) { return DistanceOf(row, asked) == 0; });
    const std::string years = relaxation.drops_time && elsewhere ? YearsOf(variant, found.may_have_more) : "";
    const std::string nearest = Nearest(variant, asked, found.may_have_more);
    notes.push_back(years.empty() ? absl::StrCat("without ", relaxation.part, ": ", nearest)
                                  : absl::StrCat("nothing ", relaxation.part, "; in ", years, ": ", nearest));
  }
  return notes;
}

absl::StatusOr<Answer> NearMissTable(const Meaning& meaning, const AnswerVariant& answer) {
  Answer table;
  table.kind = Answer::Kind::kView;
  table.columns = {"without", "answers", "nearest"};
  for (const Relaxation& relaxation : RelaxationsOf(meaning)) {
    DOSSIER_ASSIGN_OR_RETURN(const VariantAnswer found, answer(relaxation.meaning));
    const Answer& variant = found.answer;
    AnswerRow row;
    AnswerCell part;
    part.label = relaxation.part;
    part.value = Term::String(part.label);
    part.type = "text";
    AnswerCell count;
    count.label = absl::StrCat(variant.rows.size());
    count.value = Term::Typed(count.label, std::string(xsd::kInteger));
    count.type = "number";
    AnswerCell nearest;
    nearest.label = Nearest(variant, AskedTime(meaning), found.may_have_more);
    nearest.value = Term::String(nearest.label);
    nearest.type = "text";
    row.cells = {std::move(part), std::move(count), std::move(nearest)};
    table.rows.push_back(std::move(row));
  }
  std::stable_sort(table.rows.begin(), table.rows.end(), [](const AnswerRow& a, const AnswerRow& b) {
    return !a.cells[2]->label.empty() && b.cells[2]->label.empty();
  });
  if (table.rows.empty()) {
    table.notes.emplace_back("no part of the question can be left out");
  } else if (table.rows.front().cells[2]->label.empty()) {
    table.notes.emplace_back("no single part is to blame: without any one of them there is nothing either");
  }
  return table;
}

}  // namespace dossier::ask
