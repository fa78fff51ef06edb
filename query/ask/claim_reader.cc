#include "query/ask/claim_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/ask/english.h"
#include "query/ask/row_lookup.h"
#include "query/ask/time_spans.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

// Claims read at once: enough that neighbours share blocks, few enough that Ctrl-C is heard at once.
constexpr size_t kClaimsAtOnce = 1024;

void AppendPart(absl::string_view part, std::string* text) { absl::StrAppend(text, text->empty() ? "" : "; ", part); }

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

// What is put together while a claim is read.
struct ClaimReader::Draft {
  ClaimRecord record;
  std::string bound;
  std::string unit;
  Term unit_iri;
  const Article* article = nullptr;
};

absl::StatusOr<AnswerCell> ClaimReader::Cell(TermId id) {
  DOSSIER_ASSIGN_OR_RETURN(const AnswerCell* cell, cells_.Cell(id));
  return *cell;
}

absl::StatusOr<ClaimReader::Part> ClaimReader::PartOf(TermId property) {
  if (const auto it = parts_.find(property); it != parts_.end()) return it->second;
  DOSSIER_ASSIGN_OR_RETURN(const Term* term, cells_.TermOf(property));
  const std::string& iri = term->value();
  const Part part = iri == vocab::kParagraph        ? Part::kParagraph
                    : iri == vocab::kSentence       ? Part::kSentence
                    : iri == vocab::kNote           ? Part::kNote
                    : iri == vocab::kWhen           ? Part::kWhen
                    : iri == vocab::kWhere          ? Part::kWhere
                    : iri == vocab::kMeans          ? Part::kMeans
                    : iri == vocab::kCertainty      ? Part::kCertainty
                    : iri == vocab::kPolarity       ? Part::kPolarity
                    : iri == prov::kWasAttributedTo ? Part::kSpeaker
                    : iri == prov::kWasDerivedFrom  ? Part::kArticle
                    : iri == vocab::kUnit           ? Part::kUnit
                    : iri == vocab::kBound          ? Part::kBound
                                                    : Part::kOther;
  return parts_.emplace(property, part).first->second;
}

absl::StatusOr<const ClaimReader::Date*> ClaimReader::DateOf(TermId literal) {
  if (const auto it = dates_.find(literal); it != dates_.end()) return &it->second;
  DOSSIER_ASSIGN_OR_RETURN(const Term* term, cells_.TermOf(literal));
  return &dates_.emplace(literal, Date{term->value(), TimeRangeOf(*term)}).first->second;
}

absl::Status ClaimReader::ReadArticles(absl::Span<const TermId> articles) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId identifier, cells_.IdOf(schema::kIdentifier));
  DOSSIER_ASSIGN_OR_RETURN(const TermId published, cells_.IdOf(schema::kDatePublished));
  std::vector<std::vector<TermId>> identifiers(articles.size());
  std::vector<std::vector<TermId>> dates(articles.size());
  std::vector<TermId> terms(articles.begin(), articles.end());
  DOSSIER_RETURN_IF_ERROR(
      LookUpRows(cells_.snapshot(), Permutation::kSpo, articles, 1, [&](size_t key, const RowBlock& block, size_t row) {
        const TermId property = block.columns[1][row];
        if (property != identifier && property != published) return absl::OkStatus();
        (property == identifier ? identifiers : dates)[key].push_back(block.columns[2][row]);
        terms.push_back(block.columns[2][row]);
        return absl::OkStatus();
      }));
  DOSSIER_RETURN_IF_ERROR(cells_.Prefetch(terms, {}));
  for (size_t i = 0; i < articles.size(); ++i) {
    Article article;
    DOSSIER_ASSIGN_OR_RETURN(const Term* term, cells_.TermOf(articles[i]));
    article.term = *term;
    article.name = term->value();
    for (const TermId id : identifiers[i]) {
      DOSSIER_ASSIGN_OR_RETURN(const Term* text, cells_.TermOf(id));
      if (!text->is_literal()) continue;
      article.name = text->value();
      break;
    }
    if (!dates[i].empty()) {
      DOSSIER_ASSIGN_OR_RETURN(const Date* date, DateOf(dates[i].front()));
      article.published = *date;
    }
    articles_.emplace(articles[i], std::move(article));
  }
  return absl::OkStatus();
}

absl::Status ClaimReader::PrefetchParts(absl::Span<const ClaimOutline* const> claims) {
  std::vector<TermId> terms;
  std::vector<TermId> entities;
  std::vector<TermId> articles;
  std::vector<TermId> named;
  for (const ClaimOutline* claim : claims) {
    terms.push_back(claim->id);
    if (!claim->relation.is_undefined()) {
      entities.insert(entities.end(), {claim->subject, claim->relation, claim->object});
    }
    for (const auto& [property, value] : claim->annotations) {
      DOSSIER_ASSIGN_OR_RETURN(const Part part, PartOf(property));
      if (part == Part::kOther) continue;
      if (part == Part::kArticle) {
        if (!articles_.contains(value)) articles.push_back(value);
      } else if (part != Part::kWhen) {
        named.push_back(value);
      } else if (!dates_.contains(value)) {
        terms.push_back(value);
      }
    }
  }
  DOSSIER_RETURN_IF_ERROR(cells_.catalogue().names().Prefetch(named));
  for (const TermId value : named) {
    if (cells_.catalogue().Label(value).empty()) terms.push_back(value);
  }
  DOSSIER_RETURN_IF_ERROR(cells_.Prefetch(terms, entities));
  std::sort(articles.begin(), articles.end());
  articles.erase(std::unique(articles.begin(), articles.end()), articles.end());
  return ReadArticles(articles);
}

absl::Status ClaimReader::AddText(Part part, TermId value, ClaimRecord* record) {
  AnswerClaim& claim = record->claim;
  if (part == Part::kWhen) {
    DOSSIER_ASSIGN_OR_RETURN(const Date* date, DateOf(value));
    if (!date->range.has_value() || (record->time.has_value() && LengthOf(*record->time) <= LengthOf(*date->range))) {
      return absl::OkStatus();
    }
    record->time = date->range;
    claim.when = date->text;
    return absl::OkStatus();
  }
  DOSSIER_ASSIGN_OR_RETURN(const Term* text, cells_.TermOf(value));
  int64_t number = 0;
  if (part == Part::kNote) {
    AppendPart(text->value(), &claim.note);
  } else if (absl::SimpleAtoi(text->value(), &number)) {
    (part == Part::kParagraph ? claim.paragraph : claim.sentence) = number;
  }
  return absl::OkStatus();
}

// A certainty, or a polarity.
absl::Status ClaimReader::AddLevel(TermId value, std::string* name, ClaimRecord* record) {
  auto it = levels_.find(value);
  if (it == levels_.end()) {
    Level level;
    DOSSIER_ASSIGN_OR_RETURN(level.name, cells_.Name(value));
    DOSSIER_ASSIGN_OR_RETURN(const Term* term, cells_.TermOf(value));
    level.denied = term->value() == vocab::kDenied;
    if (const CertaintyLevel* known = cells_.catalogue().FindCertainty(*term)) level.rank = known->rank;
    it = levels_.emplace(value, std::move(level)).first;
  }
  AppendPart(it->second.name, name);
  record->denied |= it->second.denied;
  if (it->second.rank.has_value()) record->rank = std::max(record->rank, *it->second.rank);
  return absl::OkStatus();
}

absl::Status ClaimReader::AddAnnotation(TermId property, TermId value, Draft* draft) {
  DOSSIER_ASSIGN_OR_RETURN(const Part part, PartOf(property));
  AnswerClaim& claim = draft->record.claim;
  switch (part) {
    case Part::kOther: return absl::OkStatus();
    case Part::kParagraph:
    case Part::kSentence:
    case Part::kNote:
    case Part::kWhen: return AddText(part, value, &draft->record);
    case Part::kCertainty: return AddLevel(value, &claim.certainty, &draft->record);
    case Part::kPolarity: return AddLevel(value, &claim.polarity, &draft->record);
    case Part::kArticle: {
      if (!articles_.contains(value)) DOSSIER_RETURN_IF_ERROR(ReadArticles({&value, 1}));
      draft->article = &articles_.at(value);
      draft->record.article = value;
      claim.article = draft->article->name;
      if (draft->article->published.has_value()) {
        claim.published = draft->article->published->text;
        draft->record.published = draft->article->published->range;
      }
      return absl::OkStatus();
    }
    default: break;
  }
  std::string* const target = part == Part::kWhere     ? &claim.where
                              : part == Part::kMeans   ? &claim.means
                              : part == Part::kSpeaker ? &claim.speaker
                              : part == Part::kUnit    ? &draft->unit
                                                       : &draft->bound;
  DOSSIER_ASSIGN_OR_RETURN(const std::string name, cells_.Name(value));
  AppendPart(name, target);
  if (part != Part::kUnit && part != Part::kBound) return absl::OkStatus();
  DOSSIER_ASSIGN_OR_RETURN(const Term* term, cells_.TermOf(value));
  if (part == Part::kUnit) {
    draft->unit_iri = *term;
  } else {
    draft->record.bound = term->value().substr(term->value().find_last_of("#/:") + 1);
  }
  return absl::OkStatus();
}

// What has a time for its object was then, if nothing else says when.
absl::Status ClaimReader::DateByObject(ClaimRecord* record) {
  if (record->time.has_value()) return absl::OkStatus();
  const std::optional<uint32_t> relation = cells_.catalogue().FindRelation(record->relation);
  if (!relation.has_value() || cells_.catalogue().relations()[*relation].role != ObjectRole::kTime) {
    return absl::OkStatus();
  }
  DOSSIER_ASSIGN_OR_RETURN(const Date* date, DateOf(record->object));
  record->time = date->range;
  if (record->claim.when.empty() && date->range.has_value()) record->claim.when = date->text;
  return absl::OkStatus();
}

// "more than 15,000 km" for a number with a bound and a unit.
void ClaimReader::NameQuantity(Draft* draft) {
  const Catalogue& catalogue = cells_.catalogue();
  AnswerCell& object = draft->record.claim.object;
  if (object.type != "number" && draft->bound.empty() && draft->unit.empty()) return;
  if (draft->unit.empty()) {
    if (const std::optional<uint32_t> relation = catalogue.FindRelation(draft->record.relation)) {
      draft->unit_iri = catalogue.relations()[*relation].unit;
      if (const UnitInfo* unit = catalogue.FindUnit(draft->unit_iri)) draft->unit = unit->label;
    }
  }
  double number = 0;
  if (absl::SimpleAtod(object.value.value(), &number)) {
    const UnitInfo* unit = catalogue.FindUnit(draft->unit_iri);
    draft->record.quantity = unit == nullptr ? number : number * unit->factor;
    if (unit != nullptr) draft->record.base_unit = unit->base;
    if (unit != nullptr && number == 1) draft->unit = unit->one;
  }
  if (number == 1 && !draft->bound.empty() && !draft->unit.empty()) {
    object.label = absl::StrCat(draft->bound, " ", WithArticle(draft->unit));  // "almost a day"
    return;
  }
  if (!draft->bound.empty()) object.label = absl::StrCat(draft->bound, " ", object.label);
  if (!draft->unit.empty()) absl::StrAppend(&object.label, " ", draft->unit);
}

absl::Status ClaimReader::Assemble(const ClaimOutline& outline) {
  Draft draft;
  ClaimRecord& record = draft.record;
  DOSSIER_ASSIGN_OR_RETURN(const Term* term, cells_.TermOf(outline.id));
  record.id = outline.id;
  record.claim.id = term->value();
  record.subject = outline.subject;
  record.relation = outline.relation;
  record.object = outline.object;
  if (!outline.relation.is_undefined()) {
    DOSSIER_ASSIGN_OR_RETURN(record.claim.subject, Cell(record.subject));
    DOSSIER_ASSIGN_OR_RETURN(record.claim.relation, Cell(record.relation));
    DOSSIER_ASSIGN_OR_RETURN(record.claim.object, Cell(record.object));
  }
  for (const auto& [property, value] : outline.annotations) {
    DOSSIER_RETURN_IF_ERROR(AddAnnotation(property, value, &draft));
  }
  if (record.claim.polarity.empty()) record.claim.polarity = "affirmed";
  NameQuantity(&draft);
  DOSSIER_RETURN_IF_ERROR(DateByObject(&record));
  if (sentences_ && record.claim.paragraph.has_value() && draft.article != nullptr &&
      !draft.article->term.value().empty()) {
    record.claim.text = sentences_(draft.article->term, *record.claim.paragraph, record.claim.sentence.value_or(0));
  }
  claims_.emplace(outline.id, std::move(record));
  return absl::OkStatus();
}

absl::Status ClaimReader::ReadSome(absl::Span<const ClaimOutline* const> claims) {
  DOSSIER_RETURN_IF_ERROR(PrefetchParts(claims));
  for (const ClaimOutline* claim : claims) DOSSIER_RETURN_IF_ERROR(Assemble(*claim));
  return absl::OkStatus();
}

absl::Status ClaimReader::ReadOutlined(absl::Span<const ClaimOutline* const> claims, const Cancellation& cancellation) {
  std::vector<const ClaimOutline*> some;
  for (size_t i = 0; i < claims.size(); ++i) {
    if (!claims_.contains(claims[i]->id)) some.push_back(claims[i]);
    if (some.size() < kClaimsAtOnce && i + 1 < claims.size()) continue;
    DOSSIER_RETURN_IF_ERROR(cancellation.Check());
    DOSSIER_RETURN_IF_ERROR(ReadSome(some));
    some.clear();
  }
  return absl::OkStatus();
}

absl::Status ClaimReader::ReadAll(std::vector<TermId> claims, const Cancellation& cancellation) {
  claims.erase(std::remove_if(claims.begin(), claims.end(), [this](TermId id) { return claims_.contains(id); }),
               claims.end());
  std::sort(claims.begin(), claims.end());
  claims.erase(std::unique(claims.begin(), claims.end()), claims.end());
  for (size_t begin = 0; begin < claims.size(); begin += kClaimsAtOnce) {
    DOSSIER_RETURN_IF_ERROR(cancellation.Check());
    const absl::Span<const TermId> ids = absl::MakeConstSpan(claims).subspan(begin, kClaimsAtOnce);
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<ClaimOutline> outlines, ReadOutlines(cells_.snapshot(), ids));
    std::vector<const ClaimOutline*> pointers;
    for (const ClaimOutline& outline : outlines) pointers.push_back(&outline);
    DOSSIER_RETURN_IF_ERROR(ReadSome(pointers));
  }
  return absl::OkStatus();
}

absl::StatusOr<const ClaimRecord*> ClaimReader::Read(TermId id) {
  auto it = claims_.find(id);
  if (it == claims_.end()) {
    DOSSIER_RETURN_IF_ERROR(ReadAll({id}, Cancellation()));
    it = claims_.find(id);
  }
  return &it->second;
}

absl::StatusOr<const ClaimRecord*> ClaimReader::ReadPlain(TermId subject, TermId relation, TermId object) {
  const std::tuple triple(subject, relation, object);
  if (const auto it = plain_.find(triple); it != plain_.end()) return &it->second;
  Draft draft;
  ClaimRecord& record = draft.record;
  record.subject = subject;
  record.relation = relation;
  record.object = object;
  DOSSIER_ASSIGN_OR_RETURN(record.claim.subject, Cell(subject));
  DOSSIER_ASSIGN_OR_RETURN(record.claim.relation, Cell(relation));
  DOSSIER_ASSIGN_OR_RETURN(record.claim.object, Cell(object));
  NameQuantity(&draft);
  DOSSIER_RETURN_IF_ERROR(DateByObject(&record));
  return &plain_.emplace(triple, std::move(record)).first->second;
}

}  // namespace dossier::ask
