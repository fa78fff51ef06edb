#include "query/ask/claim_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/ask/local_name.h"
#include "rdf/vocabulary.h"
#include "rdf/xsd_value.h"

namespace dossier::ask {
namespace {

// An interval that is longer is that of a state ("president from 2017 to 2021"), not of an occasion.
constexpr int64_t kLastingSeconds = int64_t{366} * 24 * 3600;

void AppendPart(absl::string_view part, std::string* text) { absl::StrAppend(text, text->empty() ? "" : "; ", part); }

int64_t WidthOf(const TimeRange& range) {
  if (range.open_begin || range.open_end) return std::numeric_limits<int64_t>::max();
  return range.end - range.begin;
}

}  // namespace

bool ClaimRecord::IsSettled() const {
  return claim.certainty.empty() || claim.certainty == "confirmed" || claim.certainty == "reported";
}

bool ClaimRecord::IsProspective() const {
  return !IsSettled() && subject != article && time.has_value() && published.has_value() &&
         time->end > published->begin;
}

bool ClaimRecord::HasEndedBy(const TimeRange& day) const {
  if (!time.has_value() || time->open_end || time->end > day.begin) return false;
  return time->open_begin || (time->is_interval && time->end - time->begin > kLastingSeconds);
}

std::string WithThousands(absl::string_view number) {
  const size_t start = number.substr(0, 1) == "-" ? 1 : 0;
  const size_t end = std::min(number.find('.'), number.size());
  std::string text;
  for (size_t i = 0; i < number.size(); ++i) {
    if (i > start && i < end && (end - i) % 3 == 0) text.push_back(',');
    text.push_back(number[i]);
  }
  return text;
}

absl::StatusOr<std::string> ClaimReader::Name(TermId id) {
  if (const absl::string_view label = catalogue_.Label(id); !label.empty()) return std::string(label);
  DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(id));
  return LocalName(term);
}

absl::StatusOr<std::string> ClaimReader::TypeOf(TermId id) {
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> types, graph_.Objects(id, rdf::kType));
  const ClassInfo* narrowest = nullptr;
  for (const TermId type : types) {
    const std::optional<uint32_t> kind = catalogue_.FindClass(type);
    if (!kind.has_value()) continue;
    const ClassInfo& info = catalogue_.classes()[*kind];
    if (narrowest == nullptr || info.narrower.size() < narrowest->narrower.size()) narrowest = &info;
  }
  return narrowest == nullptr ? std::string() : narrowest->label;
}

absl::StatusOr<AnswerCell> ClaimReader::Cell(TermId id) {
  DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(id));
  if (term.is_literal()) return Cell(term);
  AnswerCell cell;
  cell.value = term;
  DOSSIER_ASSIGN_OR_RETURN(cell.label, Name(id));
  DOSSIER_ASSIGN_OR_RETURN(cell.type, TypeOf(id));
  return cell;
}

absl::StatusOr<AnswerCell> ClaimReader::Cell(const Term& term) {
  AnswerCell cell;
  cell.value = term;
  cell.label = LocalName(term);
  if (!term.is_literal()) return cell;
  const std::optional<XsdValue> value = XsdValue::Of(term);
  if (value.has_value() && value->is_numeric()) {
    cell.type = "number";
    cell.label = WithThousands(term.value());
  } else {
    cell.type = TimeRangeOf(term).has_value() ? "date" : "text";
  }
  return cell;
}

absl::Status ClaimReader::ReadTriple(TermId claim, ClaimRecord* record) {
  const PermutationInfo& info = GetPermutationInfo(Permutation::kClaimReifier);
  ScanSpec spec;
  spec.permutation = Permutation::kClaimReifier;
  spec.prefix = {claim};
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, graph_.snapshot().Scan(spec));
  RowBlock block;
  DOSSIER_ASSIGN_OR_RETURN(const bool any, cursor->Next(&block));
  if (!any) return absl::OkStatus();
  for (size_t i = 0; i < info.width; ++i) {
    if (info.columns[i] == Column::kSubject) record->subject = block.columns[i][0];
    if (info.columns[i] == Column::kPredicate) record->relation = block.columns[i][0];
    if (info.columns[i] == Column::kObject) record->object = block.columns[i][0];
  }
  DOSSIER_ASSIGN_OR_RETURN(record->claim.subject, Cell(record->subject));
  DOSSIER_ASSIGN_OR_RETURN(record->claim.relation, Cell(record->relation));
  DOSSIER_ASSIGN_OR_RETURN(record->claim.object, Cell(record->object));
  return absl::OkStatus();
}

absl::Status ClaimReader::ReadAnnotation(TermId predicate, TermId object, ClaimRecord* record) {
  DOSSIER_ASSIGN_OR_RETURN(const Term property, graph_.snapshot().GetTerm(predicate));
  AnswerClaim& claim = record->claim;
  const std::string& iri = property.value();
  const bool is_text =
      iri == vocab::kParagraph || iri == vocab::kSentence || iri == vocab::kNote || iri == vocab::kWhen;
  if (is_text) {
    DOSSIER_ASSIGN_OR_RETURN(const Term value, graph_.snapshot().GetTerm(object));
    int64_t number = 0;
    if (iri == vocab::kNote) {
      AppendPart(value.value(), &claim.note);
    } else if (iri == vocab::kWhen) {
      const std::optional<TimeRange> range = TimeRangeOf(value);
      if (!range.has_value() || (record->time.has_value() && WidthOf(*record->time) <= WidthOf(*range))) {
        return absl::OkStatus();
      }
      record->time = range;
      claim.when = value.value();
    } else if (absl::SimpleAtoi(value.value(), &number)) {
      (iri == vocab::kParagraph ? claim.paragraph : claim.sentence) = number;
    }
    return absl::OkStatus();
  }
  if (iri == prov::kWasDerivedFrom) return ReadArticle(object, record);
  std::string* const target = iri == vocab::kWhere            ? &claim.where
                              : iri == vocab::kMeans          ? &claim.means
                              : iri == vocab::kCertainty      ? &claim.certainty
                              : iri == vocab::kPolarity       ? &claim.polarity
                              : iri == prov::kWasAttributedTo ? &claim.speaker
                              : iri == vocab::kUnit           ? &unit_
                              : iri == vocab::kBound          ? &bound_
                                                              : nullptr;
  if (target == nullptr) return absl::OkStatus();
  DOSSIER_ASSIGN_OR_RETURN(const std::string name, Name(object));
  AppendPart(name, target);
  if (iri == vocab::kUnit || iri == vocab::kBound) {
    DOSSIER_ASSIGN_OR_RETURN(Term term, graph_.snapshot().GetTerm(object));
    if (iri == vocab::kUnit) {
      unit_iri_ = std::move(term);
    } else {
      record->bound = term.value().substr(term.value().find_last_of("#/:") + 1);
    }
  }
  if (iri == vocab::kCertainty || iri == vocab::kPolarity) {
    DOSSIER_ASSIGN_OR_RETURN(const Term level, graph_.snapshot().GetTerm(object));
    record->denied |= level.value() == vocab::kDenied;
    if (const CertaintyLevel* known = catalogue_.FindCertainty(level))
      record->rank = std::max(record->rank, known->rank);
  }
  return absl::OkStatus();
}

absl::Status ClaimReader::ReadArticle(TermId article, ClaimRecord* record) {
  record->article = article;
  DOSSIER_ASSIGN_OR_RETURN(article_, graph_.snapshot().GetTerm(article));
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> identifiers, graph_.Texts(article, schema::kIdentifier));
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> dates, graph_.Objects(article, schema::kDatePublished));
  record->claim.article = identifiers.empty() ? article_.value() : identifiers.front();
  if (!dates.empty()) {
    DOSSIER_ASSIGN_OR_RETURN(const Term date, graph_.snapshot().GetTerm(dates.front()));
    record->claim.published = date.value();
    record->published = TimeRangeOf(date);
  }
  return absl::OkStatus();
}

// "more than 15,000 km" for a number with a bound and a unit.
absl::Status ClaimReader::NameQuantity(ClaimRecord* record) {
  AnswerCell& object = record->claim.object;
  if (object.type != "number" && bound_.empty() && unit_.empty()) return absl::OkStatus();
  if (unit_.empty()) {
    if (const std::optional<uint32_t> relation = catalogue_.FindRelation(record->relation)) {
      unit_iri_ = catalogue_.relations()[*relation].unit;
      if (const UnitInfo* unit = catalogue_.FindUnit(unit_iri_)) unit_ = unit->label;
    }
  }
  double number = 0;
  if (absl::SimpleAtod(object.value.value(), &number)) {
    const UnitInfo* unit = catalogue_.FindUnit(unit_iri_);
    record->quantity = unit == nullptr ? number : number * unit->factor;
    if (unit != nullptr) record->base_unit = unit->base;
  }
  if (!bound_.empty()) object.label = absl::StrCat(bound_, " ", object.label);
  if (!unit_.empty()) absl::StrAppend(&object.label, " ", unit_);
  return absl::OkStatus();
}

absl::StatusOr<const ClaimRecord*> ClaimReader::Read(TermId id) {
  if (const auto it = claims_.find(id); it != claims_.end()) return &it->second;
  ClaimRecord record;
  bound_.clear();
  unit_.clear();
  unit_iri_ = Term();
  article_ = Term();
  DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(id));
  record.id = id;
  record.claim.id = term.value();
  DOSSIER_RETURN_IF_ERROR(ReadTriple(id, &record));
  DOSSIER_RETURN_IF_ERROR(graph_.ForEachOf(
      id, [&](TermId predicate, TermId object) { return ReadAnnotation(predicate, object, &record); }));
  if (record.claim.polarity.empty()) record.claim.polarity = "affirmed";
  DOSSIER_RETURN_IF_ERROR(NameQuantity(&record));
  if (sentences_ && record.claim.paragraph.has_value() && !article_.value().empty()) {
    record.claim.text = sentences_(article_, *record.claim.paragraph, record.claim.sentence.value_or(0));
  }
  return &claims_.emplace(id, std::move(record)).first->second;
}

absl::StatusOr<const ClaimRecord*> ClaimReader::ReadPlain(TermId subject, TermId relation, TermId object) {
  auto record = std::make_unique<ClaimRecord>();
  record->subject = subject;
  record->relation = relation;
  record->object = object;
  bound_.clear();
  unit_.clear();
  unit_iri_ = Term();
  DOSSIER_ASSIGN_OR_RETURN(record->claim.subject, Cell(subject));
  DOSSIER_ASSIGN_OR_RETURN(record->claim.relation, Cell(relation));
  DOSSIER_ASSIGN_OR_RETURN(record->claim.object, Cell(object));
  DOSSIER_RETURN_IF_ERROR(NameQuantity(record.get()));
  plain_.push_back(std::move(record));
  return plain_.back().get();
}

}  // namespace dossier::ask
