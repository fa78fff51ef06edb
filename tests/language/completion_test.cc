#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/text.h"
#include "query/ask/complete.h"
#include "rdf/reader.h"
#include "storage/store.h"
#include "tests/support/files.h"

namespace dossier::ask {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

const std::filesystem::path kSource = DOSSIER_SOURCE_DIR;

class CompletionTest : public testing::Test {
 protected:
  void Load(const std::vector<std::filesystem::path>& paths) {
    ChangeSet changes;
    for (const std::filesystem::path& path : paths) {
      ReaderOptions options;
      options.blank_node_prefix = absl::StrCat(path.stem().string(), "_");
      ASSERT_TRUE(ReadRdfFile((kSource / path).string(), options, [&](Quad&& quad) {
                    changes.assertions.push_back(std::move(quad));
                    return absl::OkStatus();
                  }).ok());
    }
    ASSERT_TRUE(store_->Commit(changes).ok());
    snapshot_ = store_->GetSnapshot();
    catalogue_ = *Catalogue::Build(snapshot_);
  }
  void LoadTheatre() { Load({"datasets/vocabulary.ttl", "tests/language/data/theatre.ttl"}); }
  void LoadSample() {
    std::vector<std::filesystem::path> paths = {"datasets/vocabulary.ttl"};
    for (const std::filesystem::path& path : FilesIn(kSource / "datasets/kim-russia-2023", ".ttl")) {
      paths.push_back(path);
    }
    Load(paths);
  }

  // What is offered where the text ends: each as the whole text would read then.
  std::vector<std::string> Offered(const std::string& text) {
    const auto completions = Complete(text, text.size(), *catalogue_, *snapshot_);
    EXPECT_TRUE(completions.ok()) << completions.status();
    std::vector<std::string> texts;
    for (const Completion& completion : *completions) {
      EXPECT_LE(completion.begin, text.size());
      texts.push_back(absl::StrCat(text.substr(0, completion.begin), completion.text));
    }
    return texts;
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  std::shared_ptr<const Snapshot> snapshot_;
  std::shared_ptr<const Catalogue> catalogue_;
};

TEST_F(CompletionTest, BeginsWithTheWordsThatBeginQuestions) {
  LoadTheatre();
  EXPECT_THAT(Offered(""), Contains("which"));
  EXPECT_THAT(Offered("wh"),
              ElementsAre("who", "what", "which", "where", "when", "why", "what happened in", "why empty"));
}

TEST_F(CompletionTest, OffersTheFormOfTheVerbThatFits) {
  LoadTheatre();
  EXPECT_THAT(Offered("who m"), Contains("who met"));
  EXPECT_THAT(Offered("who m"), Not(Contains("who meet")));
  EXPECT_THAT(Offered("who did Anna Mayer m"), Contains("who did Anna Mayer meet"));
  EXPECT_THAT(Offered("who did Anna Mayer m"), Not(Contains("who did Anna Mayer met")));
}

TEST_F(CompletionTest, OffersNamesWhereNamesStand) {
  LoadTheatre();
  EXPECT_THAT(Offered("who did An"), Contains("who did Anna Mayer"));
  EXPECT_THAT(Offered("who met May"), Contains("who met Anna Mayer"));
  EXPECT_THAT(Offered("who met anna ma"), Contains("who met Anna Mayer"));
  EXPECT_THAT(Offered("who An"), Not(Contains("who Anna Mayer")));
}

TEST_F(CompletionTest, PutsFirstWhomTheVerbIsKnownToHave) {
  Load({"datasets/vocabulary.ttl", "tests/language/data/theatre.ttl"});
  const std::vector<std::string> offered = Offered("who visited ");
  ASSERT_THAT(offered, Contains("who visited Vienna"));
  EXPECT_LT(std::find(offered.begin(), offered.end(), "who visited Vienna"),
            std::find(offered.begin(), offered.end(), "who visited Anna Mayer"));
}

TEST_F(CompletionTest, ClosesQuotes) {
  LoadTheatre();
  EXPECT_THAT(Offered("who met \"anna m"), ElementsAre("who met \"Anna Mayer\""));
}

TEST_F(CompletionTest, OffersQualifiersAndTailsBehindTheClause) {
  LoadTheatre();
  for (const char* word : {"according to", "as of", "in article", "at least", "order by", "and", "group by"}) {
    EXPECT_THAT(Offered("who met Anna Mayer "), Contains(absl::StrCat("who met Anna Mayer ", word)));
  }
  EXPECT_THAT(Offered("who met Anna Mayer acc"), ElementsAre("who met Anna Mayer according to"));
  EXPECT_THAT(Offered("who met Anna Mayer according t"), Contains("who met Anna Mayer according to"));
  EXPECT_THAT(Offered("who met Anna Mayer order by "), Contains("who met Anna Mayer order by when"));
  EXPECT_THAT(Offered("who met Anna Mayer at least l"), ElementsAre("who met Anna Mayer at least likely"));
}

TEST_F(CompletionTest, OffersArticlesSpeakersAndDays) {
  LoadSample();
  EXPECT_THAT(Offered("who met Kim in article "), Contains("who met Kim in article 002"));
  EXPECT_THAT(Offered("who met Kim in article 00"), Contains("who met Kim in article 002"));
  EXPECT_THAT(Offered("who met Kim according to "), Contains("who met Kim according to KCNA"));
  EXPECT_EQ(Offered("who met Kim according to kc").front(), "who met Kim according to KCNA");
  EXPECT_THAT(Offered("who met Kim as of "), Contains("who met Kim as of 2023-09-12"));
}

TEST_F(CompletionTest, OffersClassesAndNounsWhereTheyStand) {
  LoadSample();
  EXPECT_THAT(Offered("which ci"), Contains("which cities"));
  EXPECT_THAT(Offered("how many kilo"), Contains("how many kilometers"));
  EXPECT_THAT(Offered("what is the ra"), Contains("what is the range"));
  EXPECT_THAT(Offered("what is the range "), Contains("what is the range of"));
}

TEST_F(CompletionTest, OffersVariablesAgain) {
  LoadTheatre();
  EXPECT_THAT(Offered("find ?who where ?who met ?w"), ElementsAre("find ?who where ?who met ?who"));
  EXPECT_THAT(Offered("find ?who "), Contains("find ?who where"));
}

TEST_F(CompletionTest, SeesOnlyWhatStandsBeforeTheCursor) {
  LoadTheatre();
  const std::string text = "who did An in 2018";
  const auto found = Complete(text, 10, *catalogue_, *snapshot_);
  ASSERT_TRUE(found.ok());
  ASSERT_FALSE(found->empty());
  EXPECT_EQ(found->front().text, "Anna Mayer");
  EXPECT_EQ(found->front().begin, 8U);
}

TEST_F(CompletionTest, TakesAnyText) {
  LoadTheatre();
  for (const std::string& text :
       {std::string("\"\""), std::string("?"), std::string("who ,,, \xff\xfe"), std::string("'s 's"),
        std::string(40000, 'a'), std::string("find ?"), std::string(3000, ' '), std::string("the the the")}) {
    EXPECT_TRUE(Complete(text, text.size(), *catalogue_, *snapshot_).ok()) << text;
  }
}

TEST_F(CompletionTest, InAnEmptyStoreOnlyTheLanguageIsKnown) {
  Load({});
  EXPECT_THAT(Offered("who d"), ElementsAre("who did"));
  EXPECT_THAT(Offered("who did X"), IsEmpty());
}

// Whoever types a question of the sample finds its next word among what is offered, once two letters stand there.
TEST_F(CompletionTest, OffersTheNextWordOfKnownQuestions) {
  LoadSample();
  std::ifstream file(kSource / "datasets/kim-russia-2023/questions.ask");
  std::string line;
  size_t words = 0;
  std::vector<std::string> missed;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#') continue;
    const std::string question(absl::StripSuffix(line, "?"));
    for (size_t at = question.find(' '); at != std::string::npos; at = question.find(' ', at + 1)) {
      const std::string before = question.substr(0, std::min(at + 3, question.size()));
      const size_t end = std::min(question.find(' ', at + 1), question.size());
      // Numbers are for whoever asks to know.
      if (end - at < 4 || absl::ascii_isdigit(static_cast<unsigned char>(question[at + 1]))) continue;
      ++words;
      const std::string wanted = FoldName(question.substr(at + 1, end - at - 1));
      const auto offered = Complete(before, before.size(), *catalogue_, *snapshot_);
      ASSERT_TRUE(offered.ok());
      const bool found = std::any_of(offered->begin(), offered->end(), [&](const Completion& completion) {
        return absl::StrContains(FoldName(completion.text), wanted) ||
               absl::StartsWith(wanted, FoldName(completion.text));
      });
      if (!found) missed.push_back(absl::StrCat(question.substr(0, end), " [", wanted, "]"));
    }
  }
  ASSERT_GT(words, 100U);
  EXPECT_LT(missed.size() * 100, words * 5) << missed.size() << " of " << words << ":\n" << absl::StrJoin(missed, "\n");
}

}  // namespace
}  // namespace dossier::ask
