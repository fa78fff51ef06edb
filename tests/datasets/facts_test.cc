// The dataset of Kim's journey to Russia and the vocabulary hold what they set out to hold.
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "base/diagnostic.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rdf/reader.h"
#include "rdf/vocabulary.h"
#include "tests/datasets/dataset_graph.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr absl::string_view kClaims = "urn:dossier:kim-russia-2023:claim:";

Term Kim(absl::string_view name) { return Term::Iri(absl::StrCat("urn:dossier:kim-russia-2023:", name)); }
Term Dossier(absl::string_view name) { return Term::Iri(absl::StrCat(vocab::kPrefix, name)); }

// Read once for all tests.
const DatasetGraph& ReadKim() {
  static const absl::StatusOr<DatasetGraph>& graph =
      *new absl::StatusOr<DatasetGraph>(DatasetGraph::Read("kim-russia-2023"));
  static const DatasetGraph& empty = *new DatasetGraph;
  if (!graph.ok()) ADD_FAILURE() << RenderError(graph.status());
  return graph.ok() ? *graph : empty;
}

TEST(KimRussia2023, StatesEveryFactOfTheInventory) {
  const DatasetGraph& graph = ReadKim();
  std::set<std::string> facts;
  for (const Claim& claim : graph.claims()) {
    absl::string_view id = claim.id.value();
    ASSERT_TRUE(absl::ConsumePrefix(&id, kClaims)) << claim.id.value();
    facts.insert(std::string(id.substr(0, id.find('-'))));
  }
  for (int number = 1; number <= 287; ++number) {
    EXPECT_TRUE(facts.count(absl::StrFormat("F%03d", number))) << number;
  }
}

TEST(KimRussia2023, CarriesArticleParagraphAndSentenceInTheNamesOfClaims) {
  const DatasetGraph& graph = ReadKim();
  for (const Claim& claim : graph.claims()) {
    const Term article = graph.Objects(claim.id, prov::kWasDerivedFrom)[0];
    const std::string place = absl::StrCat("-", graph.Objects(article, schema::kIdentifier)[0].value(), "-",
                                           graph.Objects(claim.id, vocab::kParagraph)[0].value(), ".",
                                           graph.Objects(claim.id, vocab::kSentence)[0].value());
    absl::string_view id = claim.id.value();
    const size_t at = id.find(place);
    ASSERT_NE(at, absl::string_view::npos) << claim.id.value() << " is not from " << place;
    const absl::string_view rest = id.substr(at + place.size());
    EXPECT_TRUE(rest.empty() || rest[0] == '-') << claim.id.value();
  }
}

TEST(KimRussia2023, CountsTenTripsAbroad) {
  const DatasetGraph& graph = ReadKim();
  std::multiset<std::string> trips;
  std::set<std::string> seen;
  for (const Claim& claim : graph.claims()) {
    if (claim.triple.predicate != Kim("tripTo") || claim.triple.subject != Kim("KimJongUn")) continue;
    if (!graph.triples().count(claim.triple)) continue;
    const std::string when = graph.Objects(claim.id, vocab::kWhen)[0].value();
    // Vaguer dates of a trip that another claim dates to the day.
    if (claim.triple.object == Kim("Vladivostok") && when != "2019-04-24") continue;
    if (seen.insert(absl::StrCat(claim.triple.object.value(), when)).second) trips.insert(when.substr(0, 4));
  }
  EXPECT_EQ(trips.count("2018"), 5u);
  EXPECT_EQ(trips.count("2019"), 4u);
  EXPECT_EQ(trips.count("2023"), 1u);
}

TEST(KimRussia2023, KeepsTheFourLengthsOfTheWayApart) {
  const DatasetGraph& graph = ReadKim();
  std::set<std::string> lengths;
  for (const Claim& claim : graph.claims()) {
    const std::string& relation = claim.triple.predicate.value();
    if (absl::EndsWith(relation, ":distance") || absl::EndsWith(relation, ":journeyLength")) {
      lengths.insert(claim.triple.object.value());
    }
  }
  EXPECT_THAT(lengths, ElementsAre("1000", "1200", "600", "700"));
}

TEST(KimRussia2023, PutsShoiguInTheOtherDelegation) {
  const DatasetGraph& graph = ReadKim();
  for (const Claim& claim : graph.claims()) {
    if (claim.triple.subject != Kim("SergeiShoigu")) continue;
    const Term& relation = claim.triple.predicate;
    EXPECT_NE(relation, Kim("accompany"));
    EXPECT_FALSE(graph.Has(relation, rdfs::kSubPropertyOf, Kim("accompany").value())) << claim.id.value();
  }
}

TEST(Vocabulary, DescribesEveryTermWithLabelCommentAndRange) {
  const DatasetGraph& graph = ReadKim();
  std::set<Term> terms;
  for (const Triple& triple : graph.triples()) {
    const std::string& iri = triple.subject.value();
    if (absl::StartsWith(iri, vocab::kPrefix) && !absl::StrContains(iri, ":unit:")) terms.insert(triple.subject);
  }
  EXPECT_GE(terms.size(), 70u);
  for (const Term& term : terms) {
    EXPECT_THAT(graph.Objects(term, rdfs::kLabel), SizeIs(1)) << term.value();
    EXPECT_THAT(graph.Objects(term, rdfs::kComment), SizeIs(1)) << term.value();
    if (graph.Has(term, rdf::kType, "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property")) {
      EXPECT_FALSE(graph.Objects(term, rdfs::kRange).empty()) << term.value();
    }
  }
}

TEST(Vocabulary, OrdersCertaintyFromPlannedToConfirmed) {
  const DatasetGraph& graph = ReadKim();
  std::map<std::string, std::string> by_rank;
  for (const Term& level : graph.Subjects(rdf::kType, Dossier("Certainty"))) {
    by_rank[graph.Objects(level, vocab::kRank)[0].value()] = graph.Objects(level, rdfs::kLabel)[0].value();
  }
  std::vector<std::string> order;
  for (const auto& [rank, label] : by_rank) order.push_back(label);
  EXPECT_THAT(order, ElementsAre("planned", "possible", "likely", "believed", "reported", "confirmed"));
}

TEST(Vocabulary, HasTheTermsThatTheProgramKnows) {
  const DatasetGraph& graph = ReadKim();
  for (absl::string_view iri :
       {vocab::kWhen,      vocab::kWhere,      vocab::kMeans,      vocab::kCertainty, vocab::kPolarity,
        vocab::kParagraph, vocab::kSentence,   vocab::kUnit,       vocab::kBound,     vocab::kNote,
        vocab::kRank,      vocab::kDenied,     vocab::kRelation,   vocab::kVerb,      vocab::kBase,
        vocab::kThird,     vocab::kPast,       vocab::kParticiple, vocab::kGerund,    vocab::kPreposition,
        vocab::kNoun,      vocab::kObjectNoun, vocab::kEventNoun,  vocab::kMeasure,   vocab::kObjectRole,
        vocab::kPlural,    vocab::kPrimaryName}) {
    EXPECT_FALSE(graph.Objects(Term::Iri(std::string(iri)), rdfs::kLabel).empty()) << iri;
  }
}

// The Turtle of the last section of docs/datasets.md, in one piece.
std::string WalkThrough() {
  std::ifstream file(DOSSIER_SOURCE_DIR "/docs/datasets.md");
  std::string line;
  std::string turtle;
  bool in_section = false;
  bool in_block = false;
  while (std::getline(file, line)) {
    if (absl::StartsWith(line, "## ")) in_section = absl::StartsWith(line, "## From a new article");
    if (in_block && line == "```") in_block = false;
    if (in_section && in_block) absl::StrAppend(&turtle, line, "\n");
    if (line == "```turtle") in_block = true;
  }
  return turtle;
}

TEST(Documentation, WalksThroughADatasetThatCanBeRead) {
  std::set<std::string> claims;
  std::set<std::string> articles;
  const absl::Status read = ReadRdfText(WalkThrough(), RdfFormat::kTurtle, {}, [&](Quad&& quad) {
    if (quad.predicate.value() == rdf::kReifies) claims.insert(quad.subject.value());
    if (quad.predicate.value() == prov::kWasDerivedFrom) articles.insert(quad.object.value());
    return absl::OkStatus();
  });
  EXPECT_TRUE(read.ok()) << RenderError(read);
  EXPECT_THAT(claims, SizeIs(8));
  EXPECT_THAT(articles, ElementsAre("urn:dossier:eastport:Tide1"));
}

}  // namespace
}  // namespace dossier
