#include "database/text_index.h"

#include <xapian.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/synchronization/mutex.h"
#include "base/status_macros.h"
#include "database/graph_reader.h"
#include "database/sentences.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

// Changes when the way of indexing does: an index with another one is made anew.
constexpr const char* kFormat = "1";
constexpr const char* kFormatKey = "format";
constexpr const char* kCommitKey = "commit";
constexpr const char* kLanguagesKey = "languages";
constexpr const char* kDefaultLanguage = "en";
constexpr Xapian::termcount kTitleWeight = 3;
constexpr size_t kSentencesShown = 3;

// The terms of an article that the index depends on; stored with its document, so that a change is seen.
struct ArticleIds {
  TermId article;
  TermId body;
  TermId title;
  TermId language;

  std::string Encode() const {
    const uint64_t bits[] = {article.bits(), body.bits(), title.bits(), language.bits()};
    return std::string(reinterpret_cast<const char*>(bits), sizeof(bits));
  }
  static ArticleIds Decode(const std::string& data) {
    uint64_t bits[4] = {};
    std::memcpy(bits, data.data(), std::min(data.size(), sizeof(bits)));
    return {TermId::FromBits(bits[0]), TermId::FromBits(bits[1]), TermId::FromBits(bits[2]), TermId::FromBits(bits[3])};
  }
  // The term by which the article's document is found.
  std::string Key() const { return absl::StrCat("Q", absl::Hex(article.bits())); }
};

Xapian::Stem StemmerOf(const std::string& language) {
  // "en-GB" is stemmed as "en"; languages without a stemmer are not stemmed.
  const std::string name = absl::AsciiStrToLower(language.substr(0, language.find_first_of("-_")));
  try {
    return Xapian::Stem(name);
  } catch (const Xapian::InvalidArgumentError&) {
    return Xapian::Stem("none");
  }
}

absl::StatusOr<std::string> ValueOf(const Snapshot& snapshot, TermId id) {
  if (id.is_undefined()) return std::string();
  DOSSIER_ASSIGN_OR_RETURN(const Term term, snapshot.GetTerm(id));
  return term.value();
}

absl::StatusOr<std::string> LanguageOf(const Snapshot& snapshot, const ArticleIds& ids) {
  DOSSIER_ASSIGN_OR_RETURN(std::string language, ValueOf(snapshot, ids.language));
  if (language.empty()) language = kDefaultLanguage;
  return language;
}

absl::StatusOr<std::string> FirstObject(const Snapshot& snapshot, TermId subject, absl::string_view predicate) {
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> objects, ObjectsOf(snapshot, subject, predicate));
  return ValueOf(snapshot, objects.empty() ? TermId() : objects.front());
}

// Letters and digits of any script.
bool IsWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return absl::ascii_isalnum(byte) || byte >= 0x80;
}

// Xapian tells its errors by exceptions; none leaves this file.
absl::Status Guarded(const std::function<absl::Status()>& work) {
  try {
    return work();
  } catch (const Xapian::QueryParserError& error) {
    return absl::InvalidArgumentError(absl::StrCat("the search cannot be understood: ", error.get_msg()));
  } catch (const Xapian::Error& error) {
    return absl::UnavailableError(absl::StrCat("the text index: ", error.get_msg()));
  } catch (const std::exception& error) {
    return absl::InternalError(absl::StrCat("the text index: ", error.what()));
  }
}

// Subject to first object, over all quads of a predicate.
absl::StatusOr<absl::flat_hash_map<TermId, TermId>> ReadPairs(const Snapshot& snapshot, absl::string_view predicate) {
  absl::flat_hash_map<TermId, TermId> pairs;
  DOSSIER_RETURN_IF_ERROR(ForEachPair(snapshot, predicate, [&pairs](TermId subject, TermId object, TermId) {
    pairs.try_emplace(subject, object);
    return absl::OkStatus();
  }));
  return pairs;
}

// Makes the documents of an index those of a snapshot. What has not changed is left alone.
class IndexUpdate {
 public:
  IndexUpdate(Xapian::WritableDatabase* index, const Snapshot& snapshot, const Cancellation& cancellation)
      : index_(*index), snapshot_(snapshot), cancellation_(cancellation) {}

  absl::Status Run() {
    DOSSIER_ASSIGN_OR_RETURN(const auto titles, ReadPairs(snapshot_, schema::kHeadline));
    DOSSIER_ASSIGN_OR_RETURN(const auto languages, ReadPairs(snapshot_, schema::kInLanguage));
    const auto find = [](const absl::flat_hash_map<TermId, TermId>& pairs, TermId subject) {
      const auto it = pairs.find(subject);
      return it == pairs.end() ? TermId() : it->second;
    };
    for (absl::string_view language : absl::StrSplit(index_.get_metadata(kLanguagesKey), ' ', absl::SkipEmpty())) {
      languages_.emplace(language);
    }
    DOSSIER_RETURN_IF_ERROR(ForEachPair(snapshot_, schema::kArticleBody, [&](TermId article, TermId body, TermId) {
      DOSSIER_RETURN_IF_ERROR(cancellation_.Check());
      if (!seen_.insert(article).second) return absl::OkStatus();
      return Put({article, body, find(titles, article), find(languages, article)});
    }));
    RemoveOthers();
    index_.set_metadata(kFormatKey, kFormat);
    index_.set_metadata(kCommitKey, absl::StrCat(snapshot_.commit()));
    index_.set_metadata(kLanguagesKey, absl::StrJoin(languages_, " "));
    index_.commit();
    return absl::OkStatus();
  }

 private:
  absl::Status Put(const ArticleIds& ids) {
    const std::string key = ids.Key();
    const Xapian::PostingIterator posting = index_.postlist_begin(key);
    if (posting != index_.postlist_end(key) && index_.get_document(*posting).get_data() == ids.Encode()) {
      return absl::OkStatus();
    }
    DOSSIER_ASSIGN_OR_RETURN(const std::string title, ValueOf(snapshot_, ids.title));
    DOSSIER_ASSIGN_OR_RETURN(const std::string body, ValueOf(snapshot_, ids.body));
    DOSSIER_ASSIGN_OR_RETURN(const std::string language, LanguageOf(snapshot_, ids));
    languages_.insert(language);
    Xapian::Document document;
    Xapian::TermGenerator generator;
    generator.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
    generator.set_stemmer(StemmerOf(language));
    generator.set_document(document);
    generator.index_text(title, kTitleWeight);
    generator.increase_termpos();
    generator.index_text(body);
    document.set_data(ids.Encode());
    document.add_boolean_term(key);
    index_.replace_document(key, document);
    return absl::OkStatus();
  }

  void RemoveOthers() {
    if (index_.get_doccount() == seen_.size()) return;
    std::vector<std::string> gone;
    for (auto it = index_.postlist_begin(""); it != index_.postlist_end(""); ++it) {
      const ArticleIds ids = ArticleIds::Decode(index_.get_document(*it).get_data());
      if (!seen_.contains(ids.article)) gone.push_back(ids.Key());
    }
    for (const std::string& key : gone) index_.delete_document(key);
  }

  Xapian::WritableDatabase& index_;
  const Snapshot& snapshot_;
  const Cancellation& cancellation_;
  absl::flat_hash_set<TermId> seen_;
  std::set<std::string> languages_;
};

// The sentences of `body` with most of the words in `terms`.
std::vector<SentenceHit> BestSentences(const std::string& body, const std::string& language,
                                       const std::set<std::string>& terms) {
  std::vector<std::pair<size_t, SentenceHit>> found;  // With the number of words.
  size_t most = 1;
  const std::vector<Paragraph> paragraphs = SplitParagraphs(body);
  for (size_t p = 0; p < paragraphs.size(); ++p) {
    for (size_t s = 0; s < paragraphs[p].sentences.size(); ++s) {
      const std::string text(paragraphs[p].sentences[s]);
      Xapian::Document document;
      Xapian::TermGenerator generator;
      generator.set_flags(Xapian::TermGenerator::FLAG_CJK_NGRAM);
      generator.set_stemmer(StemmerOf(language));
      generator.set_document(document);
      generator.index_text_without_positions(text);
      size_t count = 0;
      for (auto it = document.termlist_begin(); it != document.termlist_end(); ++it) count += terms.count(*it);
      most = std::max(most, count);
      if (count > 0) found.push_back({count, {p + 1, s + 1, text}});
    }
  }
  std::vector<SentenceHit> best;
  for (auto& [count, hit] : found) {
    if (count == most && best.size() < kSentencesShown) best.push_back(std::move(hit));
  }
  return best;
}

class XapianIndex : public TextIndex {
 public:
  explicit XapianIndex(std::string directory) : directory_(std::move(directory)) {}

  absl::StatusOr<std::vector<SearchHit>> Search(const Snapshot& snapshot, absl::string_view query, size_t limit,
                                                const Cancellation& cancellation) override {
    const absl::MutexLock lock(&mutex_);
    std::vector<SearchHit> hits;
    DOSSIER_RETURN_IF_ERROR(Prepare(snapshot, cancellation));
    absl::Status status = Guarded([&] { return Find(snapshot, std::string(query), limit, &hits); });
    if (absl::IsUnavailable(status)) {  // Damage that only reading has found.
      hits.clear();
      DOSSIER_RETURN_IF_ERROR(MakeAnew(snapshot, cancellation));
      status = Guarded([&] { return Find(snapshot, std::string(query), limit, &hits); });
    }
    DOSSIER_RETURN_IF_ERROR(status);
    return hits;
  }

 private:
  // Opens the index and brings it up to the snapshot.
  absl::Status Prepare(const Snapshot& snapshot, const Cancellation& cancellation)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    bool current = false;
    absl::Status status = Guarded([&]() -> absl::Status {
      if (!index_.has_value() && !directory_.empty() && std::filesystem::exists(directory_)) {
        index_.emplace(directory_);
      }
      DOSSIER_ASSIGN_OR_RETURN(current, IsCurrent(snapshot));
      return absl::OkStatus();
    });
    if (status.ok() && current) return status;
    if (status.ok() && index_.has_value() && !directory_.empty()) {
      status = Guarded([&] {
        Xapian::WritableDatabase index(directory_, Xapian::DB_CREATE_OR_OPEN);
        return Update(&index, snapshot, cancellation);
      });
      if (status.ok() || absl::IsCancelled(status) || absl::IsDeadlineExceeded(status)) return status;
    }
    return MakeAnew(snapshot, cancellation);
  }

  // On disk, or in memory when another process is writing the index, or it cannot be written at all.
  absl::Status MakeAnew(const Snapshot& snapshot, const Cancellation& cancellation)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    index_.reset();
    absl::Status status = absl::UnavailableError("");
    if (!directory_.empty()) {
      status = Guarded([&] {
        Xapian::WritableDatabase index(directory_, Xapian::DB_CREATE_OR_OVERWRITE);
        return Update(&index, snapshot, cancellation);
      });
      if (status.ok() || absl::IsCancelled(status) || absl::IsDeadlineExceeded(status)) return status;
    }
    return Guarded([&] {
      Xapian::WritableDatabase index("", Xapian::DB_BACKEND_INMEMORY);
      return Update(&index, snapshot, cancellation);
    });
  }

  absl::Status Update(Xapian::WritableDatabase* index, const Snapshot& snapshot, const Cancellation& cancellation)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    DOSSIER_RETURN_IF_ERROR(IndexUpdate(index, snapshot, cancellation).Run());
    index_.emplace(*index);
    return absl::OkStatus();
  }

  // Whether the index has all articles of the snapshot. It may be newer: Find() leaves out what the snapshot lacks.
  absl::StatusOr<bool> IsCurrent(const Snapshot& snapshot) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    uint64_t commit = 0;
    if (!index_.has_value() || index_->get_metadata(kFormatKey) != kFormat ||
        !absl::SimpleAtoi(index_->get_metadata(kCommitKey), &commit) || commit < snapshot.commit()) {
      return false;
    }
    if (commit > snapshot.commit()) return true;
    // The same commit of another store would have other articles.
    DOSSIER_ASSIGN_OR_RETURN(const uint64_t articles, CountSubjects(snapshot, schema::kArticleBody));
    return articles == index_->get_doccount();
  }

  // The query in every language of the index: their stems differ.
  Xapian::Query Parse(const std::string& text) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    Xapian::QueryParser parser;
    parser.set_database(*index_);
    parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
    Xapian::Query query;
    for (absl::string_view language : absl::StrSplit(index_->get_metadata(kLanguagesKey), ' ', absl::SkipEmpty())) {
      parser.set_stemmer(StemmerOf(std::string(language)));
      const Xapian::Query parsed =
          parser.parse_query(text, Xapian::QueryParser::FLAG_PHRASE | Xapian::QueryParser::FLAG_BOOLEAN |
                                       Xapian::QueryParser::FLAG_LOVEHATE | Xapian::QueryParser::FLAG_PURE_NOT |
                                       Xapian::QueryParser::FLAG_WILDCARD | Xapian::QueryParser::FLAG_CJK_NGRAM);
      query = query.empty() ? parsed : Xapian::Query(Xapian::Query::OP_MAX, query, parsed);
    }
    return query;
  }

  absl::Status Find(const Snapshot& snapshot, const std::string& text, size_t limit, std::vector<SearchHit>* hits)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (std::none_of(text.begin(), text.end(), [](char c) { return IsWordByte(c); })) {
      return absl::InvalidArgumentError("the search has no words");
    }
    // Xapian would look for the very words.
    const std::vector<absl::string_view> words = absl::StrSplit(text, absl::ByAnyChar(" \t\n"), absl::SkipEmpty());
    if (std::all_of(words.begin(), words.end(), [](absl::string_view word) { return word.front() == '-'; })) {
      return absl::InvalidArgumentError("the search only excludes words; name one that is to be found");
    }
    Xapian::Enquire enquire(*index_);
    enquire.set_query(Parse(text));
    const Xapian::MSet matches = enquire.get_mset(0, static_cast<Xapian::doccount>(limit));
    for (auto match = matches.begin(); match != matches.end(); ++match) {
      const ArticleIds ids = ArticleIds::Decode(match.get_document().get_data());
      DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> bodies,
                               ObjectsOf(snapshot, ids.article, schema::kArticleBody));
      if (std::find(bodies.begin(), bodies.end(), ids.body) == bodies.end()) continue;
      const std::set<std::string> terms(enquire.get_matching_terms_begin(match), enquire.get_matching_terms_end(match));
      DOSSIER_ASSIGN_OR_RETURN(SearchHit hit, Describe(snapshot, ids, terms));
      hit.score = match.get_weight();
      hits->push_back(std::move(hit));
    }
    return absl::OkStatus();
  }

  static absl::StatusOr<SearchHit> Describe(const Snapshot& snapshot, const ArticleIds& ids,
                                            const std::set<std::string>& terms) {
    SearchHit hit;
    DOSSIER_ASSIGN_OR_RETURN(hit.article, ValueOf(snapshot, ids.article));
    DOSSIER_ASSIGN_OR_RETURN(hit.title, ValueOf(snapshot, ids.title));
    DOSSIER_ASSIGN_OR_RETURN(hit.identifier, FirstObject(snapshot, ids.article, schema::kIdentifier));
    DOSSIER_ASSIGN_OR_RETURN(hit.published, FirstObject(snapshot, ids.article, schema::kDatePublished));
    if (hit.identifier.empty()) hit.identifier = hit.article;
    DOSSIER_ASSIGN_OR_RETURN(const std::string body, ValueOf(snapshot, ids.body));
    DOSSIER_ASSIGN_OR_RETURN(const std::string language, LanguageOf(snapshot, ids));
    hit.sentences = BestSentences(body, language, terms);
    return hit;
  }

  const std::string directory_;
  absl::Mutex mutex_;
  std::optional<Xapian::Database> index_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

std::unique_ptr<TextIndex> NewTextIndex(const std::string& directory) {
  return std::make_unique<XapianIndex>(directory);
}

}  // namespace dossier
