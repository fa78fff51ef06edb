# cmake --install: the program, its man page, the license, and the sample datasets with what documents them.
include(GNUInstallDirs)

if(TARGET dossier)
  set_target_properties(dossier PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
  install(TARGETS dossier RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(FILES docs/dossier.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES LICENSE README.md docs/datasets.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY datasets DESTINATION ${CMAKE_INSTALL_DATADIR}/dossier)
