#include "storage/validator.h"

#include <functional>
#include <memory>
#include <string>

#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/block.h"
#include "storage/committer.h"
#include "storage/dictionary.h"
#include "storage/key_layout.h"
#include "storage/memory/memory_key_value_store.h"
#include "storage/metadata.h"
#include "tests/storage/store_test_support.h"

namespace dossier::storage {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class ValidatorTest : public testing::Test {
 protected:
  ValidatorTest() {
    ChangeSet changes;
    for (int i = 0; i < 3000; ++i) {
      const std::string number = std::to_string(i);
      changes.assertions.push_back(
          Fact("s" + number, "p" + std::to_string(i % 7), "o" + std::to_string(i % 100), i % 3 == 0 ? "g" : ""));
    }
    changes.assertions.push_back(Claim("c", "s1", "p1", "o1"));
    changes.assertions.push_back(Fact(Node("x"), Node("p1"), Term::TripleTerm({Node("a"), Node("b"), Node("c")})));
    WriteBatch batch;
    const ChangeSet* const commit = &changes;
    EXPECT_TRUE(PrepareCommits({&commit, 1}, *store_->GetSnapshot(), &batch).ok());
    EXPECT_TRUE(store_->Write(batch).ok());
  }

  std::string Validate() {
    const auto lines = ValidateStore(*store_->GetSnapshot(), {});
    EXPECT_TRUE(lines.ok()) << lines.status();
    return lines.ok() ? absl::StrJoin(*lines, "\n") : "";
  }

  // Replaces the value under the first key that begins with `prefix`.
  void Damage(Family family, const std::string& prefix, const std::function<std::string(std::string)>& change) {
    const auto snapshot = store_->GetSnapshot();
    const auto iterator = snapshot->NewIterator(family);
    iterator->Seek(prefix);
    ASSERT_TRUE(iterator->valid());
    WriteBatch batch;
    batch.Put(family, std::string(iterator->key()), change(std::string(iterator->value())));
    ASSERT_TRUE(store_->Write(batch).ok());
  }

  void Delete(Family family, const std::string& prefix) {
    const auto snapshot = store_->GetSnapshot();
    const auto iterator = snapshot->NewIterator(family);
    iterator->Seek(prefix);
    ASSERT_TRUE(iterator->valid());
    WriteBatch batch;
    batch.Delete(family, std::string(iterator->key()));
    ASSERT_TRUE(store_->Write(batch).ok());
  }

  const std::unique_ptr<KeyValueStore> store_ = NewMemoryKeyValueStore();
};

TEST_F(ValidatorTest, FindsNothingInASoundStore) { EXPECT_THAT(Validate(), IsEmpty()); }

TEST_F(ValidatorTest, FindsADamagedBlockInEveryPermutationInUse) {
  for (const PermutationInfo& info : AllPermutations()) {
    SCOPED_TRACE(std::string(info.name));
    std::string original;
    const std::string begin = TableBegin(TableOf(info.permutation));
    Damage(Family::kRows, begin, [&original](std::string block) {
      original = block;
      block[block.size() / 2] = static_cast<char>(block[block.size() / 2] ^ 4);
      return block;
    });
    EXPECT_THAT(Validate(), HasSubstr(std::string(info.name)));
    Damage(Family::kRows, begin, [&original](const std::string&) { return original; });
    EXPECT_THAT(Validate(), IsEmpty());
  }
}

TEST_F(ValidatorTest, FindsABlockThatIsMissing) {
  Delete(Family::kRows, TableBegin(TableOf(Permutation::kOps)));
  EXPECT_THAT(Validate(), HasSubstr("ops: has"));
}

TEST_F(ValidatorTest, FindsARowThatIsAnother) {
  Damage(Family::kRows, TableBegin(TableOf(Permutation::kClaimPos)), [](const std::string& block) {
    DecodedBlock decoded;
    EXPECT_TRUE(decoded.Decode(block, 5).ok());
    std::vector<absl::Span<const TermId>> columns;
    for (size_t i = 0; i < 5; ++i) columns.push_back({decoded.column(i), decoded.rows()});
    const std::vector<TermId> other(decoded.rows(), TermId(TermTag::kIri, 0));
    columns[3] = other;
    std::string changed;
    EncodeBlock(columns, &changed);
    return changed;
  });
  EXPECT_THAT(Validate(), HasSubstr("claim_pos: has other rows than claim_spo"));
}

TEST_F(ValidatorTest, FindsWrongStatistics) {
  Damage(Family::kMeta, RelationStatisticsKey(CountedRelation::kQuads), [](const std::string&) {
    return EncodeCounts({1, 2, 3});
  });
  EXPECT_THAT(Validate(), HasSubstr("statistics: of quads"));
}

TEST_F(ValidatorTest, FindsAWrongPredicateAndAMissingCharacteristicSet) {
  Damage(Family::kMeta, PredicateStatisticsPrefix(CountedRelation::kQuads), [](const std::string&) {
    return EncodeCounts({1, 2, 3});
  });
  Delete(Family::kMeta, CharacteristicSetPrefix());
  const std::string lines = Validate();
  EXPECT_THAT(lines, HasSubstr("wrong for 1 predicates of quads"));
  EXPECT_THAT(lines, HasSubstr("characteristic sets"));
}

TEST_F(ValidatorTest, FindsLostAndChangedTerms) {
  Damage(Family::kTerms, TermBlockKey(TermTag::kIri, 3),
         [](const std::string&) { return EncodeTermBlock(std::vector<std::string>(kTermsPerBlock, "the same")); });
  EXPECT_THAT(Validate(), HasSubstr("term_index"));
  Delete(Family::kTerms, TermBlockKey(TermTag::kIri, 3));
  EXPECT_THAT(Validate(), HasSubstr("a block of terms is missing"));
}

TEST_F(ValidatorTest, FindsLostNames) {
  Delete(Family::kTermIndex, TableBegin(kNameTable));
  EXPECT_THAT(Validate(), HasSubstr("names: "));
  Delete(Family::kTermIndex, TableBegin(kNameWordTable));
  EXPECT_THAT(Validate(), HasSubstr("name_words: "));
}

TEST_F(ValidatorTest, FindsIdsThatTheDictionaryDoesNotHave) {
  StoreState state = ReadState(*store_->GetSnapshot()).value();
  state.next(TermTag::kIri) = 5;
  WriteBatch batch;
  batch.Put(Family::kMeta, std::string(kStateKey), EncodeState(state));
  ASSERT_TRUE(store_->Write(batch).ok());
  EXPECT_THAT(Validate(), HasSubstr("an id that the dictionary does not have"));
}

}  // namespace
}  // namespace dossier::storage
