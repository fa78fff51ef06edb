// The words of the question language. The text is lower-cased (ASCII) before it comes here; positions stay the same.
lexer grammar AskLexer;

// Words that belong together are one token, so that each of them alone can still be part of a name. Where the last of
// them begins other words as well ("as often", "in articles") the blank after it belongs to the token.
ACCORDING_TO : 'according' BLANK+ 'to' ;
AS_OF        : 'as' BLANK+ 'of' BLANK ;
AT_LEAST     : 'at' BLANK+ 'least' ;
IN_ARTICLE   : 'in' BLANK+ 'article' BLANK ;
ORDER_BY     : ('order' | 'ordered' | 'sort' | 'sorted') BLANK+ 'by' ;
GROUP_BY     : ('group' | 'grouped') BLANK+ 'by' ;
FOR_EACH     : 'for' BLANK+ 'each' ;

// Statements.
ANALYZE  : 'analyze' | 'analyse' ;
ASSERT   : 'assert' ;
COUNT    : 'count' ;
DEFINE   : 'define' ;
DESCRIBE : 'describe' ;
EMPTY    : 'empty' ;
EXPLAIN  : 'explain' ;
EXPORT   : 'export' ;
FIND     : 'find' ;
HELP     : 'help' ;
LIST     : 'list' ;
LOAD     : 'load' ;
RETRACT  : 'retract' ;
SEARCH   : 'search' ;
ROW      : 'row' ;
SHOW     : 'show' ;
SPARQL   : 'sparql' ;
WHY      : 'why' ;

// Structure.
AND   : 'and' ;
ASC   : 'asc' | 'ascending' ;
BY    : 'by' ;
DESC  : 'desc' | 'descending' ;
LIMIT : 'limit' ;
WHERE : 'where' ;
WHOM  : 'whom' | 'who' ;

// Time.
AFTER     : 'after' ;
AT        : 'at' ;
BEFORE    : 'before' ;
BETWEEN   : 'between' ;
DURING    : 'during' ;
EARLIER   : 'earlier' ;
FROM      : 'from' ;
IN        : 'in' ;
LATER     : 'later' ;
OF        : 'of' ;
ON        : 'on' ;
ONWARDS   : 'onwards' | 'onward' ;
OR        : 'or' ;
ONLY      : 'only' ;
SINCE     : 'since' ;
THAN      : 'than' ;
THE       : 'the' ;
TO        : 'to' ;
UNTIL     : 'until' | 'till' ;
LAST      : 'last' ;
NEXT      : 'next' ;
THIS      : 'this' ;
TODAY     : 'today' ;
TOMORROW  : 'tomorrow' ;
YESTERDAY : 'yesterday' ;
UNIT      : 'year' | 'month' | 'week' ;
WEEKDAY   : 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday' ;
PART      : 'beginning' | 'start' | 'early' | 'middle' | 'mid' | 'end' | 'late' ;
SEASON    : 'spring' | 'summer' | 'autumn' | 'fall' | 'winter' ;
MONTH
  : 'january' | 'february' | 'march' | 'april' | 'may' | 'june' | 'july' | 'august' | 'september' | 'october' | 'november'
  | 'december' | ('jan' | 'feb' | 'mar' | 'apr' | 'jun' | 'jul' | 'aug' | 'sep' | 'sept' | 'oct' | 'nov' | 'dec') '.'?
  ;
SOURCES   : 'source' | 'sources' | 'articles' ;

ISO_INTERVAL : ISO '/' ISO ;
ISO_DATE     : DIGIT DIGIT DIGIT DIGIT '-' DIGIT DIGIT '-' DIGIT DIGIT ;
ISO_MONTH    : DIGIT DIGIT DIGIT DIGIT '-' DIGIT DIGIT ;
YEAR         : DIGIT DIGIT DIGIT DIGIT ;
ORDINAL      : DIGIT DIGIT? ('st' | 'nd' | 'rd' | 'th') ;
NUMBER       : DIGIT+ (',' DIGIT DIGIT DIGIT)* ('.' DIGIT+)? ;

IRI         : '<' [a-z] [a-z0-9+.-]* ':' ~[<> \t\r\n\u00a0]* '>' ;
VARIABLE    : '?' [a-z_] [a-z0-9_]* ;
QUOTED      : '"' ~["\r\n]* '"' | '\u201c' ~["\u201d\r\n]* '\u201d' ;
OPEN_QUOTE  : '"' | '\u201c' ;
COMMA       : ',' ;
END         : [?.!;]+ ;
WORD        : LETTER+ ('.' LETTER+)* | LETTER+ ('.' LETTER+)+ '.' ;
COMMENT     : '#' ~[\r\n]* -> skip ;
SPACE       : BLANK+ -> skip ;

fragment BLANK  : [ \t\r\n\u00a0] ;
fragment DIGIT  : [0-9] ;
fragment ISO    : DIGIT DIGIT DIGIT DIGIT ('-' DIGIT DIGIT ('-' DIGIT DIGIT)?)? ;
fragment LETTER : ~[ \t\r\n\u00a0?.!;,"\u201c\u201d#] ;
