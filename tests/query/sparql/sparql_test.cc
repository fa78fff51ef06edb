// What SPARQL means, as text. Each file *.sparqltest holds blocks of data (TriG) and then queries, each followed by
// what it comes to: `algebra` is what it is bound to, `plan` how it is answered, `rows` the solutions, sorted unless
// the query sorts them, `triples` the graph of CONSTRUCT and DESCRIBE, `error` why it is refused. Rows are computed by
// the optimised engine, by the plain one and by the definitions, which have to agree.
//
// Data and queries may use these prefixes without declaring them: the empty one for <http://example.org/>, ex: for
// <http://example.org/ns/>, rdf:, rdfs:, xsd:, dossier:.
//
// After a change, `sparql_test --accept` writes what comes out now; read the difference before you commit it.
#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "gtest/gtest.h"
#include "query/algebra/scope.h"
#include "query/query_engine.h"
#include "query/reference/reference_evaluator.h"
#include "query/sparql/bind.h"
#include "query/sparql/construct.h"
#include "query/sparql/describe.h"
#include "query/sparql/parser.h"
#include "query/sparql/pattern_context.h"
#include "storage/store.h"
#include "tests/support/block_file.h"

namespace dossier {

bool accept_results = false;

namespace {

constexpr char kPrologue[] =
    "PREFIX : <http://example.org/> PREFIX ex: <http://example.org/ns/> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX dossier: <urn:dossier:vocabulary:>\n";

// As the data are written.
std::string Short(std::string text) {
  text = absl::StrReplaceAll(text, {{"http://www.w3.org/2001/XMLSchema#", "xsd:"},
                                    {"<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>", "rdf:reifies"}});
  constexpr absl::string_view kNamespace = "<http://example.org/";
  size_t at = 0;
  while ((at = text.find(std::string(kNamespace))) != std::string::npos) {
    const size_t end = text.find('>', at);
    text = absl::StrCat(text.substr(0, at), ":", text.substr(at + kNamespace.size(), end - at - kNamespace.size()),
                        text.substr(end + 1));
  }
  for (const absl::string_view number : {"^^<xsd:integer>", "^^<xsd:decimal>"}) {
    while ((at = text.find(std::string(number))) != std::string::npos) {
      const size_t quote = text.rfind('"', at - 2);
      text =
          absl::StrCat(text.substr(0, quote), text.substr(quote + 1, at - quote - 2), text.substr(at + number.size()));
    }
  }
  return text;
}

// Gives the blank nodes labels by their first appearance in the text.
std::string WithPlainLabels(const std::string& text) {
  std::map<std::string, std::string> labels;
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "_:") != 0) {
      plain.push_back(text[i]);
      continue;
    }
    const size_t end = text.find_first_of(" \n", i);
    const std::string label = text.substr(i, end - i);
    absl::StrAppend(&plain, labels.emplace(label, absl::StrCat("_:b", labels.size() + 1)).first->second);
    i = end - 1;
  }
  return plain;
}

std::string WithoutLabels(const std::string& line) {
  std::string text = line;
  for (size_t at = 0; (at = text.find("_:", at)) != std::string::npos; at += 2) {
    text.erase(at + 2, text.find_first_of(" \n", at) - at - 2);
  }
  return text;
}

std::string SortedText(std::vector<std::string> lines) {
  std::sort(lines.begin(), lines.end(), [](const std::string& a, const std::string& b) {
    return std::pair(WithoutLabels(a), a) < std::pair(WithoutLabels(b), b);
  });
  return WithPlainLabels(absl::StrCat(absl::StrJoin(lines, "\n"), "\n"));
}

class SparqlFile {
 public:
  // Fills in the results; false when there was an error, which is reported.
  bool Run(std::vector<Block>* blocks) {
    std::string query;
    for (Block& block : *blocks) {
      absl::StatusOr<std::string> result = std::string(block.text);
      if (block.kind == "data") {
        Load(block.text);
      } else if (block.kind == "query") {
        query = absl::StrCat(kPrologue, block.text);
      } else if (block.kind == "algebra") {
        result = Algebra(query);
      } else if (block.kind == "plan") {
        result = Plan(query);
      } else if (block.kind == "rows") {
        result = Rows(query);
      } else if (block.kind == "triples") {
        result = Triples(query);
      } else if (block.kind == "error") {
        result = Error(query);
      } else {
        EXPECT_EQ(block.kind, "") << "no such kind of block";
      }
      EXPECT_TRUE(result.ok()) << result.status() << "\n" << query;
      if (!result.ok()) return false;
      block.text = *std::move(result);
    }
    return true;
  }

 private:
  using Text = absl::StatusOr<std::string>;

  void Load(const std::string& text) {
    std::vector<Quad> quads;
    const absl::Status read = ReadRdfText(absl::StrCat(kPrologue, text), RdfFormat::kTriG, {}, [&](Quad&& quad) {
      quads.push_back(std::move(quad));
      return absl::OkStatus();
    });
    ASSERT_TRUE(read.ok()) << RenderError(read);
    ASSERT_TRUE(store_->Commit({quads, {}}).ok());
  }

  static absl::StatusOr<sparql::BoundQuery> Bind(const std::string& text) {
    DOSSIER_ASSIGN_OR_RETURN(const sparql::ast::Query query, sparql::ParseQuery(text, "http://example.org/"));
    return sparql::BindQuery(query, text);
  }

  QueryContext Context(bool optimize) { return {&cancellation_, &memory_, optimize}; }

  static Text Algebra(const std::string& text) {
    DOSSIER_ASSIGN_OR_RETURN(const sparql::BoundQuery bound, Bind(text));
    return absl::StrCat(Short(algebra::ToString(*bound.algebra.root, bound.algebra.variables)), "\n");
  }

  static Text Error(const std::string& text) {
    const absl::StatusOr<sparql::BoundQuery> bound = Bind(text);
    if (bound.ok()) return absl::InternalError("the query was to be refused");
    return absl::StrCat(GetDiagnostic(bound.status())->message, "\n");
  }

  Text Plan(const std::string& text) {
    DOSSIER_ASSIGN_OR_RETURN(sparql::BoundQuery bound, Bind(text));
    const QueryContext context = Context(true);
    DOSSIER_ASSIGN_OR_RETURN(const auto cursor, Execute(std::move(bound.algebra), store_->GetSnapshot(), context));
    return Short(cursor->DescribePlan(false));
  }

  Text Rows(const std::string& text) {
    DOSSIER_ASSIGN_OR_RETURN(std::string optimised, RowsOfEngine(text, true));
    DOSSIER_ASSIGN_OR_RETURN(const std::string plain, RowsOfEngine(text, false));
    DOSSIER_ASSIGN_OR_RETURN(const std::string defined, RowsByDefinition(text));
    EXPECT_EQ(plain, optimised) << text;
    EXPECT_EQ(defined, optimised) << text;
    return optimised;
  }

  static std::string Cell(TermId id, TermSpace* terms) {
    return id.is_undefined() ? "-" : Short((**terms->Get(id)).ToString());
  }

  // `rows`: of cells.
  static std::string Table(const sparql::BoundQuery& bound, std::vector<std::string> rows, bool sorted) {
    if (bound.form == sparql::ast::Query::Form::kAsk) return rows.empty() ? "no\n" : "yes\n";
    if (bound.columns.empty()) return absl::StrCat("no columns, rows: ", rows.size(), "\n");
    std::string header;
    for (const std::string& column : bound.columns) absl::StrAppend(&header, header.empty() ? "" : "  ", "?", column);
    if (rows.empty()) return absl::StrCat(header, "\n");
    if (!sorted) return absl::StrCat(header, "\n", SortedText(std::move(rows)));
    return absl::StrCat(header, "\n", WithPlainLabels(absl::StrCat(absl::StrJoin(rows, "\n"), "\n")));
  }

  static bool IsSorted(const std::string& text) { return absl::StrContains(text, "ORDER BY"); }

  Text RowsOfEngine(const std::string& text, bool optimize) {
    DOSSIER_ASSIGN_OR_RETURN(sparql::BoundQuery bound, Bind(text));
    const QueryContext context = Context(optimize);
    DOSSIER_ASSIGN_OR_RETURN(const auto cursor, Execute(std::move(bound.algebra), store_->GetSnapshot(), context));
    std::vector<std::string> rows;
    RowBatch batch;
    while (true) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&batch));
      if (!more) return Table(bound, std::move(rows), IsSorted(text));
      for (size_t row = 0; row < batch.rows; ++row) {
        std::vector<std::string> cells;
        for (const auto& column : batch.columns) cells.push_back(Cell(column[row], &cursor->terms()));
        rows.push_back(absl::StrJoin(cells, "  "));
      }
    }
  }

  Text RowsByDefinition(const std::string& text) {
    DOSSIER_ASSIGN_OR_RETURN(const sparql::BoundQuery bound, Bind(text));
    TermSpace terms(store_->GetSnapshot());
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<Solution> solutions, EvaluateByDefinition(*bound.algebra.root, &terms));
    const algebra::Node* node = bound.algebra.root.get();
    while (!std::holds_alternative<algebra::Project>(node->op)) {
      algebra::ForEachChild(*node, [&node](const algebra::Node& child) { node = &child; });
    }
    std::vector<std::string> rows;
    for (const Solution& solution : solutions) {
      std::vector<std::string> cells;
      for (const algebra::Variable variable : std::get<algebra::Project>(node->op).variables) {
        const auto value = solution.find(variable);
        cells.push_back(value == solution.end() ? "-" : Cell(value->second, &terms));
      }
      rows.push_back(absl::StrJoin(cells, "  "));
    }
    return Table(bound, std::move(rows), IsSorted(text));
  }

  Text Triples(const std::string& text) {
    DOSSIER_ASSIGN_OR_RETURN(sparql::BoundQuery bound, Bind(text));
    const QueryContext context = Context(true);
    DOSSIER_ASSIGN_OR_RETURN(const auto cursor, Execute(std::move(bound.algebra), store_->GetSnapshot(), context));
    std::vector<std::string> lines;
    const auto add = [&lines](Quad&& quad) {
      lines.push_back(Short(
          absl::StrCat(quad.subject.ToString(), " ", quad.predicate.ToString(), " ", quad.object.ToString(), " .")));
      return absl::OkStatus();
    };
    if (bound.form == sparql::ast::Query::Form::kConstruct) {
      DOSSIER_RETURN_IF_ERROR(sparql::Construct(bound.construct, cursor.get(), context, add));
    } else {
      DOSSIER_RETURN_IF_ERROR(sparql::Describe(bound, cursor.get(), context, add));
    }
    return lines.empty() ? "" : SortedText(std::move(lines));
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  Cancellation cancellation_;
  MemoryBudget memory_{size_t{64} << 20};
};

TEST(Sparql, MeansWhatTheFilesSay) {
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(SPARQL_TESTS_DIR)) {
    if (entry.path().extension() != ".sparqltest") continue;
    ++files;
    SCOPED_TRACE(entry.path().string());
    const std::vector<Block> expected = ReadBlocks(entry.path());
    std::vector<Block> actual = expected;
    if (!SparqlFile().Run(&actual)) continue;
    if (accept_results) WriteBlocks(entry.path(), actual);
    for (size_t i = 0; i < actual.size() && !accept_results; ++i) {
      EXPECT_EQ(actual[i].text, expected[i].text) << "after the query\n" << (i > 0 ? actual[i - 1].text : "");
    }
  }
  EXPECT_GT(files, 0U);
}

// `part` as often as wanted, with `#` as its number.
std::string Repeated(absl::string_view part, size_t times) {
  std::string text = "SELECT ?x { ?x ?p ?y . ";
  for (size_t i = 1; i < times; ++i) {
    absl::StrAppend(&text, absl::StrReplaceAll(part, {{"#", absl::StrCat(i)}}), " ");
  }
  return text + "}";
}

TEST(Sparql, RunsPatternsOfManyPartsAndRefusesThoseThatWouldExhaustTheStack) {
  Cancellation cancellation;
  MemoryBudget memory(size_t{64} << 20);
  const std::unique_ptr<Store> store = NewMemoryStore();
  for (const char* part :
       {"BIND(# AS ?v#)", "OPTIONAL { ?x ?p# ?o# }", "MINUS { ?x ?p# # }", "{ { ?x ?p ?y } UNION { ?x ?p# # } }"}) {
    SCOPED_TRACE(part);
    for (const bool too_many : {false, true}) {
      const std::string text = Repeated(part, too_many ? sparql::kMaximumParts + 1 : 100);
      const absl::StatusOr<sparql::ast::Query> query = sparql::ParseQuery(text, "");
      ASSERT_TRUE(query.ok()) << query.status();
      absl::StatusOr<sparql::BoundQuery> bound = sparql::BindQuery(*query, text);
      ASSERT_EQ(bound.ok(), !too_many) << bound.status();
      if (too_many) continue;
      const QueryContext context{&cancellation, &memory};
      const auto cursor = Execute(std::move(bound->algebra), store->GetSnapshot(), context);
      ASSERT_TRUE(cursor.ok()) << cursor.status();
      RowBatch batch;
      const absl::StatusOr<bool> more = (*cursor)->Next(&batch);
      ASSERT_TRUE(more.ok()) << more.status();
      EXPECT_FALSE(*more);
    }
  }
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i)
    dossier::accept_results = dossier::accept_results || std::string(argv[i]) == "--accept";
  return RUN_ALL_TESTS();
}
