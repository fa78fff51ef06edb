#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "query/result/solution_parsers.h"
#include "rdf/language_tag.h"
#include "rdf/quad.h"
#include "rdf/turtle_lexer.h"
#include "rdf/vocabulary.h"

namespace dossier::solutions {
namespace {

// One term in Turtle's syntax, without prefixed names, and nothing else.
class TermReader {
 public:
  explicit TermReader(absl::string_view text) : input_(TextInput(text)), lexer_(input_.get(), "") {}

  absl::StatusOr<Term> Read() {
    DOSSIER_RETURN_IF_ERROR(lexer_.Next(&token_));
    DOSSIER_ASSIGN_OR_RETURN(Term term, ReadTerm(0));
    if (token_.kind != TurtleTokenKind::kEnd) return Unexpected("one term only");
    return term;
  }

 private:
  absl::Status Unexpected(absl::string_view expected) {
    return lexer_.ErrorAt(token_.position, absl::StrCat("expected ", expected, ", found ", DescribeToken(token_)));
  }

  absl::StatusOr<Term> Done(Term term) {
    DOSSIER_RETURN_IF_ERROR(lexer_.Next(&token_));
    return term;
  }

  absl::StatusOr<Term> ReadTerm(int depth) {
    switch (token_.kind) {
      case TurtleTokenKind::kIri: return Done(Term::Iri(token_.text));
      case TurtleTokenKind::kBlankNodeLabel: return Done(Term::BlankNode(token_.text));
      case TurtleTokenKind::kString: return ReadLiteral();
      case TurtleTokenKind::kInteger: return Done(Term::Typed(token_.text, std::string(xsd::kInteger)));
      case TurtleTokenKind::kDecimal: return Done(Term::Typed(token_.text, std::string(xsd::kDecimal)));
      case TurtleTokenKind::kDouble: return Done(Term::Typed(token_.text, std::string(xsd::kDouble)));
      case TurtleTokenKind::kWord:
        if (token_.text == "true" || token_.text == "false") {
          return Done(Term::Typed(token_.text, std::string(xsd::kBoolean)));
        }
        if (token_.text == "a" && depth > 0) return Done(Term::Iri(std::string(rdf::kType)));
        break;
      case TurtleTokenKind::kOpenTripleTerm: return ReadTriple(depth);
      default: break;
    }
    return Unexpected("a term");
  }

  absl::StatusOr<Term> ReadLiteral() {
    std::string lexical = token_.text;
    DOSSIER_RETURN_IF_ERROR(lexer_.Next(&token_));
    if (token_.kind == TurtleTokenKind::kLanguage) {
      absl::StatusOr<Term> literal = TermWithLanguageTag(std::move(lexical), token_.text);
      if (!literal.ok()) return lexer_.ErrorAt(token_.position, std::string(literal.status().message()));
      return Done(*std::move(literal));
    }
    if (token_.kind != TurtleTokenKind::kDatatypeMark) return Term::String(std::move(lexical));
    DOSSIER_RETURN_IF_ERROR(lexer_.Next(&token_));
    if (token_.kind != TurtleTokenKind::kIri || token_.text == rdf::kLangString || token_.text == rdf::kDirLangString) {
      return Unexpected("the IRI of a datatype");
    }
    return Done(token_.text == xsd::kString ? Term::String(std::move(lexical))
                                            : Term::Typed(std::move(lexical), token_.text));
  }

  absl::StatusOr<Term> ReadTriple(int depth) {
    const TurtleToken begin = token_;
    if (depth >= kDeepestTripleTerm) return lexer_.ErrorAt(begin.position, "triple terms are nested too deeply");
    DOSSIER_RETURN_IF_ERROR(lexer_.Next(&token_));
    std::vector<Term> terms;
    for (size_t i = 0; i < 3; ++i) {
      DOSSIER_ASSIGN_OR_RETURN(Term term, ReadTerm(depth + 1));
      terms.push_back(std::move(term));
    }
    if (token_.kind != TurtleTokenKind::kCloseTripleTerm) return Unexpected(")>>");
    absl::StatusOr<Term> triple = MakeTripleTerm(std::move(terms[0]), std::move(terms[1]), std::move(terms[2]));
    if (!triple.ok()) return lexer_.ErrorAt(begin.position, std::string(triple.status().message()));
    return Done(*std::move(triple));
  }

  const std::unique_ptr<Input> input_;
  TurtleLexer lexer_;
  TurtleToken token_;
};

// The term that stands in `text` at `field`.
absl::StatusOr<Term> ReadTermAt(absl::string_view text, absl::string_view field, const std::string& source) {
  absl::StatusOr<Term> term = TermReader(field).Read();
  if (term.ok()) return term;
  // The reader saw the field only: move its error to where the field stands.
  const std::optional<Diagnostic> inner = GetDiagnostic(term.status());
  size_t offset = static_cast<size_t>(field.data() - text.data());
  if (!inner.has_value()) return ErrorAt(text, offset, std::string(term.status().message()), source);
  if (inner->column > 0) offset += inner->column - 1;
  return ErrorAt(text, offset, inner->message, source);
}

// An answer of yes or no has no form of its own in CSV and TSV; it is written as a line of one word.
std::optional<bool> OnlyBoolean(absl::string_view text) {
  absl::ConsumeSuffix(&text, "\n");
  absl::ConsumeSuffix(&text, "\r");
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

// A field of CSV; an empty one in quotes is an empty string, one without them is no value.
struct Field {
  std::string text;
  bool quoted = false;
};

// Reads records as RFC 4180 has them; a line may end with "\n" alone.
class CsvScanner {
 public:
  CsvScanner(absl::string_view text, const std::string& source) : text_(text), source_(source) {}

  bool at_end() const { return position_ == text_.size(); }
  size_t position() const { return position_; }

  // Reads one record and its line end.
  absl::StatusOr<std::vector<Field>> Next() {
    std::vector<Field> fields;
    while (true) {
      DOSSIER_ASSIGN_OR_RETURN(Field field, NextField());
      fields.push_back(std::move(field));
      if (Accept(",")) continue;
      if (at_end() || Accept("\n") || Accept("\r\n")) return fields;
      return ErrorAt(text_, position_, "expected a comma or the end of the line after the closing quote", source_);
    }
  }

 private:
  bool Ahead(absl::string_view text) const { return absl::StartsWith(text_.substr(position_), text); }
  bool Accept(absl::string_view text) {
    if (!Ahead(text)) return false;
    position_ += text.size();
    return true;
  }

  absl::StatusOr<Field> NextField() {
    const size_t begin = position_;
    Field field;
    field.quoted = Accept("\"");
    if (!field.quoted) {
      while (!at_end() && !Ahead(",") && !Ahead("\n") && !Ahead("\r\n")) ++position_;
      field.text = std::string(text_.substr(begin, position_ - begin));
      return field;
    }
    while (true) {
      const size_t quote = text_.find('"', position_);
      if (quote == absl::string_view::npos) return ErrorAt(text_, begin, "this quoted field has no end", source_);
      absl::StrAppend(&field.text, text_.substr(position_, quote - position_));
      position_ = quote + 1;
      if (!Accept("\"")) return field;
      field.text.push_back('"');
    }
  }

  const absl::string_view text_;
  const std::string& source_;
  size_t position_ = 0;
};

std::optional<Term> CsvTerm(Field field) {
  if (field.text.empty() && !field.quoted) return std::nullopt;
  if (absl::StartsWith(field.text, "_:") && !field.quoted) return Term::BlankNode(field.text.substr(2));
  if (absl::StartsWith(field.text, "<<(")) {
    absl::StatusOr<Term> triple = TermReader(field.text).Read();
    if (triple.ok()) return *std::move(triple);
  }
  return Term::String(std::move(field.text));
}

absl::Status WrongWidth(absl::string_view text, size_t offset, size_t found, size_t expected,
                        const std::string& source) {
  return ErrorAt(text, offset,
                 absl::StrCat("this row has ", found, found == 1 ? " field" : " fields", ", the header has ", expected),
                 source);
}

}  // namespace

absl::StatusOr<SolutionTable> ReadCsv(absl::string_view text, const std::string& source) {
  SolutionTable table;
  table.boolean = OnlyBoolean(text);
  if (table.boolean.has_value()) return table;
  CsvScanner scanner(text, source);
  DOSSIER_ASSIGN_OR_RETURN(std::vector<Field> header, scanner.Next());
  for (Field& field : header) table.columns.push_back(std::move(field.text));
  const bool no_columns = table.columns.size() == 1 && table.columns.front().empty();
  if (no_columns) table.columns.clear();
  while (!scanner.at_end()) {
    const size_t begin = scanner.position();
    DOSSIER_ASSIGN_OR_RETURN(std::vector<Field> fields, scanner.Next());
    const bool empty = fields.size() == 1 && fields.front().text.empty();
    if (no_columns && empty) fields.clear();
    if (fields.size() != table.columns.size()) {
      return WrongWidth(text, begin, fields.size(), table.columns.size(), source);
    }
    std::vector<std::optional<Term>> row;
    for (Field& field : fields) row.push_back(CsvTerm(std::move(field)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

absl::StatusOr<SolutionTable> ReadTsv(absl::string_view text, const std::string& source) {
  SolutionTable table;
  table.boolean = OnlyBoolean(text);
  if (table.boolean.has_value()) return table;
  const absl::string_view whole = text;
  bool header = true;
  while (header || !text.empty()) {
    const size_t end = text.find('\n');
    absl::string_view line = text.substr(0, end);
    text.remove_prefix(end == absl::string_view::npos ? text.size() : end + 1);
    absl::ConsumeSuffix(&line, "\r");
    std::vector<absl::string_view> fields = absl::StrSplit(line, '\t');
    if (line.empty() && (header || table.columns.empty())) fields.clear();
    const auto offset = static_cast<size_t>(line.data() - whole.data());
    if (header) {
      for (absl::string_view field : fields) {
        if (!absl::ConsumePrefix(&field, "?")) {
          return ErrorAt(whole, static_cast<size_t>(field.data() - whole.data()),
                         "the first line names the variables, each with \"?\"", source);
        }
        table.columns.emplace_back(field);
      }
      header = false;
      continue;
    }
    if (fields.size() != table.columns.size()) {
      return WrongWidth(whole, offset, fields.size(), table.columns.size(), source);
    }
    std::vector<std::optional<Term>> row(fields.size());
    for (size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].empty()) continue;
      DOSSIER_ASSIGN_OR_RETURN(row[i], ReadTermAt(whole, fields[i], source));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace dossier::solutions
