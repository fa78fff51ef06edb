// Names of entities: labels, aliases, identifiers of articles; the ends of IRIs where there are none.
#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "base/status_macros.h"
#include "query/ask/catalogue_builder.h"
#include "query/ask/local_name.h"
#include "rdf/inline_time_range.h"

namespace dossier::ask {
namespace {

// Beyond so many subjects and objects a store is not searched for entities that have no label at all.
constexpr uint64_t kMaximumUnlabelledNodes = 200'000;

constexpr absl::string_view kFoafName = "http://xmlns.com/foaf/0.1/name";
constexpr absl::string_view kDctermsTitle = "http://purl.org/dc/terms/title";

// The label that answers show is the first of these that an entity has; all of them, and the aliases, are names.
constexpr std::array<absl::string_view, 6> kLabelPredicates = {rdfs::kLabel, skos::kPrefLabel,  schema::kName,
                                                               kFoafName,    schema::kHeadline, kDctermsTitle};
constexpr std::array<absl::string_view, 2> kAliasPredicates = {skos::kAltLabel, schema::kAlternateName};

}  // namespace

absl::Status CatalogueBuilder::CollectLabels() {
  uint32_t rank = 0;
  for (absl::string_view predicate : kLabelPredicates) {
    DOSSIER_RETURN_IF_ERROR(graph_.ForEach(predicate, [&](TermId subject, TermId object) -> absl::Status {
      DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(object));
      if (!term.is_literal()) return absl::OkStatus();
      const bool preferred = term.language().empty() || absl::StartsWith(term.language(), "en");
      found_labels_.push_back({subject, rank + (preferred ? 0U : 1U), term.value()});
      return absl::OkStatus();
    }));
    rank += 2;
  }
  DOSSIER_RETURN_IF_ERROR(CollectUnlabelled());
  std::sort(found_labels_.begin(), found_labels_.end());
  for (const Label& label : found_labels_) {
    if (!catalogue_->entities_.empty() && catalogue_->entities_.back().id == label.id) continue;
    catalogue_->entities_.push_back(
        {label.id, static_cast<uint32_t>(catalogue_->labels_.size()), static_cast<uint32_t>(label.text.size())});
    absl::StrAppend(&catalogue_->labels_, label.text);
  }
  return absl::OkStatus();
}

// Plain RDF often has no labels: then the end of the IRI is the name.
absl::Status CatalogueBuilder::CollectUnlabelled() {
  const Statistics& statistics = graph_.snapshot().statistics();
  if (statistics.quads.distinct_subjects + statistics.quads.distinct_objects > kMaximumUnlabelledNodes) {
    return absl::OkStatus();
  }
  absl::flat_hash_set<TermId> known;
  for (const Label& label : found_labels_) known.insert(label.id);
  // Claims are not entities.
  DOSSIER_RETURN_IF_ERROR(graph_.ForEach(prov::kWasDerivedFrom, [&](TermId claim, TermId) {
    known.insert(claim);
    return absl::OkStatus();
  }));
  DOSSIER_RETURN_IF_ERROR(graph_.ForEach(vocab::kCertainty, [&](TermId claim, TermId) {
    known.insert(claim);
    return absl::OkStatus();
  }));
  ScanSpec spec;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, graph_.snapshot().Scan(spec));
  RowBlock block;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return absl::OkStatus();
    for (size_t row = 0; row < block.rows; ++row) {
      for (const size_t column : {0, 2}) {
        const TermId id = block.columns[column][row];
        if (id.tag() != TermTag::kIri || !known.insert(id).second) continue;
        DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(id));
        if (std::string name = LocalName(term); !name.empty()) found_labels_.push_back({id, 99, std::move(name)});
      }
    }
  }
}

absl::Status CatalogueBuilder::CollectNames() {
  const auto add = [&](TermId id, absl::string_view name) {
    const std::optional<uint32_t> index = not_entities_.contains(id) ? std::nullopt : EntityIndex(id);
    if (index.has_value()) catalogue_->names_.Add(PhraseKey(name), *index);
  };
  for (const Label& label : found_labels_) add(label.id, label.text);
  found_labels_.clear();
  for (absl::string_view predicate : kAliasPredicates) {
    DOSSIER_RETURN_IF_ERROR(graph_.ForEach(predicate, [&](TermId id, TermId name) -> absl::Status {
      DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(name));
      add(id, term.value());
      return absl::OkStatus();
    }));
  }
  return graph_.ForEach(vocab::kPrimaryName, [&](TermId id, TermId name) -> absl::Status {
    DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(name));
    add(id, term.value());
    catalogue_->primary_names_.emplace(PhraseKey(term.value()), id);
    return absl::OkStatus();
  });
}

// Reads the two predicates through, since there may be very many articles: asking for each one's would be much slower.
absl::Status CatalogueBuilder::CollectArticles() {
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> articles, Instances(schema::kArticle));
  const auto is_article = [&](TermId id) { return std::binary_search(articles.begin(), articles.end(), id); };
  DOSSIER_RETURN_IF_ERROR(graph_.ForEach(schema::kIdentifier, [&](TermId id, TermId identifier) -> absl::Status {
    const std::optional<uint32_t> index = is_article(id) ? EntityIndex(id) : std::nullopt;
    if (!index.has_value()) return absl::OkStatus();
    DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(identifier));
    if (term.is_literal()) catalogue_->names_.Add(PhraseKey(absl::StrCat("article ", term.value())), *index);
    return absl::OkStatus();
  }));
  std::optional<TimeRange>& newest = catalogue_->newest_article_;
  return graph_.ForEach(schema::kDatePublished, [&](TermId id, TermId date) -> absl::Status {
    const std::optional<Moments> moments = MomentsOf(date);
    const bool older = moments.has_value() && newest.has_value() && moments->end <= newest->end;
    if (older || !is_article(id)) return absl::OkStatus();
    DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(date));
    const std::optional<TimeRange> range = TimeRangeOf(term);
    if (range.has_value() && !range->open_end && (!newest.has_value() || newest->end < range->end)) newest = range;
    return absl::OkStatus();
  });
}

}  // namespace dossier::ask
