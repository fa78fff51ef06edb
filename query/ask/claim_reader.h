// Claims as answers cite them, read from the store with all their annotations.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "base/cancellation.h"
#include "query/ask/ask.h"
#include "query/ask/catalogue.h"
#include "query/ask/cell_reader.h"
#include "query/ask/claim_outline.h"
#include "query/result/answer.h"
#include "rdf/time_range.h"

namespace dossier::ask {

// A claim, and what of it is compared and counted.
struct ClaimRecord {
  AnswerClaim claim;
  TermId id;  // Undefined for a triple that no claim states.
  TermId subject;
  TermId relation;
  TermId object;
  TermId article;
  int64_t rank = 0;               // Of the certainty; 0 when it has none.
  std::optional<TimeRange> time;  // The most precise one, when there are several.
  bool denied = false;
  // Of a number: in base units, with how its source hedges it (the end of the bound's IRI: "moreThan"); the base unit's
  // IRI is "" when no unit was said.
  std::optional<double> quantity;
  Term base_unit;
  std::string bound;
  std::optional<TimeRange> published;  // Of its article.

  // Stated as a fact (confirmed, reported, or without a level), and not as a plan, a belief or a guess.
  bool IsSettled() const;
  // Tells of what had not happened yet when its article came out: an expectation, a plan.
  bool IsProspective() const;
  // Tells of a state whose end is known and lies before `day`.
  bool HasEndedBy(const TimeRange& day) const;
};

// Not thread-safe; keeps the claims it has read.
class ClaimReader {
 public:
  ClaimReader(const Catalogue& catalogue, const Snapshot& snapshot, const SentenceLookup& sentences)
      : cells_(catalogue, snapshot), sentences_(sentences) {}

  // The reference lives as long as the reader.
  absl::StatusOr<const ClaimRecord*> Read(TermId claim);
  // Reads claims, in any order, so that Read() of each finds it: in a few passes over the store for all of them, which
  // takes a small part of the time that one by one takes. Cancelled when `cancellation` says so.
  absl::Status ReadAll(std::vector<TermId> claims, const Cancellation& cancellation);
  // The same for those whose ids have been read already.
  absl::Status ReadOutlined(absl::Span<const ClaimOutline* const> claims, const Cancellation& cancellation);
  // A triple that no claim states: a record without an id.
  absl::StatusOr<const ClaimRecord*> ReadPlain(TermId subject, TermId relation, TermId object);

  // Reads what Cell() needs for each of `ids`.
  absl::Status PrefetchCells(absl::Span<const TermId> ids) { return cells_.Prefetch({}, ids); }
  // An entity or literal with the name people know it by.
  absl::StatusOr<AnswerCell> Cell(TermId id);
  // The same for a term that may not be in the store.
  absl::StatusOr<AnswerCell> Cell(const Term& term) { return CellReader::CellOf(term); }

 private:
  // What a property of a claim says, as far as answers show it.
  enum class Part : uint8_t {
    kOther,
    kParagraph,
    kSentence,
    kNote,
    kWhen,
    kWhere,
    kMeans,
    kCertainty,
    kPolarity,
    kSpeaker,
    kArticle,
    kUnit,
    kBound,
  };
  struct Level {
    std::string name;
    bool denied = false;
    std::optional<int64_t> rank;
  };
  struct Date {
    std::string text;
    std::optional<TimeRange> range;
  };
  struct Article {
    Term term;
    std::string name;
    std::optional<Date> published;
  };
  // What is put together while a claim is read.
  struct Draft;

  absl::Status ReadSome(absl::Span<const ClaimOutline* const> claims);
  absl::Status PrefetchParts(absl::Span<const ClaimOutline* const> claims);
  absl::Status ReadArticles(absl::Span<const TermId> articles);
  absl::Status Assemble(const ClaimOutline& outline);
  absl::Status AddAnnotation(TermId property, TermId value, Draft* draft);
  absl::Status AddText(Part part, TermId value, ClaimRecord* record);
  absl::Status AddLevel(TermId value, std::string* name, ClaimRecord* record);
  void NameQuantity(Draft* draft);
  absl::Status DateByObject(ClaimRecord* record);
  absl::StatusOr<Part> PartOf(TermId property);
  absl::StatusOr<const Date*> DateOf(TermId literal);

  CellReader cells_;
  const SentenceLookup& sentences_;
  absl::node_hash_map<TermId, ClaimRecord> claims_;
  absl::node_hash_map<std::tuple<TermId, TermId, TermId>, ClaimRecord> plain_;  // By subject, relation and object.
  // What many claims have in common.
  absl::flat_hash_map<TermId, Part> parts_;
  absl::node_hash_map<TermId, Level> levels_;
  absl::node_hash_map<TermId, Date> dates_;
  absl::node_hash_map<TermId, Article> articles_;
};

}  // namespace dossier::ask
