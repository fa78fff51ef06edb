#include "rdf/rdf_xml.h"

#include <raptor2.h>

#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "rdf/line_parser.h"
#include "rdf/raptor_library.h"
#include "rdf/vocabulary.h"
#include "rdf/writer.h"

namespace dossier {
namespace {

constexpr size_t kChunk = 64 * 1024;
// As in Turtle: fresh nodes are anon1, anon2, ...; labels that begin so are moved out of their way.
constexpr absl::string_view kFreshLabel = "anon";

using World = std::unique_ptr<raptor_world, void (*)(raptor_world*)>;
using Parser = std::unique_ptr<raptor_parser, void (*)(raptor_parser*)>;
using Uri = std::unique_ptr<raptor_uri, void (*)(raptor_uri*)>;

absl::string_view View(const unsigned char* text, size_t length) {
  return {reinterpret_cast<const char*>(text), length};
}

// What raptor's callbacks need: C functions with a pointer to this.
class Reading {
 public:
  Reading(const RaptorLibrary& raptor, const ReaderOptions& options, QuadSink sink)
      : raptor_(raptor), options_(options), sink_(sink) {}

  void set_parser(raptor_parser* parser) { parser_ = parser; }
  const absl::Status& status() const { return status_; }

  static void OnStatement(void* self, raptor_statement* statement) { static_cast<Reading*>(self)->Take(*statement); }
  static void OnMessage(void* self, raptor_log_message* message) { static_cast<Reading*>(self)->Hear(*message); }
  // Raptor frees the returned text.
  static unsigned char* OnBlankNode(void* self, unsigned char* label) {
    auto* const reading = static_cast<Reading*>(self);
    const std::string name = reading->BlankNodeLabel(reinterpret_cast<const char*>(label));
    auto* copy = static_cast<unsigned char*>(reading->raptor_.alloc_memory(name.size() + 1));
    if (copy != nullptr) std::memcpy(copy, name.c_str(), name.size() + 1);
    if (label != nullptr) reading->raptor_.free_memory(label);
    return copy;
  }

 private:
  std::string BlankNodeLabel(const char* label) {
    if (label == nullptr) return absl::StrCat(options_.blank_node_prefix, kFreshLabel, ++fresh_);
    const bool clashes = absl::StartsWith(label, kFreshLabel);
    return absl::StrCat(options_.blank_node_prefix, clashes ? absl::StrCat(kFreshLabel, "_") : "", label);
  }

  Term ToTerm(const raptor_term& term) const {
    switch (term.type) {
      case RAPTOR_TERM_TYPE_URI: {
        size_t length = 0;
        const unsigned char* text = raptor_.uri_as_counted_string(term.value.uri, &length);
        return Term::Iri(std::string(View(text, length)));
      }
      case RAPTOR_TERM_TYPE_BLANK:
        return Term::BlankNode(std::string(View(term.value.blank.string, term.value.blank.string_len)));
      default: break;
    }
    const raptor_term_literal_value& literal = term.value.literal;
    std::string lexical(View(literal.string, literal.string_len));
    if (literal.language != nullptr && literal.language_len > 0) {
      return Term::LanguageTagged(std::move(lexical), std::string(View(literal.language, literal.language_len)));
    }
    if (literal.datatype == nullptr) return Term::String(std::move(lexical));
    size_t length = 0;
    const unsigned char* datatype = raptor_.uri_as_counted_string(literal.datatype, &length);
    return Term::Typed(std::move(lexical), std::string(View(datatype, length)));
  }

  void Take(const raptor_statement& statement) {
    if (!status_.ok()) return;
    Quad quad{ToTerm(*statement.subject), ToTerm(*statement.predicate), ToTerm(*statement.object),
              options_.default_graph};
    // Raptor lets pass what RDF does not know: IRIs with any characters, any language. N-Quads tells.
    std::string line;
    AppendStatement(quad, &line);
    LineParser parser(line, /*with_graphs=*/true);
    RawQuad raw;
    status_ = parser.Next(&raw) == LineParser::Result::kQuad
                  ? sink_(std::move(quad))
                  : ErrorAt(raptor_.parser_get_locator(parser_), absl::StrCat(parser.reason(), ": ", line));
    if (!status_.ok()) raptor_.parser_parse_abort(parser_);
  }

  void Hear(const raptor_log_message& message) {
    if (message.level < RAPTOR_LOG_LEVEL_ERROR || !status_.ok()) return;
    // Messages of the XML parser come without a position; raptor's own parser knows it.
    const raptor_locator* locator =
        message.locator != nullptr || parser_ == nullptr ? message.locator : raptor_.parser_get_locator(parser_);
    status_ = ErrorAt(locator, message.text == nullptr ? "raptor could not read it" : message.text);
    // Beyond an error raptor would guess on, and it is less careful there.
    if (parser_ != nullptr) raptor_.parser_parse_abort(parser_);
  }

  absl::Status ErrorAt(const raptor_locator* locator, std::string message) const {
    Diagnostic diagnostic;
    diagnostic.message = std::move(message);
    diagnostic.source = options_.source;
    if (locator != nullptr && locator->line > 0) {
      diagnostic.line = static_cast<size_t>(locator->line);
      diagnostic.column = locator->column > 0 ? static_cast<size_t>(locator->column) : 1;
    }
    return DiagnosticError(diagnostic);
  }

  const RaptorLibrary& raptor_;
  const ReaderOptions& options_;
  const QuadSink sink_;
  raptor_parser* parser_ = nullptr;
  absl::Status status_;
  uint64_t fresh_ = 0;
};

absl::Status CannotStart() { return absl::InternalError("the RDF/XML library does not start"); }

}  // namespace

absl::Status ReadRdfXml(Input* input, const ReaderOptions& options, QuadSink sink) {
  DOSSIER_ASSIGN_OR_RETURN(const RaptorLibrary* const raptor, LoadRaptor());
  Reading reading(*raptor, options, sink);
  const World world(raptor->new_world_internal(RAPTOR_VERSION), raptor->free_world);
  if (world == nullptr || raptor->world_open(world.get()) != 0) return CannotStart();
  raptor->world_set_log_handler(world.get(), &reading, &Reading::OnMessage);
  raptor->world_set_generate_bnodeid_handler(world.get(), &reading, &Reading::OnBlankNode);
  const std::string base_text = options.base.empty() ? "about:blank" : options.base;
  const Uri base(raptor->new_uri(world.get(), reinterpret_cast<const unsigned char*>(base_text.c_str())),
                 raptor->free_uri);
  const Parser parser(raptor->new_parser(world.get(), "rdfxml"), raptor->free_parser);
  if (base == nullptr || parser == nullptr) return CannotStart();
  reading.set_parser(parser.get());
  raptor->parser_set_statement_handler(parser.get(), &reading, &Reading::OnStatement);
  raptor->parser_set_option(parser.get(), RAPTOR_OPTION_NO_NET, nullptr, 1);
  raptor->parser_set_option(parser.get(), RAPTOR_OPTION_NO_FILE, nullptr, 1);
  raptor->parser_set_option(parser.get(), RAPTOR_OPTION_LOAD_EXTERNAL_ENTITIES, nullptr, 0);
  raptor->parser_set_option(parser.get(), RAPTOR_OPTION_CHECK_RDF_ID, nullptr, 1);

  if (raptor->parser_parse_start(parser.get(), base.get()) != 0) return CannotStart();
  std::vector<char> chunk(kChunk);
  while (reading.status().ok()) {
    DOSSIER_ASSIGN_OR_RETURN(const size_t count, input->Read(absl::MakeSpan(chunk)));
    const bool last = count == 0;
    const int result = raptor->parser_parse_chunk(parser.get(), reinterpret_cast<const unsigned char*>(chunk.data()),
                                                  count, last ? 1 : 0);
    if (result != 0 && reading.status().ok()) {
      return absl::InvalidArgumentError(absl::StrCat(options.source, ": this is not RDF/XML"));
    }
    if (last) break;
  }
  return reading.status();
}

}  // namespace dossier
