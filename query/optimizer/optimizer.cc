#include "query/optimizer/optimizer.h"

#include <array>

namespace dossier::optimizer {
namespace {

using algebra::NodePtr;

struct Pass {
  void (*run)(PassContext*, NodePtr*);
  bool required;
};

constexpr std::array kPasses = {
    // First: the next two make up variables that no row comparison may see.
    Pass{&FixScopes, true},
    // Before ExpandReifications, which looks at patterns only.
    Pass{&ExpandPaths, true},
    Pass{&ExpandReifications, true},
    // After all patterns stand: moves filters into the branches made above.
    Pass{&PushFilters, false},
    // After PushFilters, which brings equations next to the patterns.
    Pass{&SubstituteConstants, false},
    // Anywhere; last, as slices hinder filters.
    Pass{&PushLimits, false},
};

}  // namespace

void Optimize(PassContext* context, bool optimize, NodePtr* node) {
  for (const Pass& pass : kPasses) {
    if (optimize || pass.required) pass.run(context, node);
  }
}

}  // namespace dossier::optimizer
