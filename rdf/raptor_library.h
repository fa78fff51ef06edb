// Raptor, which reads RDF/XML, loaded when the first such file is read: it brings some fifty libraries (XML, network,
// encryption) that every start of the program would else wait for.
#pragma once

#include <raptor2.h>

#include "absl/status/statusor.h"

namespace dossier {

// The functions of raptor that we call, under their names without the prefix.
struct RaptorLibrary {
  decltype(&raptor_new_world_internal) new_world_internal = nullptr;
  decltype(&raptor_free_world) free_world = nullptr;
  decltype(&raptor_world_open) world_open = nullptr;
  decltype(&raptor_world_set_log_handler) world_set_log_handler = nullptr;
  decltype(&raptor_world_set_generate_bnodeid_handler) world_set_generate_bnodeid_handler = nullptr;
  decltype(&raptor_new_uri) new_uri = nullptr;
  decltype(&raptor_free_uri) free_uri = nullptr;
  decltype(&raptor_uri_as_counted_string) uri_as_counted_string = nullptr;
  decltype(&raptor_new_parser) new_parser = nullptr;
  decltype(&raptor_free_parser) free_parser = nullptr;
  decltype(&raptor_parser_set_statement_handler) parser_set_statement_handler = nullptr;
  decltype(&raptor_parser_set_option) parser_set_option = nullptr;
  decltype(&raptor_parser_get_locator) parser_get_locator = nullptr;
  decltype(&raptor_parser_parse_start) parser_parse_start = nullptr;
  decltype(&raptor_parser_parse_chunk) parser_parse_chunk = nullptr;
  decltype(&raptor_parser_parse_abort) parser_parse_abort = nullptr;
  decltype(&raptor_alloc_memory) alloc_memory = nullptr;
  decltype(&raptor_free_memory) free_memory = nullptr;
};

// Loaded at the first call and never again unloaded. Unavailable, with the reason, when it is not installed.
absl::StatusOr<const RaptorLibrary*> LoadRaptor();

}  // namespace dossier
