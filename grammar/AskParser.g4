// The question language: what is a statement, a time phrase, a qualifier, a tail. All else are words; which of them are
// relations and which are names only the graph knows, so the binder (query/ask) cuts them.
parser grammar AskParser;

options { tokenVocab = AskLexer; }

statement : (command | question) END* EOF ;

command
  : EXPLAIN ANALYZE? question    # explain
  | LOAD .+?                     # load
  | SEARCH .+?                   # search
  | HELP anyWord*                # help
  | ASSERT question              # assertion
  | RETRACT question             # retraction
  | WHY ROW? (NUMBER | YEAR)     # why
  | WHY EMPTY                    # why
  | SHOW SPARQL question?        # sparql
  | DEFINE .+?                   # define
  | EXPORT .*?                   # export
  ;

question : head? element+ tail* ;

head
  : FIND VARIABLE (COMMA? VARIABLE)* WHERE   # findHead
  | (LIST | SHOW | FIND)                     # listHead
  | COUNT                                    # countHead
  | DESCRIBE                                 # describeHead
  | ACCORDING_TO WHOM                        # speakerHead
  ;

element
  : timeQualifier
  | articleQualifier
  | speakerQualifier
  | certaintyQualifier
  | supportQualifier
  | reportedQualifier
  | VARIABLE
  | QUOTED
  | IRI
  | COMMA
  | anyWord
  ;

articleQualifier   : IN_ARTICLE (NUMBER | YEAR | QUOTED | WORD) ;
speakerQualifier   : ACCORDING_TO (QUOTED | nameWord+) ;
certaintyQualifier : AT_LEAST (WORD | QUOTED) ;
supportQualifier   : (BY | FROM | IN)? AT_LEAST (NUMBER | WORD) SOURCES ;
reportedQualifier  : AS_OF date ;

timeQualifier
  : ONLY? IN THE? date (AND | OR) date                                # eitherTime
  | ONLY? (IN | ON) THE? date                                         # inTime
  | AT THE? partOf date                                               # partTime
  | (BEFORE | AFTER | SINCE | UNTIL | DURING | BY) THE? date          # relativeTo
  | (EARLIER | LATER) THAN THE? date                                  # thanTime
  | FROM date (ON | ONWARDS)                                          # onwardsTime
  | BETWEEN date AND date                                             # betweenTimes
  | FROM date (TO | UNTIL) date                                       # betweenTimes
  | relativeDate                                                      # inTime
  ;

date
  : partOf THE? date
  | ISO_INTERVAL | ISO_DATE | ISO_MONTH
  | WEEKDAY? COMMA? dayNumber OF? MONTH COMMA? YEAR?
  | WEEKDAY? COMMA? MONTH dayNumber COMMA? YEAR?
  | MONTH (COMMA? OF? YEAR)?
  | SEASON (OF? YEAR)?
  | YEAR
  | WEEKDAY
  | relativeDate
  ;

// "the beginning of", "early".
partOf : PART OF? ;

dayNumber : NUMBER | ORDINAL ;

relativeDate
  : (LAST | THIS | NEXT) (UNIT | WEEKDAY | MONTH | SEASON)
  | TODAY | TOMORROW | YESTERDAY
  ;

tail
  : ORDER_BY nameWord+ (ASC | DESC)?    # orderTail
  | LIMIT NUMBER                        # limitTail
  | GROUP_BY nameWord+                  # groupTail
  | FOR_EACH nameWord+                  # eachTail
  ;

// Words that may stand in the name of a source or of a column.
nameWord
  : WORD | AT | PART | OF | THE | SOURCES | NUMBER | YEAR | MONTH | WEEKDAY | SEASON | UNIT | ORDINAL | THIS | WHERE
  | LIST | COUNT | SHOW | FIND | HELP | LOAD | SEARCH | DEFINE | EXPORT | EMPTY | ROW | SPARQL | WHY
  ;

anyWord
  : nameWord
  | AFTER | AND | ASC | BEFORE | BETWEEN | BY | DESC | DURING | FROM | IN | LAST | NEXT | ON | ONLY | OR | SINCE | TO | UNTIL
  | EARLIER | LATER | ONWARDS | THAN | WHOM | ANALYZE | ASSERT | DESCRIBE | EXPLAIN | RETRACT | TODAY | TOMORROW | YESTERDAY
  | ISO_DATE | ISO_MONTH | ISO_INTERVAL
  ;
