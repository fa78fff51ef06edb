#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/result/solution_parsers.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"

namespace dossier::solutions {
namespace {

using Value = rapidjson::Value;

absl::string_view View(const Value& string) { return {string.GetString(), string.GetStringLength()}; }

const Value* Find(const Value& object, const char* key) {
  if (!object.IsObject()) return nullptr;
  const auto member = object.FindMember(key);
  return member == object.MemberEnd() ? nullptr : &member->value;
}

class JsonReader {
 public:
  JsonReader(absl::string_view text, const std::string& source)
      : text_(text), source_(source), buffer_(text.begin(), text.end()) {
    buffer_.push_back('\0');
  }

  absl::StatusOr<SolutionTable> Read() {
    // In place, so that the strings of the document tell where they stood; and without recursion.
    document_.ParseInsitu<rapidjson::kParseIterativeFlag>(buffer_.data());
    if (document_.HasParseError()) {
      return ErrorAt(text_, document_.GetErrorOffset(), Reason(document_.GetParseError()), source_);
    }
    if (!document_.IsObject()) return Error(document_, "results are a JSON object with \"head\" and \"results\"");
    SolutionTable table;
    if (const Value* boolean = Find(document_, "boolean"); boolean != nullptr) {
      if (!boolean->IsBool()) return Error(document_, "\"boolean\" is true or false");
      table.boolean = boolean->GetBool();
      return table;
    }
    DOSSIER_RETURN_IF_ERROR(ReadHead(&table));
    DOSSIER_RETURN_IF_ERROR(ReadRows(&table));
    return table;
  }

 private:
  static std::string Reason(rapidjson::ParseErrorCode code) {
    std::string reason = rapidjson::GetParseError_En(code);
    if (!reason.empty() && reason.back() == '.') reason.pop_back();
    return absl::StrCat("this is no JSON: ", reason);
  }

  // An error at the begin of `value`, as far as the strings in it tell.
  absl::Status Error(const Value& value, std::string message) const {
    return ErrorAt(text_, OffsetOf(value), std::move(message), source_);
  }

  size_t OffsetOf(const Value& value) const {
    const Value* inner = &value;
    while (true) {
      if (inner->IsArray() && !inner->Empty()) {
        inner = &(*inner)[0];
      } else if (inner->IsObject() && !inner->ObjectEmpty()) {
        inner = &inner->MemberBegin()->name;
      } else {
        break;
      }
    }
    if (!inner->IsString()) return last_offset_;
    return static_cast<size_t>(inner->GetString() - buffer_.data()) - 1;  // The quote before it.
  }

  absl::Status ReadHead(SolutionTable* table) {
    const Value* head = Find(document_, "head");
    const Value* names = head == nullptr ? nullptr : Find(*head, "vars");
    if (names == nullptr || !names->IsArray()) return Error(document_, "\"head\" has a list \"vars\" of variables");
    for (const Value& name : names->GetArray()) {
      if (!name.IsString()) return Error(*head, "a variable in \"vars\" is a string");
      const bool is_new = index_.emplace(View(name), table->columns.size()).second;
      if (!is_new) return Error(name, absl::StrCat("the variable \"", View(name), "\" stands in \"vars\" twice"));
      table->columns.emplace_back(View(name));
    }
    return absl::OkStatus();
  }

  absl::Status ReadRows(SolutionTable* table) {
    const Value* results = Find(document_, "results");
    const Value* bindings = results == nullptr ? nullptr : Find(*results, "bindings");
    if (bindings == nullptr || !bindings->IsArray()) return Error(document_, "\"results\" has a list \"bindings\"");
    for (const Value& binding : bindings->GetArray()) {
      if (!binding.IsObject()) return Error(*bindings, "each of the \"bindings\" is an object");
      last_offset_ = OffsetOf(binding);
      std::vector<std::optional<Term>> row(table->columns.size());
      for (const auto& member : binding.GetObject()) {
        const auto column = index_.find(View(member.name));
        if (column == index_.end()) {
          return Error(member.name, absl::StrCat("the variable \"", View(member.name), "\" is not in \"vars\""));
        }
        DOSSIER_ASSIGN_OR_RETURN(row[column->second], ReadTerm(member.name, member.value, 0));
      }
      table->rows.push_back(std::move(row));
    }
    return absl::OkStatus();
  }

  // `place`: a string near it, for errors.
  absl::StatusOr<Term> ReadTerm(const Value& place, const Value& value, int depth) {
    last_offset_ = OffsetOf(place);
    const Value* type = Find(value, "type");
    const Value* content = Find(value, "value");
    if (type == nullptr || !type->IsString() || content == nullptr) {
      return Error(value, "a term is an object with \"type\" and \"value\"");
    }
    if (View(*type) == "triple") return ReadTriple(*type, *content, depth);
    if (!content->IsString()) return Error(*type, "the \"value\" of a term is a string");
    std::string text(View(*content));
    if (View(*type) == "uri") return Term::Iri(std::move(text));
    if (View(*type) == "bnode") return Term::BlankNode(std::move(text));
    if (View(*type) == "literal" || View(*type) == "typed-literal") return ReadLiteral(value, std::move(text));
    return Error(*type, absl::StrCat("\"", View(*type), "\" is no type of term: uri, bnode, literal, triple"));
  }

  absl::StatusOr<Term> ReadLiteral(const Value& value, std::string lexical) {
    for (const char* key : {"xml:lang", "its:dir", "datatype"}) {
      const Value* member = Find(value, key);
      if (member != nullptr && !member->IsString()) return Error(value, absl::StrCat("\"", key, "\" is a string"));
    }
    const Value* language = Find(value, "xml:lang");
    const Value* direction = Find(value, "its:dir");
    if (language != nullptr && language->GetStringLength() > 0) {
      if (direction == nullptr) return Term::LanguageTagged(std::move(lexical), View(*language));
      if (View(*direction) == "ltr") {
        return Term::LanguageTagged(std::move(lexical), View(*language), BaseDirection::kLeftToRight);
      }
      if (View(*direction) == "rtl") {
        return Term::LanguageTagged(std::move(lexical), View(*language), BaseDirection::kRightToLeft);
      }
      return Error(*direction, "\"its:dir\" is ltr or rtl");
    }
    if (direction != nullptr) return Error(*direction, "a literal with \"its:dir\" has \"xml:lang\" too");
    const Value* datatype = Find(value, "datatype");
    if (datatype == nullptr || View(*datatype) == xsd::kString) return Term::String(std::move(lexical));
    if (View(*datatype) == rdf::kLangString || View(*datatype) == rdf::kDirLangString) {
      return Error(*datatype, "a literal of this datatype has \"xml:lang\"");
    }
    return Term::Typed(std::move(lexical), std::string(View(*datatype)));
  }

  absl::StatusOr<Term> ReadTriple(const Value& place, const Value& content, int depth) {
    if (depth >= kDeepestTripleTerm) return Error(place, "triple terms are nested too deeply");
    std::vector<Term> terms;
    for (const char* key : {"subject", "predicate", "object"}) {
      const Value* component = Find(content, key);
      if (component == nullptr) {
        return Error(place, "the \"value\" of a triple term has \"subject\", \"predicate\" and \"object\"");
      }
      DOSSIER_ASSIGN_OR_RETURN(Term term, ReadTerm(place, *component, depth + 1));
      terms.push_back(std::move(term));
    }
    absl::StatusOr<Term> term = MakeTripleTerm(std::move(terms[0]), std::move(terms[1]), std::move(terms[2]));
    if (!term.ok()) return Error(place, std::string(term.status().message()));
    return term;
  }

  const absl::string_view text_;
  const std::string& source_;
  std::vector<char> buffer_;
  rapidjson::Document document_;
  absl::flat_hash_map<std::string, size_t> index_;
  size_t last_offset_ = 0;  // Where errors are that no string is near to.
};

}  // namespace

absl::StatusOr<SolutionTable> ReadJson(absl::string_view text, const std::string& source) {
  return JsonReader(text, source).Read();
}

}  // namespace dossier::solutions
