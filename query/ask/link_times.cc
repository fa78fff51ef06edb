#include "query/ask/link_times.h"

#include <utility>

#include "rdf/vocabulary.h"

namespace dossier::ask {

LinkedTimes LinkTimes(const TimeLink& link, const Expression& own, const Expression& other) {
  const auto begin = [](const Expression& time) { return Expression::Call(Function::kTimeBegin, {time}); };
  const auto end = [](const Expression& time) { return Expression::Call(Function::kTimeEnd, {time}); };
  // Something that has not ended is dated by its begin.
  const Expression over = Expression::Call(Function::kCoalesce, {end(other), begin(other)});
  const auto either = [](const Expression& time, auto first, auto second) {
    return Expression::Call(Function::kCoalesce, {first(time), second(time)});
  };
  Expression possible;
  Expression certain;
  switch (link.kind) {
    case TimeLink::Kind::kDuring:
      possible = Expression::Call(Function::kTimeOverlaps, {own, other});
      certain = Expression::Call(Function::kTimeWithin, {own, other});
      break;
    case TimeLink::Kind::kBefore:
      // What has no begin was there before what ends later, or does not end.
      possible = Expression::Call(Function::kCoalesce,
                                  {Expression::Call(Function::kLess, {begin(own), begin(other)}),
                                   Expression::Call(Function::kLess, {end(own), end(other)}),
                                   Expression::Constant(Term::Typed("true", std::string(xsd::kBoolean)))});
      certain = Expression::Call(Function::kLess, {end(own), begin(other)});
      break;
    case TimeLink::Kind::kAfter:
      possible = Expression::Call(Function::kGreater, {either(own, end, begin), over});
      certain = Expression::Call(Function::kGreater, {begin(own), over});
      break;
    case TimeLink::Kind::kSince:
      possible = Expression::Call(Function::kGreaterOrEqual, {either(own, end, begin), begin(other)});
      certain = Expression::Call(Function::kGreaterOrEqual, {begin(own), begin(other)});
      break;
    case TimeLink::Kind::kUntil:
      possible = Expression::Call(Function::kLessOrEqual, {either(own, begin, end), over});
      certain = Expression::Call(Function::kLessOrEqual, {end(own), over});
      break;
  }
  return {std::move(possible), std::move(certain)};
}

}  // namespace dossier::ask
