// The words of SPARQL 1.2 (https://www.w3.org/TR/sparql12-query/#sparqlGrammar), which are those of 1.1 and more. Names of
// functions are no keywords: they are WORDs, which query/sparql looks up. What no word can be made of still becomes a
// token (UNCLOSED_..., UNKNOWN), so that the one place that speaks of errors sees all of them.
lexer grammar SparqlLexer;

// Keywords, in any case.
ADD           : A D D ;
ALL           : A L L ;
ANALYZE       : A N A L Y Z E ;
AS            : A S ;
ASC           : A S C ;
ASK           : A S K ;
BASE          : B A S E ;
BIND          : B I N D ;
BY            : B Y ;
CLEAR         : C L E A R ;
CONSTRUCT     : C O N S T R U C T ;
COPY          : C O P Y ;
CREATE        : C R E A T E ;
DATA          : D A T A ;
DEFAULT       : D E F A U L T ;
DELETE        : D E L E T E ;
DESC          : D E S C ;
DESCRIBE      : D E S C R I B E ;
DISTINCT      : D I S T I N C T ;
DROP          : D R O P ;
EXISTS        : E X I S T S ;
EXPLAIN       : E X P L A I N ;
FALSE         : F A L S E ;
FILTER        : F I L T E R ;
FROM          : F R O M ;
GRAPH         : G R A P H ;
GROUP         : G R O U P ;
HAVING        : H A V I N G ;
IN            : I N ;
INSERT        : I N S E R T ;
INTO          : I N T O ;
LIMIT         : L I M I T ;
LOAD          : L O A D ;
MINUS         : M I N U S ;
MOVE          : M O V E ;
NAMED         : N A M E D ;
NOT           : N O T ;
OFFSET        : O F F S E T ;
OPTIONAL      : O P T I O N A L ;
ORDER         : O R D E R ;
PREFIX        : P R E F I X ;
REDUCED       : R E D U C E D ;
SELECT        : S E L E C T ;
SEPARATOR     : S E P A R A T O R ;
SERVICE       : S E R V I C E ;
SILENT        : S I L E N T ;
TO            : T O ;
TRUE          : T R U E ;
UNDEF         : U N D E F ;
UNION         : U N I O N ;
USING         : U S I N G ;
VALUES        : V A L U E S ;
VERSION       : V E R S I O N ;
WHERE         : W H E R E ;
WITH          : W I T H ;
TYPE_MARK : 'a' ;  // rdf:type; this one in lower case only.

// Marks.
OPEN_TRIPLE_TERM  : '<<(' ;
CLOSE_TRIPLE_TERM : ')>>' ;
OPEN_REIFIED      : '<<' ;
CLOSE_REIFIED     : '>>' ;
OPEN_ANNOTATION   : '{|' ;
CLOSE_ANNOTATION  : '|}' ;
OPEN_BRACE        : '{' ;
CLOSE_BRACE       : '}' ;
OPEN_PAREN        : '(' ;
CLOSE_PAREN       : ')' ;
OPEN_BRACKET      : '[' ;
CLOSE_BRACKET     : ']' ;
OR                : '||' ;
AND               : '&&' ;
NOT_EQUAL         : '!=' ;
LESS_OR_EQUAL     : '<=' ;
GREATER_OR_EQUAL  : '>=' ;
DATATYPE_MARK     : '^^' ;
EQUAL             : '=' ;
LESS              : '<' ;
GREATER           : '>' ;
BANG              : '!' ;
PIPE              : '|' ;
CARET             : '^' ;
SLASH             : '/' ;
STAR              : '*' ;
PLUS_SIGN         : '+' ;
MINUS_SIGN        : '-' ;
QUESTION          : '?' ;
TILDE             : '~' ;
DOT               : '.' ;
COMMA             : ',' ;
SEMICOLON         : ';' ;

// Names. Escapes of code points (\u0041) stand in IRIs and strings only, and are resolved when their tokens are.
IRIREF           : '<' (~[<>"{}|^`\\\u0000-\u0020] | CODE_POINT)* '>' ;
PREFIXED_NAME    : NAMESPACE LOCAL ;
NAMESPACE_NAME   : NAMESPACE ;
BLANK_NODE_LABEL : '_:' (NAME_START | DIGIT) ((NAME_CHAR | '.')* NAME_CHAR)? ;
VARIABLE         : [?$] (NAME_START | DIGIT) (NAME_START | DIGIT | COMBINING)* ;
LANGUAGE         : '@' LETTER+ ('-' (LETTER | DIGIT)+)* ('--' LETTER+)? ;

// Numbers.
INTEGER        : DIGIT+ ;
DECIMAL        : DIGIT* '.' DIGIT+ ;
DOUBLE         : (DIGIT+ '.' DIGIT* | '.' DIGIT+ | DIGIT+) EXPONENT ;
SIGNED_INTEGER : SIGN INTEGER ;
SIGNED_DECIMAL : SIGN DECIMAL ;
SIGNED_DOUBLE  : SIGN DOUBLE ;

// Strings. Which escapes there are is checked when they are resolved.
STRING      : '"' (~["\\\r\n] | ESCAPE)* '"' | '\'' (~['\\\r\n] | ESCAPE)* '\'' ;
LONG_STRING : '"""' LONG_DOUBLE '"""' | '\'\'\'' LONG_SINGLE '\'\'\'' ;

WORD    : (LETTER | '_') (LETTER | DIGIT | '_')* ;
COMMENT : '#' ~[\r\n]* -> skip ;
SPACE   : [ \t\r\n]+ -> skip ;

// Errors, which no rule of the parser takes.
UNCLOSED_LONG_STRING : '"""' LONG_DOUBLE | '\'\'\'' LONG_SINGLE ;
UNCLOSED_STRING      : '"' (~["\\\r\n] | ESCAPE)* | '\'' (~['\\\r\n] | ESCAPE)* ;
UNKNOWN              : . ;

fragment LONG_DOUBLE : (('"' | '""')? (~["\\] | ESCAPE))* ;
fragment LONG_SINGLE : (('\'' | '\'\'')? (~['\\] | ESCAPE))* ;
fragment ESCAPE      : '\\' ~[\r\n] ;
fragment CODE_POINT  : '\\u' HEX HEX HEX HEX | '\\U' HEX HEX HEX HEX HEX HEX HEX HEX ;
fragment EXPONENT    : [eE] [+-]? DIGIT+ ;
fragment SIGN        : [+-] ;
fragment DIGIT       : [0-9] ;
fragment LETTER      : [a-zA-Z] ;
fragment HEX         : [0-9a-fA-F] ;
fragment NAMESPACE   : (NAME_LETTER ((NAME_CHAR | '.')* NAME_CHAR)?)? ':' ;
fragment LOCAL
  : (NAME_START | ':' | DIGIT | LOCAL_ESCAPE) ((NAME_CHAR | '.' | ':' | LOCAL_ESCAPE)* (NAME_CHAR | ':' | LOCAL_ESCAPE))? ;
fragment LOCAL_ESCAPE : '%' HEX HEX | '\\' [_~.\-!$&'()*+,;=/?#@%] ;
fragment NAME_START   : NAME_LETTER | '_' ;
fragment NAME_CHAR    : NAME_START | '-' | DIGIT | COMBINING ;
fragment COMBINING    : [\u00B7\u0300-\u036F\u203F-\u2040] ;
fragment NAME_LETTER
  : [A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F\u2C00-\u2FEF]
  | [\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}]
  ;

fragment A : [Aa] ;
fragment B : [Bb] ;
fragment C : [Cc] ;
fragment D : [Dd] ;
fragment E : [Ee] ;
fragment F : [Ff] ;
fragment G : [Gg] ;
fragment H : [Hh] ;
fragment I : [Ii] ;
fragment K : [Kk] ;
fragment L : [Ll] ;
fragment M : [Mm] ;
fragment N : [Nn] ;
fragment O : [Oo] ;
fragment P : [Pp] ;
fragment R : [Rr] ;
fragment S : [Ss] ;
fragment T : [Tt] ;
fragment U : [Uu] ;
fragment V : [Vv] ;
fragment W : [Ww] ;
fragment X : [Xx] ;
fragment Y : [Yy] ;
fragment Z : [Zz] ;
