#include "storage/memory/persistent_map.h"

#include <utility>

#include "storage/hash.h"

namespace dossier::storage {

struct PersistentMap::Node {
  Entry entry;
  uint64_t priority = 0;
  Link left;
  Link right;
};

PersistentMap::Link PersistentMap::Make(const Node& like, Link left, Link right) {
  return std::make_shared<const Node>(Node{like.entry, like.priority, std::move(left), std::move(right)});
}

void PersistentMap::Split(const Link& node, absl::string_view key, Link* less, Link* rest) {
  if (node == nullptr) {
    less->reset();
    rest->reset();
  } else if (node->entry.key < key) {
    Link middle;
    Split(node->right, key, &middle, rest);
    *less = Make(*node, node->left, std::move(middle));
  } else {
    Link middle;
    Split(node->left, key, less, &middle);
    *rest = Make(*node, std::move(middle), node->right);
  }
}

PersistentMap::Link PersistentMap::Insert(const Link& node, Entry entry, uint64_t priority) {
  if (node == nullptr || node->priority < priority) {
    Node fresh{std::move(entry), priority, nullptr, nullptr};
    Split(node, fresh.entry.key, &fresh.left, &fresh.right);
    return std::make_shared<const Node>(std::move(fresh));
  }
  if (entry.key < node->entry.key) return Make(*node, Insert(node->left, std::move(entry), priority), node->right);
  return Make(*node, node->left, Insert(node->right, std::move(entry), priority));
}

PersistentMap::Link PersistentMap::Join(const Link& left, const Link& right) {
  if (left == nullptr) return right;
  if (right == nullptr) return left;
  if (left->priority >= right->priority) return Make(*left, left->left, Join(left->right, right));
  return Make(*right, Join(left, right->left), right->right);
}

PersistentMap::Link PersistentMap::Remove(const Link& node, absl::string_view key) {
  if (node == nullptr) return nullptr;
  if (key < node->entry.key) return Make(*node, Remove(node->left, key), node->right);
  if (node->entry.key < key) return Make(*node, node->left, Remove(node->right, key));
  return Join(node->left, node->right);
}

void PersistentMap::Put(absl::string_view key, absl::string_view value) {
  Erase(key);
  // The priority is random enough and, being made of the key, the same in every run.
  root_ = Insert(root_, {std::string(key), std::make_shared<const std::string>(value)}, Hash64(key));
}

void PersistentMap::Erase(absl::string_view key) {
  const Entry* const entry = AtOrAfter(key);
  if (entry != nullptr && entry->key == key) root_ = Remove(root_, key);
}

const PersistentMap::Entry* PersistentMap::AtOrAfter(absl::string_view key) const {
  const Entry* found = nullptr;
  for (const Node* node = root_.get(); node != nullptr;) {
    if (node->entry.key < key) {
      node = node->right.get();
    } else {
      found = &node->entry;
      node = node->left.get();
    }
  }
  return found;
}

const PersistentMap::Entry* PersistentMap::After(absl::string_view key) const {
  const Entry* found = nullptr;
  for (const Node* node = root_.get(); node != nullptr;) {
    if (node->entry.key <= key) {
      node = node->right.get();
    } else {
      found = &node->entry;
      node = node->left.get();
    }
  }
  return found;
}

const PersistentMap::Entry* PersistentMap::AtOrBefore(absl::string_view key) const {
  const Entry* found = nullptr;
  for (const Node* node = root_.get(); node != nullptr;) {
    if (node->entry.key <= key) {
      found = &node->entry;
      node = node->right.get();
    } else {
      node = node->left.get();
    }
  }
  return found;
}

const PersistentMap::Entry* PersistentMap::Before(absl::string_view key) const {
  const Entry* found = nullptr;
  for (const Node* node = root_.get(); node != nullptr;) {
    if (node->entry.key < key) {
      found = &node->entry;
      node = node->right.get();
    } else {
      node = node->left.get();
    }
  }
  return found;
}

}  // namespace dossier::storage
