#include "rdf/turtle_writer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "rdf/blank_node_uses.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

// Readers bound their nesting too; deeper blank nodes and annotations become statements of their own.
constexpr int kDeepestNesting = 20;

std::string Indent(int levels) { return std::string(static_cast<size_t>(4 * levels), ' '); }

bool IsReification(const Triple& triple) {
  return triple.predicate.value() == rdf::kReifies && triple.object.is_triple_term();
}

// The statements of one graph.
class GraphWriter {
 public:
  // All of the arguments outlive the writer. `triples` are without duplicates.
  GraphWriter(const std::vector<Triple>& triples, const BlankNodeUses& uses, TurtleNames* names, std::string* text)
      : uses_(uses), names_(names), text_(text), asserted_(triples.begin(), triples.end()) {
    for (const Triple& triple : triples) {
      if (!blocks_.contains(triple.subject)) subjects_.push_back(triple.subject);
      Block& block = blocks_[triple.subject];
      if (IsReification(triple)) {
        ++block.reifications;
        if (asserted_.contains(triple.object.triple())) {
          reifiers_[triple.object.triple()].push_back(triple.subject);
          block.is_hosted = true;
          continue;
        }
        if (!block.reified.has_value()) {
          block.reified = triple.object.triple();
          continue;
        }
      }
      block.triples.push_back(triple);
    }
    for (auto& [subject, block] : blocks_) GroupByPredicate(&block.triples);
  }

  void Write() {
    for (const Term& subject : subjects_) {
      if (!IsWrittenInside(subject)) WriteSubject(subject);
    }
    // Cycles of blank nodes or annotations have no begin that is outside of them.
    for (const Term& subject : subjects_) WriteSubject(subject);
  }

 private:
  struct Block {
    std::vector<Triple> triples;    // What is written as predicates and objects.
    std::optional<Triple> reified;  // A triple that is not asserted, written as the subject `<< s p o ~ reifier >>`.
    bool is_hosted = false;         // Reifies an asserted triple, at which it is written as an annotation.
    size_t reifications = 0;
    bool written = false;
  };

  // Same predicates next to each other, in the order of their first one; rdf:type in front.
  static void GroupByPredicate(std::vector<Triple>* triples) {
    absl::flat_hash_map<Term, size_t> order;
    for (const Triple& triple : *triples) {
      order.try_emplace(triple.predicate, triple.predicate.value() == rdf::kType ? 0 : order.size() + 1);
    }
    std::stable_sort(triples->begin(), triples->end(), [&order](const Triple& a, const Triple& b) {
      return order.at(a.predicate) < order.at(b.predicate);
    });
  }

  Block* Find(const Term& subject) {
    const auto found = blocks_.find(subject);
    return found == blocks_.end() ? nullptr : &found->second;
  }

  bool IsWrittenInside(const Term& subject) {
    const Block& block = blocks_.at(subject);
    if (block.reified.has_value()) return false;
    return block.is_hosted || IsNestable(subject, block);
  }
  bool IsNestable(const Term& node, const Block& block) const {
    return node.is_blank_node() && block.reifications == 0 && uses_.IsReferencedOnce(node);
  }

  void WriteSubject(const Term& subject) {
    Block& block = blocks_.at(subject);
    if (block.written) return;
    block.written = true;
    if (block.reified.has_value()) {
      WriteReified(*block.reified, subject, block);
    } else if (block.triples.empty()) {
      return;  // All that there is about it stands at the triples that it reifies.
    } else if (subject.is_blank_node() && uses_.IsUnreferenced(subject) && block.reifications == 0) {
      text_->append("[]");
    } else {
      names_->AppendTerm(subject, text_);
    }
    if (!block.triples.empty()) {
      text_->push_back(' ');
      WritePredicates(block.triples, " ;\n    ", 1);
    }
    text_->append(" .\n");
  }

  void WriteReified(const Triple& triple, const Term& reifier, const Block& block) {
    names_->NoteVersion12();
    text_->append("<< ");
    names_->AppendTerm(triple.subject, text_);
    text_->push_back(' ');
    names_->AppendPredicate(triple.predicate, text_);
    text_->push_back(' ');
    names_->AppendTerm(triple.object, text_);
    WriteReifier(reifier, block);
    text_->append(" >>");
  }

  // ` ~ reifier`, or nothing for a blank node that needs no label. Returns whether something was written.
  bool WriteReifier(const Term& reifier, const Block& block) {
    if (reifier.is_blank_node() && block.reifications == 1 && uses_.IsUnreferenced(reifier)) return false;
    text_->append(" ~ ");
    names_->AppendTerm(reifier, text_);
    return true;
  }

  // `predicate object, object <separator> predicate object`.
  void WritePredicates(const std::vector<Triple>& triples, absl::string_view separator, int depth) {
    const Triple* previous = nullptr;
    for (const Triple& triple : triples) {
      if (previous != nullptr && previous->predicate == triple.predicate) {
        // Annotated objects take several lines, so the next one begins a line of its own.
        const bool annotated = reifiers_.contains(*previous);
        absl::StrAppend(text_, annotated ? absl::StrCat(",\n", Indent(depth + 1)) : ", ");
      } else {
        if (previous != nullptr) absl::StrAppend(text_, separator);
        names_->AppendPredicate(triple.predicate, text_);
        text_->push_back(' ');
      }
      WriteObject(triple.object, depth);
      WriteAnnotations(triple, depth);
      previous = &triple;
    }
  }

  void WriteAnnotations(const Triple& triple, int depth) {
    const auto found = reifiers_.find(triple);
    if (found == reifiers_.end()) return;
    names_->NoteVersion12();
    for (const Term& reifier : found->second) {
      Block& block = blocks_.at(reifier);
      const bool labelled = WriteReifier(reifier, block);
      const bool with_block = !block.written && !block.reified.has_value() && depth < kDeepestNesting;
      // A block may hold nothing but what stands elsewhere already.
      if (with_block && !block.triples.empty()) {
        block.written = true;
        // Without the mark the block would belong to the reifier before it.
        if (!labelled && &reifier != &found->second.front()) text_->append(" ~");
        const std::string indent = Indent(depth + 1);
        absl::StrAppend(text_, " {|\n", indent);
        WritePredicates(block.triples, absl::StrCat(" ;\n", indent), depth + 1);
        text_->append(" |}");
      } else if (!labelled) {
        text_->append(" ~");
        if (!block.triples.empty()) absl::StrAppend(text_, " _:", reifier.value());
      }
    }
  }

  void WriteObject(const Term& object, int depth) {
    if (!object.is_blank_node() || depth >= kDeepestNesting) {
      names_->AppendTerm(object, text_);
      return;
    }
    Block* const block = Find(object);
    if (block == nullptr) {
      if (uses_.IsReferencedOnce(object)) {
        text_->append("[]");
      } else {
        names_->AppendTerm(object, text_);
      }
      return;
    }
    if (block->written || !IsNestable(object, *block)) {
      names_->AppendTerm(object, text_);
      return;
    }
    if (WriteList(object, depth)) return;
    block->written = true;
    text_->append("[ ");
    WritePredicates(block->triples, " ; ", depth + 1);
    text_->append(" ]");
  }

  // Writes `( ... )` when the node begins a list that has this form; else does nothing and returns false.
  bool WriteList(const Term& head, int depth) {
    std::vector<Block*> nodes;
    Term node = head;
    while (node.value() != rdf::kNil || !node.is_iri()) {
      Block* const block = node.is_blank_node() ? Find(node) : nullptr;
      if (block == nullptr || block->written || !IsNestable(node, *block) || block->triples.size() != 2) return false;
      const bool in_order = block->triples[0].predicate.value() == rdf::kFirst;
      const Triple& first = block->triples[in_order ? 0 : 1];
      const Triple& rest = block->triples[in_order ? 1 : 0];
      if (first.predicate.value() != rdf::kFirst || rest.predicate.value() != rdf::kRest || reifiers_.contains(first) ||
          reifiers_.contains(rest) || nodes.size() > blocks_.size()) {
        return false;
      }
      nodes.push_back(block);
      node = rest.object;
    }
    for (Block* block : nodes) block->written = true;
    text_->append("(");
    for (const Block* block : nodes) {
      const bool in_order = block->triples[0].predicate.value() == rdf::kFirst;
      text_->push_back(' ');
      WriteObject(block->triples[in_order ? 0 : 1].object, depth + 1);
    }
    text_->append(" )");
    return true;
  }

  const BlankNodeUses& uses_;
  TurtleNames* const names_;
  std::string* const text_;
  const absl::flat_hash_set<Triple> asserted_;
  std::vector<Term> subjects_;  // In the order of their first triple.
  absl::flat_hash_map<Term, Block> blocks_;
  absl::flat_hash_map<Triple, std::vector<Term>> reifiers_;  // Of asserted triples.
};

}  // namespace

std::string TurtleStatements(const std::vector<Quad>& quads, TurtleNames* names) {
  const BlankNodeUses uses(quads);
  std::vector<std::optional<Term>> graphs = {std::nullopt};
  absl::flat_hash_map<Term, std::vector<Triple>> triples;
  absl::flat_hash_set<Quad> seen;
  for (const Quad& quad : quads) {
    if (!seen.insert(quad).second) continue;
    std::vector<Triple>& graph = triples[quad.graph.value_or(Term())];
    if (graph.empty() && quad.graph.has_value()) graphs.push_back(quad.graph);
    graph.push_back(quad.triple());
  }
  std::string text;
  for (const std::optional<Term>& graph : graphs) {
    std::string statements;
    GraphWriter(triples[graph.value_or(Term())], uses, names, &statements).Write();
    if (!graph.has_value()) {
      text = std::move(statements);
      continue;
    }
    text.append(text.empty() ? "" : "\n");
    names->AppendTerm(*graph, &text);
    text.append(" {\n");
    for (const absl::string_view line : absl::StrSplit(statements, '\n', absl::SkipEmpty())) {
      absl::StrAppend(&text, "    ", line, "\n");
    }
    text.append("}\n");
  }
  return text;
}

}  // namespace dossier
