#include "query/sparql/complete.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "rdf/reader.h"
#include "storage/store.h"

namespace dossier::sparql {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

constexpr absl::string_view kData = R"(
@prefix : <urn:x:> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Kim a :Person ; rdfs:label "Kim" ; :visited :Rome , :Oslo , :Lima . :Rome a :City ; rdfs:label "Rome" . :Oslo a :City .
:Kim :met :Xi ~ :c {| :visitedAt "2018" |} .
<< :Kim :doubted :Xi >> :visitedAt "2019" .
)";

class SparqlCompletion : public testing::Test {
 protected:
  SparqlCompletion() {
    ChangeSet changes;
    EXPECT_TRUE(ReadRdfText(kData, RdfFormat::kTurtle, {}, [&](Quad&& quad) {
                  changes.assertions.push_back(std::move(quad));
                  return absl::OkStatus();
                }).ok());
    EXPECT_TRUE(store_->Commit(changes).ok());
    snapshot_ = store_->GetSnapshot();
  }

  // What may stand at the mark "|" in `text`; each completion replaces the word before it.
  std::vector<std::string> At(std::string text) {
    // The last bar: others may be part of the text.
    const size_t cursor = text.rfind('|');
    text.erase(cursor, 1);
    const auto completions = CompleteSparql(text, cursor, *snapshot_);
    EXPECT_TRUE(completions.ok()) << completions.status();
    std::vector<std::string> words;
    for (const Completion& completion : *completions) {
      EXPECT_LE(completion.begin, cursor);
      words.push_back(completion.text);
    }
    return words;
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  std::shared_ptr<const Snapshot> snapshot_;
};

TEST_F(SparqlCompletion, BeginsWithTheFormsOfRequests) {
  EXPECT_THAT(At("|"), IsSupersetOf({"SELECT", "ASK", "PREFIX", "EXPLAIN", "INSERT", "LOAD"}));
  EXPECT_THAT(At("sel|"), ElementsAre("SELECT"));
  EXPECT_THAT(At("INSERT |"), ElementsAre("DATA"));
  EXPECT_THAT(At("SELECT * WHERE { ?x ?p ?o } ord|"), ElementsAre("ORDER BY"));
}

TEST_F(SparqlCompletion, DeclaresPrefixesThatManyKnow) {
  EXPECT_THAT(At("PREFIX rdfs|"), ElementsAre("rdfs: <http://www.w3.org/2000/01/rdf-schema#>"));
  EXPECT_THAT(At("PREFIX rdfs: |"), ElementsAre("<http://www.w3.org/2000/01/rdf-schema#>"));
  EXPECT_THAT(At("PREFIX rdfs: <http|"), ElementsAre("<http://www.w3.org/2000/01/rdf-schema#>"));
}

TEST_F(SparqlCompletion, OffersThePredicatesOfTheStoreTheMostFrequentFirst) {
  EXPECT_THAT(At("PREFIX : <urn:x:> SELECT * { ?x :vis|"), ElementsAre(":visited", ":visitedAt"));
  EXPECT_THAT(At("PREFIX : <urn:x:> SELECT * { ?x dou|"), ElementsAre(":doubted"));
  EXPECT_THAT(At("SELECT * { ?x <urn:x:m|"), ElementsAre("<urn:x:met>"));
  EXPECT_THAT(At("PREFIX : <urn:x:> SELECT * { ?x :visited/:vis|"), ElementsAre(":visited", ":visitedAt"));
  EXPECT_THAT(At("PREFIX : <urn:x:> SELECT * { ?x |"), IsSupersetOf({"a", ":met", ":visited"}));
  EXPECT_THAT(At("PREFIX : <urn:x:> SELECT * { << ?x :doub|"), ElementsAre(":doubted"));
  EXPECT_THAT(At("PREFIX : <urn:x:> SELECT * { ?x :met ?y {| :visitedA|"), ElementsAre(":visitedAt"));
}

TEST_F(SparqlCompletion, WritesIrisWithThePrefixesThatHoldAnyway) {
  const std::string text = "SELECT * { ?x x:m";
  const auto completions = CompleteSparql(text, text.size(), *snapshot_, {{"x", "urn:x:"}});
  ASSERT_TRUE(completions.ok()) << completions.status();
  EXPECT_THAT(*completions, ElementsAre(Completion{"x:met", text.size() - 3, Completion::Kind::kRelation}));
}

TEST_F(SparqlCompletion, OffersClassesBehindA) {
  EXPECT_THAT(At("PREFIX : <urn:x:> SELECT * { ?x a :|"), IsSupersetOf({":City", ":Person"}));
  EXPECT_THAT(At("PREFIX : <urn:x:> SELECT * { ?x a :|"), Not(Contains(":visited")));
}

TEST_F(SparqlCompletion, OffersTheVariablesOfTheWholeText) {
  EXPECT_THAT(At("SELECT ?| WHERE { ?who ?p ?what }"), ElementsAre("?who", "?p", "?what"));
  EXPECT_THAT(At("SELECT * { ?who ?p ?what FILTER(?w|"), ElementsAre("?who", "?what"));
}

TEST_F(SparqlCompletion, OffersFunctionsInExpressions) {
  EXPECT_THAT(At("SELECT * { ?x ?p ?y FILTER(strl|"), IsSupersetOf({"STRLEN(", "STRLANG("}));
  EXPECT_THAT(At("SELECT (cou|"), Contains("COUNT("));
  EXPECT_THAT(At("SELECT * { FILTER NOT |"), Contains("EXISTS"));
}

TEST_F(SparqlCompletion, OffersNothingInStringsCommentsAndBehindMistakes) {
  EXPECT_THAT(At("SELECT * { ?x ?p \"vis|"), IsEmpty());
  EXPECT_THAT(At("SELECT * # sel|"), IsEmpty());
  EXPECT_THAT(At("SELECT SELECT |"), IsEmpty());
}

}  // namespace
}  // namespace dossier::sparql
