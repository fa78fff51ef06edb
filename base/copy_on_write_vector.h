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

  bool empty() const { return elements_ == nullptr || elements_->empty(); }
  size_t size() const { return elements_ == nullptr ? 0 : elements_->size(); }
  const T& operator[](size_t i) const { return *(*elements_)[i]; }
  T& operator[](size_t i) {
    std::shared_ptr<T>& element = Own()[i];
    if (element.use_count() != 1) element = std::make_shared<T>(std::as_const(*element));
    return *element;
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

  void push_back(T value) { Own().push_back(std::make_shared<T>(std::move(value))); }
  T& emplace_back() { return *Own().emplace_back(std::make_shared<T>()); }
  void pop_back() { Own().pop_back(); }
  void clear() { elements_ = nullptr; }
  void erase(size_t i) { Own().erase(Own().begin() + static_cast<std::ptrdiff_t>(i)); }
  // Those of another vector behind what there is, shared with it.
  void append(const CopyOnWriteVector& more) {
    if (more.empty()) return;
    Elements& own = Own();
    own.insert(own.end(), more.elements_->begin(), more.elements_->end());
  }

 private:
  // The list of the elements, which no other vector shares any more; they themselves may be shared still.
  Elements& Own() {
    if (elements_ == nullptr) {
      elements_ = std::make_shared<Elements>();
    } else if (elements_.use_count() != 1) {
      elements_ = std::make_shared<Elements>(std::as_const(*elements_));
    }
    return *elements_;
  }

  std::shared_ptr<Elements> elements_;  // None while there are no elements.
};

}  // namespace dossier
