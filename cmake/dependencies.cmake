# Every library that Dossier stands on; all are Debian packages (scripts/packages.txt).
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(absl REQUIRED)
find_package(RocksDB REQUIRED CONFIG)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(ZLIB REQUIRED)
find_package(CLI11 REQUIRED CONFIG)
find_package(pugixml REQUIRED CONFIG)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(RAPTOR REQUIRED IMPORTED_TARGET raptor2)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(LIBEDIT REQUIRED IMPORTED_TARGET libedit)
pkg_check_modules(XAPIAN REQUIRED IMPORTED_TARGET xapian-core)
find_library(UTF8PROC_LIBRARY utf8proc REQUIRED)
# Large libraries are linked as archives, where Debian has them: a start of the program would else spend more time on
# finding their symbols than on a question.
find_library(ANTLR4_RUNTIME_LIBRARY NAMES libantlr4-runtime.a antlr4-runtime REQUIRED)
find_path(ANTLR4_RUNTIME_INCLUDE antlr4-runtime.h PATH_SUFFIXES antlr4-runtime REQUIRED)
find_program(ANTLR4_TOOL antlr4 REQUIRED)
if(DOSSIER_BUILD_TESTS)
  find_package(GTest REQUIRED)
endif()
if(DOSSIER_BUILD_BENCHMARKS)
  find_package(benchmark REQUIRED)
endif()

# The allocator of the programs: queries make and free many small pieces on several threads, where that of the C library
# takes up to a quarter of a question's time. The sanitizers bring their own.
add_library(dossier_allocator INTERFACE)
if(NOT DOSSIER_SANITIZE)
  find_library(TCMALLOC_LIBRARY NAMES libtcmalloc_minimal.a tcmalloc_minimal REQUIRED)
  target_link_options(dossier_allocator INTERFACE -Wl,--push-state,--whole-archive,--no-as-needed ${TCMALLOC_LIBRARY} -Wl,--pop-state)
endif()
