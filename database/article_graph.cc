#include "database/article_graph.h"

#include <optional>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "database/graph_reader.h"
#include "rdf/date_time.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

constexpr absl::string_view kArticlePrefix = "urn:dossier:article:";
constexpr absl::string_view kAgentPrefix = "urn:dossier:agent:";
constexpr absl::string_view kOrganization = "https://schema.org/Organization";
constexpr absl::string_view kByteOrderMark = "\ufeff";

Term Known(absl::string_view iri) { return Term::Iri(std::string(iri)); }

// `prefix` and `name`, with everything but letters, digits, "-", "_", "." and what is beyond ASCII percent-encoded.
Term MintIri(absl::string_view prefix, absl::string_view name) {
  std::string iri(prefix);
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || c == '-' || c == '_' || c == '.' || byte >= 0x80) {
      iri.push_back(c);
    } else {
      absl::StrAppend(&iri, "%", absl::Hex(byte, absl::kZeroPad2));
    }
  }
  return Term::Iri(std::move(iri));
}

Term DateTerm(const std::string& text) {
  const auto type = [&text]() -> absl::string_view {
    if (ParseDate(text).has_value()) return xsd::kDate;
    if (ParseDateTime(text).has_value()) return xsd::kDateTime;
    if (ParseGYearMonth(text).has_value()) return xsd::kGYearMonth;
    if (ParseGYear(text).has_value()) return xsd::kGYear;
    return edtf::kEdtf;
  };
  return Term::Typed(text, std::string(type()));
}

bool IsLetterOrDigit(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return absl::ascii_isalnum(byte) || byte >= 0x80;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ArticleGraph>> ArticleGraph::Make(std::shared_ptr<const Snapshot> snapshot) {
  auto graph = std::unique_ptr<ArticleGraph>(new ArticleGraph(snapshot));
  TermId last_subject;
  TermId last_object;
  DOSSIER_RETURN_IF_ERROR(ForEachPair(*snapshot, schema::kIdentifier, [&](TermId subject, TermId object, TermId) {
    // The same statement in several graphs is one.
    if (subject == last_subject && object == last_object) return absl::OkStatus();
    last_subject = subject;
    last_object = object;
    absl::StatusOr<Term> article = snapshot->GetTerm(subject);
    absl::StatusOr<Term> identifier = snapshot->GetTerm(object);
    DOSSIER_RETURN_IF_ERROR(article.status());
    DOSSIER_RETURN_IF_ERROR(identifier.status());
    graph->articles_[identifier->value()].push_back(*std::move(article));
    return absl::OkStatus();
  }));
  return graph;
}

absl::StatusOr<Term> ArticleGraph::FindByFileName(absl::string_view name) const {
  for (size_t size = name.size(); size > 0; --size) {
    if (size < name.size() && IsLetterOrDigit(name[size])) continue;
    const auto it = articles_.find(name.substr(0, size));
    if (it == articles_.end()) continue;
    if (it->second.size() > 1) {
      return absl::FailedPreconditionError(
          absl::StrCat(it->second.size(), " articles have the identifier \"", it->first, "\""));
    }
    return it->second.front();
  }
  return absl::NotFoundError("no article of the store has an identifier that the file's name begins with");
}

absl::Status ArticleGraph::AddText(const Term& article, absl::string_view text, std::vector<Quad>* assertions,
                                   std::vector<Quad>* retractions) {
  absl::ConsumePrefix(&text, kByteOrderMark);
  const Term body = Term::String(absl::StrReplaceAll(text, {{"\r\n", "\n"}}));
  const size_t hash = absl::HashOf(body);
  if (const auto [it, is_new] = texts_.try_emplace(article, hash); !is_new && it->second != hash) {
    return absl::FailedPreconditionError("another text of the same article was read before this one");
  }
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, snapshot_->FindTerm(article));
  if (id.has_value()) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> old_bodies, ObjectsOf(*snapshot_, *id, schema::kArticleBody));
    for (const TermId old_id : old_bodies) {
      DOSSIER_ASSIGN_OR_RETURN(Term old_body, snapshot_->GetTerm(old_id));
      if (old_body == body) continue;
      retractions->push_back({article, Known(schema::kArticleBody), std::move(old_body), std::nullopt});
    }
  }
  assertions->push_back({article, Known(schema::kArticleBody), body, std::nullopt});
  return absl::OkStatus();
}

absl::Status ArticleGraph::AddRecord(const ArticleRecord& record, std::vector<Quad>* assertions,
                                     std::vector<Quad>* retractions) {
  std::vector<Term>& known = articles_[record.id];
  if (known.size() > 1) {
    return absl::FailedPreconditionError(absl::StrCat(known.size(), " articles have the id \"", record.id, "\""));
  }
  if (known.empty()) known.push_back(MintIri(kArticlePrefix, record.id));
  const Term article = known.front();
  const auto add = [&article, assertions](absl::string_view predicate, Term object) {
    assertions->push_back({article, Known(predicate), std::move(object), std::nullopt});
  };
  add(rdf::kType, Known(schema::kArticle));
  add(schema::kIdentifier, Term::String(record.id));
  if (!record.title.empty()) add(schema::kHeadline, Term::String(record.title));
  if (!record.url.empty()) add(schema::kUrl, Term::Typed(record.url, std::string(xsd::kAnyUri)));
  if (!record.published.empty()) add(schema::kDatePublished, DateTerm(record.published));
  if (!record.language.empty()) add(schema::kInLanguage, Term::String(record.language));
  if (!record.publisher.empty()) {
    DOSSIER_ASSIGN_OR_RETURN(Term publisher, FindAgent(record.publisher, kOrganization, assertions));
    add(schema::kPublisher, std::move(publisher));
  }
  for (const std::string& name : record.authors) {
    DOSSIER_ASSIGN_OR_RETURN(Term author, FindAgent(name, "", assertions));
    add(schema::kAuthor, std::move(author));
  }
  return AddText(article, record.text, assertions, retractions);
}

absl::StatusOr<Term> ArticleGraph::FindAgent(const std::string& name, absl::string_view type,
                                             std::vector<Quad>* assertions) {
  const auto [it, is_new] = agents_.try_emplace(name);
  if (!is_new) return it->second;
  std::vector<TermId> labelled;
  for (const Term& label : {Term::String(name), Term::LanguageTagged(name, "en")}) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> found, SubjectsOf(*snapshot_, rdfs::kLabel, label));
    labelled.insert(labelled.end(), found.begin(), found.end());
  }
  if (labelled.size() == 1) {
    DOSSIER_ASSIGN_OR_RETURN(it->second, snapshot_->GetTerm(labelled.front()));
    return it->second;
  }
  it->second = MintIri(kAgentPrefix, name);
  assertions->push_back({it->second, Known(rdfs::kLabel), Term::String(name), std::nullopt});
  if (!type.empty()) assertions->push_back({it->second, Known(rdf::kType), Known(type), std::nullopt});
  return it->second;
}

}  // namespace dossier
