#include "rdf/raptor_library.h"

#include <dlfcn.h>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

constexpr const char* kLibrary = "libraptor2.so.0";

// Finds functions by name; remembers the first that is not there.
class Finder {
 public:
  explicit Finder(void* library) : library_(library) {}

  template <class Function>
  void Find(const char* name, Function* function) {
    *function = reinterpret_cast<Function>(dlsym(library_, name));
    if (*function == nullptr && missing_ == nullptr) missing_ = name;
  }
  const char* missing() const { return missing_; }

 private:
  void* const library_;
  const char* missing_ = nullptr;
};

absl::StatusOr<RaptorLibrary> Load() {
  void* const library = dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return absl::UnavailableError(absl::StrCat("RDF/XML cannot be read: ", dlerror()));
  RaptorLibrary raptor;
  Finder finder(library);
  finder.Find("raptor_new_world_internal", &raptor.new_world_internal);
  finder.Find("raptor_free_world", &raptor.free_world);
  finder.Find("raptor_world_open", &raptor.world_open);
  finder.Find("raptor_world_set_log_handler", &raptor.world_set_log_handler);
  finder.Find("raptor_world_set_generate_bnodeid_handler", &raptor.world_set_generate_bnodeid_handler);
  finder.Find("raptor_new_uri", &raptor.new_uri);
  finder.Find("raptor_free_uri", &raptor.free_uri);
  finder.Find("raptor_uri_as_counted_string", &raptor.uri_as_counted_string);
  finder.Find("raptor_new_parser", &raptor.new_parser);
  finder.Find("raptor_free_parser", &raptor.free_parser);
  finder.Find("raptor_parser_set_statement_handler", &raptor.parser_set_statement_handler);
  finder.Find("raptor_parser_set_option", &raptor.parser_set_option);
  finder.Find("raptor_parser_get_locator", &raptor.parser_get_locator);
  finder.Find("raptor_parser_parse_start", &raptor.parser_parse_start);
  finder.Find("raptor_parser_parse_chunk", &raptor.parser_parse_chunk);
  finder.Find("raptor_parser_parse_abort", &raptor.parser_parse_abort);
  finder.Find("raptor_alloc_memory", &raptor.alloc_memory);
  finder.Find("raptor_free_memory", &raptor.free_memory);
  if (finder.missing() != nullptr) {
    return absl::UnavailableError(
        absl::StrCat("RDF/XML cannot be read: ", kLibrary, " does not have ", finder.missing()));
  }
  return raptor;
}

}  // namespace

absl::StatusOr<const RaptorLibrary*> LoadRaptor() {
  static const absl::StatusOr<RaptorLibrary> raptor = Load();
  if (!raptor.ok()) return raptor.status();
  return &*raptor;
}

}  // namespace dossier
