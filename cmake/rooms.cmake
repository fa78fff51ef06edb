# dossier_room(NAME SOURCES ... [PUBLIC libraries that its headers show] [PRIVATE libraries])
# dossier_test(NAME SOURCES ... [LIBRARIES ...])  a GoogleTest program, found by ctest case by case.
# dossier_fuzzer(NAME SOURCES ... [LIBRARIES ...])  a libFuzzer program of the target `fuzzers` in the fuzz
#   preset; in other builds a test that runs the seeds of tests/fuzz/seeds/NAME.
include(GoogleTest)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(dossier_options INTERFACE)
target_include_directories(dossier_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(dossier_options INTERFACE -Wall -Wextra -Werror -Wno-missing-field-initializers)
# When it optimises, GCC 12 takes insertions into a std::string for overlapping copies (its bug 105651).
target_compile_options(dossier_options INTERFACE
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<NOT:$<CONFIG:Debug>>>:-Wno-restrict>)
if(DOSSIER_SANITIZE)
  target_compile_options(dossier_options INTERFACE
    -fsanitize=${DOSSIER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(dossier_options INTERFACE -fsanitize=${DOSSIER_SANITIZE})
endif()
if(DOSSIER_BUILD_FUZZERS)
  target_compile_options(dossier_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
find_program(LLD_LINKER ld.lld)
if(LLD_LINKER)
  target_link_options(dossier_options INTERFACE -fuse-ld=lld)
endif()

function(dossier_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(dossier_${name} STATIC ${ROOM_SOURCES})
  target_link_libraries(dossier_${name} PUBLIC dossier_options ${ROOM_PUBLIC} PRIVATE ${ROOM_PRIVATE})
  # In units of several files (the preset lint) only CMake includes a .cc file.
  set_target_properties(dossier_${name} PROPERTIES
    UNITY_BUILD_CODE_BEFORE_INCLUDE "// NOLINTNEXTLINE(bugprone-suspicious-include)")
endfunction()

function(dossier_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE ${TEST_LIBRARIES} GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${name} NO_PRETTY_VALUES DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600)
endfunction()

function(dossier_fuzzer name)
  cmake_parse_arguments(FUZZER "" "" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT DOSSIER_BUILD_FUZZERS)
    # Without libFuzzer the same function runs once over the seeds, as a test.
    add_executable(${name} ${FUZZER_SOURCES} ${PROJECT_SOURCE_DIR}/tests/fuzz/run_inputs.cc)
    target_link_libraries(${name} PRIVATE ${FUZZER_LIBRARIES} dossier_options)
    add_test(NAME Fuzz.${name}.Seeds COMMAND ${name} ${PROJECT_SOURCE_DIR}/tests/fuzz/seeds/${name})
    return()
  endif()
  if(NOT TARGET fuzzers)
    add_custom_target(fuzzers)
  endif()
  add_executable(${name} EXCLUDE_FROM_ALL ${FUZZER_SOURCES})
  target_link_libraries(${name} PRIVATE ${FUZZER_LIBRARIES} dossier_options)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzzers)
  add_dependencies(fuzzers ${name})
endfunction()
