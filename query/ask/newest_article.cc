#include "query/ask/newest_article.h"

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "rdf/inline_time_range.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr int kMaximumTries = 1000;  // Dates that only other things than articles have, from the last one on.
constexpr uint64_t kMaxPayload = ~uint64_t{0} >> 8U;
constexpr unsigned kEdtfLengthShift = 52;        // EDTF dates come by class of length, then in order.
constexpr int64_t kEndOfTime = 253'402'300'800;  // The year 10000.

class NewestFinder {
 public:
  NewestFinder(const Snapshot& snapshot, TermId published, TermId type, TermId article)
      : snapshot_(snapshot), published_(published), type_(type), article_(article) {}

  absl::StatusOr<std::optional<TimeRange>> Find() {
    // Inside each of these ranges the ids are about in the order of the dates.
    for (const TermTag tag : {TermTag::kDate, TermTag::kDateTime, TermTag::kYear, TermTag::kYearMonth}) {
      DOSSIER_RETURN_IF_ERROR(TakeLastIn(TermId(tag, 0), TermId(tag, kMaxPayload)));
    }
    for (uint64_t length = 0; length <= kMaxPayload >> kEdtfLengthShift; ++length) {
      const uint64_t first = length << kEdtfLengthShift;
      const uint64_t last = first | ((uint64_t{1} << kEdtfLengthShift) - 1);
      DOSSIER_RETURN_IF_ERROR(TakeLastIn(TermId(TermTag::kEdtf, first), TermId(TermTag::kEdtf, last)));
    }
    // What is left are the few that may end later, and the unusual ones.
    const Moments later{newest_.has_value() ? newest_->end : std::numeric_limits<int64_t>::min() / 2, kEndOfTime};
    for (const auto& [first, last] : IdsOverlapping(later)) DOSSIER_RETURN_IF_ERROR(TakeLaterIn(first, last));
    return newest_;
  }

 private:
  // Takes the last date of the range that an article has.
  absl::Status TakeLastIn(TermId first, TermId last) {
    for (int tries = 0; tries < kMaximumTries; ++tries) {
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> date, LastIn(first, last));
      if (!date.has_value()) return absl::OkStatus();
      DOSSIER_ASSIGN_OR_RETURN(const bool taken, Consider(*date));
      if (taken || *date == first) return absl::OkStatus();
      last = TermId::FromBits(date->bits() - 1);
    }
    return absl::OkStatus();
  }

  // Looks at the dates of the range that may be newer than the newest.
  absl::Status TakeLaterIn(TermId first, TermId last) {
    for (int tries = 0; tries < kMaximumTries; ++tries) {
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> date, FirstIn(first, last));
      if (!date.has_value()) return absl::OkStatus();
      const std::optional<Moments> moments = MomentsOf(*date);
      const bool older = moments.has_value() && newest_.has_value() && moments->end <= newest_->end;
      if (!older) DOSSIER_RETURN_IF_ERROR(Consider(*date).status());
      if (*date == last) return absl::OkStatus();
      first = TermId::FromBits(date->bits() + 1);
    }
    return absl::OkStatus();
  }

  // The least date that something was published on in [first, last].
  absl::StatusOr<std::optional<TermId>> FirstIn(TermId first, TermId last) {
    ScanSpec spec;
    spec.permutation = Permutation::kPos;
    spec.prefix = {published_};
    spec.lower = first;
    spec.upper = last;
    spec.wanted_columns = 0b10;
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_.Scan(spec));
    RowBlock block;
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return std::optional<TermId>();
    return std::make_optional(block.columns[1][0]);
  }

  // The greatest one, by halving the range: rows are read forwards only.
  absl::StatusOr<std::optional<TermId>> LastIn(TermId first, TermId last) {
    DOSSIER_ASSIGN_OR_RETURN(std::optional<TermId> found, FirstIn(first, last));
    while (found.has_value() && *found < last) {
      const TermId middle = TermId::FromBits(found->bits() + (last.bits() - found->bits() + 1) / 2);
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> later, FirstIn(middle, last));
      if (later.has_value()) {
        found = later;
      } else {
        last = TermId::FromBits(middle.bits() - 1);
      }
    }
    return found;
  }

  // Takes the date if an article has it, unless a newer one is known. Whether an article has it.
  absl::StatusOr<bool> Consider(TermId date) {
    ScanSpec spec;
    spec.permutation = Permutation::kPos;
    spec.prefix = {published_, date};
    spec.wanted_columns = 0b100;
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_.Scan(spec));
    RowBlock block;
    while (true) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
      if (!more) return false;
      for (size_t row = 0; row < block.rows; ++row) {
        ScanSpec kind;
        kind.prefix = {block.columns[2][row], type_, article_};
        DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, snapshot_.CountRows(kind, /*exact=*/true));
        if (rows == 0) continue;
        DOSSIER_ASSIGN_OR_RETURN(const Term term, snapshot_.GetTerm(date));
        const std::optional<TimeRange> range = TimeRangeOf(term);
        if (!range.has_value() || range->open_end) return false;
        if (!newest_.has_value() || newest_->end < range->end) newest_ = range;
        return true;
      }
    }
  }

  const Snapshot& snapshot_;
  const TermId published_;
  const TermId type_;
  const TermId article_;
  std::optional<TimeRange> newest_;
};

}  // namespace

absl::StatusOr<std::optional<TimeRange>> NewestArticle(const Snapshot& snapshot) {
  std::array<TermId, 3> ids;
  const std::array<absl::string_view, 3> iris = {schema::kDatePublished, rdf::kType, schema::kArticle};
  for (size_t i = 0; i < ids.size(); ++i) {
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, snapshot.FindTerm(Term::Iri(std::string(iris[i]))));
    if (!id.has_value()) return std::optional<TimeRange>();
    ids[i] = *id;
  }
  return NewestFinder(snapshot, ids[0], ids[1], ids[2]).Find();
}

}  // namespace dossier::ask
