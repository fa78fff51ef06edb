#include "bench/triple_generator.h"

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "base/status_macros.h"
#include "rdf/vocabulary.h"

namespace dossier::bench {
namespace {

constexpr absl::string_view kNamespace = "http://example.org/shop/";
constexpr uint64_t kTriplesPerUser = 105;  // About, with all that a user's share of the shop brings along.
constexpr std::array<absl::string_view, 24> kSyllables = {"ka",  "lo",  "mi",  "ren", "tas", "vo",   "shu",  "del",
                                                          "far", "gim", "hol", "jan", "nor", "pel",  "qui",  "sar",
                                                          "tem", "ull", "wex", "yon", "zab", "brin", "cres", "dru"};

class Shop {
 public:
  Shop(const GeneratorOptions& options, QuadSink sink)
      : sink_(sink),
        wanted_(options.triples),
        random_(options.seed),
        users_(std::max<uint64_t>(options.triples / kTriplesPerUser, 10)) {}

  absl::Status Run() {
    for (uint64_t user = 0; !done(); ++user) {
      AddUser(user);
      AddPurchases(user);
      AddReviews(user);
      AddOffers(user);
      if (user % 4 == 0) AddProduct(user / 4);
      if (user % 80 == 0) AddRetailer(user / 80);
    }
    return status_;
  }

 private:
  bool done() const { return made_ == wanted_ || !status_.ok(); }

  // 0 to limit - 1. The library's distributions differ from machine to machine; this does not.
  uint64_t Below(uint64_t limit) { return random_() % limit; }
  bool Chance(uint64_t percent) { return Below(100) < percent; }
  // Small numbers are more likely.
  uint64_t SkewedBelow(uint64_t limit) { return Below(Below(limit) + 1); }

  std::string Word() {
    std::string word;
    for (uint64_t i = 2 + Below(2); i > 0; --i) absl::StrAppend(&word, kSyllables[Below(kSyllables.size())]);
    return word;
  }
  std::string Text(uint64_t words) {
    std::string text = Word();
    for (uint64_t i = 1; i < words; ++i) absl::StrAppend(&text, " ", Word());
    return text;
  }

  static Term Entity(absl::string_view kind, uint64_t number) {
    return Term::Iri(absl::StrCat(kNamespace, kind, number));
  }
  static Term Typed(std::string lexical, absl::string_view datatype) {
    return Term::Typed(std::move(lexical), std::string(datatype));
  }
  Term Number(uint64_t limit) { return Typed(absl::StrCat(Below(limit)), xsd::kInteger); }
  Term Price() { return Typed(absl::StrCat(1 + Below(999), ".", 1 + Below(9)), xsd::kDecimal); }
  Term Date() {
    return Typed(absl::StrFormat("%04d-%02d-%02d", 1950 + Below(74), 1 + Below(12), 1 + Below(28)), xsd::kDate);
  }

  void Begin(Term subject) {
    subject_ = std::move(subject);
    said_.clear();
  }

  // Drops what was said of the subject already, and everything when there is enough.
  void Say(absl::string_view property, Term object) {
    if (done()) return;
    Term predicate = property == "type" ? Term::Iri(std::string(rdf::kType))
                                        : Term::Iri(absl::StrCat(kNamespace, "property/", property));
    if (!said_.insert(std::make_pair(std::string(property), object)).second) return;
    status_ = sink_(Quad{subject_, std::move(predicate), std::move(object), std::nullopt});
    ++made_;
  }
  void SayPerhaps(uint64_t percent, absl::string_view property, Term object) {
    if (Chance(percent)) Say(property, std::move(object));
  }

  void AddUser(uint64_t user) {
    Begin(Entity("User", user));
    Say("type", Entity("Role", Below(3)));
    Say("userId", Number(10'000'000));
    SayPerhaps(90, "email", Term::String(absl::StrCat(Word(), ".", Word(), "@", Word(), ".example")));
    SayPerhaps(70, "givenName", Term::String(Word()));
    SayPerhaps(70, "familyName", Term::String(Word()));
    SayPerhaps(60, "gender", Entity("Gender", Below(2)));
    SayPerhaps(50, "age", Entity("AgeGroup", Below(9)));
    SayPerhaps(40, "location", Entity("City", SkewedBelow(240)));
    SayPerhaps(20, "nationality", Entity("Country", SkewedBelow(25)));
    SayPerhaps(20, "birthDate", Date());
    SayPerhaps(6, "telephone", Term::String(absl::StrCat(1'000'000 + Below(9'000'000))));
    SayPerhaps(5, "jobTitle", Term::String(Text(1 + Below(12))));
    for (uint64_t i = Below(4); i > 0; --i) Say("subscribes", Entity("Website", SkewedBelow(users_ / 20 + 1)));
    for (uint64_t i = Below(3); i > 0; --i) Say("likes", Entity("Product", SkewedBelow(users_ / 4 + 1)));
    if (Chance(45)) {
      for (uint64_t i = Below(200); i > 0; --i) Say("friendOf", Entity("User", Below(users_)));
    }
    if (Chance(80)) {
      for (uint64_t i = Below(84); i > 0; --i) Say("follows", Entity("User", SkewedBelow(users_)));
    }
    for (uint64_t i = 0; i < PurchasesOf(user); ++i) Say("makesPurchase", Entity("Purchase", user * 3 + i));
  }

  static uint64_t PurchasesOf(uint64_t user) { return user % 4; }

  void AddPurchases(uint64_t user) {
    for (uint64_t i = 0; i < PurchasesOf(user); ++i) {
      Begin(Entity("Purchase", user * 3 + i));
      Say("purchaseFor", Entity("Product", SkewedBelow(users_ / 4 + 1)));
      SayPerhaps(30, "purchaseDate", Date());
      SayPerhaps(30, "price", Price());
    }
  }

  void AddReviews(uint64_t user) {
    for (uint64_t i = Below(4); i > 0; --i) {
      const Term review = Entity("Review", user * 4 + i);
      const Term product = Entity("Product", SkewedBelow(users_ / 4 + 1));
      Begin(product);
      Say("hasReview", review);
      Begin(review);
      Say("type", Entity("Class", 1));
      Say("reviewer", Entity("User", Below(users_)));
      Say("rating", Number(10));
      SayPerhaps(70, "text", Term::LanguageTagged(Text(5 + Below(30)), "en"));
      SayPerhaps(30, "title", Term::String(Text(2 + Below(6))));
      SayPerhaps(5, "totalVotes", Number(500));
    }
  }

  void AddOffers(uint64_t user) {
    if (!Chance(90)) return;
    const Term offer = Entity("Offer", user);
    Begin(Entity("Retailer", SkewedBelow(users_ / 80 + 1)));
    Say("offers", offer);
    Begin(offer);
    Say("includes", Entity("Product", SkewedBelow(users_ / 4 + 1)));
    Say("price", Price());
    Say("serialNumber", Number(100'000'000));
    Say("eligibleQuantity", Number(10));
    for (uint64_t i = Below(4); i > 0; --i) Say("eligibleRegion", Entity("Country", Below(25)));
    SayPerhaps(40, "validThrough", Date());
    SayPerhaps(40, "validFrom", Date());
    SayPerhaps(20, "priceValidUntil", Date());
  }

  void AddProduct(uint64_t product) {
    Begin(Entity("Product", product));
    Say("type", Entity("Category", SkewedBelow(15)));
    Say("name", Term::LanguageTagged(Text(1 + Below(4)), "en"));
    for (uint64_t i = 1 + Below(10); i > 0; --i) Say("tag", Entity("Topic", SkewedBelow(250)));
    for (uint64_t i = Below(5); i > 0; --i) Say("genre", Entity("Genre", Below(145)));
    SayPerhaps(60, "description", Term::LanguageTagged(Text(10 + Below(40)), "en"));
    SayPerhaps(30, "keywords", Term::String(Text(3)));
    SayPerhaps(30, "contentRating", Number(18));
    SayPerhaps(20, "actor", Entity("User", Below(users_)));
    SayPerhaps(20, "author", Entity("User", Below(users_)));
    SayPerhaps(10, "language", Entity("Language", Below(25)));
    SayPerhaps(5, "numberOfPages", Number(1'000));
  }

  void AddRetailer(uint64_t retailer) {
    Begin(Entity("Retailer", retailer));
    Say("legalName", Term::String(Text(2)));
    Say("location", Entity("City", SkewedBelow(240)));
    SayPerhaps(50, "homepage", Entity("Website", Below(users_ / 20 + 1)));
    SayPerhaps(50, "openingHours", Term::String(absl::StrCat(6 + Below(5), " to ", 16 + Below(7))));
    SayPerhaps(30, "employee", Entity("User", Below(users_)));
  }

  const QuadSink sink_;
  const uint64_t wanted_;
  std::mt19937_64 random_;
  const uint64_t users_;
  uint64_t made_ = 0;
  absl::Status status_;
  Term subject_;
  absl::flat_hash_set<std::pair<std::string, Term>> said_;  // Of the subject.
};

}  // namespace

absl::Status GenerateTriples(const GeneratorOptions& options, QuadSink sink) { return Shop(options, sink).Run(); }

}  // namespace dossier::bench
