#include "query/sparql/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/diagnostic.h"

namespace dossier::sparql {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr absl::string_view kPrefix = "PREFIX : <urn:>\n";

// Terms as people write them; blank nodes in the order of their names' making.
std::string Show(const ast::PatternTerm& term) {
  switch (term.kind) {
    case ast::PatternTerm::Kind::kVariable: return absl::StrCat("?", term.name);
    case ast::PatternTerm::Kind::kBlankNode: return absl::StrCat("_:", term.name);
    case ast::PatternTerm::Kind::kTripleTerm:
      return absl::StrCat("<<( ", Show(term.triple[0]), " ", Show(term.triple[1]), " ", Show(term.triple[2]), " )>>");
    case ast::PatternTerm::Kind::kTerm: break;
  }
  if (term.term.value() == "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies") return "reifies";
  if (term.term.value() == "http://www.w3.org/1999/02/22-rdf-syntax-ns#first") return "first";
  if (term.term.value() == "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest") return "rest";
  if (term.term.value() == "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil") return "nil";
  return term.term.ToString();
}

std::string Show(const ast::Path& path) {
  using Kind = ast::Path::Kind;
  std::vector<std::string> parts;
  for (const ast::Path& operand : path.operands) parts.push_back(Show(operand));
  switch (path.kind) {
    case Kind::kLink: return path.link.ToString();
    case Kind::kInverse: return absl::StrCat("^", parts[0]);
    case Kind::kSequence: return absl::StrCat("(", absl::StrJoin(parts, "/"), ")");
    case Kind::kAlternative: return absl::StrCat("(", absl::StrJoin(parts, "|"), ")");
    case Kind::kZeroOrMore: return absl::StrCat(parts[0], "*");
    case Kind::kOneOrMore: return absl::StrCat(parts[0], "+");
    case Kind::kZeroOrOne: return absl::StrCat(parts[0], "?");
    case Kind::kNegatedSet: return absl::StrCat("!(", absl::StrJoin(parts, "|"), ")");
  }
  return "";
}

std::string Show(const ast::TriplePattern& triple) {
  return absl::StrCat(Show(triple.subject), " ", triple.path.has_value() ? Show(*triple.path) : Show(triple.predicate),
                      " ", Show(triple.object));
}

ast::Query Parsed(absl::string_view text) {
  const auto query = ParseQuery(absl::StrCat(kPrefix, text), "http://base/folder/file");
  EXPECT_TRUE(query.ok()) << RenderError(query.status());
  return query.ok() ? *query : ast::Query();
}

// The triples of the first element of `SELECT * { pattern }`.
std::vector<std::string> Triples(absl::string_view pattern) {
  const ast::Query query = Parsed(absl::StrCat("SELECT * { ", pattern, " }"));
  std::vector<std::string> shown;
  if (query.body.where.elements.empty()) return shown;
  for (const auto& triple : std::get<ast::Triples>(query.body.where.elements[0].part).triples) {
    shown.push_back(Show(triple));
  }
  return shown;
}

// `expression` with operators in front, as in algebra.
std::string Show(const ast::Expression& expression) {
  using Kind = ast::Expression::Kind;
  std::vector<std::string> parts;
  for (const ast::Expression& argument : expression.arguments) parts.push_back(Show(argument));
  switch (expression.kind) {
    case Kind::kTerm: return expression.term.value();
    case Kind::kVariable: return absl::StrCat("?", expression.name);
    case Kind::kCall: return absl::StrCat("<", expression.name, ">(", absl::StrJoin(parts, " "), ")");
    case Kind::kBuiltin: break;
    default: return "?";
  }
  switch (expression.builtin) {
    case ast::Builtin::kOr: return absl::StrCat("(or ", absl::StrJoin(parts, " "), ")");
    case ast::Builtin::kAnd: return absl::StrCat("(and ", absl::StrJoin(parts, " "), ")");
    case ast::Builtin::kNot: return absl::StrCat("(not ", parts[0], ")");
    case ast::Builtin::kEqual: return absl::StrCat("(= ", absl::StrJoin(parts, " "), ")");
    case ast::Builtin::kAdd: return absl::StrCat("(+ ", absl::StrJoin(parts, " "), ")");
    case ast::Builtin::kSubtract: return absl::StrCat("(- ", absl::StrJoin(parts, " "), ")");
    case ast::Builtin::kMultiply: return absl::StrCat("(* ", absl::StrJoin(parts, " "), ")");
    case ast::Builtin::kDivide: return absl::StrCat("(/ ", absl::StrJoin(parts, " "), ")");
    case ast::Builtin::kUnaryMinus: return absl::StrCat("(-", parts[0], ")");
    case ast::Builtin::kNotIn: return absl::StrCat("(notin ", absl::StrJoin(parts, " "), ")");
    default: return absl::StrCat("(call ", absl::StrJoin(parts, " "), ")");
  }
}

std::string Filter(absl::string_view expression) {
  const ast::Query query = Parsed(absl::StrCat("SELECT * { FILTER(", expression, ") }"));
  if (query.body.where.elements.empty()) return "";
  return Show(std::get<ast::Filter>(query.body.where.elements[0].part).condition);
}

ast::Update ParsedUpdate(absl::string_view text) {
  const auto update = ParseUpdate(absl::StrCat(kPrefix, text), "http://base/");
  EXPECT_TRUE(update.ok()) << RenderError(update.status());
  return update.ok() ? *update : ast::Update();
}

TEST(SparqlParser, ResolvesIrisInTheOrderOfTheDeclarations) {
  EXPECT_THAT(Triples("<a> <../b> <http://c/./d>"),
              ElementsAre("<http://base/folder/a> <http://base/b> <http://c/./d>"));
  const auto query = ParseQuery("BASE <http://one/> PREFIX p: <x#> BASE <two/> PREFIX q: <y#> ASK { p:a q:b <c> }", "");
  ASSERT_TRUE(query.ok()) << query.status();
  EXPECT_EQ(Show(std::get<ast::Triples>(query->body.where.elements[0].part).triples[0]),
            "<http://one/x#a> <http://one/two/y#b> <http://one/two/c>");
}

TEST(SparqlParser, LetsLaterOperationsUseEarlierPrologues) {
  const ast::Update update =
      ParsedUpdate("INSERT DATA { :a :b :c } ; PREFIX q: <urn:q:> PREFIX : <urn:other:> INSERT DATA { :a q:b :c } ;");
  ASSERT_THAT(update.operations, SizeIs(2));
  EXPECT_EQ(std::get<ast::InsertData>(update.operations[0].part).quads[0].subject, Term::Iri("urn:a"));
  EXPECT_EQ(std::get<ast::InsertData>(update.operations[1].part).quads[0].subject, Term::Iri("urn:other:a"));
}

TEST(SparqlParser, UnescapesLocalNamesAndStrings) {
  EXPECT_THAT(
      Triples(R"(:a\,b%20 :p "tab\there \u00e9 \"q\"" ; :q '''long 'one' ''' )"),
      ElementsAre("<urn:a,b%20> <urn:p> \"tab\\there \u00e9 \\\"q\\\"\"", "<urn:a,b%20> <urn:q> \"long 'one' \""));
}

TEST(SparqlParser, KeepsNumbersAsTheyAreWritten) {
  EXPECT_THAT(Triples(":a :p 007, 1.50, 1e3, true, -2, \"x\"@en--rtl"),
              ElementsAre("<urn:a> <urn:p> \"007\"^^<http://www.w3.org/2001/XMLSchema#integer>",
                          "<urn:a> <urn:p> \"1.50\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
                          "<urn:a> <urn:p> \"1e3\"^^<http://www.w3.org/2001/XMLSchema#double>",
                          "<urn:a> <urn:p> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>",
                          "<urn:a> <urn:p> \"-2\"^^<http://www.w3.org/2001/XMLSchema#integer>",
                          "<urn:a> <urn:p> \"x\"@en--rtl"));
}

TEST(SparqlParser, MakesTriplesOfListsAndBrackets) {
  EXPECT_THAT(Triples("(1 ?x) :p [ :q ?y ]"),
              ElementsAre("_:.1 first \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>", "_:.1 rest _:.2",
                          "_:.2 first ?x", "_:.2 rest nil", "_:.3 <urn:q> ?y", "_:.1 <urn:p> _:.3"));
  EXPECT_THAT(Triples("() :p []"), ElementsAre("nil <urn:p> _:.1"));
}

TEST(SparqlParser, MakesTriplesOfReifiedTriples) {
  EXPECT_THAT(Triples("<< ?s :p ?o ~ ?r >> :source ?x"),
              ElementsAre("?r reifies <<( ?s <urn:p> ?o )>>", "?r <urn:source> ?x"));
  EXPECT_THAT(Triples("<< << :a :b :c >> :p <<( ?x a ?y )>> >>"),
              ElementsAre("_:.1 reifies <<( <urn:a> <urn:b> <urn:c> )>>",
                          "_:.2 reifies <<( _:.1 <urn:p> <<( ?x "
                          "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ?y )>> )>>"));
}

TEST(SparqlParser, MakesTriplesOfAnnotations) {
  EXPECT_THAT(Triples(":s :p :o ~ :r {| :when ?t |} {| :by ?b |} ~ :q"),
              ElementsAre("<urn:s> <urn:p> <urn:o>", "<urn:r> reifies <<( <urn:s> <urn:p> <urn:o> )>>",
                          "<urn:r> <urn:when> ?t", "_:.1 reifies <<( <urn:s> <urn:p> <urn:o> )>>", "_:.1 <urn:by> ?b",
                          "<urn:q> reifies <<( <urn:s> <urn:p> <urn:o> )>>"));
}

TEST(SparqlParser, ReadsPathsInTheirPlainestForm) {
  EXPECT_THAT(
      Triples("?x :a/^:b|(:c*)+ ?y . ?x (:a) ?z . ?x !(a|^:b) ?w . ?x ^(:a/:b)? ?v"),
      ElementsAre("?x ((<urn:a>/^<urn:b>)|<urn:c>*+) ?y", "?x <urn:a> ?z",
                  "?x !(<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>|^<urn:b>) ?w", "?x ^(<urn:a>/<urn:b>)? ?v"));
}

TEST(SparqlParser, KeepsTriplesOnBothSidesOfAFilterTogether) {
  const ast::Query query = Parsed("SELECT * { ?x :p _:b FILTER(?x != 1) _:b :q ?y OPTIONAL { ?y :r ?z } ?z :s ?w }");
  ASSERT_THAT(query.body.where.elements, SizeIs(4));
  EXPECT_THAT(std::get<ast::Triples>(query.body.where.elements[0].part).triples, SizeIs(2));
  EXPECT_TRUE(std::holds_alternative<ast::Filter>(query.body.where.elements[1].part));
  EXPECT_TRUE(std::holds_alternative<ast::Optional>(query.body.where.elements[2].part));
}

TEST(SparqlParser, BindsOperatorsAsTheSpecificationDoes) {
  EXPECT_EQ(Filter("?a || ?b && ?c = 1 + 2 * 3"), "(or ?a (and ?b (= ?c (+ 1 (* 2 3)))))");
  EXPECT_EQ(Filter("1 - 2 - 3 / 4 / 5"), "(- (- 1 2) (/ (/ 3 4) 5))");
  EXPECT_EQ(Filter("?a -1 +2*3"), "(+ (+ ?a -1) (* +2 3))");
  EXPECT_EQ(Filter("-?a * !?b"), "(* (-?a) (not ?b))");
  EXPECT_EQ(Filter("!!!!!?a = !!?b"), "(= (not ?a) (not (not ?b)))");
  EXPECT_EQ(Filter("?a NOT IN (1, :b, :f(2))"), "(notin ?a 1 urn:b <urn:f>(2))");
}

TEST(SparqlParser, BalancesLongChains) {
  std::string chain = "?x = 1";
  for (int i = 0; i < 5000; ++i) absl::StrAppend(&chain, " || ?x = ", i);
  const ast::Query query = Parsed(absl::StrCat("SELECT * { FILTER(", chain, ") }"));
  const ast::Expression* expression = &std::get<ast::Filter>(query.body.where.elements[0].part).condition;
  size_t depth = 0;
  for (; !expression->arguments.empty(); expression = &expression->arguments.front()) ++depth;
  EXPECT_LT(depth, 20u);
}

TEST(SparqlParser, ReadsTheClausesOfSelect) {
  const ast::Query query = Parsed(
      "EXPLAIN ANALYZE SELECT REDUCED ?x (COUNT(DISTINCT ?y) AS ?n) (GROUP_CONCAT(?y; SEPARATOR=', ') AS ?all) "
      "FROM <urn:g> FROM NAMED <urn:h> { ?x :p ?y } GROUP BY ?x (STR(?y) AS ?s) HAVING (COUNT(*) > 1) "
      "ORDER BY DESC(?n) ?x LIMIT 5 OFFSET 99999999999999999999 VALUES (?x) { (1) (UNDEF) }");
  EXPECT_EQ(query.explain, ast::Query::Explain::kAnalyze);
  EXPECT_EQ(query.body.duplicates, ast::SelectBody::Duplicates::kReduced);
  ASSERT_THAT(query.body.projections, SizeIs(3));
  EXPECT_FALSE(query.body.projections[0].expression.has_value());
  EXPECT_TRUE(query.body.projections[1].expression->distinct);
  EXPECT_EQ(query.body.projections[2].expression->separator, ", ");
  EXPECT_EQ(query.dataset.default_graphs[0].iri, "urn:g");
  EXPECT_EQ(query.dataset.named_graphs[0].iri, "urn:h");
  EXPECT_EQ(query.body.group_by[1].as->name, "s");
  EXPECT_TRUE(query.body.having[0].arguments[0].star);
  EXPECT_TRUE(query.body.order_by[0].descending);
  EXPECT_FALSE(query.body.order_by[1].descending);
  EXPECT_EQ(query.body.limit, 5u);
  EXPECT_EQ(query.body.offset, UINT64_MAX);
  EXPECT_EQ(query.body.values->rows[1][0], std::nullopt);
}

TEST(SparqlParser, KnowsWhichSelectsAreGrouped) {
  EXPECT_TRUE(Parsed("SELECT (COUNT(*) AS ?n) { ?x ?y ?z }").body.grouped);
  EXPECT_TRUE(Parsed("SELECT ?x { ?x ?y ?z } GROUP BY ?x").body.grouped);
  EXPECT_TRUE(Parsed("SELECT (1 AS ?n) { ?x ?y ?z } ORDER BY COUNT(?x)").body.grouped);
  EXPECT_FALSE(Parsed("SELECT ?x { ?x ?y ?z { SELECT (COUNT(*) AS ?n) { } } }").body.grouped);
}

TEST(SparqlParser, TakesTheTemplateOfAShortConstructForItsPattern) {
  const ast::Query query = Parsed("CONSTRUCT WHERE { ?x :p [] }");
  ASSERT_THAT(query.construct, SizeIs(1));
  const auto& triples = std::get<ast::Triples>(query.body.where.elements[0].part).triples;
  ASSERT_THAT(triples, SizeIs(1));
  EXPECT_EQ(Show(triples[0].object), Show(query.construct[0].object));
}

TEST(SparqlParser, LetsTemplatesAndPatternsUseTheSameLabel) {
  EXPECT_EQ(Parsed("CONSTRUCT { _:a :p ?x } WHERE { _:a :q ?x }").construct[0].subject.name, "a");
}

TEST(SparqlParser, ReadsEveryOperation) {
  const ast::Update update = ParsedUpdate(
      "LOAD SILENT <x.ttl> INTO GRAPH :g ; CLEAR ALL ; DROP SILENT NAMED ; CREATE GRAPH :g ; ADD DEFAULT TO :g ; "
      "MOVE GRAPH :g TO DEFAULT ; COPY SILENT :g TO :h ; DELETE DATA { GRAPH :g { :a :b :c } } ; "
      "DELETE WHERE { GRAPH ?g { ?a ?b ?c } } ; "
      "WITH :g DELETE { ?a :b ?c } INSERT { ?a :d [] } USING :u USING NAMED :v WHERE { ?a :b ?c }");
  ASSERT_THAT(update.operations, SizeIs(10));
  EXPECT_EQ(std::get<ast::Load>(update.operations[0].part).source.iri, "http://base/x.ttl");
  EXPECT_EQ(std::get<ast::Drop>(update.operations[2].part).target.kind, ast::GraphReference::Kind::kAllNamed);
  EXPECT_EQ(std::get<ast::DeleteData>(update.operations[7].part).quads[0].graph, Term::Iri("urn:g"));
  const auto& where = std::get<ast::Modify>(update.operations[8].part);
  EXPECT_TRUE(where.deletions[0].graph->is_variable());
  EXPECT_TRUE(std::holds_alternative<ast::Graph>(where.where.elements[0].part));
  const auto& modify = std::get<ast::Modify>(update.operations[9].part);
  EXPECT_EQ(modify.with->iri, "urn:g");
  EXPECT_EQ(modify.using_clause.named_graphs[0].iri, "urn:v");
  EXPECT_TRUE(modify.insertions[0].triple.object.is_blank_node());
}

TEST(SparqlParser, TellsUpdatesFromQueries) {
  EXPECT_TRUE(IsUpdate("# SELECT\nPREFIX : <urn:> insert data { }"));
  EXPECT_FALSE(IsUpdate("BASE <urn:> SELECT * { }"));
  EXPECT_FALSE(IsUpdate("EXPLAIN SELECT * { }"));
  EXPECT_FALSE(IsUpdate("who accompanied Kim"));
}

TEST(SparqlParser, GivesEverySpanInBytesOfTheText) {
  const std::string text = "\xEF\xBB\xBFSELECT * { ?é ?p ?o FILTER(?x) }";
  const auto query = ParseQuery(text, "");
  ASSERT_TRUE(query.ok()) << query.status();
  const SourceSpan span = std::get<ast::Filter>(query->body.where.elements[1].part).condition.span;
  EXPECT_EQ(text.substr(span.begin, span.end - span.begin), "?x");
}

TEST(SparqlParser, RefusesWhatIsTooDeepOrTooLong) {
  const std::string deep = absl::StrCat("SELECT * ", std::string(kMaximumNesting + 1, '{'));
  EXPECT_THAT(ParseQuery(deep, "").status().ToString(), HasSubstr("nested more than 200 deep"));
  const std::string fits =
      absl::StrCat("SELECT * ", std::string(kMaximumNesting, '{'), std::string(kMaximumNesting, '}'));
  EXPECT_TRUE(ParseQuery(fits, "").ok());
  const std::string sum = absl::StrCat(
      "SELECT * { FILTER(1",
      [] {
        std::string rest;
        for (int i = 0; i < 2000; ++i) rest += "+1";
        return rest;
      }(),
      ") }");
  EXPECT_THAT(ParseQuery(sum, "").status().ToString(), HasSubstr("no more than 1000 parts"));
  EXPECT_THAT(ParseQuery(std::string(kMaximumRequestBytes + 1, ' '), "").status().ToString(), HasSubstr("bytes"));
  EXPECT_THAT(ParseQuery("SELECT \xFF", "").status().ToString(), HasSubstr("UTF-8"));
}

}  // namespace
}  // namespace dossier::sparql
