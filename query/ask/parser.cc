#include "query/ask/parser.h"

#include <AskLexer.h>
#include <AskParser.h>
#include <antlr4-runtime.h>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "base/status_macros.h"
#include "base/utf8.h"

namespace dossier::ask {
namespace {

using dossier_grammar::AskLexer;
using dossier_grammar::AskParser;

// Remembers the first syntax error.
class FirstError : public antlr4::BaseErrorListener {
 public:
  void syntaxError(antlr4::Recognizer* /*recognizer*/, antlr4::Token* token, size_t /*line*/, size_t column,
                   const std::string& /*message*/, std::exception_ptr /*cause*/) override {
    if (found) return;
    found = true;
    at_end = token != nullptr && token->getType() == antlr4::Token::EOF;
    begin = token != nullptr ? token->getStartIndex() : column;
    end = token != nullptr && !at_end ? token->getStopIndex() + 1 : begin + 1;
  }

  bool found = false;
  bool at_end = false;
  size_t begin = 0;  // In code points.
  size_t end = 0;
};

// Turns the parse tree into our own.
class TreeBuilder {
 public:
  explicit TreeBuilder(absl::string_view text) : text_(text) {
    absl::string_view rest = text;
    while (!rest.empty()) {
      offsets_.push_back(text.size() - rest.size());
      TakeCodePoint(&rest);
    }
    offsets_.push_back(text.size());
  }

  SourceSpan Span(size_t begin, size_t end) const {
    return {offsets_[std::min(begin, offsets_.size() - 1)], offsets_[std::min(end, offsets_.size() - 1)]};
  }

  Statement Build(AskParser::StatementContext* context) const {
    Statement statement;
    statement.text = std::string(text_);
    if (context->question() != nullptr) {
      statement.question = BuildQuestion(context->question());
      return statement;
    }
    AskParser::CommandContext* command = context->command();
    if (auto* explain = dynamic_cast<AskParser::ExplainContext*>(command)) {
      statement.kind = Statement::Kind::kExplain;
      statement.analyze = explain->ANALYZE() != nullptr;
      statement.question = BuildQuestion(explain->question());
    } else if (auto* assertion = dynamic_cast<AskParser::AssertionContext*>(command)) {
      statement.kind = Statement::Kind::kAssert;
      statement.question = BuildQuestion(assertion->question());
    } else if (auto* retraction = dynamic_cast<AskParser::RetractionContext*>(command)) {
      statement.kind = Statement::Kind::kRetract;
      statement.question = BuildQuestion(retraction->question());
    } else if (auto* why = dynamic_cast<AskParser::WhyContext*>(command)) {
      statement.kind = Statement::Kind::kWhy;
      if (why->EMPTY() == nullptr) statement.row = RowOf(why->NUMBER() != nullptr ? why->NUMBER() : why->YEAR());
    } else if (auto* sparql = dynamic_cast<AskParser::SparqlContext*>(command)) {
      statement.kind = Statement::Kind::kSparql;
      if (sparql->question() != nullptr) statement.question = BuildQuestion(sparql->question());
    } else {
      statement.kind = dynamic_cast<AskParser::LoadContext*>(command) != nullptr     ? Statement::Kind::kLoad
                       : dynamic_cast<AskParser::SearchContext*>(command) != nullptr ? Statement::Kind::kSearch
                       : dynamic_cast<AskParser::DefineContext*>(command) != nullptr ? Statement::Kind::kDefine
                       : dynamic_cast<AskParser::ExportContext*>(command) != nullptr ? Statement::Kind::kExport
                                                                                     : Statement::Kind::kHelp;
      statement.argument = RestAfter(command->getStart());
      statement.argument_span = {SpanOf(command->getStart()).end, text_.size()};
    }
    return statement;
  }

 private:
  SourceSpan SpanOf(const antlr4::Token* token) const {
    return Span(token->getStartIndex(), token->getStopIndex() + 1);
  }
  SourceSpan SpanOf(antlr4::ParserRuleContext* context) const {
    return {SpanOf(context->getStart()).begin, SpanOf(context->getStop()).end};
  }
  std::string Text(SourceSpan span) const { return std::string(text_.substr(span.begin, span.end - span.begin)); }
  std::string Lower(antlr4::tree::TerminalNode* node) const { return node->getText(); }

  std::string RestAfter(const antlr4::Token* keyword) const {
    absl::string_view rest = absl::StripAsciiWhitespace(text_.substr(SpanOf(keyword).end));
    while (!rest.empty() && rest.back() == ';')
      rest = absl::StripTrailingAsciiWhitespace(rest.substr(0, rest.size() - 1));
    if (rest.size() >= 2 && (rest.front() == '"' || rest.front() == '\'') && rest.back() == rest.front()) {
      rest = rest.substr(1, rest.size() - 2);
    }
    return std::string(rest);
  }

  // Too large a number is no row of any answer.
  static int64_t RowOf(antlr4::tree::TerminalNode* node) {
    int64_t row = 0;
    return absl::SimpleAtoi(absl::StrReplaceAll(node->getText(), {{",", ""}}), &row) ? row : 0;
  }

  static std::string Unquote(const std::string& quoted) {
    return absl::StrReplaceAll(quoted, {{"\"", ""}, {"\u201c", ""}, {"\u201d", ""}});
  }

  Question BuildQuestion(AskParser::QuestionContext* context) const {
    Question question;
    if (AskParser::HeadContext* head = context->head()) {
      if (auto* find = dynamic_cast<AskParser::FindHeadContext*>(head)) {
        question.head = Question::Head::kFind;
        for (auto* variable : find->VARIABLE()) question.variables.push_back(BuildToken(variable));
      } else if (dynamic_cast<AskParser::ListHeadContext*>(head) != nullptr) {
        question.head = Question::Head::kList;
      } else if (dynamic_cast<AskParser::CountHeadContext*>(head) != nullptr) {
        question.head = Question::Head::kCount;
      } else if (dynamic_cast<AskParser::DescribeHeadContext*>(head) != nullptr) {
        question.head = Question::Head::kDescribe;
      } else {
        question.head = Question::Head::kAccordingToWhom;
      }
    }
    for (auto* element : context->element()) question.elements.push_back(BuildElement(element));
    for (auto* tail : context->tail()) question.tails.push_back(BuildTail(tail));
    return question;
  }

  Element BuildToken(antlr4::tree::TerminalNode* node) const {
    Element element;
    element.span = SpanOf(node->getSymbol());
    element.text = Text(element.span);
    switch (node->getSymbol()->getType()) {
      case AskLexer::VARIABLE:
        element.kind = Element::Kind::kVariable;
        element.text = node->getText().substr(1);
        break;
      case AskLexer::QUOTED:
        element.kind = Element::Kind::kQuoted;
        element.text = Unquote(element.text);
        break;
      case AskLexer::IRI:
        element.kind = Element::Kind::kIri;
        element.text = element.text.substr(1, element.text.size() - 2);
        break;
      case AskLexer::COMMA: element.kind = Element::Kind::kComma; break;
      default: break;
    }
    return element;
  }

  Element BuildElement(AskParser::ElementContext* context) const {
    if (context->anyWord() == nullptr && context->children.size() == 1) {
      if (auto* terminal = dynamic_cast<antlr4::tree::TerminalNode*>(context->children.front()))
        return BuildToken(terminal);
    }
    Element element;
    element.span = SpanOf(context);
    element.text = Text(element.span);
    if (auto* time = context->timeQualifier()) {
      element.kind = Element::Kind::kTime;
      element.time = BuildTime(time);
    } else if (auto* article = context->articleQualifier()) {
      element.kind = Element::Kind::kArticle;
      element.span = SpanOf(article->getStop());
      element.text = Unquote(Text(element.span));
    } else if (auto* speaker = context->speakerQualifier()) {
      element.kind = Element::Kind::kSpeaker;
      element.span.begin = SpanOf(speaker->ACCORDING_TO()->getSymbol()).end;
      while (text_[element.span.begin] == ' ') ++element.span.begin;
      element.text = Unquote(Text(element.span));
    } else if (auto* certainty = context->certaintyQualifier()) {
      element.kind = Element::Kind::kCertainty;
      element.span = SpanOf(certainty->getStop());
      element.text = Unquote(Text(element.span));
    } else if (auto* support = context->supportQualifier()) {
      element.kind = Element::Kind::kSupport;
      auto* number = support->NUMBER() != nullptr ? support->NUMBER() : support->WORD();
      element.text = Text(SpanOf(number->getSymbol()));
    } else if (auto* reported = context->reportedQualifier()) {
      element.kind = Element::Kind::kReported;
      element.time.first = BuildDate(reported->date());
    }
    return element;
  }

  TimePhrase BuildTime(AskParser::TimeQualifierContext* context) const {
    TimePhrase time;
    time.span = SpanOf(context);
    if (auto* in = dynamic_cast<AskParser::InTimeContext*>(context)) {
      time.relation = in->ONLY() != nullptr ? TimePhrase::Relation::kOnlyIn : TimePhrase::Relation::kIn;
      time.first = in->date() != nullptr ? BuildDate(in->date()) : BuildRelative(in->relativeDate());
    } else if (auto* part = dynamic_cast<AskParser::PartTimeContext*>(context)) {
      time.first = BuildDate(part->date());
      time.first.part = PartOf(part->partOf());
    } else if (auto* to = dynamic_cast<AskParser::RelativeToContext*>(context)) {
      time.relation = to->BEFORE() != nullptr   ? TimePhrase::Relation::kBefore
                      : to->AFTER() != nullptr  ? TimePhrase::Relation::kAfter
                      : to->SINCE() != nullptr  ? TimePhrase::Relation::kSince
                      : to->DURING() != nullptr ? TimePhrase::Relation::kDuring
                                                : TimePhrase::Relation::kUntil;  // Or "by".
      time.first = BuildDate(to->date());
    } else if (auto* than = dynamic_cast<AskParser::ThanTimeContext*>(context)) {
      time.relation = than->EARLIER() != nullptr ? TimePhrase::Relation::kBefore : TimePhrase::Relation::kAfter;
      time.first = BuildDate(than->date());
    } else if (auto* onwards = dynamic_cast<AskParser::OnwardsTimeContext*>(context)) {
      time.relation = TimePhrase::Relation::kSince;
      time.first = BuildDate(onwards->date());
    } else if (auto* either = dynamic_cast<AskParser::EitherTimeContext*>(context)) {
      time.relation = TimePhrase::Relation::kEither;
      time.first = BuildDate(either->date(0));
      time.second = BuildDate(either->date(1));
    } else if (auto* between = dynamic_cast<AskParser::BetweenTimesContext*>(context)) {
      time.relation = TimePhrase::Relation::kBetween;
      time.first = BuildDate(between->date(0));
      time.second = BuildDate(between->date(1));
    }
    return time;
  }

  static DatePhrase::Part PartOf(AskParser::PartOfContext* context) {
    const std::string word = context->PART()->getText();
    if (word == "middle" || word == "mid") return DatePhrase::Part::kMiddle;
    return word == "end" || word == "late" ? DatePhrase::Part::kEnd : DatePhrase::Part::kBegin;
  }
  static int MonthNumber(absl::string_view name) {
    constexpr std::array<absl::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                           "jul", "aug", "sep", "oct", "nov", "dec"};
    for (size_t i = 0; i < kMonths.size(); ++i) {
      if (name.substr(0, 3) == kMonths[i]) return static_cast<int>(i) + 1;
    }
    return 0;
  }
  static int WeekdayNumber(absl::string_view name) {
    constexpr std::array<absl::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (size_t i = 0; i < kDays.size(); ++i) {
      if (name.substr(0, 3) == kDays[i]) return static_cast<int>(i) + 1;
    }
    return 0;
  }
  static int SeasonNumber(absl::string_view name) {
    return name == "spring" ? 1 : name == "summer" ? 2 : name == "winter" ? 4 : 3;
  }

  DatePhrase BuildDate(AskParser::DateContext* context) const {
    if (context->relativeDate() != nullptr) return BuildRelative(context->relativeDate());
    if (context->partOf() != nullptr) {
      DatePhrase whole = BuildDate(context->date());
      whole.part = PartOf(context->partOf());
      return whole;
    }
    DatePhrase date;
    date.span = SpanOf(context);
    date.text = Text(date.span);
    int64_t number = 0;
    if (context->YEAR() != nullptr && absl::SimpleAtoi(context->YEAR()->getText(), &number)) date.year = number;
    if (context->ISO_INTERVAL() != nullptr) {
      date.kind = DatePhrase::Kind::kEdtf;
    } else if (context->ISO_DATE() != nullptr || context->ISO_MONTH() != nullptr) {
      if (absl::SimpleAtoi(date.text.substr(0, 4), &number)) date.year = number;
      if (absl::SimpleAtoi(date.text.substr(5, 2), &number)) date.month = static_cast<int>(number);
      if (context->ISO_DATE() != nullptr && absl::SimpleAtoi(date.text.substr(8, 2), &number)) {
        date.day = static_cast<int>(number);
      }
    } else if (context->SEASON() != nullptr) {
      date.kind = DatePhrase::Kind::kSeason;
      date.number = SeasonNumber(Lower(context->SEASON()));
    } else if (context->MONTH() != nullptr) {
      date.month = MonthNumber(Lower(context->MONTH()));
      if (AskParser::DayNumberContext* day = context->dayNumber()) {
        std::string digits = day->getText();
        if (day->ORDINAL() != nullptr) digits.resize(digits.size() - 2);
        // A number too large for a day is no day of any month.
        date.day = absl::SimpleAtoi(digits, &number) && number < 100 ? static_cast<int>(number) : 99;
      }
    } else if (context->WEEKDAY() != nullptr) {
      date.kind = DatePhrase::Kind::kWeekday;
      date.number = WeekdayNumber(Lower(context->WEEKDAY()));
    }
    return date;
  }

  DatePhrase BuildRelative(AskParser::RelativeDateContext* context) const {
    DatePhrase date;
    date.kind = DatePhrase::Kind::kRelative;
    date.span = SpanOf(context);
    date.text = Text(date.span);
    if (context->TOMORROW() != nullptr || context->NEXT() != nullptr) date.offset = 1;
    if (context->YESTERDAY() != nullptr || context->LAST() != nullptr) date.offset = -1;
    if (context->UNIT() != nullptr) {
      const std::string unit = Lower(context->UNIT());
      date.unit = unit == "year"    ? DatePhrase::Unit::kYear
                  : unit == "month" ? DatePhrase::Unit::kMonth
                                    : DatePhrase::Unit::kWeek;
    } else if (context->WEEKDAY() != nullptr) {
      date.unit = DatePhrase::Unit::kWeekday;
      date.number = WeekdayNumber(Lower(context->WEEKDAY()));
    } else if (context->MONTH() != nullptr) {
      date.unit = DatePhrase::Unit::kCalendarMonth;
      date.number = MonthNumber(Lower(context->MONTH()));
    } else if (context->SEASON() != nullptr) {
      date.unit = DatePhrase::Unit::kSeason;
      date.number = SeasonNumber(Lower(context->SEASON()));
    }
    return date;
  }

  Tail BuildTail(AskParser::TailContext* context) const {
    Tail tail;
    tail.span = SpanOf(context);
    if (auto* order = dynamic_cast<AskParser::OrderTailContext*>(context)) {
      tail.kind = Tail::Kind::kOrderBy;
      tail.descending = order->DESC() != nullptr;
      tail.span = {SpanOf(order->nameWord().front()).begin, SpanOf(order->nameWord().back()).end};
    } else if (auto* limit = dynamic_cast<AskParser::LimitTailContext*>(context)) {
      if (!absl::SimpleAtoi(absl::StrReplaceAll(limit->NUMBER()->getText(), {{",", ""}}), &tail.number))
        tail.number = -1;
    } else if (auto* group = dynamic_cast<AskParser::GroupTailContext*>(context)) {
      tail.kind = Tail::Kind::kGroupBy;
      tail.span = {SpanOf(group->nameWord().front()).begin, SpanOf(group->nameWord().back()).end};
    } else if (auto* each = dynamic_cast<AskParser::EachTailContext*>(context)) {
      tail.kind = Tail::Kind::kForEach;
      tail.span = {SpanOf(each->nameWord().front()).begin, SpanOf(each->nameWord().back()).end};
    }
    tail.text = Text(tail.span);
    return tail;
  }

  absl::string_view text_;
  std::vector<size_t> offsets_;  // Byte offset of each code point.
};

absl::Status SyntaxError(absl::string_view text, const TreeBuilder& builder, const FirstError& error) {
  const SourceSpan span = builder.Span(error.begin, error.end);
  if (error.at_end) return DiagnosticError(MakeDiagnostic("the statement ends too early", text, span));
  const absl::string_view words = text.substr(span.begin, span.end - span.begin);
  if (words == "\"" || words == "\u201c") {
    return DiagnosticError(MakeDiagnostic("this quotation mark is never closed", text, span));
  }
  return DiagnosticError(MakeDiagnostic(absl::StrCat("did not expect \"", words, "\" here"), text, span));
}

// The tree of the statement. "in 2018" is a time, and might be two words of a name: weighing that with the whole
// context costs several times what the rest does, and is not remembered. So it is parsed without at first (SLL), which
// gives the same tree or none; what has none is parsed again, with the error told.
AskParser::StatementContext* ParseTree(AskParser* parser, FirstError* error) {
  auto* const simulator = parser->getInterpreter<antlr4::atn::ParserATNSimulator>();
  simulator->setPredictionMode(antlr4::atn::PredictionMode::SLL);
  parser->setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
  try {
    return parser->statement();
  } catch (const antlr4::ParseCancellationException&) {
    parser->reset();
    simulator->setPredictionMode(antlr4::atn::PredictionMode::LL);
    parser->setErrorHandler(std::make_shared<antlr4::DefaultErrorStrategy>());
    parser->addErrorListener(error);
    return parser->statement();
  }
}

}  // namespace

absl::StatusOr<Statement> ParseStatement(absl::string_view text) {
  if (text.size() > kMaximumStatementBytes) return absl::InvalidArgumentError("the statement is too long");
  if (const size_t bad = FindInvalidUtf8(text); bad != absl::string_view::npos) {
    return absl::InvalidArgumentError(absl::StrCat("the statement is not valid UTF-8 at byte ", bad));
  }
  if (absl::StripAsciiWhitespace(text).empty()) {
    return DiagnosticError(MakeDiagnostic("the statement is empty", text, {0, 0}));
  }
  try {
    antlr4::ANTLRInputStream input(absl::AsciiStrToLower(text));
    AskLexer lexer(&input);
    FirstError error;
    lexer.removeErrorListeners();
    lexer.addErrorListener(&error);
    antlr4::CommonTokenStream tokens(&lexer);
    AskParser parser(&tokens);
    parser.removeErrorListeners();
    AskParser::StatementContext* const tree = ParseTree(&parser, &error);
    const TreeBuilder builder(text);
    if (error.found || parser.getNumberOfSyntaxErrors() > 0) return SyntaxError(text, builder, error);
    return builder.Build(tree);
  } catch (const std::exception& failure) {
    return absl::InternalError(absl::StrCat("the parser failed: ", failure.what()));
  }
}

}  // namespace dossier::ask
