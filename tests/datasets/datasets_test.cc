// What docs/datasets.md promises of a dataset, checked for every folder of datasets/.
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/diagnostic.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rdf/edtf.h"
#include "rdf/vocabulary.h"
#include "tests/datasets/dataset_graph.h"

namespace dossier {
namespace {

using ::testing::SizeIs;

constexpr absl::string_view kQualifier = "urn:dossier:vocabulary:Qualifier";
constexpr absl::string_view kConfirmed = "urn:dossier:vocabulary:confirmed";
constexpr absl::string_view kReported = "urn:dossier:vocabulary:reported";

class Dataset : public ::testing::TestWithParam<std::string> {
 protected:
  // Read once for all cases of one dataset.
  const DatasetGraph& graph() {
    static auto& graphs = *new std::map<std::string, DatasetGraph>;
    auto found = graphs.find(GetParam());
    if (found != graphs.end()) return found->second;
    absl::StatusOr<DatasetGraph> read = DatasetGraph::Read(GetParam());
    if (!read.ok()) ADD_FAILURE() << RenderError(read.status());
    return graphs.emplace(GetParam(), read.ok() ? *std::move(read) : DatasetGraph()).first->second;
  }

  bool HoldsAsCertain(const Claim& claim) {
    return !graph().Has(claim.id, vocab::kPolarity, vocab::kDenied) &&
           (graph().Has(claim.id, vocab::kCertainty, kConfirmed) ||
            graph().Has(claim.id, vocab::kCertainty, kReported));
  }

  // Headline, date and author of an article are stated of it plainly, whatever its own text says.
  bool IsMetadata(const Triple& triple) {
    return graph().IsA(triple.subject, Term::Iri(std::string(schema::kCreativeWork))) &&
           absl::StartsWith(triple.predicate.value(), "https://schema.org/");
  }

  bool Fits(const Term& entity, const std::vector<Term>& classes) {
    for (const Term& one : classes) {
      if (absl::StartsWith(one.value(), "http://www.w3.org/") || graph().IsA(entity, one)) return true;
    }
    return classes.empty() || !entity.is_iri();
  }
};

TEST_P(Dataset, HasClaims) { EXPECT_FALSE(graph().claims().empty()); }

TEST_P(Dataset, HasFilesThatAPersonCanRead) {
  for (const std::string& path : TurtleFiles(GetParam())) {
    std::ifstream file(path);
    std::string line;
    size_t lines = 0;
    while (std::getline(file, line)) {
      ++lines;
      EXPECT_LE(line.size(), 260u) << path << ":" << lines;
    }
    EXPECT_LE(lines, 600u) << path;
  }
}

TEST_P(Dataset, GivesEveryClaimOneCertaintyOfTheScale) {
  for (const Claim& claim : graph().claims()) {
    const std::vector<Term> levels = graph().Objects(claim.id, vocab::kCertainty);
    ASSERT_THAT(levels, SizeIs(1)) << claim.id.value();
    EXPECT_THAT(graph().Objects(levels[0], vocab::kRank), SizeIs(1)) << claim.id.value();
  }
}

TEST_P(Dataset, DerivesEveryClaimFromASentenceOfAnArticle) {
  for (const Claim& claim : graph().claims()) {
    const std::vector<Term> articles = graph().Objects(claim.id, prov::kWasDerivedFrom);
    ASSERT_THAT(articles, SizeIs(1)) << claim.id.value();
    EXPECT_TRUE(graph().IsA(articles[0], Term::Iri(std::string(schema::kCreativeWork)))) << claim.id.value();
    for (absl::string_view part : {vocab::kParagraph, vocab::kSentence}) {
      const std::vector<Term> numbers = graph().Objects(claim.id, part);
      ASSERT_THAT(numbers, SizeIs(1)) << claim.id.value();
      int64_t number = 0;
      EXPECT_TRUE(absl::SimpleAtoi(numbers[0].value(), &number) && number >= 1) << claim.id.value();
    }
  }
}

TEST_P(Dataset, StatesOneTripleByEachClaim) {
  std::set<Term> seen;
  for (const Claim& claim : graph().claims()) {
    EXPECT_TRUE(claim.id.is_iri()) << claim.triple.subject.value();
    EXPECT_TRUE(seen.insert(claim.id).second) << claim.id.value() << " states two triples";
  }
}

TEST_P(Dataset, AssertsATripleExactlyWhenAClaimHoldsItAsCertain) {
  std::map<Triple, bool> certain;
  for (const Claim& claim : graph().claims()) certain[claim.triple] |= HoldsAsCertain(claim);
  for (const auto& [triple, held] : certain) {
    if (IsMetadata(triple)) continue;
    EXPECT_EQ(graph().triples().count(triple) > 0, held)
        << triple.subject.value() << " " << triple.predicate.value() << " " << triple.object.value();
  }
}

TEST_P(Dataset, NamesEveryEntityOfAClaim) {
  for (const Claim& claim : graph().claims()) {
    std::vector<Term> entities = {claim.triple.subject, claim.triple.object};
    for (const std::string& predicate : graph().Predicates(claim.id)) {
      for (const Term& value : graph().Objects(claim.id, predicate)) entities.push_back(value);
    }
    for (const Term& entity : entities) {
      if (entity.is_iri()) {
        EXPECT_THAT(graph().Objects(entity, rdfs::kLabel), SizeIs(1)) << entity.value() << " in " << claim.id.value();
      }
    }
  }
}

TEST_P(Dataset, DeclaresEveryRelationOfAClaimWithItsWords) {
  for (const Claim& claim : graph().claims()) {
    const Term& relation = claim.triple.predicate;
    if (relation.value() == rdf::kType) continue;
    EXPECT_TRUE(graph().Has(relation, rdf::kType, vocab::kRelation)) << relation.value();
    EXPECT_THAT(graph().Objects(relation, rdfs::kLabel), SizeIs(1)) << relation.value();
    EXPECT_TRUE(graph().Predicates(relation).count(std::string(vocab::kVerb)) ||
                graph().Predicates(relation).count(std::string(vocab::kNoun)) ||
                graph().Predicates(relation).count(std::string(vocab::kObjectNoun)))
        << relation.value() << " cannot be asked for";
  }
}

TEST_P(Dataset, GivesEveryVerbABaseForm) {
  for (const Triple& triple : graph().triples()) {
    if (triple.predicate.value() == vocab::kVerb) {
      EXPECT_THAT(graph().Objects(triple.object, vocab::kBase), SizeIs(1)) << triple.subject.value();
    }
  }
}

TEST_P(Dataset, FitsDomainAndRangeOfItsRelations) {
  for (const Claim& claim : graph().claims()) {
    const Triple& triple = claim.triple;
    EXPECT_TRUE(Fits(triple.subject, graph().Objects(triple.predicate, rdfs::kDomain)))
        << triple.subject.value() << " as subject in " << claim.id.value();
    EXPECT_TRUE(Fits(triple.object, graph().Objects(triple.predicate, rdfs::kRange)))
        << triple.object.value() << " as object in " << claim.id.value();
  }
}

TEST_P(Dataset, QualifiesClaimsWithDeclaredQualifiersOnly) {
  const std::set<std::string> others = {std::string(rdf::kReifies),         std::string(vocab::kCertainty),
                                        std::string(vocab::kPolarity),      std::string(vocab::kParagraph),
                                        std::string(vocab::kSentence),      std::string(vocab::kUnit),
                                        std::string(vocab::kBound),         std::string(vocab::kNote),
                                        std::string(prov::kWasDerivedFrom), std::string(prov::kWasAttributedTo)};
  for (const Claim& claim : graph().claims()) {
    for (const std::string& predicate : graph().Predicates(claim.id)) {
      EXPECT_TRUE(others.count(predicate) || graph().Has(Term::Iri(predicate), rdf::kType, kQualifier))
          << predicate << " on " << claim.id.value();
    }
  }
}

TEST_P(Dataset, DatesClaimsByExpressionsThatCanBeRead) {
  for (const Claim& claim : graph().claims()) {
    for (const Term& when : graph().Objects(claim.id, vocab::kWhen)) {
      ASSERT_TRUE(when.is_literal()) << claim.id.value();
      if (when.datatype() != edtf::kEdtf) continue;
      EXPECT_TRUE(ParseEdtf(when.value()).ok()) << when.value() << " on " << claim.id.value();
    }
  }
}

TEST_P(Dataset, GivesEveryQuantityAUnitOrACount) {
  for (const Claim& claim : graph().claims()) {
    const std::vector<Term> measures = graph().Objects(claim.triple.predicate, vocab::kMeasure);
    if (measures.empty() || absl::EndsWith(measures[0].value(), ":count")) continue;
    EXPECT_FALSE(graph().Objects(claim.id, vocab::kUnit).empty() &&
                 graph().Objects(claim.triple.predicate, vocab::kUnit).empty())
        << claim.id.value();
  }
}

TEST_P(Dataset, SettlesAPrimaryNameOnce) {
  std::map<std::string, int> owners;
  for (const Triple& triple : graph().triples()) {
    if (triple.predicate.value() == vocab::kPrimaryName) ++owners[triple.object.value()];
  }
  for (const auto& [name, count] : owners) EXPECT_EQ(count, 1) << name;
}

TEST_P(Dataset, ComesWithQuestionsToTry) {
  std::ifstream file(absl::StrCat(DatasetsFolder(), "/", GetParam(), "/questions.ask"));
  std::string line;
  size_t questions = 0;
  while (std::getline(file, line)) {
    const absl::string_view text = absl::StripAsciiWhitespace(line);
    if (!text.empty() && !absl::StartsWith(text, "#")) ++questions;
  }
  EXPECT_GE(questions, 5u);
}

std::string CaseName(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name) {
    if (c == '-') c = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(Folders, Dataset, ::testing::ValuesIn(DatasetNames()), CaseName);

}  // namespace
}  // namespace dossier
