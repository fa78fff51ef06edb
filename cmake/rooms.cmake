# dossier_room(NAME SOURCES ... [PUBLIC libraries that its headers show] [PRIVATE libraries])
# dossier_test(NAME SOURCES ... [LIBRARIES ...])  a GoogleTest program, found by ctest case by case.
include(GoogleTest)

add_library(dossier_options INTERFACE)
target_include_directories(dossier_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(dossier_options INTERFACE -Wall -Wextra -Werror -Wno-missing-field-initializers)
if(DOSSIER_SANITIZE)
  target_compile_options(dossier_options INTERFACE
    -fsanitize=${DOSSIER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(dossier_options INTERFACE -fsanitize=${DOSSIER_SANITIZE})
endif()
find_program(LLD_LINKER ld.lld)
if(LLD_LINKER)
  target_link_options(dossier_options INTERFACE -fuse-ld=lld)
endif()

function(dossier_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(dossier_${name} STATIC ${ROOM_SOURCES})
  target_link_libraries(dossier_${name} PUBLIC dossier_options ${ROOM_PUBLIC} PRIVATE ${ROOM_PRIVATE})
endfunction()

function(dossier_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;LIBRARIES" ${ARGN})
  add_executable(${name} ${TEST_SOURCES})
  target_link_libraries(${name} PRIVATE ${TEST_LIBRARIES} GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 600)
endfunction()
