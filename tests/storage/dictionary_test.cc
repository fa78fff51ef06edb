#include "storage/dictionary.h"

#include <algorithm>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"
#include "storage/dictionary_writer.h"
#include "storage/memory/memory_key_value_store.h"

namespace dossier::storage {
namespace {

Term Iri(int i) { return Term::Iri("http://example.org/" + std::to_string(i)); }

// A dictionary that grows commit by commit.
class DictionaryTest : public testing::Test {
 protected:
  std::vector<TermId> InternAll(const std::vector<Term>& terms) {
    const auto snapshot = store_->GetSnapshot();
    DictionaryWriter writer(snapshot.get(), &state_);
    std::vector<TermId> ids;
    for (const Term& term : terms) ids.push_back(writer.Intern(term).value());
    WriteBatch batch;
    EXPECT_TRUE(writer.Finish(&batch).ok());
    EXPECT_TRUE(store_->Write(batch).ok());
    return ids;
  }

  void ExpectFoundBothWays(const std::vector<Term>& terms, const std::vector<TermId>& ids) {
    const auto snapshot = store_->GetSnapshot();
    const DictionaryReader reader(snapshot.get());
    for (size_t i = 0; i < terms.size(); ++i) {
      EXPECT_EQ(reader.Find(terms[i]).value(), ids[i]) << terms[i].ToString();
      EXPECT_EQ(reader.Get(ids[i]).value(), terms[i]);
    }
    std::vector<Term> many;
    ASSERT_TRUE(reader.GetMany(ids, &many).ok());
    EXPECT_EQ(many, terms);
  }

  const std::unique_ptr<KeyValueStore> store_ = NewMemoryKeyValueStore();
  StoreState state_;
};

TEST_F(DictionaryTest, KeepsEveryKindOfTermAsItIs) {
  const Triple triple{Iri(1), Iri(2), Term::String("a literal of some length")};
  const Term nested = Term::TripleTerm({Term::BlankNode("b"), Iri(2), Term::TripleTerm(triple)});
  const std::vector<Term> terms = {
      Iri(1),
      Iri(2),
      Term::Iri(""),
      Term::BlankNode("b"),
      Term::String(""),
      Term::String("a literal of some length"),
      Term::String(std::string("with \0 inside, and more", 23)),
      Term::LanguageTagged("a literal of some length", "en"),
      Term::LanguageTagged("a literal of some length", "en-gb"),
      Term::LanguageTagged("a literal of some length", "en", BaseDirection::kLeftToRight),
      Term::LanguageTagged("a literal of some length", "en", BaseDirection::kRightToLeft),
      Term::Typed("007", std::string(xsd::kInteger)),
      Term::Typed("007", std::string(xsd::kDecimal)),
      Term::Typed("007", "http://example.org/type"),
      Term::Typed("42", std::string(xsd::kInteger)),
      Term::TripleTerm(triple),
      nested,
  };
  ExpectFoundBothWays(terms, InternAll(terms));
}

TEST_F(DictionaryTest, GivesTheSameIdAgain) {
  const std::vector<TermId> first = InternAll({Iri(1), Iri(2), Iri(1)});
  EXPECT_EQ(first[0], first[2]);
  EXPECT_EQ(InternAll({Iri(2), Iri(1)}), (std::vector<TermId>{first[1], first[0]}));
  EXPECT_EQ(state_.next(TermTag::kIri), 2U);
}

TEST_F(DictionaryTest, NumbersTermsDenselyByFirstAppearance) {
  std::vector<Term> terms;
  for (int i = 0; i < 100; ++i) terms.push_back(Iri(i * 7919 % 100));
  const std::vector<TermId> ids = InternAll(terms);
  for (size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(ids[i], TermId(TermTag::kIri, i));
}

TEST_F(DictionaryTest, GrowsOverManyCommits) {
  std::vector<Term> terms;
  std::vector<TermId> ids;
  for (int commit = 0; commit < 40; ++commit) {
    std::vector<Term> more;
    for (int i = 0; i < commit; ++i) more.push_back(Iri(commit * 1000 + i));
    const std::vector<TermId> new_ids = InternAll(more);
    terms.insert(terms.end(), more.begin(), more.end());
    ids.insert(ids.end(), new_ids.begin(), new_ids.end());
  }
  ExpectFoundBothWays(terms, ids);
}

TEST_F(DictionaryTest, GetsManyTermsInTheOrderAskedFor) {
  std::vector<Term> terms;
  for (int i = 0; i < 6000; ++i) terms.push_back(i % 2 == 0 ? Iri(i) : Term::String("a literal " + std::to_string(i)));
  std::vector<TermId> ids = InternAll(terms);
  std::reverse(ids.begin() + 100, ids.end());
  std::reverse(terms.begin() + 100, terms.end());
  ids.insert(ids.end(), ids.begin(), ids.begin() + 500);
  terms.insert(terms.end(), terms.begin(), terms.begin() + 500);
  ExpectFoundBothWays(terms, ids);
}

TEST_F(DictionaryTest, DoesNotKnowWhatItWasNotTold) {
  InternAll({Iri(1), Iri(2)});
  const auto snapshot = store_->GetSnapshot();
  const DictionaryReader reader(snapshot.get());
  EXPECT_EQ(reader.Find(Iri(3)).value(), std::nullopt);
  EXPECT_EQ(reader.Find(Term::BlankNode("http://example.org/1")).value(), std::nullopt);
  EXPECT_EQ(reader.Find(Term::TripleTerm({Iri(1), Iri(2), Iri(1)})).value(), std::nullopt);
  EXPECT_EQ(reader.Get(TermId(TermTag::kIri, 2)).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(reader.Get(TermId(TermTag::kIri, 200)).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(reader.Get(TermId(TermTag::kLocal, 0)).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(DictionaryTest, TellsRecordsOfTheSameHashApart) {
  // Two records under one hash, as a collision would leave them.
  InternAll({Iri(1), Iri(2)});
  const TermId hash = TermHash(TermTag::kIri, TermRecord(Iri(1)));
  WriteBatch batch;
  const std::vector<RowChange> rows = {{Row{hash, TermId(TermTag::kIri, 1)}, true}};
  ASSERT_TRUE(ApplyRowChanges(kTermIndexTable, rows, *store_->GetSnapshot(), &batch).ok());
  ASSERT_TRUE(store_->Write(batch).ok());
  const auto snapshot = store_->GetSnapshot();
  const DictionaryReader reader(snapshot.get());
  EXPECT_EQ(reader.FindRecord(TermTag::kIri, TermRecord(Iri(1)), hash).value(), TermId(TermTag::kIri, 0));
  EXPECT_EQ(reader.FindRecord(TermTag::kIri, TermRecord(Iri(2)), hash).value(), TermId(TermTag::kIri, 1));
  EXPECT_EQ(reader.FindRecord(TermTag::kIri, "http://example.org/none", hash).value(), std::nullopt);
}

TEST(TermBlock, NoticesDamage) {
  const std::string block = EncodeTermBlock({"one", "", "three"});
  std::vector<absl::string_view> records;
  ASSERT_TRUE(DecodeTermBlock(block, &records).ok());
  EXPECT_THAT(records, testing::ElementsAre("one", "", "three"));
  for (size_t i = 0; i < block.size(); ++i) {
    std::string damaged = block;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    EXPECT_EQ(DecodeTermBlock(damaged, &records).code(), absl::StatusCode::kDataLoss);
    EXPECT_EQ(DecodeTermBlock(absl::string_view(block).substr(0, i), &records).code(), absl::StatusCode::kDataLoss);
  }
}

}  // namespace
}  // namespace dossier::storage
