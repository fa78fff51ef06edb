// A value whose copies are one until one of them is changed: for what is copied far more often than it is changed, such
// as the half-read meaning of a question, which every way to go on starts from.
#pragma once

#include <memory>
#include <utility>

namespace dossier {

// Behaves as a value of T that is reached as through a pointer. What is reached through a holder that is not const
// counts as changed, and is copied first where another holder shares it. A reference obtained so must not be written to
// after the holder has been copied. Holders that share a value may be used in different threads; one holder may not.
template <class T>
class CopyOnWrite {
 public:
  CopyOnWrite() : value_(std::make_shared<T>()) {}
  explicit CopyOnWrite(T value) : value_(std::make_shared<T>(std::move(value))) {}

  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }
  T& operator*() {
    if (value_.use_count() != 1) value_ = std::make_shared<T>(std::as_const(*value_));
    return *value_;
  }
  T* operator->() { return &**this; }

 private:
  std::shared_ptr<T> value_;
};

}  // namespace dossier
