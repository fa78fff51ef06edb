// SPARQL 1.2, queries (https://www.w3.org/TR/sparql12-query/#sparqlGrammar) and updates, and with them 1.1. One rule serves
// patterns, templates and data alike: where the specification has a narrower rule (no paths in a template, no
// variables in data), query/sparql says so in words of its own. So it does of functions, which are any WORD here.
parser grammar SparqlParser;

options { tokenVocab = SparqlLexer; }

queryUnit  : explain? prologue explain? query EOF ;
explain    : EXPLAIN ANALYZE? ;  // Not SPARQL's, but ours.
updateUnit : prologue (operation (SEMICOLON prologue operation?)*)? EOF ;

prologue    : declaration* ;
declaration
  : BASE IRIREF                    # base
  | PREFIX NAMESPACE_NAME IRIREF   # prefix
  | VERSION STRING                 # version
  ;

// ---- Queries ----

query : (selectQuery | constructQuery | describeQuery | askQuery) valuesClause? ;

selectQuery    : selectClause datasetClause* whereClause solutionModifier ;
subSelect      : selectClause whereClause solutionModifier valuesClause? ;
selectClause   : SELECT (DISTINCT | REDUCED)? (projection+ | STAR) ;
projection     : VARIABLE | OPEN_PAREN expression AS VARIABLE CLOSE_PAREN ;
constructQuery : CONSTRUCT (bracedTriples datasetClause* whereClause | datasetClause* WHERE bracedTriples) solutionModifier ;
describeQuery  : DESCRIBE (varOrIri+ | STAR) datasetClause* whereClause? solutionModifier ;
askQuery       : ASK datasetClause* whereClause solutionModifier ;

datasetClause    : FROM NAMED? iri ;
whereClause      : WHERE? group ;
solutionModifier : groupClause? havingClause? orderClause? (limitClause offsetClause? | offsetClause limitClause?)? ;
groupClause      : GROUP BY groupCondition+ ;
groupCondition   : VARIABLE | OPEN_PAREN expression (AS VARIABLE)? CLOSE_PAREN | call ;
havingClause     : HAVING constraint+ ;
orderClause      : ORDER BY orderCondition+ ;
orderCondition   : (ASC | DESC) OPEN_PAREN expression CLOSE_PAREN | constraint | VARIABLE ;
limitClause      : LIMIT INTEGER ;
offsetClause     : OFFSET INTEGER ;
valuesClause     : VALUES dataBlock ;

// ---- Updates ----

operation
  : LOAD SILENT? iri (INTO GRAPH iri)?                                                # load
  | (CLEAR | DROP) SILENT? graphTarget                                                # clear
  | CREATE SILENT? GRAPH iri                                                          # create
  | (ADD | MOVE | COPY) SILENT? graphOrDefault TO graphOrDefault                      # transfer
  | INSERT DATA quads                                                                 # insertData
  | DELETE DATA quads                                                                 # deleteData
  | DELETE WHERE quads                                                                # deleteWhere
  | (WITH iri)? (deleteClause insertClause? | insertClause) usingClause* WHERE group  # modify
  ;

deleteClause   : DELETE quads ;
insertClause   : INSERT quads ;
usingClause    : USING NAMED? iri ;
graphTarget    : GRAPH iri | DEFAULT | NAMED | ALL ;
graphOrDefault : DEFAULT | GRAPH? iri ;
quads          : OPEN_BRACE triples? (quadsOfGraph DOT? triples?)* CLOSE_BRACE ;
quadsOfGraph   : GRAPH varOrIri bracedTriples ;
bracedTriples       : OPEN_BRACE triples? CLOSE_BRACE ;

// ---- Groups ----

group   : OPEN_BRACE (subSelect | triples? (element DOT? triples?)*) CLOSE_BRACE ;
element
  : group (UNION group)*                                 # groupOrUnion
  | OPTIONAL group                                       # optional
  | MINUS group                                  # minus
  | GRAPH varOrIri group                                 # graph
  | SERVICE SILENT? varOrIri group                       # service
  | FILTER constraint                                    # filter
  | BIND OPEN_PAREN expression AS VARIABLE CLOSE_PAREN   # bind
  | VALUES dataBlock                                     # inlineData
  ;

dataBlock : (VARIABLE | OPEN_PAREN VARIABLE* CLOSE_PAREN) OPEN_BRACE (dataValue | dataRow)* CLOSE_BRACE ;
dataRow   : OPEN_PAREN dataValue* CLOSE_PAREN ;
dataValue : iri | literal | UNDEF | dataTripleTerm ;
dataTripleTerm
  : OPEN_TRIPLE_TERM iri dataVerb (iri | literal | dataTripleTerm) CLOSE_TRIPLE_TERM
  ;
dataVerb : iri | TYPE_MARK ;

// ---- Triples ----

// Two dots in a row are refused when the tree is built; here they keep each decision one token long.
triples      : subjectTriples (DOT subjectTriples?)* ;
subjectTriples
  : varOrTerm propertyList
  | (collection | blankNodeProperties | reifiedTriple) propertyList?
  ;
propertyList : verb objectList (SEMICOLON (verb objectList)?)* ;
verb         : VARIABLE | path ;
objectList   : object (COMMA object)* ;
object       : node annotation* ;
annotation   : reifier | OPEN_ANNOTATION propertyList CLOSE_ANNOTATION ;
reifier      : TILDE (VARIABLE | iri | blankNode)? ;

node                : varOrTerm | collection | blankNodeProperties | reifiedTriple ;
collection          : OPEN_PAREN node+ CLOSE_PAREN ;
blankNodeProperties : OPEN_BRACKET propertyList CLOSE_BRACKET ;
varOrTerm           : VARIABLE | iri | literal | blankNode | emptyList | tripleTerm ;
emptyList           : OPEN_PAREN CLOSE_PAREN ;
blankNode           : BLANK_NODE_LABEL | OPEN_BRACKET CLOSE_BRACKET ;

reifiedTriple : OPEN_REIFIED reifiedSubject simpleVerb reifiedObject reifier? CLOSE_REIFIED ;
reifiedSubject : VARIABLE | iri | literal | blankNode | reifiedTriple | tripleTerm ;
reifiedObject  : VARIABLE | iri | literal | blankNode | reifiedTriple | tripleTerm ;
tripleTerm    : OPEN_TRIPLE_TERM tripleTermSubject simpleVerb tripleTermObject CLOSE_TRIPLE_TERM ;
tripleTermSubject : VARIABLE | iri | literal | blankNode | tripleTerm ;
tripleTermObject  : VARIABLE | iri | literal | blankNode | tripleTerm ;
simpleVerb    : VARIABLE | iri | TYPE_MARK ;
varOrIri      : VARIABLE | iri ;

path            : pathSequence (PIPE pathSequence)* ;
pathSequence    : pathStep (SLASH pathStep)* ;
pathStep        : CARET? pathPrimary (QUESTION | STAR | PLUS_SIGN)? ;
pathPrimary     : iri | TYPE_MARK | BANG (pathOneInSet | pathSet) | OPEN_PAREN path CLOSE_PAREN ;
pathSet         : OPEN_PAREN (pathOneInSet (PIPE pathOneInSet)*)? CLOSE_PAREN ;
pathOneInSet    : CARET? (iri | TYPE_MARK) ;

// ---- Expressions ----

constraint : OPEN_PAREN expression CLOSE_PAREN | call | exists ;

expression     : andExpression (OR andExpression)* ;
andExpression  : comparison (AND comparison)* ;
comparison     : sum ((EQUAL | NOT_EQUAL | LESS | GREATER | LESS_OR_EQUAL | GREATER_OR_EQUAL) sum | NOT? IN expressionList)? ;
sum            : product (addend)* ;
// In `?x -1` the sign is part of the number.
addend         : (PLUS_SIGN | MINUS_SIGN) product | signedNumber ((STAR | SLASH) unary)* ;
product        : unary ((STAR | SLASH) unary)* ;
unary          : BANG* (PLUS_SIGN | MINUS_SIGN)? primary ;
primary
  : OPEN_PAREN expression CLOSE_PAREN
  | call
  | exists
  | iri
  | literal
  | VARIABLE
  | expressionTripleTerm
  ;
expressionTripleTerm
  : OPEN_TRIPLE_TERM (VARIABLE | iri) simpleVerb (VARIABLE | iri | literal | expressionTripleTerm) CLOSE_TRIPLE_TERM
  ;

exists         : NOT? EXISTS group ;
call           : (WORD | iri) arguments ;
arguments      : OPEN_PAREN (DISTINCT? (STAR | expression (COMMA expression)*) separator?)? CLOSE_PAREN ;
separator      : SEMICOLON SEPARATOR EQUAL string ;
expressionList : OPEN_PAREN (expression (COMMA expression)*)? CLOSE_PAREN ;

// ---- Terms ----

iri          : IRIREF | PREFIXED_NAME | NAMESPACE_NAME ;
literal      : string (LANGUAGE | DATATYPE_MARK iri)? | INTEGER | DECIMAL | DOUBLE | signedNumber | TRUE | FALSE ;
signedNumber : SIGNED_INTEGER | SIGNED_DECIMAL | SIGNED_DOUBLE ;
string       : STRING | LONG_STRING ;
