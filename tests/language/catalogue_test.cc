#include "query/ask/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rdf/reader.h"
#include "storage/store.h"

namespace dossier::ask {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

class CatalogueTest : public testing::Test {
 protected:
  void Load(absl::string_view turtle) {
    const std::string text = absl::StrCat(
        "@prefix : <urn:test:> . @prefix dossier: <urn:dossier:vocabulary:> . @prefix skos: "
        "<http://www.w3.org/2004/02/skos/core#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n",
        turtle);
    ChangeSet changes;
    const absl::Status status = ReadRdfText(text, RdfFormat::kTurtle, {}, [&](Quad&& quad) {
      changes.assertions.push_back(std::move(quad));
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status.ToString();
    ASSERT_TRUE(store_->Commit(changes).ok());
    snapshot_ = store_->GetSnapshot();
    catalogue_ = *Catalogue::Build(snapshot_);
  }

  std::string NameOf(absl::string_view key) const {
    const std::vector<TermId> found = catalogue_->FindEntities(PhraseKey(key));
    return found.size() == 1 ? std::string(catalogue_->Label(found.front())) : absl::StrCat(found.size(), " entities");
  }

  // The forms of the relation's verb that `word` may be.
  uint8_t FormsOf(absl::string_view word) const {
    uint8_t forms = 0;
    for (const uint32_t use : catalogue_->verbs().Find(PhraseKey(word))) forms |= catalogue_->verb_uses()[use].forms;
    return forms;
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  std::shared_ptr<const Snapshot> snapshot_;
  std::shared_ptr<const Catalogue> catalogue_;
};

TEST_F(CatalogueTest, FindsNamesWithoutCaseMarksAndHyphens) {
  Load(":a rdfs:label \"Zoë Kim-Müller\" ; skos:altLabel \"The Voice\" .");
  EXPECT_EQ(NameOf("zoe kim muller"), "Zoë Kim-Müller");
  EXPECT_EQ(NameOf("voice"), "Zoë Kim-Müller");
  EXPECT_EQ(NameOf("the voice"), "Zoë Kim-Müller");
}

TEST_F(CatalogueTest, NamesWhatHasNoLabelByTheEndOfItsIri) {
  Load(":Port_Talbot :birthPlace :x .");
  EXPECT_EQ(NameOf("port talbot"), "Port Talbot");
  EXPECT_THAT(catalogue_->nouns().Find("birth place"), SizeIs(1));
}

TEST_F(CatalogueTest, BendsVerbsAndKeepsFormsThatTheDataGive) {
  Load(
      ":r a dossier:Relation ; rdfs:label \"strive\" ; dossier:verb [ dossier:base \"strive\" ; dossier:past "
      "\"strove\" ; "
      "dossier:participle \"striven\" ; dossier:preposition \"for\", \"after\" ] .");
  EXPECT_EQ(FormsOf("strives"), kFormThird);
  EXPECT_EQ(FormsOf("strove"), kFormPast);
  EXPECT_EQ(FormsOf("striven"), kFormParticiple);
  EXPECT_EQ(FormsOf("striving"), kFormGerund);
  EXPECT_EQ(FormsOf("strived"), 0);
  EXPECT_THAT(catalogue_->verbs().Find("strove"), SizeIs(2));
}

TEST_F(CatalogueTest, ClosesClassesDownwards) {
  Load(":City rdfs:subClassOf :Place . :Capital rdfs:subClassOf :City . :x a :Capital . :City rdfs:label \"city\" .");
  const auto found = catalogue_->class_names().Find("cities");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(catalogue_->classes()[found.front()].narrower, SizeIs(2));
}

TEST_F(CatalogueTest, SuggestsOnlyNamesThatExist) {
  Load(":a rdfs:label \"Hwasong-18\" . :b rdfs:label \"Pyongyang\" .");
  EXPECT_THAT(catalogue_->Suggest("Hwasong-17", 3), ElementsAre("Hwasong-18"));
  EXPECT_THAT(catalogue_->Suggest("Reykjavik", 3), SizeIs(0));
}

TEST_F(CatalogueTest, KnowsWhichRelationsHaveTriplesWithoutClaims) {
  Load(":a :knows :b . :a :meets :b ~ :c {| dossier:certainty dossier:confirmed |} .");
  for (uint32_t i = 0; i < catalogue_->relations().size(); ++i) {
    const std::string& label = catalogue_->relations()[i].label;
    EXPECT_EQ(catalogue_->HasPlainTriples(i), label == "knows") << label;
  }
}

}  // namespace
}  // namespace dossier::ask
