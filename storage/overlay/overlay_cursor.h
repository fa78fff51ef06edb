// Reads a scan of the base with the changed rows of an overlay laid over it.
#pragma once

#include <memory>

#include "storage/overlay/overlay_rows.h"
#include "storage/scan.h"

namespace dossier::storage {

// `base` reads all columns of the rows that the changes fall between, in the order of `width` columns; null when the
// base has none of them. Of what is handed out, `wanted_columns` are there.
std::unique_ptr<ScanCursor> NewOverlayCursor(std::unique_ptr<ScanCursor> base, const ChangedRange& changes,
                                             size_t width, uint32_t wanted_columns);

}  // namespace dossier::storage
