// The time of one claim against that of another: "before the meeting", "since the start of the pandemic".
#pragma once

#include "query/ask/meaning.h"
#include "query/expr/expression.h"

namespace dossier::ask {

// Conditions on two times, as vague as claims tell them.
struct LinkedTimes {
  Expression possible;  // It may be so.
  Expression certain;   // It is so, whichever the exact times are.
};

// `own` and `other` are the times (dossier:when) of the linked fact and of the one that it is linked to.
LinkedTimes LinkTimes(const TimeLink& link, const Expression& own, const Expression& other);

}  // namespace dossier::ask
