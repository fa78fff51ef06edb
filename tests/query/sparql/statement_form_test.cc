#include "query/sparql/statement_form.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "query/sparql/statement_extent.h"

namespace dossier::sparql {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

StatementForm FormOf(absl::string_view statement) {
  return RecognizeStatement(statement, [](absl::string_view prefix) { return prefix == "ex" || prefix.empty(); });
}

void ExpectForm(StatementForm form, const std::vector<std::string>& statements) {
  for (const std::string& statement : statements) EXPECT_EQ(FormOf(statement), form) << statement;
}

TEST(StatementForm, KnowsQueries) {
  ExpectForm(StatementForm::kQuery,
             {"SELECT * { ?s ?p ?o }", "select ?x where {}", "SELECT", "# which\n\n  SELECT*{}", "ASK {}",
              "ask{?s ?p ?o}", "ASK WHERE { }", "ask where\n{", "ASK FROM <urn:g> {}", "ask from named ex:g {}",
              "CONSTRUCT { } WHERE { }", "construct where { ?s ?p ?o }", "PREFIX ex: <urn:e:> SELECT * {}",
              "base <urn:a> ask {}", "VERSION \"1.2\" SELECT * {}", "PREFIX : <urn:e:>\nprefix b:<urn:b>\nDESCRIBE :x",
              "EXPLAIN SELECT * {}", "explain analyze select * {}", "explain prefix ex: <urn:e:> ask {}"});
}

TEST(StatementForm, KnowsUpdates) {
  ExpectForm(StatementForm::kUpdate,
             {"INSERT DATA { }", "insert { } where { }", "DELETE DATA {", "delete where { ?s ?p ?o }",
              "DELETE {} INSERT {} WHERE {}", "WITH <urn:g> DELETE {} WHERE {}", "with ex:g insert {} where {}",
              "LOAD <file:///a.ttl>", "load silent <a.ttl> into graph <urn:g>", "LOAD ex:a", "CLEAR ALL",
              "clear graph <urn:g>", "DROP SILENT DEFAULT", "create graph <urn:g>", "ADD DEFAULT TO <urn:g>",
              "move <urn:a> to <urn:b>", "COPY GRAPH <urn:a> TO DEFAULT",
              "PREFIX ex: <urn:e:> INSERT DATA { ex:a ex:b ex:c }", "prefix ex: <urn:e:> load ex:a"});
}

TEST(StatementForm, KnowsDeclarationsOnTheirOwn) {
  ExpectForm(StatementForm::kPrologue, {"PREFIX ex: <urn:e:>", "prefix : <urn:e:> # and that is all", "BASE <urn:b>",
                                        "VERSION \"1.2\"", "PREFIX a: <urn:a:>\nPREFIX b: <urn:b:>"});
}

TEST(StatementForm, LeavesQuestionsAndTheShellsOwnWordsAlone) {
  ExpectForm(StatementForm::kNotSparql, {"",
                                         "   ",
                                         "# only a comment",
                                         "who accompanied Kim in 2023",
                                         "describe Hwasong-18",
                                         "describe Kim: the early years",
                                         "describe",
                                         "ask",
                                         "ask where Kim met Putin",
                                         "ask from whom Kim had it",
                                         "ask who met Kim",
                                         "explain who met Kim",
                                         "explain analyze who met Kim",
                                         "explain describe Kim",
                                         "load datasets/kim",
                                         "load silent.ttl",
                                         "load silent film.ttl",
                                         "load C:data.ttl",
                                         "with whom did Kim travel",
                                         "with Kim: who travelled",
                                         "prefix of the agency",
                                         "base of the army",
                                         "version",
                                         "version 2",
                                         "insert coin",
                                         "delete everything",
                                         "delete where Kim is",
                                         "clear the table",
                                         "drop everything",
                                         "create unrest",
                                         "add up the visits",
                                         "move to Seoul",
                                         "copy it",
                                         "timeline of Kim",
                                         "construct a dam",
                                         "constructed by whom",
                                         "selected by whom",
                                         "PREFIX",
                                         "find ?x where ?x met Ada"});
}

TEST(StatementForm, TakesPrefixedNamesForWhatIsDeclaredOrShouted) {
  ExpectForm(StatementForm::kQuery, {"describe ex:Ada", "DESCRIBE <urn:a>", "describe ?x where { ?x ?p ?o }",
                                     "describe $x {}", "describe * {}", "DESCRIBE unknown:Ada", "describe :Ada"});
  ExpectForm(StatementForm::kNotSparql,
             {"describe unknown:Ada", "describe Ada <urn:a>", "move unknown:a to unknown:b"});
}

TEST(Prologue, TakesDeclarationsAndResolvesThem) {
  Prologue prologue{"http://e/a/b", {{"old", "urn:old"}, {"ex", "urn:before"}}};
  TakeDeclarations("PREFIX ex: <c#> BASE <../d/> # on\nprefix : <x> version '1.2' PREFIX y: <urn:y>", &prologue);
  EXPECT_EQ(prologue.base, "http://e/d/");
  EXPECT_THAT(prologue.prefixes, ElementsAre(Pair("old", "urn:old"), Pair("ex", "http://e/a/c#"),
                                             Pair("", "http://e/d/x"), Pair("y", "urn:y")));
}

void ExpectExtent(StatementExtent extent, const std::vector<std::string>& statements) {
  for (const std::string& statement : statements) EXPECT_EQ(ExtentOf(statement), extent) << statement;
}

TEST(StatementExtent, IsOpenWhileSomethingIsMissing) {
  ExpectExtent(StatementExtent::kOpen,
               {"SELECT ?x", "SELECT * {", "SELECT * { ?s ?p \"}\" ", "SELECT (COUNT(*) AS ?n", "ASK { { } ",
                "ASK {'''}", "CONSTRUCT { ?s ?p ?o }", "CONSTRUCT", "SELECT * { ?s ?p \"\"\" } \n", "SELECT * { # }\n",
                "DESCRIBE", "INSERT DATA", "INSERT { }", "DELETE { } INSERT { }", "WITH <urn:g> DELETE { }",
                "INSERT DATA { } ;", "DELETE WHERE", "SELECT * { FILTER(?a < 3 && ?b > 2"});
}

TEST(StatementExtent, MayGoOnWhenAllIsThere) {
  ExpectExtent(
      StatementExtent::kMayGoOn,
      {"SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p '}' }\nORDER BY ?s", "CONSTRUCT { } WHERE { }", "CONSTRUCT WHERE { }",
       "DESCRIBE <urn:a>", "DESCRIBE ?x { ?x ?y ?z }", "INSERT DATA { }", "INSERT { } WHERE { }", "DELETE WHERE { }",
       "INSERT DATA { } ; CLEAR ALL", "LOAD <urn:a>", "PREFIX ex: <urn:e:>\nASK { ex:a ex:b ex:c }",
       "SELECT * { ?s ?p \"\"\"\n } \"\"\" }", "SELECT ?where { ?where ?p ?o FILTER(?o < 3) }"});
}

TEST(StatementExtent, EndsWithASemicolonOrDeclarations) {
  ExpectExtent(StatementExtent::kEnded,
               {"SELECT * { ?s ?p ?o };", "ASK { } ;\n", "PREFIX ex: <urn:e:>", "BASE <urn:;>"});
}

TEST(StatementExtent, FitsIntoOneLine) {
  EXPECT_EQ(AsOneLine("SELECT * { # all\n  ?s ?p \"# no comment\" .\n<urn:a#b> ?q '''x\ny''' }\nLIMIT 5"),
            "SELECT * {    ?s ?p \"# no comment\" . <urn:a#b> ?q '''x\\ny''' } LIMIT 5");
}

TEST(StatementExtent, GoesOnWithSolutionModifiers) {
  for (const char* line : {"ORDER BY ?x", "  limit 5", "GROUP BY ?x", "having (?n > 2)", "offset 3", "VALUES ?x { 1 }",
                           "; CLEAR ALL", "# and", "WHERE { ?x ?p ?o }", "{ ?x ?p ?o }", "from <urn:g>"}) {
    EXPECT_TRUE(GoesOnWith(line)) << line;
  }
  for (const char* line : {"", "who met Kim", "SELECT * {}", "orders of Kim", "PREFIX a: <urn:a>", "INSERT DATA {}"}) {
    EXPECT_FALSE(GoesOnWith(line)) << line;
  }
}

}  // namespace
}  // namespace dossier::sparql
