// A vector whose copies share their elements until one of them is changed: for values that are copied far more often
// than they are changed, such as the many half-read meanings of a question.
#pragma once

#include <cstddef>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace dossier {

// As std::vector, but for this: an element that is reached through a vector that is not const counts as changed, and is
// copied first where another vector shares it. A reference obtained so must not be written to after the vector has been
// copied. Vectors that share elements may be used in different threads; one vector may not.
template <class T>
class CopyOnWriteVector {
  using Elements = std::vector<std::shared_ptr<T>>;

  template <bool kConst>
  class Iterator {
    using Owner = std::conditional_t<kConst, const CopyOnWriteVector, CopyOnWriteVector>;

   public:
    using iterator_category = std::random_access_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using reference = std::conditional_t<kConst, const T&, T&>;
    using pointer = std::conditional_t<kConst, const T*, T*>;

    Iterator() = default;
    Iterator(Owner* owner, difference_type at) : owner_(owner), at_(at) {}
    reference operator*() const { return (*owner_)[static_cast<size_t>(at_)]; }
    pointer operator->() const { return &**this; }
    reference operator[](difference_type by) const { return *(*this + by); }
    Iterator& operator++() { return *this += 1; }
    Iterator& operator--() { return *this += -1; }
    Iterator& operator+=(difference_type by) {
      at_ += by;
      return *this;
    }
    friend Iterator operator+(Iterator iterator, difference_type by) { return iterator += by; }
    friend Iterator operator-(Iterator iterator, difference_type by) { return iterator += -by; }
    friend difference_type operator-(const Iterator& a, const Iterator& b) { return a.at_ - b.at_; }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }
    friend auto operator<=>(const Iterator& a, const Iterator& b) { return a.at_ <=> b.at_; }

   private:
    Owner* owner_ = nullptr;
    difference_type at_ = 0;
  };

 public:
  using value_type = T;
  using iterator = Iterator<false>;
  using const_iterator = Iterator<true>;

  bool empty() const { return elements_.empty(); }
  size_t size() const { return elements_.size(); }
  const T& operator[](size_t i) const { return *elements_[i]; }
  T& operator[](size_t i) {
    if (elements_[i].use_count() != 1) elements_[i] = std::make_shared<T>(*elements_[i]);
    return *elements_[i];
  }
  const T& front() const { return (*this)[0]; }
  T& front() { return (*this)[0]; }
  const T& back() const { return (*this)[size() - 1]; }
  T& back() { return (*this)[size() - 1]; }

  const_iterator begin() const { return {this, 0}; }
  const_iterator end() const { return {this, static_cast<std::ptrdiff_t>(size())}; }
  iterator begin() { return {this, 0}; }
  iterator end() { return {this, static_cast<std::ptrdiff_t>(size())}; }
  auto rbegin() const { return std::make_reverse_iterator(end()); }
  auto rend() const { return std::make_reverse_iterator(begin()); }

  void push_back(T value) { elements_.push_back(std::make_shared<T>(std::move(value))); }
  T& emplace_back() { return *elements_.emplace_back(std::make_shared<T>()); }
  void pop_back() { elements_.pop_back(); }
  void clear() { elements_.clear(); }
  void erase(size_t i) { elements_.erase(elements_.begin() + static_cast<std::ptrdiff_t>(i)); }
  // Those of another vector behind what there is, shared with it.
  void append(const CopyOnWriteVector& more) {
    elements_.insert(elements_.end(), more.elements_.begin(), more.elements_.end());
  }

 private:
  Elements elements_;
};

}  // namespace dossier
