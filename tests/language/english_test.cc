#include "query/ask/english.h"

#include <gtest/gtest.h>

namespace dossier::ask {
namespace {

TEST(English, MakesRegularPlurals) {
  EXPECT_EQ(PluralOf("trip"), "trips");
  EXPECT_EQ(PluralOf("city"), "cities");
  EXPECT_EQ(PluralOf("day"), "days");
  EXPECT_EQ(PluralOf("branch"), "branches");
  EXPECT_EQ(PluralOf("news agency"), "news agencies");
}

TEST(English, KnowsIrregularPlurals) {
  EXPECT_EQ(PluralOf("person"), "people");
  EXPECT_EQ(PluralOf("aircraft"), "aircraft");
  EXPECT_EQ(PluralOf("spokesman"), "spokesmen");
}

TEST(English, LeavesAPluralAsItIs) {
  EXPECT_EQ(PluralOf("children"), "children");
  EXPECT_EQ(PluralOf("grown children of the house"), "grown children of the house");
  EXPECT_EQ(PluralOf("spokeswomen"), "spokeswomen");
  EXPECT_EQ(PluralOf("statesmen"), "statesmen");
  EXPECT_EQ(PluralOf("german"), "germans");
  EXPECT_EQ(PluralOf("specimen"), "specimens");
}

TEST(English, PutsThePluralBeforeOf) { EXPECT_EQ(PluralOf("member of parliament"), "members of parliament"); }

TEST(English, MakesRegularVerbForms) {
  const VerbForms visit = FormsOf("visit");
  EXPECT_EQ(visit.third, "visits");
  EXPECT_EQ(visit.past, "visited");
  EXPECT_EQ(visit.gerund, "visiting");
  EXPECT_EQ(FormsOf("accompany").third, "accompanies");
  EXPECT_EQ(FormsOf("accompany").past, "accompanied");
  EXPECT_EQ(FormsOf("stop").past, "stopped");
  EXPECT_EQ(FormsOf("invite").gerund, "inviting");
}

TEST(English, KnowsIrregularVerbs) {
  EXPECT_EQ(FormsOf("meet").past, "met");
  EXPECT_EQ(FormsOf("write").participle, "written");
  EXPECT_EQ(FormsOf("go").third, "goes");
}

TEST(English, FindsTheBaseOfAPastForm) {
  for (const char* base :
       {"found",  "move", "create",  "visit", "enter", "stop", "marry",  "publish", "produce", "change",
        "settle", "call", "discuss", "play",  "write", "meet", "invite", "open",    "treat",   "hire"}) {
    EXPECT_EQ(BaseOfPast(FormsOf(base).past), base);
  }
  EXPECT_EQ(BaseOfPast("knows"), "");
  EXPECT_EQ(BaseOfPast("red"), "");
  EXPECT_EQ(BaseOfPast("bakery"), "");
}

TEST(English, BendsTheFirstWordOfAPhrase) {
  EXPECT_EQ(FormsOf("grow closer").participle, "grown closer");
  EXPECT_EQ(FormsOf("be located").third, "is located");
}

TEST(English, StemsWordsOfStatements) {
  EXPECT_EQ(StemOf("isolated"), StemOf("isolate"));
  EXPECT_EQ(StemOf("paid"), StemOf("pay"));
  EXPECT_EQ(StemOf("weapons"), StemOf("weapon"));
  EXPECT_NE(StemOf("train"), StemOf("trail"));
}

}  // namespace
}  // namespace dossier::ask
