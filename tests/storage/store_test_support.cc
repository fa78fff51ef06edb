#include "tests/storage/store_test_support.h"

#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

std::string Name(const Snapshot& snapshot, TermId id) {
  const auto term = snapshot.GetTerm(id);
  EXPECT_TRUE(term.ok()) << term.status();
  return term.ok() ? term->ToString() : "?";
}

void DescribeRelation(const Snapshot& snapshot, const RelationStatistics& relation, std::vector<std::string>* lines) {
  lines->push_back(absl::StrCat("rows ", relation.rows, ", subjects ", relation.distinct_subjects, ", objects ",
                                relation.distinct_objects));
  std::vector<std::string> predicates;
  for (const auto& [predicate, counts] : relation.predicates) {
    predicates.push_back(absl::StrCat(Name(snapshot, predicate), " rows ", counts.rows, ", subjects ",
                                      counts.distinct_subjects, ", objects ", counts.distinct_objects));
  }
  std::sort(predicates.begin(), predicates.end());
  lines->insert(lines->end(), predicates.begin(), predicates.end());
}

// One number for each term, whichever snapshot it comes from: faster to compare than terms.
class TermNumbers {
 public:
  // `known` keeps the numbers of the snapshot's ids from call to call.
  std::vector<std::vector<size_t>> SortedRows(const Snapshot& snapshot, const std::vector<Ids>& rows,
                                              std::map<TermId, size_t>* known) {
    std::vector<std::vector<size_t>> numbered;
    for (const Ids& row : rows) {
      std::vector<size_t>& numbers = numbered.emplace_back();
      for (const TermId id : row) {
        auto found = known->find(id);
        if (found == known->end()) found = known->emplace(id, NumberOf(snapshot, id)).first;
        numbers.push_back(found->second);
      }
    }
    std::sort(numbered.begin(), numbered.end());
    return numbered;
  }

 private:
  size_t NumberOf(const Snapshot& snapshot, TermId id) {
    const auto term = id.is_undefined() ? Term() : snapshot.GetTerm(id);
    EXPECT_TRUE(term.ok()) << term.status();
    return numbers_.emplace(term.value_or(Term()), numbers_.size()).first->second;
  }

  std::map<Term, size_t> numbers_;
};

void ExpectSorted(const std::vector<Ids>& rows, absl::string_view permutation) {
  for (size_t i = 1; i < rows.size(); ++i) {
    ASSERT_LT(rows[i - 1], rows[i]) << "row " << i << " of " << permutation << " is out of order or twice there";
  }
}

}  // namespace

Term Node(absl::string_view name) { return Term::Iri(absl::StrCat("urn:", name)); }

Term Number(int value) { return Term::Typed(absl::StrCat(value), std::string(xsd::kInteger)); }

Quad Fact(absl::string_view subject, absl::string_view predicate, absl::string_view object, absl::string_view graph) {
  Quad quad = Fact(Node(subject), Node(predicate), Node(object));
  if (!graph.empty()) quad.graph = Node(graph);
  return quad;
}

Quad Fact(Term subject, Term predicate, Term object) {
  return {std::move(subject), std::move(predicate), std::move(object), std::nullopt};
}

Quad Claim(absl::string_view claim, absl::string_view subject, absl::string_view predicate, absl::string_view object,
           absl::string_view graph) {
  Quad quad = Fact(claim, "", "", graph);
  quad.predicate = Term::Iri(std::string(rdf::kReifies));
  quad.object = Term::TripleTerm({Node(subject), Node(predicate), Node(object)});
  return quad;
}

std::vector<Ids> ScanIds(const Snapshot& snapshot, const ScanSpec& spec) {
  std::vector<Ids> rows;
  auto cursor = snapshot.Scan(spec);
  EXPECT_TRUE(cursor.ok()) << cursor.status();
  if (!cursor.ok()) return rows;
  const size_t width = GetPermutationInfo(spec.permutation).width;
  RowBlock block;
  while (true) {
    const auto more = (*cursor)->Next(&block);
    EXPECT_TRUE(more.ok()) << more.status();
    if (!more.ok() || !*more) return rows;
    EXPECT_GT(block.rows, 0U);
    for (size_t i = 0; i < block.rows; ++i) {
      Ids& row = rows.emplace_back();
      for (size_t column = 0; column < width; ++column) {
        const bool wanted = (spec.wanted_columns >> column & 1U) != 0;
        EXPECT_EQ(block.columns[column] != nullptr, wanted) << "column " << column;
        row.push_back(wanted && block.columns[column] != nullptr ? block.columns[column][i] : TermId());
      }
    }
  }
}

std::vector<Terms> ScanTerms(const Snapshot& snapshot, const ScanSpec& spec) {
  std::vector<Terms> rows;
  std::map<TermId, Term> seen = {{TermId(), Term()}};
  for (const Ids& ids : ScanIds(snapshot, spec)) {
    Terms& row = rows.emplace_back();
    for (const TermId id : ids) {
      auto found = seen.find(id);
      if (found == seen.end()) {
        const auto term = snapshot.GetTerm(id);
        EXPECT_TRUE(term.ok()) << term.status();
        found = seen.emplace(id, term.value_or(Term())).first;
      }
      row.push_back(found->second);
    }
  }
  return rows;
}

std::set<Quad> Contents(const Snapshot& snapshot) {
  std::set<Quad> quads;
  const auto graph = [](const Term& term) { return term == Term() ? std::nullopt : std::make_optional(term); };
  for (const Terms& row : ScanTerms(snapshot, {.permutation = Permutation::kSpo})) {
    quads.insert({row[0], row[1], row[2], graph(row[3])});
  }
  for (const Terms& row : ScanTerms(snapshot, {.permutation = Permutation::kClaimSpo})) {
    quads.insert(
        {row[3], Term::Iri(std::string(rdf::kReifies)), Term::TripleTerm({row[0], row[1], row[2]}), graph(row[4])});
  }
  return quads;
}

std::string DescribeStatistics(const Snapshot& snapshot) {
  const Statistics& statistics = snapshot.statistics();
  std::vector<std::string> lines;
  DescribeRelation(snapshot, statistics.quads, &lines);
  DescribeRelation(snapshot, statistics.reifications, &lines);
  std::vector<std::string> sets;
  for (const CharacteristicSet& set : statistics.characteristic_sets) {
    EXPECT_EQ(set.predicates.size(), set.rows.size());
    EXPECT_TRUE(std::is_sorted(set.predicates.begin(), set.predicates.end()));
    std::vector<std::string> parts;
    for (size_t i = 0; i < set.predicates.size(); ++i) {
      parts.push_back(absl::StrCat(Name(snapshot, set.predicates[i]), " rows ", set.rows[i]));
    }
    std::sort(parts.begin(), parts.end());
    sets.push_back(absl::StrCat(set.subjects, " subjects with ", absl::StrJoin(parts, ", ")));
  }
  std::sort(sets.begin(), sets.end());
  return absl::StrCat(absl::StrJoin(lines, "\n"), "\n", absl::StrJoin(sets, "\n"));
}

void ExpectValid(const Store& store) {
  const auto problems = store.Validate({});
  ASSERT_TRUE(problems.ok()) << problems.status();
  EXPECT_TRUE(problems->empty()) << absl::StrJoin(*problems, "\n");
}

void ExpectSameStore(const Snapshot& actual, const Snapshot& expected) {
  TermNumbers numbers;
  std::map<TermId, size_t> actual_numbers;
  std::map<TermId, size_t> expected_numbers;
  for (const PermutationInfo& info : AllPermutations()) {
    const std::vector<Ids> actual_ids = ScanIds(actual, {.permutation = info.permutation});
    ExpectSorted(actual_ids, info.name);
    const auto actual_rows = numbers.SortedRows(actual, actual_ids, &actual_numbers);
    const auto expected_rows =
        numbers.SortedRows(expected, ScanIds(expected, {.permutation = info.permutation}), &expected_numbers);
    // Not EXPECT_EQ, which would print thousands of rows.
    EXPECT_EQ(actual_rows.size(), expected_rows.size()) << info.name;
    EXPECT_TRUE(actual_rows == expected_rows) << info.name;
  }
  EXPECT_EQ(DescribeStatistics(actual), DescribeStatistics(expected));
}

std::function<absl::Status(QuadSink)> SourceOf(absl::Span<const Quad> quads) {
  return [quads](QuadSink sink) -> absl::Status {
    for (const Quad& quad : quads) {
      if (absl::Status status = sink(Quad(quad)); !status.ok()) return status;
    }
    return absl::OkStatus();
  };
}

TempDirectory::TempDirectory() : path_(absl::StrCat(testing::TempDir(), "/dossier_XXXXXX")) {
  if (mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << "cannot make " << path_;
}

TempDirectory::~TempDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TempDirectory::Child(absl::string_view name) const { return absl::StrCat(path_, "/", name); }

}  // namespace dossier
