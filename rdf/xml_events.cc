#include "rdf/xml_events.h"

#include <expat.h>

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "base/utf8.h"

namespace dossier {
namespace {

constexpr size_t kChunk = 64 * 1024;
// The longest tag, comment or declaration; it has to be in memory as a whole.
constexpr size_t kLongestToken = size_t{64} << 20U;
constexpr size_t kDeepest = 10'000;
// Entities that refer to others. Expat calls itself once for each step of a chain of them: a bound for the stack.
constexpr size_t kMostEntitiesOfEntities = 100;
// Entities, and likewise defaults of attributes, may make a document a hundred times as long as it is; a small one may
// grow to this size.
constexpr size_t kMostAmplification = 100;
constexpr size_t kFreeAmplification = 1 << 20;
// How much of a line is shown before the error, and how much after it.
constexpr size_t kShown = 400;
// Between the parts of names that expat gives us: a character that XML cannot hold.
constexpr char kSeparator = '\x01';

// "namespace, local name, prefix", "namespace, local name", or "local name".
XmlName SplitName(absl::string_view text) {
  const size_t first = text.find(kSeparator);
  if (first == absl::string_view::npos) return {{}, text, {}};
  const absl::string_view rest = text.substr(first + 1);
  const size_t second = rest.find(kSeparator);
  if (second == absl::string_view::npos) return {text.substr(0, first), rest, {}};
  return {text.substr(0, first), rest.substr(0, second), rest.substr(second + 1)};
}

bool IsPredefinedEntity(absl::string_view name) {
  return name == "lt" || name == "gt" || name == "amp" || name == "quot" || name == "apos";
}

// What to tell for an error of expat's; the frequent ones say what to do.
std::string Sentence(XML_Error error) {
  switch (error) {
    case XML_ERROR_INVALID_TOKEN:
      return "this is not well-formed XML; a bare `&` or `<` is written `&amp;` or `&lt;`, and all bytes have to be in "
             "the document's encoding";
    case XML_ERROR_UNCLOSED_TOKEN: return "the tag, comment or reference that begins here is not closed";
    case XML_ERROR_TAG_MISMATCH: return "the end tag does not match the start tag of the innermost open element";
    case XML_ERROR_DUPLICATE_ATTRIBUTE: return "the element has an attribute twice";
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT: return "there is more after the end of the outermost element";
    case XML_ERROR_UNDEFINED_ENTITY:
      return "the entity is not declared; write `<!DOCTYPE rdf:RDF [<!ENTITY name \"...\">]>` before the first element";
    case XML_ERROR_RECURSIVE_ENTITY_REF: return "the entity refers to itself";
    case XML_ERROR_ATTRIBUTE_EXTERNAL_ENTITY_REF: return "the entity is outside of the document; nothing is fetched";
    case XML_ERROR_AMPLIFICATION_LIMIT_BREACH:
      return "the entities make the document more than a hundred times as long as it is";
    case XML_ERROR_UNBOUND_PREFIX: return "a prefix of the tag is not declared; declare it with `xmlns:prefix=\"...\"`";
    case XML_ERROR_NOT_STANDALONE: return "parameter entities (`%name;`) are not read; write out what they stand for";
    default: return absl::StrCat("this is not well-formed XML: ", XML_ErrorString(error));
  }
}

}  // namespace

std::string XmlName::Written() const { return prefix.empty() ? std::string(local) : absl::StrCat(prefix, ":", local); }

// The functions that expat calls; `self` is the reader.
struct XmlReader::Callbacks {
  static XmlReader* Reader(void* self) { return static_cast<XmlReader*>(self); }

  static void XMLCALL Start(void* self, const XML_Char* name, const XML_Char** attributes) {
    XmlReader* const reader = Reader(self);
    reader->Handle([&] {
      if (++reader->depth_ > kDeepest) {
        return reader->ErrorHere(absl::StrCat("elements are nested more than ", kDeepest, " deep"));
      }
      DOSSIER_RETURN_IF_ERROR(reader->CheckEntitiesOfTag());
      reader->attributes_.clear();
      for (const XML_Char** at = attributes; *at != nullptr; at += 2) {
        reader->attributes_.push_back({SplitName(at[0]), at[1]});
      }
      DOSSIER_RETURN_IF_ERROR(reader->CheckAddedAttributes());
      return reader->handler_->OnStart(SplitName(name), reader->attributes_);
    });
  }

  static void XMLCALL End(void* self, const XML_Char* name) {
    XmlReader* const reader = Reader(self);
    reader->Handle([&] {
      --reader->depth_;
      return reader->handler_->OnEnd(SplitName(name));
    });
  }

  static void XMLCALL Text(void* self, const XML_Char* text, int length) {
    Reader(self)->Handle([&] { return Reader(self)->handler_->OnText({text, static_cast<size_t>(length)}); });
  }

  static void XMLCALL Comment(void* self, const XML_Char* text) {
    Reader(self)->Handle([&] { return Reader(self)->handler_->OnComment(text); });
  }

  static void XMLCALL Instruction(void* self, const XML_Char* target, const XML_Char* data) {
    Reader(self)->Handle([&] { return Reader(self)->handler_->OnInstruction(target, data); });
  }

  static void XMLCALL Declaration(void* self, const XML_Char* /*version*/, const XML_Char* encoding,
                                  int /*standalone*/) {
    Reader(self)->Handle([&] {
      if (encoding != nullptr) Reader(self)->encoding_ = encoding;
      return absl::OkStatus();
    });
  }

  static void XMLCALL Doctype(void* self, const XML_Char* /*name*/, const XML_Char* system_id,
                              const XML_Char* /*public_id*/, int /*has_internal_subset*/) {
    Reader(self)->has_external_subset_ = system_id != nullptr;
    Reader(self)->in_doctype_ = true;
  }

  static void XMLCALL Entity(void* self, const XML_Char* name, int is_parameter, const XML_Char* value, int length,
                             const XML_Char* /*base*/, const XML_Char* /*system_id*/, const XML_Char* /*public_id*/,
                             const XML_Char* /*notation*/) {
    XmlReader* const reader = Reader(self);
    reader->Handle([&]() -> absl::Status {
      if (is_parameter != 0 || value == nullptr) return absl::OkStatus();
      const absl::string_view text(value, static_cast<size_t>(length));
      if (absl::StrContains(text, '&') && ++reader->entities_of_entities_ > kMostEntitiesOfEntities) {
        return reader->ErrorHere(absl::StrCat("more than ", kMostEntitiesOfEntities, " entities refer to others"));
      }
      if (!reader->has_external_subset_) return absl::OkStatus();
      DOSSIER_RETURN_IF_ERROR(reader->CheckEntities(text));
      reader->entities_.insert(name);
      return absl::OkStatus();
    });
  }

  // An entity that may be declared where we do not look.
  static void XMLCALL SkippedEntity(void* self, const XML_Char* name, int is_parameter) {
    Reader(self)->Handle([&] {
      if (is_parameter != 0) return absl::OkStatus();
      return Reader(self)->ErrorHere(
          absl::StrCat("the entity `&", name, ";` is not declared in the document itself; nothing else is fetched"));
    });
  }

  static int XMLCALL ExternalEntity(XML_Parser self, const XML_Char* /*context*/, const XML_Char* /*base*/,
                                    const XML_Char* /*system_id*/, const XML_Char* /*public_id*/) {
    auto* const reader = reinterpret_cast<XmlReader*>(self);  // As XML_SetExternalEntityRefHandlerArg was told.
    reader->Handle([&] { return reader->ErrorHere("the entity is outside of the document; nothing is fetched"); });
    return XML_STATUS_ERROR;
  }

  // Called for an external subset, which we pass over, before Doctype; and after it for `%name;`, behind which expat no
  // longer heeds declarations.
  static int XMLCALL NotStandalone(void* self) { return Reader(self)->in_doctype_ ? XML_STATUS_ERROR : XML_STATUS_OK; }
};

XmlReader::XmlReader(Input* input, std::string source, XmlHandler* handler)
    : input_(input), source_(std::move(source)), handler_(handler), parser_(nullptr, &XML_ParserFree) {}

bool XmlReader::MakeParser() {
  parser_.reset(XML_ParserCreateNS(nullptr, kSeparator));
  XML_Parser parser = parser_.get();
  if (parser == nullptr) return false;
  XML_SetUserData(parser, this);
  XML_SetReturnNSTriplet(parser, 1);
  XML_SetElementHandler(parser, &Callbacks::Start, &Callbacks::End);
  XML_SetCharacterDataHandler(parser, &Callbacks::Text);
  XML_SetCommentHandler(parser, &Callbacks::Comment);
  XML_SetProcessingInstructionHandler(parser, &Callbacks::Instruction);
  XML_SetXmlDeclHandler(parser, &Callbacks::Declaration);
  XML_SetStartDoctypeDeclHandler(parser, &Callbacks::Doctype);
  XML_SetEntityDeclHandler(parser, &Callbacks::Entity);
  XML_SetSkippedEntityHandler(parser, &Callbacks::SkippedEntity);
  XML_SetExternalEntityRefHandler(parser, &Callbacks::ExternalEntity);
  XML_SetExternalEntityRefHandlerArg(parser, this);
  XML_SetNotStandaloneHandler(parser, &Callbacks::NotStandalone);
  return XML_SetBillionLaughsAttackProtectionMaximumAmplification(parser, float{kMostAmplification}) == XML_TRUE &&
         XML_SetBillionLaughsAttackProtectionActivationThreshold(parser, kFreeAmplification) == XML_TRUE;
}

absl::Status XmlReader::Read() {
  if (!MakeParser()) return absl::ResourceExhaustedError("there is no memory for reading XML");
  size_t without_event = 0;
  for (bool first = true;; first = false) {
    // Expat looks at a token that is not yet whole from its begin with each chunk. Chunks that grow with the token
    // keep that in proportion.
    const size_t size = std::min(std::max(kChunk, without_event), kLongestToken + 1 - without_event);
    auto* const buffer = static_cast<char*>(XML_GetBuffer(parser_.get(), static_cast<int>(size)));
    if (buffer == nullptr) return absl::ResourceExhaustedError("there is no memory for reading XML");
    DOSSIER_ASSIGN_OR_RETURN(const size_t count, Fill(absl::MakeSpan(buffer, size)));
    if (first) NoteByteOrderMark({buffer, count});
    const bool last = count < size;
    const uint64_t events_before = events_;
    const XML_Status result = XML_ParseBuffer(parser_.get(), static_cast<int>(count), last ? 1 : 0);
    if (exception_ != nullptr) std::rethrow_exception(exception_);
    if (!status_.ok()) return status_;
    if (result != XML_STATUS_OK) return ParserError();
    if (last) return absl::OkStatus();
    without_event = events_ == events_before ? without_event + count : 0;
    if (without_event > kLongestToken) {
      return ErrorHere(absl::StrCat("a tag, comment or declaration has more than ", kLongestToken >> 20U, " MiB"));
    }
  }
}

// Fills the whole buffer, unless the input ends.
absl::StatusOr<size_t> XmlReader::Fill(absl::Span<char> buffer) {
  size_t filled = 0;
  while (filled < buffer.size()) {
    DOSSIER_ASSIGN_OR_RETURN(const size_t count, input_->Read(buffer.subspan(filled)));
    if (count == 0) break;
    filled += count;
  }
  return filled;
}

void XmlReader::NoteByteOrderMark(absl::string_view begin) {
  has_byte_order_mark_ = absl::StartsWith(begin, "\xEF\xBB\xBF") || absl::StartsWith(begin, "\xFE\xFF") ||
                         absl::StartsWith(begin, "\xFF\xFE");
}

absl::Status XmlReader::ParserError() {
  const XML_Error error = XML_GetErrorCode(parser_.get());
  switch (error) {
    case XML_ERROR_NO_MEMORY: return absl::ResourceExhaustedError("there is no memory for reading XML");
    case XML_ERROR_UNKNOWN_ENCODING:
    case XML_ERROR_INCORRECT_ENCODING:
      return ErrorHere(
          absl::StrCat("the document is said to be in the encoding `", encoding_,
                       "`, which is not read or not so; known are UTF-8, UTF-16, ISO-8859-1 and US-ASCII"));
    case XML_ERROR_NO_ELEMENTS:
      return ErrorHere(depth_ > 0 ? "the document ends before all its elements are closed" : "there is no XML element");
    default: return ErrorHere(Sentence(error));
  }
}

// Beside an external subset, expat leaves out entities that are not declared here as if they stood for nothing, and
// tells it only of those in text.
absl::Status XmlReader::CheckEntities(absl::string_view text) {
  for (size_t at = text.find('&'); at != absl::string_view::npos; at = text.find('&', at + 1)) {
    const absl::string_view name = text.substr(at + 1, text.find(';', at) - at - 1);
    if (absl::StartsWith(name, "#") || IsPredefinedEntity(name) || entities_.contains(name)) continue;
    return ErrorHere(absl::StrCat("the entity `&", CodePointPrefix(name, kShown),
                                  ";` is not declared in the document itself, before it is used; nothing else is "
                                  "fetched"));
  }
  return absl::OkStatus();
}

absl::Status XmlReader::CheckEntitiesOfTag() {
  if (!has_external_subset_) return absl::OkStatus();
  int offset = 0;
  int size = 0;
  const char* const buffer = XML_GetInputContext(parser_.get(), &offset, &size);
  if (buffer == nullptr) return absl::OkStatus();
  std::string tag(buffer + offset,
                  static_cast<size_t>(std::min(XML_GetCurrentByteCount(parser_.get()), size - offset)));
  tag.erase(std::remove(tag.begin(), tag.end(), '\0'), tag.end());  // UTF-16, whose names here are ASCII or unknown.
  return CheckEntities(tag);
}

// Attributes that the element has from the document's type, not from its tag. Expat bounds what entities make of a
// document, but not what these do.
absl::Status XmlReader::CheckAddedAttributes() {
  const auto own = static_cast<size_t>(XML_GetSpecifiedAttributeCount(parser_.get())) / 2;
  constexpr size_t kEach = 4;  // A blank, `=` and quotes.
  for (size_t i = own; i < attributes_.size(); ++i) {
    added_ += attributes_[i].name.local.size() + attributes_[i].value.size() + kEach;
  }
  const auto read = static_cast<size_t>(XML_GetCurrentByteIndex(parser_.get()));
  if (added_ <= kFreeAmplification || added_ / kMostAmplification <= read) return absl::OkStatus();
  return ErrorHere("attributes with a default value make the document more than a hundred times as long as it is");
}

absl::Status XmlReader::ErrorHere(std::string message) {
  Diagnostic diagnostic;
  diagnostic.message = std::move(message);
  diagnostic.source = source_;
  diagnostic.line = XML_GetCurrentLineNumber(parser_.get());
  diagnostic.column = 1 + XML_GetCurrentColumnNumber(parser_.get());
  if (has_byte_order_mark_ && diagnostic.line == 1 && diagnostic.column > 1) --diagnostic.column;
  diagnostic.line_text = LineHere();
  return DiagnosticError(diagnostic);
}

// The line of the event, with what is needed of the rest of it from the input; empty when it is not UTF-8, or too long.
std::string XmlReader::LineHere() {
  int offset = 0;
  int size = 0;
  const char* const buffer = XML_GetInputContext(parser_.get(), &offset, &size);
  if (buffer == nullptr) return "";
  const absl::string_view context(buffer, static_cast<size_t>(size));
  const auto here = static_cast<size_t>(offset);
  const size_t line_end_before = context.substr(0, here).find_last_of("\r\n");
  size_t begin = line_end_before == absl::string_view::npos ? 0 : line_end_before + 1;
  // The same answer whether older text is still there or not.
  if (here - begin > kShown) return "";
  if (begin == 0 && absl::StartsWith(context, "\xEF\xBB\xBF")) begin = 3;
  std::string line(context.substr(begin, here - begin + kShown));
  if (line.size() < here - begin + kShown) {
    const size_t known = line.size();
    line.resize(here - begin + kShown);
    const absl::StatusOr<size_t> more = Fill(absl::MakeSpan(line).subspan(known));
    line.resize(known + more.value_or(0));
  }
  line.resize(std::min(line.size(), line.find_first_of("\r\n", here - begin)));
  line.resize(std::min(line.size(), FindInvalidUtf8(line)));
  const bool shown_up_to_here = line.size() >= here - begin && !absl::StrContains(line, '\0');
  return shown_up_to_here ? line : "";
}

void XmlReader::Stop() {
  stopped_ = true;
  XML_StopParser(parser_.get(), /*resumable=*/0);
}

// Nothing of ours may be thrown through expat.
template <class Action>
void XmlReader::Handle(Action action) {
  if (stopped_) return;
  ++events_;
  try {
    status_ = action();
    if (status_.ok()) return;
  } catch (...) {
    exception_ = std::current_exception();
  }
  Stop();
}

}  // namespace dossier
