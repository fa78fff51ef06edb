#include "bench/news_generator.h"

#include <algorithm>
#include <array>
#include <random>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "rdf/vocabulary.h"

namespace dossier::bench {
namespace {

constexpr absl::string_view kNamespace = "http://example.org/news/";
constexpr uint64_t kClaimsPerArticle = 6;
constexpr absl::CivilDay kFirstDay(2003, 1, 1);
constexpr int64_t kDays = 7'670;  // To the end of 2023.

constexpr std::array<absl::string_view, 32> kSyllables = {
    "ba", "ce", "di", "fo", "gu",  "ha",  "je",  "ki",  "lo",  "mu",  "na",  "pe",  "ri",  "so",  "tu",  "va",
    "we", "xi", "yo", "zu", "bra", "cle", "dri", "flo", "gru", "kha", "mne", "pri", "sto", "tru", "sha", "che"};

// A word for each number below 32768, no two alike.
std::string Word(uint64_t number) {
  std::string word;
  for (int i = 0; i < 3; ++i, number /= kSyllables.size())
    absl::StrAppend(&word, kSyllables[number % kSyllables.size()]);
  word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

struct RelationWords {
  absl::string_view name;
  absl::string_view past;
  absl::string_view participle;
  absl::string_view gerund;
  absl::string_view domain;
  absl::string_view range;
};
constexpr absl::string_view kActor = "urn:dossier:vocabulary:Actor";
constexpr absl::string_view kPerson = "https://schema.org/Person";
constexpr absl::string_view kOrganisation = "https://schema.org/Organization";
constexpr absl::string_view kPlace = "https://schema.org/Place";
constexpr absl::string_view kCity = "https://schema.org/City";
constexpr absl::string_view kCountry = "https://schema.org/Country";
constexpr absl::string_view kStatement = "urn:dossier:vocabulary:Statement";
constexpr std::array<RelationWords, 8> kRelations = {{
    {"meet", "met", "met", "meeting", kPerson, kPerson},
    {"visit", "visited", "visited", "visiting", kActor, kPlace},
    {"accompany", "accompanied", "accompanied", "accompanying", kPerson, kPerson},
    {"say", "said", "said", "saying", kActor, kStatement},
    {"warn", "warned", "warned", "warning", kActor, kActor},
    {"supply", "supplied", "supplied", "supplying", kActor, kActor},
    {"lead", "led", "led", "leading", kPerson, kCountry},
    {"join", "joined", "joined", "joining", kPerson, kOrganisation},
}};

class News {
 public:
  News(const NewsOptions& options, QuadSink sink)
      : sink_(sink), claims_(options.claims), size_(SizeOfNews(options.claims)), random_(options.seed) {}

  absl::Status Run() {
    for (const RelationWords& words : kRelations) AddRelation(words);
    AddEntities();
    const uint64_t articles = (claims_ + kClaimsPerArticle - 1) / kClaimsPerArticle;
    for (uint64_t article = 0; article < articles && status_.ok(); ++article) {
      // The newer the year, the more is written.
      const auto day = static_cast<int64_t>(std::max(Below(kDays), Below(kDays)));
      AddArticle(article, kFirstDay + day);
      const uint64_t first = article * kClaimsPerArticle;
      for (uint64_t i = first; i < std::min(first + kClaimsPerArticle, claims_); ++i) {
        AddClaim(i, article, kFirstDay + day);
      }
    }
    return status_;
  }

 private:
  // 0 to limit - 1. The library's distributions differ from machine to machine; this does not.
  uint64_t Below(uint64_t limit) { return random_() % limit; }
  bool Chance(uint64_t percent) { return Below(100) < percent; }
  // Few are in the news often, most rarely.
  uint64_t SkewedBelow(uint64_t limit) { return Below(Below(Below(limit) + 1) + 1); }

  static Term Iri(absl::string_view iri) { return Term::Iri(std::string(iri)); }
  static Term Own(absl::string_view name) { return Term::Iri(absl::StrCat(vocab::kPrefix, name)); }
  static Term Entity(absl::string_view kind, uint64_t number) {
    return Term::Iri(absl::StrCat(kNamespace, kind, "/", number));
  }
  static Term English(std::string text) { return Term::LanguageTagged(std::move(text), "en"); }
  static Term Number(uint64_t number) { return Term::Typed(absl::StrCat(number), std::string(xsd::kInteger)); }
  static Term Date(absl::CivilDay day) { return Term::Typed(absl::FormatCivilTime(day), std::string(xsd::kDate)); }

  void Say(Term subject, absl::string_view predicate, Term object) {
    if (status_.ok()) status_ = sink_(Quad{std::move(subject), Iri(predicate), std::move(object), std::nullopt});
  }

  void AddRelation(const RelationWords& words) {
    const Term iri = Term::Iri(absl::StrCat(kNamespace, words.name));
    const Term verb = Term::Iri(absl::StrCat(kNamespace, words.name, "/verb"));
    Say(iri, rdf::kType, Iri(vocab::kRelation));
    Say(iri, rdfs::kLabel, English(std::string(words.name)));
    Say(iri, rdfs::kDomain, Iri(words.domain));
    Say(iri, rdfs::kRange, Iri(words.range));
    if (words.name == "meet") Say(iri, rdf::kType, Iri(owl::kSymmetricProperty));
    if (words.name == "lead") Say(iri, rdf::kType, Iri(owl::kFunctionalProperty));
    if (words.range == kPlace) Say(iri, vocab::kObjectRole, Own("place"));
    if (words.range == kStatement) Say(iri, vocab::kObjectRole, Own("statement"));
    Say(iri, vocab::kVerb, verb);
    for (const auto& [form, text] :
         {std::pair(vocab::kBase, words.name), std::pair(vocab::kPast, words.past),
          std::pair(vocab::kParticiple, words.participle), std::pair(vocab::kGerund, words.gerund)}) {
      Say(verb, form, English(std::string(text)));
    }
  }

  void AddEntity(const Term& entity, absl::string_view type, std::string label) {
    Say(entity, rdf::kType, Iri(type));
    Say(entity, rdfs::kLabel, English(std::move(label)));
  }

  void AddEntities() {
    const Term part_of = Term::Iri(absl::StrCat(kNamespace, "partOf"));
    Say(part_of, rdf::kType, Iri(vocab::kRelation));
    Say(part_of, rdf::kType, Iri(owl::kTransitiveProperty));
    Say(part_of, rdfs::kLabel, English("be part of"));
    Say(part_of, vocab::kObjectRole, Own("place"));
    for (uint64_t i = 0; i < size_.countries && status_.ok(); ++i)
      AddEntity(Entity("country", i), kCountry, CountryName(i));
    for (uint64_t i = 0; i < size_.cities && status_.ok(); ++i) {
      AddEntity(Entity("city", i), kCity, CityName(i));
      Say(Entity("city", i), part_of.value(), Entity("country", CountryOf(i)));
    }
    for (uint64_t i = 0; i < size_.organisations && status_.ok(); ++i) {
      AddEntity(Entity("organisation", i), kOrganisation, OrganisationName(i));
    }
    for (uint64_t i = 0; i < size_.people && status_.ok(); ++i) {
      const std::string name = PersonName(i);
      AddEntity(Entity("person", i), kPerson, name);
      Say(Entity("person", i), skos::kAltLabel, English(name.substr(name.find(' ') + 1)));
    }
    for (uint64_t i = 0; i < size_.statements && status_.ok(); ++i) {
      AddEntity(Entity("statement", i), kStatement,
                absl::StrCat(CountryName(i % size_.countries), " will ", kRelations[i % 3].name, " ", Word(i % 32'768),
                             " about ", Word(i * 31 % 32'768), " ", i));
    }
  }

  uint64_t CountryOf(uint64_t city) const { return city % size_.countries; }

  void AddArticle(uint64_t number, absl::CivilDay day) {
    const Term article = Entity("article", number);
    AddEntity(article, schema::kArticle, absl::StrCat("article ", number));
    Say(article, schema::kIdentifier, Term::String(absl::StrCat(number)));
    Say(article, schema::kDatePublished, Date(day));
    Say(article, schema::kPublisher, Entity("organisation", SkewedBelow(size_.organisations)));
  }

  // Most things happened in the days before they are told; of some only the month or the year is known.
  Term When(absl::CivilDay told) {
    const absl::CivilDay day = told - static_cast<int64_t>(Chance(80) ? Below(4) : SkewedBelow(1'000));
    const uint64_t kind = Below(100);
    if (kind < 85) return Date(day);
    const std::string text = absl::FormatCivilTime(day);
    return Term::Typed(text.substr(0, kind < 95 ? 7 : 4), std::string(edtf::kEdtf));
  }

  void AddClaim(uint64_t number, uint64_t article, absl::CivilDay told) {
    const RelationWords& words = kRelations[std::min<uint64_t>(SkewedBelow(12), kRelations.size() - 1)];
    const Term subject = words.domain == kActor && Chance(30) ? Entity("country", SkewedBelow(size_.countries))
                                                              : Entity("person", SkewedBelow(size_.people));
    const uint64_t city = SkewedBelow(size_.cities);
    const Term object = words.range == kPerson  ? Entity("person", SkewedBelow(size_.people))
                        : words.range == kPlace ? Chance(60) ? Entity("city", city) : Entity("country", CountryOf(city))
                        : words.range == kStatement    ? Entity("statement", Below(size_.statements))
                        : words.range == kOrganisation ? Entity("organisation", SkewedBelow(size_.organisations))
                                                       : Entity("country", SkewedBelow(size_.countries));
    const Term relation = Term::Iri(absl::StrCat(kNamespace, words.name));
    const Term claim = Entity("claim", number);
    constexpr std::array<absl::string_view, 6> kLevels = {"confirmed", "reported", "believed",
                                                          "likely",    "possible", "planned"};
    const uint64_t level = SkewedBelow(kLevels.size());
    const bool denied = Chance(3);
    if (level < 2 && !denied) Say(subject, relation.value(), object);
    Say(claim, rdf::kReifies, Term::TripleTerm({subject, relation, object}));
    Say(claim, vocab::kWhen, When(told));
    if (words.range == kPerson) Say(claim, vocab::kWhere, Entity("city", city));
    Say(claim, vocab::kCertainty, Own(kLevels[level]));
    if (denied) Say(claim, vocab::kPolarity, Iri(vocab::kDenied));
    if (level == 1) Say(claim, prov::kWasAttributedTo, Entity("organisation", SkewedBelow(size_.organisations)));
    Say(claim, prov::kWasDerivedFrom, Entity("article", article));
    Say(claim, vocab::kParagraph, Number(1 + Below(20)));
    Say(claim, vocab::kSentence, Number(1 + Below(4)));
  }

  const QuadSink sink_;
  const uint64_t claims_;
  const NewsSize size_;
  std::mt19937_64 random_;
  absl::Status status_;
};

}  // namespace

NewsSize SizeOfNews(uint64_t claims) {
  NewsSize size;
  size.people = std::clamp<uint64_t>(claims / 100, 50, 1'000'000);
  size.organisations = std::clamp<uint64_t>(claims / 5'000, 10, 4'000);
  size.cities = std::clamp<uint64_t>(claims / 1'000, 20, 30'000);
  size.countries = std::clamp<uint64_t>(claims / 10'000, 5, 200);
  size.statements = std::clamp<uint64_t>(claims / 50, 10, 1'000'000);
  return size;
}

std::string PersonName(uint64_t number) {
  // Given names are few and shared, family names many; together they tell people apart.
  return absl::StrCat(Word(number % 997), " ", Word(number / 997 + 1'000 + number % 20'000));
}

std::string OrganisationName(uint64_t number) { return absl::StrCat(Word(number * 7 + 5), " Agency"); }

std::string CityName(uint64_t number) { return absl::StrCat(Word(number), "ville"); }

std::string CountryName(uint64_t number) { return absl::StrCat(Word(number * 13 + 3), "land"); }

absl::Status GenerateNews(const NewsOptions& options, QuadSink sink) { return News(options, sink).Run(); }

}  // namespace dossier::bench
