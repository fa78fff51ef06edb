#include "storage/bulk/line_encoder.h"

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "rdf/inline_literal.h"
#include "rdf/line_reject.h"
#include "rdf/vocabulary.h"
#include "storage/dictionary.h"
#include "storage/hash.h"

namespace dossier::storage {
namespace {

// The parts of a literal in canonical N-Triples that has no escapes.
LiteralParts PartsOf(absl::string_view text) {
  LiteralParts parts;
  const size_t quote = text.find('"', 1);
  parts.lexical = text.substr(1, quote - 1);
  absl::string_view rest = text.substr(quote + 1);
  if (absl::ConsumePrefix(&rest, "@")) {
    parts.is_language = true;
    if (absl::ConsumeSuffix(&rest, "--ltr")) {
      parts.direction = BaseDirection::kLeftToRight;
    } else if (absl::ConsumeSuffix(&rest, "--rtl")) {
      parts.direction = BaseDirection::kRightToLeft;
    }
    parts.qualifier = rest;
  } else {
    parts.qualifier = rest.empty() ? xsd::kString : rest.substr(3, rest.size() - 4);  // Without ^^< and >.
  }
  return parts;
}

}  // namespace

absl::Status LineEncoder::Encode(EncodedChunk* chunk) {
  chunk_ = chunk;
  terms_.Begin(chunk);
  status_ = absl::OkStatus();
  has_prefix_ = false;
  last_subject_ = {};
  const LineSource& source = *chunk->source;
  bool has_graph = false;  // Whether the default graph has its id; it is not the first term before it is needed.
  default_graph_ = TermId();
  // A byte order mark is looked for on the first line only.
  const size_t first_line = chunk->first ? 1 : 2;
  LineParser parser(chunk->text, source.with_graphs, first_line);
  RawQuad quad;
  for (auto result = parser.Next(&quad); result != LineParser::Result::kEnd; result = parser.Next(&quad)) {
    if (result == LineParser::Result::kError) {
      chunk->rejects.push_back(MakeReject(parser));
      chunk->rejects.back().line -= first_line;
      if (!source.on_reject) return absl::OkStatus();  // Nothing behind it counts.
      continue;
    }
    ++chunk->statements;
    if (!quad.has_graph && !has_graph && source.default_graph.has_value()) {
      default_graph_ = terms_.Intern(*source.default_graph);
      has_graph = true;
    }
    EncodeStatement(quad);
    if (!status_.ok()) return status_;
  }
  chunk->lines = parser.line() - first_line;
  return absl::OkStatus();
}

void LineEncoder::EncodeStatement(const RawQuad& quad) {
  const TermId graph = quad.has_graph ? Intern(quad.graph) : default_graph_;
  if (quad.object.kind == TermKind::kTripleTerm && IsReifies(quad.predicate)) {
    const RawQuad triple = ComponentsOf(quad.object);
    const TermId subject = Intern(triple.subject);
    const TermId predicate = Intern(triple.predicate);
    const TermId object = Intern(triple.object);
    const TermId reifier = Intern(quad.subject);
    chunk_->claims.insert(chunk_->claims.end(), {subject, predicate, object, reifier, graph});
    return;
  }
  if (quad.subject.text != last_subject_) {
    last_subject_id_ = Intern(quad.subject);
    last_subject_ = quad.subject.text;
  }
  const TermId predicate = Intern(quad.predicate);
  const TermId object = Intern(quad.object);
  chunk_->quads.insert(chunk_->quads.end(), {last_subject_id_, predicate, object, graph});
}

TermId LineEncoder::Intern(const RawTerm& term) {
  if (term.kind == TermKind::kIri) return InternIri(term);
  if (term.kind == TermKind::kBlankNode) return InternBlankNode(term.text);
  const TermTag kind = term.kind == TermKind::kLiteral ? TermTag::kLiteral : TermTag::kTripleTerm;
  const uint64_t hash = Hash64(term.text);
  TermId id = terms_.Find(kind, hash, term.text);
  if (!id.is_undefined()) return id;
  id = kind == TermTag::kLiteral ? MakeLiteral(term) : MakeTripleTerm(term);
  terms_.Remember(kind, hash, term.text, id);
  return id;
}

TermId LineEncoder::InternIri(const RawTerm& term) {
  if (!term.canonical) return terms_.Intern(MakeTerm(term, ""));
  const absl::string_view iri = term.text.substr(1, term.text.size() - 2);
  const uint64_t hash = RecordHash(TermTag::kIri, iri);
  TermId id = terms_.Find(TermTag::kIri, hash, iri);
  if (!id.is_undefined()) return id;
  id = terms_.Add(TermTag::kIri, hash, iri);
  terms_.Remember(TermTag::kIri, hash, iri, id);
  return id;
}

TermId LineEncoder::InternBlankNode(absl::string_view text) {
  const uint64_t hash = Hash64(text);
  TermId id = terms_.Find(TermTag::kBlankNode, hash, text);
  if (!id.is_undefined()) return id;
  if (!has_prefix_) {
    const absl::StatusOr<std::string> prefix = chunk_->source->blank_node_prefix();
    if (prefix.ok()) prefix_ = *prefix;
    status_.Update(prefix.status());
    has_prefix_ = true;
  }
  record_ = absl::StrCat(prefix_, text.substr(2));
  id = terms_.Add(TermTag::kBlankNode, RecordHash(TermTag::kBlankNode, record_), chunk_->arena.Keep(record_));
  terms_.Remember(TermTag::kBlankNode, hash, text, id);
  return id;
}

TermId LineEncoder::MakeLiteral(const RawTerm& term) {
  if (!term.canonical || absl::StrContains(term.text, '\\')) return terms_.Intern(MakeTerm(term, ""));
  const LiteralParts parts = PartsOf(term.text);
  if (!parts.is_language) {
    if (const std::optional<TermId> id = InlineLiteralId(parts.lexical, parts.qualifier)) return *id;
  }
  record_.clear();
  AppendLiteralRecord(parts, &record_);
  return terms_.Add(TermTag::kLiteral, RecordHash(TermTag::kLiteral, record_), chunk_->arena.Keep(record_));
}

TermId LineEncoder::MakeTripleTerm(const RawTerm& term) {
  const RawQuad triple = ComponentsOf(term);
  const TermId subject = Intern(triple.subject);
  const TermId predicate = Intern(triple.predicate);
  return terms_.AddTriple(subject, predicate, Intern(triple.object));
}

bool LineEncoder::IsReifies(const RawTerm& predicate) const {
  if (!predicate.canonical) return MakeTerm(predicate, "").value() == rdf::kReifies;
  return predicate.text.substr(1, predicate.text.size() - 2) == rdf::kReifies;
}

}  // namespace dossier::storage
